import { describe, expect, test } from "vitest";
import { Data, deepestData, nestsTooDeep } from "../../src/interpreter/data.js";
import type { ExecutionFacts, Snapshot } from "../../src/interpreter/snapshot.js";
import { begin, canAdvance, step } from "../../src/interpreter/step.js";
import { readSnapshot, storeSnapshot } from "../../src/interpreter/stored-snapshot.js";
import type { Json, JsonObject } from "../../src/language/json.js";
import { wireEvent } from "../../src/local/operations/get-execution-history.js";
import { job, planned, run, runState } from "./run-definition.js";

const facts: ExecutionFacts = {
  arn: "arn:aws:states:us-east-1:111111111111:execution:m:e",
  name: "e",
  roleArn: "arn:aws:iam::111111111111:role/r",
  startedAt: 0,
  type: "STANDARD",
  input: new Data({}),
  stateMachineArn: "arn:aws:states:us-east-1:111111111111:stateMachine:m",
  stateMachineName: "m",
  seed: "seed",
  mostEvents: 25_000,
};

/** Runs to the end, with what `between` makes of the snapshot after each step. */
function runToEnd(definition: Json, given = facts, between = (snapshot: Snapshot): Snapshot => snapshot) {
  const { plan } = planned(definition);
  if (plan === undefined) throw new Error("expected a plan");
  let { snapshot, events: made } = begin(plan, given);
  const events = [...made];
  while (canAdvance(snapshot)) {
    ({ snapshot, events: made } = step(plan, between(snapshot), { kind: "advance", turns: 1 }, 0));
    events.push(...made);
  }
  return { snapshot, events };
}

function chain(length: number): JsonObject {
  const states = Array.from({ length }, (_, index) => [
    `S${index}`,
    index === length - 1 ? { Type: "Succeed" } : { Type: "Pass", Next: `S${index + 1}` },
  ]);
  return { StartAt: "S0", States: Object.fromEntries(states) };
}

test("a chain of 20,000 states runs", () => {
  const { snapshot, events } = runToEnd(chain(20_000), { ...facts, mostEvents: 100_000 });
  expect(snapshot.status).toBe("SUCCEEDED");
  expect(events).toHaveLength(40_002);
});

describe("the 25,000th event", () => {
  const loop = {
    StartAt: "C",
    States: {
      C: { Type: "Choice", Choices: [{ Variable: "$$.State.Name", IsPresent: true, Next: "C" }], Default: "End" },
      End: { Type: "Succeed" },
    },
  };

  test("is the failure that says so", () => {
    const { snapshot, events } = runToEnd(loop);
    expect(snapshot.status).toBe("FAILED");
    expect(events).toHaveLength(25_000);
    expect(events.at(-1)).toMatchObject({
      id: 25_000,
      previousEventId: 24_999,
      type: "ExecutionFailed",
      details: {
        error: "States.Runtime",
        cause: "The execution reached the maximum number of history events (25000).",
      },
    });
  });

  test("may be the end of the execution itself", () => {
    const { snapshot } = runToEnd(chain(3), { ...facts, mostEvents: 8 });
    expect(snapshot.status).toBe("SUCCEEDED");
  });
});

describe("a payload over 256 KiB", () => {
  const large = "ä".repeat(131_073);

  test("fails a state that makes it", () => {
    const { error, cause } = runState({ Type: "Pass", Parameters: { "a.$": "States.Format('{}', $)" } }, large);
    expect(error).toBe("States.DataLimitExceeded");
    expect(cause).toBe(
      "The state/task 'S' returned a result with a size exceeding the maximum number of bytes service limit.",
    );
  });

  test("fails the task that gives it back", () => {
    const answers = [{ state: "S", endEvent: "TaskSucceeded", output: large }];
    const { events, cause } = runState({ Type: "Task", Resource: job }, {}, answers);
    expect(cause).toContain("The state/task 'sagemaker' returned a result");
    expect(events.map(({ type }) => type)).toContain("TaskFailed");
  });
});

