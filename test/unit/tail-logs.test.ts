import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { describe, expect, test } from "vitest";
import { type LogEvent, readingPace, type TailLogsOptions, tailLogs } from "../../src/services/tail-logs.js";
import { awsError } from "./fake-aws.js";

/** CloudWatch with lines that can be added while it is read. */
class FakeLogs {
  readonly streams = new Map<string, string[]>();
  readonly reads: string[] = [];
  isMissing = false;
  pageSize = 2;

  get client(): CloudWatchLogsClient {
    return { send: async (command: object) => this.send(command) } as never;
  }

  private send(command: object): object {
    const { input } = command as { readonly input: Readonly<Record<string, string | undefined>> };
    this.reads.push(command.constructor.name);
    if (command.constructor.name === "DescribeLogStreamsCommand") return this.describe(input);
    const lines = this.streams.get(input["logStreamName"] ?? "") ?? [];
    const from = Number(input["nextToken"] ?? 0);
    const page = lines.slice(from, from + this.pageSize);
    return {
      events: page.map((message, index) => ({ timestamp: from + index, message })),
      nextForwardToken: String(from + page.length),
    };
  }

  private describe(input: Readonly<Record<string, string | undefined>>): object {
    if (this.isMissing) throw awsError("ResourceNotFoundException");
    const names = [...this.streams.keys()].filter((name) => name.startsWith(input["logStreamNamePrefix"] ?? ""));
    const from = Number(input["nextToken"] ?? 0);
    const isLast = from + 1 >= names.length;
    return {
      logStreams: names.slice(from, from + 1).map((logStreamName) => ({ logStreamName })),
      ...(isLast ? {} : { nextToken: String(from + 1) }),
    };
  }
}

async function all(logs: FakeLogs, options: Partial<TailLogsOptions>): Promise<readonly LogEvent[]> {
  const found: LogEvent[] = [];
  const sleep = async (): Promise<void> => undefined;
  for await (const event of tailLogs(logs.client, { group: "g", prefix: "j/", sleep, ...options })) found.push(event);
  return found;
}

test("all pages of all streams with the prefix are read", async () => {
  const logs = new FakeLogs();
  logs.streams.set("j/algo-1", ["a", "b", "c"]).set("other/algo-1", ["x"]).set("j/algo-2", ["d"]);
  const found = await all(logs, { isDone: () => true });
  expect(found.map(({ stream, message }) => `${stream} ${message}`)).toEqual([
    "j/algo-1 a",
    "j/algo-1 b",
    "j/algo-1 c",
    "j/algo-2 d",
  ]);
});

test("no line comes twice, and lines of later rounds come too", async () => {
  const logs = new FakeLogs();
  logs.streams.set("j/1", ["a"]);
  let rounds = 0;
  const sleep = async (): Promise<void> => {
    rounds++;
    if (rounds === 1) logs.streams.get("j/1")?.push("b");
    if (rounds === 2) logs.streams.set("j/2", ["c"]);
  };
  const found = await all(logs, { sleep, isDone: () => rounds >= 2 });
  expect(found.map(({ message }) => message)).toEqual(["a", "b", "c"]);
});

test("lines that arrive after the end are read, until a round has brought none", async () => {
  const logs = new FakeLogs();
  logs.streams.set("j/1", ["a"]);
  const late = ["late", "later"];
  const sleep = async (): Promise<void> => {
    logs.streams.get("j/1")?.push(...late.splice(0, 1));
  };
  const found = await all(logs, { sleep, isDone: () => true });
  expect(found.map(({ message }) => message)).toEqual(["a", "late", "later"]);
});

