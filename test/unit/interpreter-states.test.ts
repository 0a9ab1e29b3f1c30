import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/language/json.js";
import { job, run, runState } from "./run-definition.js";

interface StateCase {
  readonly name: string;
  readonly state: JsonObject;
  readonly input?: Json;
  readonly output: Json;
}

const outputs: readonly StateCase[] = [
  { name: "Pass hands its input on", state: { Type: "Pass" }, input: { a: 1 }, output: { a: 1 } },
  { name: "Pass gives its Result", state: { Type: "Pass", Result: [1] }, input: { a: 1 }, output: [1] },
  { name: "a Result of null is a result", state: { Type: "Pass", Result: null }, input: { a: 1 }, output: null },
  { name: "a Result is never evaluated", state: { Type: "Pass", Result: { "a.$": "$.a" } }, output: { "a.$": "$.a" } },
  { name: "InputPath selects", state: { Type: "Pass", InputPath: "$.a" }, input: { a: 1 }, output: 1 },
  { name: "InputPath null gives {}", state: { Type: "Pass", InputPath: null }, input: { a: 1 }, output: {} },
  { name: "OutputPath selects", state: { Type: "Pass", OutputPath: "$.a.b" }, input: { a: { b: 2 } }, output: 2 },
  { name: "OutputPath null gives {}", state: { Type: "Pass", OutputPath: null }, input: { a: 1 }, output: {} },
  {
    name: "a value of null at a path is a value",
    state: { Type: "Pass", Parameters: { "a.$": "$.a" } },
    input: { a: null },
    output: { a: null },
  },
  {
    name: "ResultPath puts the result into the raw input",
    state: { Type: "Pass", InputPath: "$.b", ResultPath: "$.a.c" },
    input: { a: { x: 0 }, b: 1 },
    output: { a: { x: 0, c: 1 }, b: 1 },
  },
  {
    name: "ResultPath replaces an item of a list",
    state: { Type: "Pass", Result: 9, ResultPath: "$.a[1]" },
    input: { a: [1, 2] },
    output: { a: [1, 9] },
  },
  {
    name: "ResultPath null keeps the input",
    state: { Type: "Pass", Result: 9, ResultPath: null },
    input: { a: 1 },
    output: { a: 1 },
  },
  {
    name: "Parameters reach into lists",
    state: { Type: "Pass", Parameters: { list: [{ "a.$": "$.a" }, "$.a"] } },
    input: { a: 1 },
    output: { list: [{ a: 1 }, "$.a"] },
  },
  {
    name: "Parameters see the Context Object",
    state: { Type: "Pass", Parameters: { "name.$": "$$.Execution.Name", "input.$": "$$.Execution.Input.a" } },
    input: { a: 1 },
    output: { name: "execution", input: 1 },
  },
  { name: "Succeed selects", state: { Type: "Succeed", OutputPath: "$.a" }, input: { a: 1 }, output: 1 },
  { name: "Wait hands its input on", state: { Type: "Wait", Seconds: 3 }, input: { a: 1 }, output: { a: 1 } },
  {
    name: "Wait for a time that has passed is over at once",
    state: { Type: "Wait", Timestamp: "2020-01-01T00:00:00Z" },
    input: 1,
    output: 1,
  },
  {
    name: "keys that JavaScript uses are data",
    state: { Type: "Pass", Parameters: { "__proto__.$": "$.constructor", toString: 1 } },
    input: { constructor: 2 },
    output: JSON.parse('{"__proto__":2,"toString":1}') as Json,
  },
];

test.each(outputs)("$name", ({ state, input, output }) => {
  const fields = state["Type"] === "Succeed" ? { StartAt: "S", States: { S: state } } : undefined;
  const { output: text } = fields === undefined ? runState(state, input) : run(fields, input);
  expect(text).toBe(JSON.stringify(output));
});