describe("a value that is larger than its parts", () => {
  const deep: Json = JSON.parse(`${"[".repeat(300)}${"]".repeat(300)}`) as Json;
  const path = "$..[*]..[*]..[*]..[*]..[*]";

  test.each([
    ["InputPath", { Type: "Pass", InputPath: path }],
    ["parameters", { Type: "Pass", Parameters: { "a.$": path } }],
    ["a call", { Type: "Pass", Parameters: { "a.$": `States.ArrayLength(${path})` } }],
    ["a filter", { Type: "Pass", InputPath: `$..*..[?(${"!@.a&&".repeat(300)}!@.a)]..*..*..*` }],
  ])("is not looked for to its end: %s", (_, state) => {
    const { error, cause } = runState(state, deep);
    expect(error).toBe("States.Runtime");
    expect(cause).toMatch(/The JSONPath '.*' finds too much/);
  });

  test("ends a choice", () => {
    const rule = { Variable: path, IsPresent: true, Next: "E" };
    const definition = { StartAt: "C", States: { C: { Type: "Choice", Choices: [rule] }, E: { Type: "Succeed" } } };
    expect(run(definition, deep).cause).toContain(`The JSONPath '${path}' finds too much`);
  });

  test("counts over all queries of a state", () => {
    const fields = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`f${index}.$`, "$..[*]"]));
    expect(runState({ Type: "Pass", Parameters: fields }, deep).cause).toContain(
      "The JSONPath '$..[*]' finds too much",
    );
  });

  test("is a payload over 256 KiB before its text is made", () => {
    const text = "x".repeat(200_000);
    const fields = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`f${index}.$`, "$"]));
    expect(runState({ Type: "Pass", Parameters: fields }, text).error).toBe("States.DataLimitExceeded");
  });

  test("is allowed where it fits", () => {
    const rows = Array.from({ length: 20_000 }, (_, id) => ({ id }));
    const state = { Type: "Pass", Parameters: { "count.$": "States.ArrayLength($..id)" } };
    expect(runState(state, rows).output).toBe('{"count":20000}');
  });
});

describe("depth", () => {
  const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);

  test.each([
    [nested(deepestData), false],
    [nested(deepestData + 1), true],
    [`"${"[".repeat(5000)}"`, false],
    [`["\\"",${nested(deepestData)}]`, true],
    [`[${nested(2)},`.repeat(2000), true],
    [Array(3000).fill("[]").join(), false],
  ])("case %#", (text, isDeep) => {
    expect(nestsTooDeep(text)).toBe(isDeep);
  });

  test("data that grows with every round of a loop is refused by name", () => {
    const definition = {
      StartAt: "A",
      States: {
        A: { Type: "Pass", Parameters: { "a.$": "$" }, Next: "C" },
        C: { Type: "Choice", Choices: [{ Variable: "$.a", IsPresent: true, Next: "A" }], Default: "E" },
        E: { Type: "Succeed" },
      },
    };
    const { error, cause } = run(definition);
    expect(error).toBe("States.Runtime");
    expect(cause).toContain("The data nests deeper than 1000 levels.");
  });
});

describe("what one state may cost is bounded", () => {
  const numbers = Array.from({ length: 100_000 }, (_, index) => index % 10);
  const fields = (call: string): JsonObject =>
    Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`k${index}.$`, call]));

  test.each([
    ["States.ArrayUnique($)", numbers],
    ["States.ArrayContains($, 11)", numbers],
    ["States.ArrayPartition($, 1)", numbers],
    ["States.StringSplit($, ',')", "a,".repeat(100_000)],
    ["States.StringToJson($)", JSON.stringify(numbers)],
    ["States.JsonMerge($, $, false)", Object.fromEntries(numbers.slice(0, 20_000).map((item, index) => [index, item]))],
  ])("%s of a large value, 400 times", (call, input) => {
    const { error, cause } = runState({ Type: "Pass", Parameters: fields(call) }, input as Json);
    expect(error).toBe("States.Runtime");
    expect(cause).toContain("are too large");
  });

  const choose = (rule: JsonObject, input: Json, count: number): ReturnType<typeof run> =>
    run(
      {
        StartAt: "C",
        States: {
          C: { Type: "Choice", Choices: Array.from({ length: count }, () => ({ ...rule, Next: "E" })), Default: "E" },
          E: { Type: "Succeed" },
        },
      },
      input,
    );

  const ids = Array.from({ length: 14_000 }, (_, index) => `id-${index}`);
  const prose = "the quick brown fox ".repeat(10_000);
  const rows = Object.fromEntries(ids.slice(0, 5_000).map((id) => [id, "12345678"]));

  test.each([
    ["States.JsonMerge($, $, false)", rows],
    ["States.ArrayContains($, 'id-none')", ids],
    ["States.ArrayContains($, 7)", numbers.slice(0, 14_000)],
  ])("takes %s four times", (call, input) => {
    const template = Object.fromEntries(
      [1, 2, 3, 4].map((index) => [`k${index}.$`, `States.ArrayLength(States.Array(${call}))`]),
    );
    expect(runState({ Type: "Pass", Parameters: template }, input as Json).output).toBe(
      '{"k1":1,"k2":1,"k3":1,"k4":1}',
    );
  });

  test.each([
    ["IsString", true],
    ["StringEquals", "none"],
    ["StringMatches", "*none*"],
    ["StringMatches", "*e x*"],
    ["StringMatches", "*the quick brown dog*"],
    ["StringEqualsPath", "$"],
  ])("takes fifty rules with %s %j about a long text", (operator, operand) => {
    expect(choose({ Not: { Variable: "$", [operator]: operand } }, prose, 50).status).toBe("SUCCEEDED");
  });

  /** Ten times what is allowed: a machine for tests is slow. */
  const mostMilliseconds = 500;

  test.each([
    ["*aaaab*", "a".repeat(200_000)],
    [`*${"a".repeat(100)}b*`, "a".repeat(200_000)],
    [`*${"a".repeat(300)}b*`, "a".repeat(200_000)],
    ["*aab*", "aab".repeat(60_000).replace(/b$/, "c")],
  ])("a thousand rules that look for %.10s end soon", (pattern, text) => {
    const start = process.cpuUsage();
    choose({ Variable: "$", StringMatches: `${pattern}none` }, text, 1_000);
    choose({ And: [{ Variable: "$", StringMatches: `${pattern}${text.at(-1)}` }] }, text, 1_000);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1_000).toBeLessThan(mostMilliseconds);
  });

  test("rules that look at a long text", () => {
    const { error, cause } = choose({ Variable: "$", StringMatches: "*aab*" }, "a".repeat(200_000), 1000);
    expect(error).toBe("States.Runtime");
    expect(cause).toContain("The rules look at too long texts, the last one at '$'");
    expect(cause).toContain("(limit of the embedded engine: the work of one step)");
  });

  test("a rule that looks at a long text once", () => {
    const { status } = choose({ Variable: "$", StringMatches: "*aab*" }, "a".repeat(200_000), 1);
    expect(status).toBe("SUCCEEDED");
  });

  test("a text of digits that is no number is read in time that grows as it does", () => {
    const rule = { Variable: "$.n", NumericEqualsPath: "$.text" };
    const { status } = choose(rule, { n: 1, text: `${"1".repeat(200_000)}x` }, 1);
    expect(status).toBe("SUCCEEDED");
  });
});

