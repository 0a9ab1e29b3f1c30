import { stripVTControlCharacters } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { DefinitionError } from "../../src/language/errors.js";
import { Pass } from "../../src/states/pass.js";
import { Execution } from "../../src/workflow/execution.js";
import { loggerOf } from "../../src/workflow/logger.js";
import { Workflow } from "../../src/workflow/workflow.js";
import { type FakeSession, fakeSession } from "./fake-session.js";

const arn = "arn:aws:states:us-east-1:123456789012:stateMachine:count";
const executionArn = "arn:aws:states:us-east-1:123456789012:execution:count:run-1";
const startDate = new Date("2022-01-21T15:28:38.123Z");
const created = (): object => ({ stateMachineArn: arn, creationDate: new Date() });

async function createdOn(session: FakeSession): Promise<Workflow> {
  const workflow: Workflow = new Workflow({ session, role: "Runner", name: "count", definition: new Pass("A") });
  await workflow.create();
  session.calls.splice(0);
  return workflow;
}

async function issuesOf(action: () => unknown): Promise<readonly string[]> {
  try {
    await action();
  } catch (error) {
    if (DefinitionError.is(error)) return error.issues.map(({ code, path }) => [code, ...path].join(" "));
    throw error;
  }
  return [];
}

describe("a listing", () => {
  /** `count` events, in pages as they are asked for. */
  const pages = (count: number) =>
    fakeSession({
      GetExecutionHistory: ({ maxResults, nextToken = "0" }) => {
        const from = Number(nextToken);
        const to = Math.min(count, from + Number(maxResults));
        const events = Array.from({ length: to - from }, (_, index) => ({ id: from + index + 1, previousEventId: 0 }));
        return to < count ? { events, nextToken: String(to) } : { events };
      },
    });
  const asked = (session: FakeSession): unknown[] => session.calls.map(({ input }) => input["maxResults"]);

  test.each([
    { options: { maxItems: 5 }, count: 5, calls: [5] },
    { options: { maxItems: 1000 }, count: 1000, calls: [1000] },
    { options: { maxItems: 1500 }, count: 1500, calls: [1000, 1000] },
    { options: {}, count: 2500, calls: [1000, 1000, 1000] },
    { options: { maxItems: 0 }, count: 0, calls: [] },
    { options: { maxItems: 30, pageSize: 20 }, count: 30, calls: [20, 20] },
  ])("of $options asks for pages of $calls", async ({ options, count, calls }) => {
    const session = pages(2500);
    expect(await new Execution(session, executionArn).listEvents(options).toArray()).toHaveLength(count);
    expect(asked(session)).toEqual(calls);
  });

  test("asks for a page when it is needed", async () => {
    const session = pages(2500);
    for await (const { id } of new Execution(session, executionArn).listEvents()) if (id === 1000) break;
    expect(asked(session)).toEqual([1000]);
  });

  test.each([
    { options: {}, rows: 100, calls: [101], isCut: true },
    { options: { pageSize: 60 }, rows: 100, calls: [60, 60], isCut: true },
    { options: { maxItems: 150 }, rows: 150, calls: [150], isCut: false },
  ])("of $options is a table of $rows rows", async ({ options, rows, calls, isCut }) => {
    const session = pages(2500);
    const listing = new Execution(session, executionArn).listEvents(options);
    const lines = (await listing.toText()).trimEnd().split("\n");
    expect(lines).toHaveLength(1 + rows + (isCut ? 1 : 0));
    if (isCut) expect(lines.at(-1)).toBe("… and more: give maxItems");
    expect(asked(session)).toEqual(calls);
    const html = await listing.toHtml();
    expect(html.includes("… and more: give maxItems")).toBe(isCut);
    expect(html.match(/<tr>/g)).toHaveLength(lines.length);
  });

  test("of 100 is a table of them, and nothing is said to be left out", async () => {
    const text = await new Execution(pages(100), executionArn).listEvents().toText();
    expect(text.trimEnd().split("\n")).toHaveLength(101);
  });

  test("refuses numbers that make no sense", async () => {
    const wrong = { maxItems: -1, pageSize: 1001 };
    expect(await issuesOf(() => new Execution(pages(1), executionArn).listEvents(wrong))).toEqual([
      "invalid_number maxItems",
      "invalid_number pageSize",
    ]);
  });
});