describe("a failure says where and why", () => {
  const located = (detail: string): string =>
    `An error occurred while executing the state 'S' (entered at the event id #2). ${detail}`;
  const failures = [
    {
      name: "a missing member at the root",
      state: { Type: "Pass", InputPath: "$.a" },
      cause: located("Invalid path '$.a' : No results for path: $['a']"),
    },
    {
      name: "a missing member on the way",
      state: { Type: "Pass", OutputPath: "$.a.b.c" },
      cause: located("Invalid path '$.a.b.c' : Missing property in path $['a']"),
    },
    {
      name: "a member that only the prototype has",
      state: { Type: "Pass", InputPath: "$.constructor" },
      cause: located("Invalid path '$.constructor' : No results for path: $['constructor']"),
    },
    {
      name: "a missing member in a template",
      state: { Type: "Pass", Parameters: { "x.$": "$.a" } },
      cause: located("The JSONPath '$.a' specified for the field 'x.$' could not be found in the input '{}'"),
    },
    {
      name: "an unknown variable",
      state: { Type: "Pass", Parameters: { "x.$": "$a" } },
      cause: located("The JSONPath '$a' specified for the field 'x.$' could not be found in the input '{}'"),
    },
    {
      name: "a wait that is too long",
      state: { Type: "Wait", Timestamp: "2099-01-01T00:00:00Z" },
      cause: located("Wait state delay is too long."),
    },
  ];

  test.each(failures)("$name", ({ state, cause }) => {
    expect(runState(state)).toMatchObject({ status: "FAILED", error: "States.Runtime", cause });
  });

  test("a result that does not fit into the input", () => {
    const { error, cause } = runState({ Type: "Pass", Result: 1, ResultPath: "$.a" }, "text");
    expect(error).toBe("States.ResultPathMatchFailure");
    expect(cause).toBe(located('Unable to apply ReferencePath $.a to input "text"'));
  });
});

describe("Fail", () => {
  const fail = (fields: JsonObject, input: Json = {}) =>
    run({ StartAt: "F", States: { F: { Type: "Fail", ...fields } } }, input);

  test("gives its error and cause", () => {
    expect(fail({ Error: "E", Cause: "C" })).toMatchObject({ status: "FAILED", error: "E", cause: "C" });
  });

  test("may have neither", () => {
    const { events } = fail({});
    expect(events.at(-1)).toMatchObject({ type: "ExecutionFailed", executionFailedEventDetails: {} });
  });

  test("reads them from paths and functions", () => {
    const fields = { ErrorPath: "$.e", CausePath: "States.Format('because {}', $.c)" };
    expect(fail(fields, { e: "E", c: 1 })).toMatchObject({ error: "E", cause: "because 1" });
  });

  test("refuses an error that is no text", () => {
    expect(fail({ ErrorPath: "$.e" }, { e: 1 })).toMatchObject({ error: "States.Runtime" });
  });
});

describe("variables", () => {
  test("are seen from the next state on", () => {
    const definition = {
      StartAt: "A",
      States: {
        A: { Type: "Pass", Assign: { x: 1 }, Next: "B" },
        B: { Type: "Pass", Assign: { "y.$": "$x", x: 2 }, Parameters: { "before.$": "$x" }, Next: "C" },
        C: { Type: "Pass", Parameters: { "x.$": "$x", "y.$": "$y", "before.$": "$.before" }, End: true },
      },
    };
    expect(run(definition).output).toBe('{"x":2,"y":1,"before":1}');
  });

  test("stand in the Exited event as JSON texts", () => {
    const { events } = runState({ Type: "Pass", Assign: { text: "a", list: [1] } });
    expect(events[2]).toMatchObject({ stateExitedEventDetails: { assignedVariables: { text: '"a"', list: "[1]" } } });
  });
});

describe("Task", () => {
  const done = { state: "S", endEvent: "TaskSucceeded", output: { id: 7 }, submitted: { arn: "a" } };

  test("records the life of a job", () => {
    const { events } = runState({ Type: "Task", Resource: job, TimeoutSeconds: 60 }, {}, [done]);
    expect(events.map(({ type, id, previousEventId }) => `${id}<${previousEventId} ${type}`)).toEqual([
      "1<0 ExecutionStarted",
      "2<0 TaskStateEntered",
      "3<2 TaskScheduled",
      "4<3 TaskStarted",
      "5<4 TaskSubmitted",
      "6<5 TaskSucceeded",
      "7<6 TaskStateExited",
      "8<7 ExecutionSucceeded",
    ]);
  });

  test("says what it schedules", () => {
    const { events } = runState(
      { Type: "Task", Resource: job, Parameters: { "a.$": "$.a" }, TimeoutSeconds: 60 },
      { a: 1 },
      [done],
    );
    expect(events[2]).toMatchObject({
      taskScheduledEventDetails: {
        resourceType: "sagemaker",
        resource: "createProcessingJob.sync",
        region: "us-east-1",
        parameters: '{"a":1}',
        timeoutInSeconds: 60,
      },
    });
  });

  const results = [
    { name: "gives the answer of its service", fields: {}, output: { id: 7 } },
    { name: "selects from the answer", fields: { ResultSelector: { "x.$": "$.id" } }, output: { x: 7 } },
    { name: "puts the answer into its input", fields: { ResultPath: "$.r" }, output: { a: 1, r: { id: 7 } } },
    { name: "drops the answer", fields: { ResultPath: null }, output: { a: 1 } },
    { name: "selects what it gives", fields: { OutputPath: "$.id" }, output: 7 },
  ];

  test.each(results)("$name", ({ fields, output }) => {
    expect(runState({ Type: "Task", Resource: job, ...fields }, { a: 1 }, [done]).output).toBe(JSON.stringify(output));
  });

  test("Assign sees the answer", () => {
    const { events } = runState({ Type: "Task", Resource: job, Assign: { "x.$": "$.id" } }, {}, [done]);
    expect(events[6]).toMatchObject({ stateExitedEventDetails: { assignedVariables: { x: "7" } } });
  });
});