test("a snapshot that went through JSON goes on as if nothing had been", () => {
  const definition = {
    StartAt: "A",
    States: {
      A: { Type: "Pass", Parameters: { "id.$": "States.UUID()" }, Assign: { x: 1 }, Next: "B" },
      B: { Type: "Pass", Parameters: { "id.$": "$.id", "x.$": "$x", "more.$": "States.UUID()" }, End: true },
    },
  };
  const stored = runToEnd(definition, facts, (snapshot) => readSnapshot(storeSnapshot(snapshot)));
  expect(stored.events.map((event) => wireEvent(event))).toEqual(
    runToEnd(definition).events.map((event) => wireEvent(event)),
  );
});

test("an execution that has ended takes no more input", () => {
  const { plan } = planned(chain(1));
  if (plan === undefined) throw new Error("expected a plan");
  const { snapshot } = runToEnd(chain(1));
  expect(step(plan, snapshot, { kind: "stop" }, 0)).toEqual({ snapshot, events: [], effects: [] });
});

describe("expressions that cost much", () => {
  /** Each of them is within its bound. */
  const costly = "{% $count([1..50000].($ + 1)) %}";
  const state = (Output: Json): JsonObject => ({ Type: "Pass", QueryLanguage: "JSONata", Output });

  test("of one state share what one of them may cost", () => {
    const timeout = "Expression evaluation timeout: Check for infinite loop";
    expect(runState(state({ a: costly })).status).toBe("SUCCEEDED");
    expect(
      runState(state(Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`k${index}`, costly])))).cause,
    ).toContain(timeout);
  });

  test("count the characters that they copy", () => {
    const output = "{% [1..100].($states.input ~> |none|{}|) %}";
    expect(runState(state(output), { text: "a".repeat(200_000) }).cause).toContain("Expression evaluation timeout");
  });

  test("end a step, and the next one goes on", () => {
    const { plan } = planned({
      StartAt: "A",
      States: { A: { ...state(costly), Next: "B" }, B: { ...state(costly), Next: "C" }, C: { Type: "Succeed" } },
    });
    if (plan === undefined) throw new Error("expected a plan");
    let { snapshot } = begin(plan, facts);
    const steps: number[] = [];
    while (canAdvance(snapshot)) {
      const made = step(plan, snapshot, { kind: "advance", turns: 1000 }, 0);
      snapshot = made.snapshot;
      steps.push(made.events.filter(({ type }) => type.endsWith("StateEntered")).length);
    }
    expect(steps).toEqual([1, 1, 1]);
  });
});
