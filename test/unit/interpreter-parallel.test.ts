import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/language/json.js";
import { answered, answersOf, ending, execution, told } from "./told-history.js";

const call = "arn:aws:states:::sqs:sendMessage";
const pass = { Type: "Pass", End: true };

function branch(name: string, state: JsonObject): JsonObject {
  return { StartAt: name, States: { [name]: { End: true, ...state } } };
}

function parallel(branches: readonly JsonObject[], fields: JsonObject = {}): JsonObject {
  return { P: { Type: "Parallel", Branches: branches, End: true, ...fields } };
}

test("the results stand in the order of the branches, whichever ends first", () => {
  const slowFirst = [branch("A", { Type: "Wait", Seconds: 9 }), branch("B", { Type: "Pass", Result: 2 })];
  expect(ending(execution(parallel(slowFirst), { input: 1 }))).toBe("[1,2]");
});

test("events of branches go on from the start of the Parallel, and the exit from the branch that ended last", () => {
  const branches = [branch("A", { Type: "Wait", Seconds: 9 }), branch("B", { Type: "Pass" })];
  expect(told(execution(parallel(branches)))).toEqual([
    "1<0 ExecutionStarted",
    "2<0 ParallelStateEntered P",
    "3<2 ParallelStateStarted",
    "4<3 WaitStateEntered A",
    "5<3 PassStateEntered B",
    "6<5 PassStateExited B",
    "7<4 WaitStateExited A",
    "8<7 ParallelStateSucceeded",
    "9<7 ParallelStateExited P",
    "10<9 ExecutionSucceeded",
  ]);
});

test("a failure of the engine in a field of the Parallel ends the execution, without an event of the Parallel", () => {
  expect(told(execution(parallel([branch("A", pass)], { InputPath: "$.none" }), { input: {} }))).toEqual([
    "1<0 ExecutionStarted",
    "2<0 ParallelStateEntered P",
    "3<2 ExecutionFailed",
  ]);
});

describe("a branch that fails", () => {
  const branches = [
    branch("A", { Type: "Wait", Seconds: 9 }),
    branch("T", { Type: "Task", Resource: call, TimeoutSeconds: 99 }),
    branch("F", { Type: "Fail", Error: "E", Cause: "why" }),
  ];

  test("ends the others: what waits is aborted, timers and tasks are cancelled", () => {
    const ended = execution(parallel(branches), { answers: answersOf({ T: [answered(50, 1)] }) });
    expect(told(ended).slice(3)).toEqual([
      "4<3 WaitStateEntered A",
      "5<3 TaskStateEntered T",
      "6<5 TaskScheduled",
      "7<6 TaskStarted",
      "8<3 FailStateEntered F",
      "9<7 TaskStateAborted",
      "10<4 WaitStateAborted",
      "11<8 ParallelStateFailed",
      "12<11 ExecutionFailed",
    ]);
    expect([...ended.open.keys()]).toEqual([]);
    expect(ending(ended)).toBe("FAILED E: why");
  });

  test("is caught with its error and cause", () => {
    const Catch = [{ ErrorEquals: ["E"], Next: "C" }];
    const ended = execution({ ...parallel(branches, { Catch }), C: pass });
    expect(ending(ended)).toBe('{"Error":"E","Cause":"why"}');
  });

  test("is tried again with all branches", () => {
    const Retry = [{ ErrorEquals: ["E"], MaxAttempts: 1, IntervalSeconds: 3 }];
    const ended = execution(parallel([branch("F", { Type: "Fail", Error: "E" })], { Retry }));
    expect(told(ended).slice(1)).toEqual([
      "2<0 ParallelStateEntered P",
      "3<2 ParallelStateStarted",
      "4<3 FailStateEntered F",
      "5<4 ParallelStateStarted",
      "6<5 FailStateEntered F",
      "7<6 ParallelStateFailed",
      "8<7 ExecutionFailed",
    ]);
    expect((ended.events[4]?.timestamp ?? 0) - (ended.events[3]?.timestamp ?? 0)).toBe(3000);
  });

  test("within a branch ends only the inner Parallel where that one catches", () => {
    const inner = parallel([branch("F", { Type: "Fail", Error: "E" })], { Catch: [{ ErrorEquals: ["E"], Next: "C" }] });
    const outer = { O: { Type: "Parallel", Branches: [{ StartAt: "P", States: { ...inner, C: pass } }], End: true } };
    expect(ending(execution(outer))).toBe('[{"Error":"E","Cause":null}]');
  });
});

test("the branches of a branch that ends are aborted before it", () => {
  const inner = { StartAt: "P", States: parallel([branch("A", { Type: "Wait", Seconds: 9 })]) };
  const failing = {
    StartAt: "W",
    States: { W: { Type: "Wait", Seconds: 1, Next: "F" }, F: { Type: "Fail", Error: "E" } },
  };
  const outer = { O: { Type: "Parallel", Branches: [inner, failing], End: true } };
  const types = told(execution(outer)).map((line) => line.split(" ").slice(1).join(" "));
  expect(types.slice(-5)).toEqual([
    "FailStateEntered F",
    "WaitStateAborted",
    "ParallelStateAborted",
    "ParallelStateFailed",
    "ExecutionFailed",
  ]);
});

test("variables of the scope around are read in a branch, and what a branch assigns ends with it", () => {
  const states = {
    Begin: { Type: "Pass", Assign: { v: 1 }, Next: "P" },
    P: {
      Type: "Parallel",
      Branches: [
        {
          StartAt: "A",
          States: {
            A: { Type: "Pass", Assign: { "w.$": "$v" }, Next: "B" },
            B: { Type: "Pass", Parameters: { "w.$": "$w" }, End: true },
          },
        },
      ],
      Next: "End",
    },
    End: { Type: "Pass", Parameters: { "v.$": "$v", "all.$": "$" }, End: true },
  };
  expect(ending(execution(states))).toBe('{"v":1,"all":[{"w":1}]}');
});

test("the time of the machine ends all branches", () => {
  const ended = execution(
    parallel([branch("A", { Type: "Wait", Seconds: 9 }), branch("B", { Type: "Wait", Seconds: 9 })]),
    {},
    { TimeoutSeconds: 5 },
  );
  expect(ending(ended)).toBe("TIMED_OUT States.Timeout: undefined");
  expect([...ended.open.keys()]).toEqual([]);
});