describe("Choice", () => {
  const choose = (rule: JsonObject, input: Json, rest: JsonObject = { Default: "No" }) =>
    run(
      {
        StartAt: "C",
        States: {
          C: { Type: "Choice", Choices: [{ ...rule, Next: "Yes" }], ...rest },
          Yes: { Type: "Pass", Result: true, End: true },
          ...("Default" in rest ? { No: { Type: "Pass", Result: false, End: true } } : {}),
        },
      },
      input,
    );

  const rules: readonly (readonly [JsonObject, Json, boolean])[] = [
    [{ Variable: "$.a", StringEquals: "x" }, { a: "x" }, true],
    [{ Variable: "$.a", StringLessThan: "A " }, { a: "A" }, true],
    [{ Variable: "$.a", StringMatches: "log-*.txt" }, { a: "log-1.txt" }, true],
    [{ Variable: "$.a", StringMatches: "*a*a*" }, { a: "ba" }, false],
    [{ Variable: "$.a", StringMatches: "a\\*" }, { a: "a*" }, true],
    [{ Variable: "$.a", StringMatches: "a\\*" }, { a: "ab" }, false],
    [{ Variable: "$.a", NumericGreaterThanEquals: 1 }, { a: 1 }, true],
    [{ Variable: "$.a", NumericEquals: 1 }, { a: "1" }, false],
    [{ Variable: "$.a", NumericLessThanPath: "$.b" }, { a: 1, b: 2 }, true],
    [{ Variable: "$.a", BooleanEquals: false }, { a: 0 }, false],
    [{ Variable: "$.a", TimestampLessThan: "2026-01-01T01:00:00+01:00" }, { a: "2025-12-31T23:59:59Z" }, true],
    [{ Variable: "$.a", IsPresent: false }, {}, true],
    [{ Variable: "$.a", IsPresent: true }, { a: null }, true],
    [{ Variable: "$.a", IsNull: true }, { a: null }, true],
    [{ Variable: "$.a", IsTimestamp: true }, { a: "2026-01-01T00:00:00Z" }, true],
    [{ Variable: "$.a", IsString: false }, { a: 1 }, true],
    [{ Not: { Variable: "$.a", IsPresent: true } }, {}, true],
    [
      {
        And: [
          { Variable: "$.a", IsPresent: true },
          { Variable: "$.a", NumericEquals: 1 },
        ],
      },
      {},
      false,
    ],
    [
      {
        Or: [
          { Variable: "$.a", NumericEquals: 2 },
          { Variable: "$.a", NumericEquals: 1 },
        ],
      },
      { a: 1 },
      true,
    ],
  ];

  test.each(rules)("%j on %j is %j", (rule, input, wanted) => {
    expect(choose(rule, input).output).toBe(String(wanted));
  });

  test("fails where the variable is not there", () => {
    const { cause } = choose({ Variable: "$.a", NumericEquals: 1 }, {});
    expect(cause).toContain("Invalid path '$.a': The choice state's condition path references an invalid value.");
  });

  test("fails where nothing matches and there is no Default", () => {
    expect(choose({ Variable: "$.a", NumericEquals: 1 }, { a: 2 }, {})).toMatchObject({
      error: "States.Runtime",
      cause: expect.stringContaining(
        "Failed to transition out of the state. The state does not point to a next state.",
      ),
    });
  });
});
