import { stripVTControlCharacters } from "node:util";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { SfnDsError } from "../../src/language/sfn-ds-error.js";
import { ExecutionFailedError } from "../../src/workflow/errors.js";
import { Execution } from "../../src/workflow/execution.js";
import { awsError, type FakeSession, fakeSession } from "./fake-session.js";

const arn = "arn:aws:states:us-east-1:123456789012:execution:count:run-1";
const at = (seconds: number): Date => new Date(1_700_000_000_000 + seconds * 1000);
const noSleep = async (): Promise<void> => undefined;

const failedHistory = [
  { id: 1, previousEventId: 0, type: "ExecutionStarted", timestamp: at(0) },
  {
    id: 2,
    previousEventId: 0,
    type: "TaskStateEntered",
    timestamp: at(0),
    stateEnteredEventDetails: { name: "Train" },
  },
  {
    id: 3,
    previousEventId: 2,
    type: "TaskScheduled",
    timestamp: at(0),
    taskScheduledEventDetails: { resourceType: "lambda", resource: "invoke", region: "r", parameters: "{}" },
  },
  {
    id: 4,
    previousEventId: 3,
    type: "TaskFailed",
    timestamp: at(1),
    taskFailedEventDetails: { resourceType: "lambda", resource: "invoke", error: "Busy", cause: "try later" },
  },
  {
    id: 5,
    previousEventId: 4,
    type: "TaskScheduled",
    timestamp: at(2),
    taskScheduledEventDetails: { resourceType: "lambda", resource: "invoke", region: "r", parameters: "{}" },
  },
  {
    id: 6,
    previousEventId: 5,
    type: "TaskFailed",
    timestamp: at(3),
    taskFailedEventDetails: { resourceType: "lambda", resource: "invoke", error: "Busy", cause: "try later" },
  },
  {
    id: 7,
    previousEventId: 6,
    type: "ExecutionFailed",
    timestamp: at(3),
    executionFailedEventDetails: { error: "Busy", cause: "try later" },
  },
];

/** GetExecutionHistory over `events`, as far as `until()` events. */
function history(events: readonly object[], until: () => number = () => events.length) {
  return ({ reverseOrder }: Record<string, unknown>): object => {
    const page = events.slice(0, until());
    return { events: reverseOrder === true ? [...page].reverse() : page };
  };
}

describe("output", () => {
  test("waits and parses", async () => {
    const session = fakeSession({
      DescribeExecution: [{ status: "RUNNING" }, { status: "SUCCEEDED", output: '{"a":[1]}' }],
    });
    expect(await new Execution(session, arn).output({ sleep: noSleep })).toEqual({ a: [1] });
  });

  test("throws state, error and cause of a failure", async () => {
    const session = fakeSession({
      DescribeExecution: { status: "FAILED", error: "Busy", cause: "try later" },
      GetExecutionHistory: history(failedHistory),
    });
    const error = await new Execution(session, arn).output().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ExecutionFailedError);
    expect(error).toMatchObject({
      state: "Train",
      error: "Busy",
      cause: "try later",
      status: "FAILED",
      code: "execution_failed",
    });
  });

  test("of a failure says why the state is not known when the history cannot be read", async () => {
    const session = fakeSession({
      DescribeExecution: { status: "FAILED", error: "Busy", cause: "try later" },
      GetExecutionHistory: awsError("AccessDeniedException", "not allowed to read it"),
    });
    const error = await new Execution(session, arn).output().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ExecutionFailedError);
    expect(error).toMatchObject({ state: undefined, error: "Busy", cause: "try later" });
    expect((error as Error).message).toContain(
      "in a state that is unknown, as its history cannot be read (AccessDeniedException: not allowed to read it): Busy",
    );
  });

  const endings = [
    { status: "TIMED_OUT", code: "execution_timed_out" },
    { status: "ABORTED", code: "execution_aborted" },
  ];

  test.each(endings)("tells $status apart", async ({ status, code }) => {
    const session = fakeSession({ DescribeExecution: { status }, GetExecutionHistory: { events: [] } });
    await expect(new Execution(session, arn).output()).rejects.toMatchObject({ code });
  });
});

