import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/language/json.js";
import { ending, execution, told } from "./told-history.js";

/** A Map of these states. */
function within(states: JsonObject, name: string, fields: JsonObject = {}): JsonObject {
  const ItemProcessor = { StartAt: Object.keys(states)[0] ?? "", States: states };
  return { [name]: { Type: "Map", ItemProcessor, End: true, ...fields } };
}

/** A Map of one state. */
function map(state: JsonObject, fields: JsonObject = {}): JsonObject {
  return within({ I: { ...state, End: true } }, "M", fields);
}

const itemOfContext = { "v.$": "$$.Map.Item.Value", "i.$": "$$.Map.Item.Index" };
const choice = { Type: "Choice", Choices: [{ Variable: "$", NumericEquals: 2, Next: "F" }], Default: "W" };
const F = { Type: "Fail", Error: "E", Cause: "why" };
const W = { Type: "Wait", Seconds: 9, End: true };
/** Fails at the item 2. */
const failing = { C: choice, F, W };

const outputs: readonly {
  readonly name: string;
  readonly states: JsonObject;
  readonly input: Json;
  readonly output: string;
}[] = [
  { name: "no items give no results", states: map({ Type: "Pass" }), input: [], output: "[]" },
  {
    name: "results stand in the order of the items",
    states: map({ Type: "Wait", SecondsPath: "$" }),
    input: [3, 1, 2],
    output: "[3,1,2]",
  },
  {
    name: "ItemSelector sees the input of the Map and the item",
    states: map(
      { Type: "Pass" },
      { ItemsPath: "$.list", ItemSelector: { "v.$": "$$.Map.Item.Value", "i.$": "$$.Map.Item.Index", "n.$": "$.n" } },
    ),
    input: { list: ["a", "b"], n: 1 },
    output: '[{"v":"a","i":0,"n":1},{"v":"b","i":1,"n":1}]',
  },
  {
    name: "the states within see their item in the context",
    states: map({ Type: "Pass", Parameters: { "v.$": "$$.Map.Item.Value" } }),
    input: [1, 2],
    output: '[{"v":1},{"v":2}]',
  },
  {
    name: "a Map within a Map sees its own item",
    states: within(within({ I: { Type: "Pass", Parameters: itemOfContext, End: true } }, "N"), "M"),
    input: [["a"], ["b", "c"]],
    output: '[[{"v":"a","i":0}],[{"v":"b","i":0},{"v":"c","i":1}]]',
  },
];

test.each(outputs)("$name", ({ states, input, output }) => {
  expect(ending(execution(states, { input }))).toBe(output);
});

test("iterations begin one after the other where only one may run", () => {
  expect(told(execution(map({ Type: "Pass" }, { MaxConcurrency: 1 }), { input: [1, 2] }))).toEqual([
    "1<0 ExecutionStarted",
    "2<0 MapStateEntered M",
    "3<2 MapStateStarted",
    "4<3 MapIterationStarted M 0",
    "5<4 PassStateEntered I",
    "6<5 PassStateExited I",
    "7<6 MapIterationSucceeded M 0",
    "8<6 MapIterationStarted M 1",
    "9<8 PassStateEntered I",
    "10<9 PassStateExited I",
    "11<10 MapIterationSucceeded M 1",
    "12<11 MapStateSucceeded",
    "13<11 MapStateExited M",
    "14<13 ExecutionSucceeded",
  ]);
});

test("at most 40 iterations run at the same time", () => {
  const { events } = execution(map({ Type: "Wait", Seconds: 1 }), {
    input: Array.from({ length: 100 }, (_, index) => index),
  });
  let running = 0;
  let most = 0;
  for (const { type } of events) {
    if (type === "MapIterationStarted") running++;
    if (type === "MapIterationSucceeded") running--;
    most = Math.max(most, running);
  }
  expect(most).toBe(40);
});

describe("an iteration that fails", () => {
  test("ends the others with it, whether they wait or are about to", () => {
    const ended = execution(within(failing, "M"), { input: [1, 2, 3] });
    const types = told(ended).map((line) => line.split(" ").slice(1).join(" "));
    expect(types.slice(types.indexOf("FailStateEntered F"))).toEqual([
      "FailStateEntered F",
      "MapIterationFailed M 1",
      "MapIterationAborted M 2",
      "WaitStateAborted",
      "MapIterationAborted M 0",
      "MapStateFailed",
      "ExecutionFailed",
    ]);
    expect([...ended.open.keys()]).toEqual([]);
  });

  test("fails the Map with its error, which can be caught", () => {
    const Catch = [{ ErrorEquals: ["E"], ResultPath: null, Next: "C" }];
    const states = { ...within(failing, "M", { Catch }), C: { Type: "Pass", End: true } };
    expect(ending(execution(states, { input: [2] }))).toBe("[2]");
  });

  test("is tried again with all iterations", () => {
    const Retry = [{ ErrorEquals: ["States.ALL"], MaxAttempts: 1 }];
    const started = told(execution(within({ F }, "M", { Retry }), { input: [2] })).filter((line) =>
      line.includes("Started"),
    );
    expect(started).toEqual([
      "1<0 ExecutionStarted",
      "3<2 MapStateStarted",
      "4<3 MapIterationStarted M 0",
      "7<5 MapStateStarted",
      "8<7 MapIterationStarted M 0",
    ]);
  });
});

test("a Map of more iterations than a history holds fails with the 25,000th event", () => {
  const { events, endings } = execution(map({ Type: "Pass" }), { input: Array.from({ length: 10_000 }, () => 1) });
  expect(events).toHaveLength(25_000);
  expect(events.at(-1)?.type).toBe("ExecutionFailed");
  expect(endings[0]?.cause).toBe("The execution reached the maximum number of history events (25000).");
});

test("an Express run of 200,000 transitions ends", () => {
  const states = {
    Begin: { Type: "Pass", Assign: { i: 0 }, Next: "Count" },
    Count: { Type: "Pass", Assign: { "i.$": "States.MathAdd($i, 1)" }, Next: "Again" },
    Again: { Type: "Choice", Choices: [{ Variable: "$i", NumericLessThan: 100_000, Next: "Count" }], Default: "Done" },
    Done: { Type: "Succeed" },
  };
  const { events, endings } = execution(states, { type: "EXPRESS", turns: 1000 });
  expect(endings[0]?.status).toBe("SUCCEEDED");
  expect(events).toHaveLength(1 + 2 + 4 * 100_000 + 2 + 1);
});