describe("executions", () => {
  const executions = [
    { executionArn, status: "SUCCEEDED", startDate, stopDate: new Date("2022-01-21T15:28:41.500Z") },
    { executionArn: `${executionArn}0`, status: "RUNNING", startDate },
  ];
  const answers = { CreateStateMachine: created, ListExecutions: { executions } };

  test("come as they were listed", async () => {
    const workflow = await createdOn(fakeSession(answers));
    const [first, second] = await workflow.listExecutions().toArray();
    expect(first?.name).toBe("run-1");
    expect(first?.snapshot).toEqual({ status: "SUCCEEDED", startDate, stopDate: new Date("2022-01-21T15:28:41.500Z") });
    expect(String(second)).toBe(
      `Execution(arn="${executionArn}0", name="run-10", status=RUNNING, startDate=2022-01-21T15:28:38.123Z)`,
    );
  });

  test("are a table for a terminal", async () => {
    const workflow = await createdOn(fakeSession(answers));
    expect(await workflow.listExecutions().toText()).toMatchInlineSnapshot(`
      "Name    Status     Started (UTC)                 End Time (UTC)
      run-1   SUCCEEDED  Jan 21, 2022 03:28:38.123 PM  Jan 21, 2022 03:28:41.500 PM
      run-10  RUNNING    Jan 21, 2022 03:28:38.123 PM  -
      "
    `);
  });

  test("are filtered by AWS, and a status that is none is refused", async () => {
    const session = fakeSession(answers);
    const workflow = await createdOn(session);
    await workflow.listExecutions({ status: "FAILED", maxItems: 7 }).toArray();
    expect(session.calls[0]?.input).toEqual({ stateMachineArn: arn, statusFilter: "FAILED", maxResults: 7 });
    expect(await issuesOf(() => workflow.listExecutions({ status: "DONE" as never }))).toEqual([
      "invalid_argument status",
    ]);
  });

  test("are none of a workflow that was not created", async () => {
    const session = fakeSession({});
    const workflow = new Workflow({ session, role: "Runner", name: "count", definition: new Pass("A") });
    expect(await workflow.listExecutions().toArray()).toEqual([]);
    expect(session.calls).toEqual([]);
  });
});

describe("workflows", () => {
  const machine = { name: "count", stateMachineArn: arn, type: "EXPRESS", creationDate: startDate };

  test("are listed, and look like a table in a notebook", async () => {
    const session = fakeSession({ ListStateMachines: { stateMachines: [machine] } });
    const listing = Workflow.list(session, { maxItems: 3 });
    expect(await listing.toArray()).toEqual([machine]);
    expect(session.calls[0]?.input).toEqual({ maxResults: 3 });
    const shown = await (listing as unknown as Record<symbol, () => Promise<object>>)[
      Symbol.for("Jupyter.display")
    ]?.();
    expect(shown).toEqual({ "text/html": await listing.toHtml() });
    expect(await listing.toHtml()).toContain(`us-east-1#/statemachines/view/${arn}"`);
  });

  test("have no links where the requests do not go to AWS", async () => {
    const session = { ...fakeSession({ ListStateMachines: { stateMachines: [machine] } }), hasOwnEndpoint: true };
    expect(await Workflow.list(session).toHtml()).not.toContain("href");
  });

  const partitions = [
    { region: "cn-north-1", host: "console.amazonaws.cn" },
    { region: "us-gov-west-1", host: "console.amazonaws-us-gov.com" },
    { region: "eu-west-1", host: "console.aws.amazon.com" },
    { region: "us-isof-south-1", host: undefined },
  ];
  test.each(partitions)("in $region are looked at on $host", async ({ region, host }) => {
    const of = `arn:aws:states:${region}:123456789012:stateMachine:count`;
    const session = fakeSession({ ListStateMachines: { stateMachines: [{ name: "count", stateMachineArn: of }] } });
    const html = await Workflow.list(session).toHtml();
    if (host === undefined) expect(html).not.toContain("href");
    else expect(html).toContain(`href="https://${host}/states/home?region=${region}#/statemachines/view/${of}"`);
  });
});