test("an execution that was stopped says so once", async () => {
  const session = fakeSession({ DescribeExecution: { status: "ABORTED" }, GetExecutionHistory: { events: [] } });
  await expect(new Execution(session, arn).output()).rejects.toThrow(/^the execution was stopped \(start a new one/);
});

describe("wait", () => {
  test("ends after its timeout, and the execution goes on", async () => {
    const session = fakeSession({ DescribeExecution: { status: "RUNNING" } });
    const error = await new Execution(session, arn)
      .wait({ timeoutSeconds: 1, sleep: noSleep })
      .catch((thrown: unknown) => thrown);
    expect(SfnDsError.is(error) && error.code).toBe("wait_timed_out");
    expect(session.calls.every(({ operation }) => operation === "DescribeExecution")).toBe(true);
  });

  test("ends with its signal", async () => {
    const session = fakeSession({ DescribeExecution: { status: "RUNNING" } });
    const stop = new AbortController();
    const sleep = async (): Promise<void> => stop.abort();
    await expect(new Execution(session, arn).wait({ signal: stop.signal, sleep })).rejects.toMatchObject({
      code: "wait_aborted",
    });
  });

  test("asks less and less often, and never more than five seconds apart", async () => {
    const pauses: number[] = [];
    const session = fakeSession({
      DescribeExecution: [...Array.from({ length: 20 }, () => ({ status: "RUNNING" })), { status: "SUCCEEDED" }],
    });
    await new Execution(session, arn).wait({ sleep: async (milliseconds) => void pauses.push(milliseconds) });
    expect([pauses[0], pauses.at(-1), pauses.every((pause, index) => pause >= (pauses[index - 1] ?? 0))]).toEqual([
      100,
      5000,
      true,
    ]);
  });
});

test("history reads page after page, and no page that is not needed", async () => {
  const session = fakeSession({
    GetExecutionHistory: [{ events: [{ id: 1 }, { id: 2 }], nextToken: "more" }, { events: [{ id: 3 }] }],
  });
  const ids: unknown[] = [];
  for await (const event of new Execution(session, arn).listEvents({ maxItems: 2 })) ids.push(event.id);
  expect([ids, session.calls.length]).toEqual([[1, 2], 1]);
});

test("stop sends error and cause", async () => {
  const session = fakeSession({ StopExecution: {} });
  await new Execution(session, arn).stop({ error: "E", cause: "c" });
  expect(session.calls).toEqual([{ operation: "StopExecution", input: { executionArn: arn, error: "E", cause: "c" } }]);
});

describe("follow", () => {
  async function followed(events: readonly object[], options: object = {}): Promise<readonly string[]> {
    let known = 1;
    const session = fakeSession({ GetExecutionHistory: history(events, () => Math.min(known++, events.length)) });
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(stripVTControlCharacters(line));
    lines.push(await new Execution(session, arn).follow({ write, sleep: noSleep, interruptible: false, ...options }));
    return lines;
  }

  test("says each event once, in order", async () => {
    expect(await followed(failedHistory)).toEqual([
      "▶ Train",
      "✖ Train: Busy: try later",
      "↻ Train: attempt 2",
      "✖ Train: Busy: try later",
      "✖ failed  3.00 s: Busy: try later",
      "ended",
    ]);
  });

  test("detaches when the signal says so, and tells how to go on and how to stop", async () => {
    const stop = new AbortController();
    const sleep = async (): Promise<void> => stop.abort();
    const lines = await followed(failedHistory.slice(0, 2), { signal: stop.signal, sleep });
    expect(lines).toEqual([
      "detached: the execution run-1 goes on",
      `  how it stands: aws stepfunctions describe-execution --execution-arn ${arn}`,
      `  to stop it:    aws stepfunctions stop-execution --execution-arn ${arn}`,
      "detached",
    ]);
  });

  describe("under a service that ends with its command", () => {
    async function detached(session: FakeSession): Promise<string> {
      vi.stubEnv("SFN_DS_LOCAL", "command");
      onTestFinished(() => void vi.unstubAllEnvs());
      const lines: string[] = [];
      const options = { write: (line: string) => void lines.push(line), signal: AbortSignal.abort() };
      await new Execution(session, arn).follow({ ...options, interruptible: false });
      return lines.join("\n");
    }

    test("says that the execution ends with it", async () => {
      expect(await detached(fakeSession({}))).toBe(
        "detached: the execution run-1 ends with the local service; to keep it, start `sfn-ds local` by itself",
      );
    });

    test("says nothing of it for a session that goes to AWS", async () => {
      expect(await detached(Object.assign(fakeSession({}), { hasOwnEndpoint: false }))).toContain("run-1 goes on");
    });
  });

  test("that fails ends the reading of the job's log before it says so", async () => {
    const submitted = [
      { id: 1, previousEventId: 0, type: "ExecutionStarted", timestamp: at(0) },
      { id: 2, previousEventId: 0, type: "TaskStateEntered", stateEnteredEventDetails: { name: "Work" } },
      {
        id: 3,
        previousEventId: 2,
        type: "TaskScheduled",
        taskScheduledEventDetails: {
          resource: "createProcessingJob.sync",
          parameters: '{"ProcessingJobName":"job"}',
        },
      },
      {
        id: 4,
        previousEventId: 3,
        type: "TaskSubmitted",
        taskSubmittedEventDetails: { resource: "createProcessingJob.sync" },
      },
    ];
    const session = fakeSession({
      GetExecutionHistory: [history(submitted), awsError("AccessDeniedException", "no more")],
      DescribeLogStreams: { logStreams: [] },
    });
    let waiting = 0;
    let logIsWaitedFor = (): void => undefined;
    const logWaits = new Promise<void>((resolve) => {
      logIsWaitedFor = resolve;
    });
    const sleep = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
      // The first pause of the log is 250 ms; it lasts until somebody ends it. The follower's own pass as soon as it is there.
      if (milliseconds !== 250) return logWaits;
      waiting++;
      logIsWaitedFor();
      await new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    };
    const counted = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
      sleep(milliseconds, signal).finally(() => {
        if (milliseconds === 250) waiting--;
      });
    const follow = new Execution(session, arn).follow({ write: () => undefined, sleep: counted, interruptible: false });
    await expect(follow).rejects.toThrow("no more");
    expect(waiting).toBe(0);
  });

  test("takes its handler for Ctrl-C away again", async () => {
    const before = process.listenerCount("SIGINT");
    await followed(failedHistory, { interruptible: true });
    expect(process.listenerCount("SIGINT")).toBe(before);
  });
});