test("late lines are waited for as long as asked, anew after each of them", async () => {
  const logs = new FakeLogs();
  logs.streams.set("j/1", []);
  let slept = 0;
  let afterLine = 0;
  const sleep = async (milliseconds: number): Promise<void> => {
    const before = slept;
    slept += milliseconds;
    if (before < 2000 && slept >= 2000) logs.streams.get("j/1")?.push("late");
    else if (slept > 2000) afterLine += milliseconds;
  };
  const found = await all(logs, { sleep, isDone: () => true, lingerMilliseconds: 3000 });
  expect(found.map(({ message }) => message)).toEqual(["late"]);
  expect(afterLine).toBeGreaterThanOrEqual(3000);
});

test("pauses grow from 250 ms while nothing comes, and are short again after a line", async () => {
  const logs = new FakeLogs();
  logs.streams.set("j/1", []);
  const pauses: number[] = [];
  const sleep = async (milliseconds: number): Promise<void> => {
    pauses.push(milliseconds);
    if (pauses.length === 10) logs.streams.get("j/1")?.push("line");
  };
  await all(logs, { sleep, isDone: () => pauses.length >= 12 });
  expect(pauses.map(Math.round)).toEqual([250, 375, 563, 844, 1266, 1898, 2848, 4271, 5000, 5000, 250, 375, 250]);
});

describe("a service that is asked too often", () => {
  function throttledOnce(logs: FakeLogs, operation: string, times: number): CloudWatchLogsClient {
    let left = times;
    const send = async (command: object): Promise<unknown> => {
      if (command.constructor.name === operation && left-- > 0) throw awsError("ThrottlingException");
      return (logs.client as unknown as { send(given: object): unknown }).send(command);
    };
    return { send } as never;
  }

  async function linesOf(client: CloudWatchLogsClient): Promise<readonly string[]> {
    const lines: string[] = [];
    const sleep = async (): Promise<void> => undefined;
    for await (const { message } of tailLogs(client, { group: "g", prefix: "j/", sleep, isDone: () => true }))
      lines.push(message);
    return lines;
  }

  test.each(["DescribeLogStreamsCommand", "GetLogEventsCommand"])("is asked again after %s", async (operation) => {
    const logs = new FakeLogs();
    logs.streams.set("j/1", ["a", "b", "c"]);
    expect(await linesOf(throttledOnce(logs, operation, 5))).toEqual(["a", "b", "c"]);
  });

  test("is given up after ten times in a row", async () => {
    const logs = new FakeLogs();
    await expect(linesOf(throttledOnce(logs, "DescribeLogStreamsCommand", 10))).rejects.toThrow("ThrottlingException");
  });
});

test("an endpoint of one's own is read often, and left at once", () => {
  expect([readingPace(true), readingPace(false), readingPace(undefined)]).toEqual([
    { longestPauseMilliseconds: 1000, lingerMilliseconds: 0 },
    { longestPauseMilliseconds: 5000, lingerMilliseconds: 3000 },
    { longestPauseMilliseconds: 5000, lingerMilliseconds: 3000 },
  ]);
});

test("a group that does not exist yet has no lines", async () => {
  const logs = new FakeLogs();
  logs.isMissing = true;
  expect(await all(logs, { isDone: () => true })).toEqual([]);
});

test("whether the end has come is asked no more once it has", async () => {
  let asked = 0;
  await all(new FakeLogs(), {
    isDone: () => {
      asked++;
      return true;
    },
  });
  expect(asked).toBe(1);
});

test("an abort ends it with an error of its own", async () => {
  const controller = new AbortController();
  const sleep = async (_: number, signal?: AbortSignal): Promise<void> => {
    controller.abort();
    signal?.throwIfAborted();
  };
  await expect(all(new FakeLogs(), { sleep, signal: controller.signal })).rejects.toMatchObject({
    code: "wait_aborted",
  });
});

test("an error of the service is given on", async () => {
  const client = { send: async () => Promise.reject(awsError("AccessDeniedException")) } as never;
  const lines = tailLogs(client, { group: "g", prefix: "j/" });
  await expect(lines.next()).rejects.toThrow("AccessDeniedException");
});