describe("events", () => {
  const at = (milliseconds: number): Date => new Date(startDate.getTime() + milliseconds);
  const tuning = { resourceType: "sagemaker", resource: "createHyperParameterTuningJob.sync", region: "us-east-1" };
  const parameters = '{"HyperParameterTuningJobName":"hunt","Flag":true}';
  const events = [
    { id: 1, previousEventId: 0, type: "ExecutionStarted", timestamp: at(0) },
    {
      id: 2,
      previousEventId: 0,
      type: "ParallelStateEntered",
      timestamp: at(1),
      stateEnteredEventDetails: { name: "P" },
    },
    { id: 3, previousEventId: 2, type: "TaskStateEntered", timestamp: at(2), stateEnteredEventDetails: { name: "A" } },
    { id: 4, previousEventId: 2, type: "TaskStateEntered", timestamp: at(3), stateEnteredEventDetails: { name: "B" } },
    {
      id: 5,
      previousEventId: 3,
      type: "TaskScheduled",
      timestamp: at(4),
      taskScheduledEventDetails: { ...tuning, parameters },
    },
    {
      id: 6,
      previousEventId: 5,
      type: "TaskTimedOut",
      timestamp: at(61_000),
      taskTimedOutEventDetails: { ...tuning, error: "States.Timeout", cause: "too slow" },
    },
  ];
  const listed = () => new Execution(fakeSession({ GetExecutionHistory: { events } }), executionArn).listEvents();

  test("belong to the state that they follow, and not to the one that was entered last; the time is the whole time", async () => {
    expect(await listed().toText()).toMatchInlineSnapshot(`
      "ID  Type                  Step  Resource              Elapsed Time (ms)  Timestamp (UTC)
      1   ExecutionStarted            -                     0                  Jan 21, 2022 03:28:38.123 PM
      2   ParallelStateEntered  P     -                     1                  Jan 21, 2022 03:28:38.124 PM
      3   TaskStateEntered      A     -                     2                  Jan 21, 2022 03:28:38.125 PM
      4   TaskStateEntered      B     -                     3                  Jan 21, 2022 03:28:38.126 PM
      5   TaskScheduled         A     Sagemaker tuning job  4                  Jan 21, 2022 03:28:38.127 PM
      6   TaskTimedOut          A     Sagemaker tuning job  61000              Jan 21, 2022 03:29:39.123 PM
      "
    `);
  });

  test("of every type tell their details, JSON as what it is", async () => {
    const html = await listed().toHtml();
    expect(html).toContain("&quot;Flag&quot;: true");
    expect(html).toContain("&quot;cause&quot;: &quot;too slow&quot;");
    expect(html).toContain('region=us-east-1#/hyper-tuning-jobs/hunt"');
  });

  const detailsOf = async (input: string): Promise<string> => {
    const event = { id: 1, type: "ExecutionStarted", executionStartedEventDetails: { input, inputDetails: {} } };
    const session = fakeSession({ GetExecutionHistory: { events: [event] } });
    const html = await new Execution(session, executionArn).listEvents().toHtml();
    return (/<pre>(.*)<\/pre>/s.exec(html)?.[1] ?? "").replaceAll("&quot;", '"');
  };

  test("tell numbers as they were sent, and texts that are no JSON as texts", async () => {
    expect(
      await detailsOf('{ "id":12345678901234567890, "rate": [1.0,{}],"a":1,"a":"\\" ,]" }'),
    ).toMatchInlineSnapshot(`
      "{
        "input": {
          "id": 12345678901234567890,
          "rate": [
            1.0,
            {}
          ],
          "a": 1,
          "a": "\\" ,]"
        },
        "inputDetails": {}
      }"
    `);
    expect(await detailsOf("[1,")).toContain('"input": "[1,"');
  });

  test.each([2000, 100_000])(
    "of data that nests %i levels deep are no more than the data and some lines",
    async (depth) => {
      const text = await detailsOf("[".repeat(depth) + "]".repeat(depth));
      expect(text.length).toBeLessThan(21_000);
      expect(text.split("\n").length).toBeLessThan(40);
    },
  );

  test("that are long are cut, and this is said", async () => {
    const text = await detailsOf(JSON.stringify(Array(10_000).fill("some text")));
    expect(text.length).toBeLessThan(21_000);
    expect(text).toMatch(/… and more: listEvents\(\) gives the whole$/);
  });
});

describe("what is done is told", () => {
  const messages = async (act: (workflow: Workflow) => Promise<unknown>): Promise<string[]> => {
    const told: string[] = [];
    const tell =
      (level: string) =>
      (message: string): void => {
        told.push(`${level}: ${message}`);
      };
    const logger = { debug: tell("debug"), info: tell("info"), warn: tell("warn"), error: tell("error") };
    const session = fakeSession({
      CreateStateMachine: created,
      UpdateStateMachine: {},
      DeleteStateMachine: {},
      StartExecution: { executionArn, startDate },
    });
    await act(new Workflow({ session, role: "Runner", name: "count", definition: new Pass("A"), logger }));
    return told;
  };

  test("to the logger that was given", async () => {
    const told = await messages(async (workflow) => {
      await workflow.create();
      await workflow.create();
      await workflow.update({ role: "Other" });
      await workflow.execute({});
      await workflow.delete();
    });
    expect(
      told.map((line) => line.replaceAll(arn, "ARN").replaceAll(executionArn, "EXECUTION")),
    ).toMatchInlineSnapshot(`
      [
        "info: the state machine ARN was created",
        "warn: the state machine ARN is there already: nothing is done",
        "info: the state machine ARN was updated; within some seconds, every execution runs it so",
        "info: the execution EXECUTION was started",
        "info: the state machine ARN is deleted once its executions have ended",
      ]
    `);
  });

  test("on standard error from a level on", () => {
    const lines: string[] = [];
    const write = vi.spyOn(process.stderr, "write").mockImplementation((line) => lines.push(String(line)) > 0);
    const logger = loggerOf("warn");
    logger.debug("one");
    logger.info("two");
    logger.warn("three");
    logger.error("four");
    loggerOf(undefined).error("nobody hears this");
    write.mockRestore();
    expect(lines.map(stripVTControlCharacters)).toEqual(["[WARN] three\n", "[ERROR] four\n"]);
  });

  test("and a logger that is none is refused", async () => {
    const session = fakeSession({});
    const wrong = new Workflow({ session, role: "r", name: "n", definition: new Pass("A"), logger: "loud" as never });
    expect(await issuesOf(() => wrong.create())).toEqual(["invalid_argument logger"]);
  });
});
