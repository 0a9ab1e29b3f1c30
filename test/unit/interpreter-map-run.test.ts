import { describe, expect, test } from "vitest";
import { isList, isObject } from "../../src/interpreter/data.js";
import type { JsonObject } from "../../src/language/json.js";
import { ending, execution, told, world } from "./told-history.js";

const choice = { Type: "Choice", Choices: [{ Variable: "$", NumericEquals: 2, Next: "F" }], Default: "W" };
/** Fails at each item that is 2. */
const failing = {
  StartAt: "C",
  States: { C: choice, F: { Type: "Fail", Error: "E", Cause: "why" }, W: { Type: "Wait", Seconds: 9, End: true } },
};

function distributed(fields: JsonObject = {}, processor: JsonObject = failing): JsonObject {
  const ItemProcessor = { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" }, ...processor };
  return { M: { Type: "Map", ItemProcessor, End: true, ...fields } };
}

test("each item has an execution of its own", () => {
  const { executions } = world(distributed(), { input: [1, 3] });
  expect(executions.map((one) => one.facts.child?.item.value)).toEqual([undefined, 1, 3]);
  expect(executions.slice(1).map((one) => told(one)[1])).toEqual([
    "2<0 ChoiceStateEntered C",
    "2<0 ChoiceStateEntered C",
  ]);
});

test("the history tells of the run, and not of the items", () => {
  const ended = execution(distributed(), { input: [1, 3] });
  expect(told(ended).slice(1)).toEqual([
    "2<0 MapStateEntered M",
    "3<2 MapStateStarted",
    "4<3 MapRunStarted",
    "5<4 MapRunSucceeded",
    "6<5 MapStateSucceeded",
    "7<4 MapStateExited M",
    "8<7 ExecutionSucceeded",
  ]);
  expect(ending(ended)).toBe("[1,3]");
});

const threshold =
  "FAILED States.ExceedToleratedFailureThreshold: The specified tolerated failure threshold was exceeded";

describe("items that fail", () => {
  const cases = [
    { name: "fail the run where none may", fields: {}, input: [1, 2], ending: threshold },
    {
      name: "are told of where as many may",
      fields: { ToleratedFailureCount: 1 },
      input: [1, 2, 3],
      ending: [1, "E", 3],
    },
    {
      name: "fail the run where one too many does",
      fields: { ToleratedFailureCount: 1 },
      input: [2, 2, 3],
      ending: threshold,
    },
    {
      name: "are told of within the percentage",
      fields: { ToleratedFailurePercentage: 50 },
      input: [1, 2],
      ending: [1, "E"],
    },
    {
      name: "fail the run above the percentage",
      fields: { ToleratedFailurePercentage: 49 },
      input: [1, 2],
      ending: threshold,
    },
    { name: "may be all of them", fields: { ToleratedFailurePercentage: 100 }, input: [2, 2], ending: ["E", "E"] },
  ];

  test.each(cases)("$name", ({ fields, input, ending: expected }) => {
    const ended = execution(distributed(fields), { input });
    const results = ended.endings[0]?.output?.value;
    const short = isList(results)
      ? results.map((one) => (isObject(one) ? (one["Error"] ?? null) : one))
      : ending(ended);
    expect(short).toEqual(expected);
  });

  test("stop those that still run", () => {
    const { executions } = world(distributed(), { input: [1, 2, 3] });
    expect(executions.map(({ snapshot }) => snapshot.status)).toEqual(["FAILED", "ABORTED", "FAILED", "ABORTED"]);
  });
});

test("at most as many run at the same time as may", () => {
  const { executions } = world(distributed({ MaxConcurrency: 2 }), { input: [1, 3, 4, 5, 6] });
  expect(
    executions.slice(1).map(({ facts: { startedAt } }) => startedAt - (executions[0]?.facts.startedAt ?? 0)),
  ).toEqual([0, 0, 9000, 9000, 18_000]);
});

test("items are handed out in batches", () => {
  const pass = { StartAt: "P", States: { P: { Type: "Pass", End: true } } };
  const states = distributed({ ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { x: 1 } } }, pass);
  expect(ending(execution(states, { input: [1, 2, 3] }))).toBe(
    '[{"BatchInput":{"x":1},"Items":[1,2]},{"BatchInput":{"x":1},"Items":[3]}]',
  );
});

test("the end of the execution stops its children", () => {
  const { executions } = world(distributed(), { input: [1, 3] }, { TimeoutSeconds: 5 });
  expect(executions.map(({ snapshot }) => snapshot.status)).toEqual(["TIMED_OUT", "ABORTED", "ABORTED"]);
});
