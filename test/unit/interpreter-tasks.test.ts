import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/language/json.js";
import type { Answer } from "../random/answers.js";
import type { WorldOptions } from "../random/world.js";
import { answered, answersOf, ending, execution, told } from "./told-history.js";

const activity = "arn:aws:states:us-east-1:111111111111:activity:a";
const lambda = "arn:aws:lambda:us-east-1:111111111111:function:f";
const callback = "arn:aws:states:::sqs:sendMessage.waitForTaskToken";
const sync = "arn:aws:states:::states:startExecution.sync";

function task(Resource: string, fields: JsonObject = {}): JsonObject {
  return { T: { Type: "Task", Resource, End: true, ...fields } };
}

type Say = (task: string) => readonly Answer[];

/** What the one task says. */
function saying(say: Say): WorldOptions {
  return { answers: ({ task: name }) => say(name) };
}

/** Types of the events between Entered and Exited. */
function within(states: JsonObject, options: WorldOptions): readonly string[] {
  return told(execution(states, options))
    .slice(2)
    .map((line) => line.split(" ")[1] ?? "");
}

const scheduled = (name: string): Answer => ({ afterMs: 0, input: { kind: "taskScheduled", task: name } });
const started = (name: string): Answer => ({
  afterMs: 1000,
  input: { kind: "taskStarted", task: name, workerName: "w" },
});
const beat = (name: string, seconds: number): Answer => ({
  afterMs: seconds * 1000,
  input: { kind: "taskHeartbeat", task: name },
});
const done = (name: string, seconds: number): Answer => ({
  afterMs: seconds * 1000,
  input: { kind: "taskSucceeded", task: name, output: 7 },
});

const histories: readonly {
  readonly name: string;
  readonly states: JsonObject;
  readonly say: Say;
  readonly types: readonly string[];
}[] = [
  {
    name: "an activity is scheduled, taken by a worker, and done",
    states: task(activity),
    say: (name) => [scheduled(name), started(name), done(name, 5)],
    types: ["ActivityScheduled", "ActivityStarted", "ActivitySucceeded", "TaskStateExited", "ExecutionSucceeded"],
  },
  {
    name: "an activity that there is not fails before it is scheduled",
    states: task(activity),
    say: (name) => [{ afterMs: 0, input: { kind: "taskRefused", task: name, cause: "no" } }],
    types: ["ExecutionFailed"],
  },
  {
    name: "an activity that no worker takes runs out of its time",
    states: task(activity, { TimeoutSeconds: 9 }),
    say: (name) => [scheduled(name), done(name, 10)],
    types: ["ActivityScheduled", "ActivityTimedOut", "ExecutionFailed"],
  },
  {
    name: "the heart of an activity does not have to beat before a worker takes it",
    states: task(activity, { TimeoutSeconds: 99, HeartbeatSeconds: 2 }),
    say: (name) => [scheduled(name), { ...started(name), afterMs: 50_000 }, done(name, 51)],
    types: ["ActivityScheduled", "ActivityStarted", "ActivitySucceeded", "TaskStateExited", "ExecutionSucceeded"],
  },
  {
    name: "a heartbeat that does not come is a timeout",
    states: task(activity, { TimeoutSeconds: 99, HeartbeatSeconds: 2 }),
    say: (name) => [scheduled(name), started(name), beat(name, 2), done(name, 9)],
    types: ["ActivityScheduled", "ActivityStarted", "ActivityTimedOut", "ExecutionFailed"],
  },
  {
    name: "heartbeats in time keep an activity alive",
    states: task(activity, { TimeoutSeconds: 99, HeartbeatSeconds: 2 }),
    say: (name) => [scheduled(name), started(name), beat(name, 2), beat(name, 3), beat(name, 4), done(name, 5)],
    types: ["ActivityScheduled", "ActivityStarted", "ActivitySucceeded", "TaskStateExited", "ExecutionSucceeded"],
  },
  {
    name: "a function is scheduled, started, and done",
    states: task(lambda),
    say: (name) => [done(name, 1)],
    types: [
      "LambdaFunctionScheduled",
      "LambdaFunctionStarted",
      "LambdaFunctionSucceeded",
      "TaskStateExited",
      "ExecutionSucceeded",
    ],
  },
  {
    name: "a job is submitted, then done",
    states: task(sync),
    say: (name) => [{ afterMs: 0, input: { kind: "taskSubmitted", task: name, output: {} } }, done(name, 1)],
    types: ["TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded", "TaskStateExited", "ExecutionSucceeded"],
  },
  {
    name: "who has the token may answer before the service does",
    states: task(callback),
    say: (name) => [done(name, 0), { afterMs: 1000, input: { kind: "taskSubmitted", task: name, output: {} } }],
    types: ["TaskScheduled", "TaskStarted", "TaskSucceeded", "TaskStateExited", "ExecutionSucceeded"],
  },
  {
    name: "a second answer changes nothing",
    states: { ...task(callback, { Next: "W", End: undefined as never }), W: { Type: "Wait", Seconds: 9, End: true } },
    say: (name) => [done(name, 0), { afterMs: 1000, input: { kind: "taskFailed", task: name, error: "E" } }],
    types: [
      "TaskScheduled",
      "TaskStarted",
      "TaskSucceeded",
      "TaskStateExited",
      "WaitStateEntered",
      "WaitStateExited",
      "ExecutionSucceeded",
    ],
  },
];

test.each(histories)("$name", ({ states, say, types }) => {
  expect(within(states, saying(say))).toEqual(types);
});

describe("an attempt that fails", () => {
  const Retry = [{ ErrorEquals: ["E"], MaxAttempts: 2, IntervalSeconds: 1, BackoffRate: 3 }];

  test("is followed by others, each later than the one before", () => {
    const answers = answersOf({ T: [answered(0, { error: "E" }), answered(0, { error: "E" }), answered(0, "done")] });
    const ended = execution(task(lambda, { Retry }), { answers });
    const times = ended.events
      .filter(({ type }) => type === "LambdaFunctionScheduled")
      .map(({ timestamp }) => timestamp);
    expect(times.map((time) => time - (times[0] ?? 0))).toEqual([0, 1000, 4000]);
    expect(ending(ended)).toBe('"done"');
  });

  test("fails the execution where there are no others left", () => {
    const answers = answersOf({ T: [answered(0, { error: "E", cause: "why" })] });
    const ended = execution(task(lambda, { Retry }), { answers });
    expect(ended.events.filter(({ type }) => type === "LambdaFunctionFailed")).toHaveLength(3);
    expect(ending(ended)).toBe("FAILED E: why");
  });
});

test("the time of the machine ends a task, and cancels it", () => {
  const ended = execution(task(lambda), { answers: answersOf({ T: [answered(50, 1)] }) }, { TimeoutSeconds: 9 });
  expect(ending(ended)).toBe("TIMED_OUT States.Timeout: undefined");
  expect([...ended.open.keys()]).toEqual([]);
});

test("an Express execution lasts five minutes at most, whatever its machine says", () => {
  const states = { W: { Type: "Wait", Seconds: 301, End: true } };
  const { events } = execution(states, { type: "EXPRESS" });
  expect(events.at(-1)?.type).toBe("ExecutionTimedOut");
  expect((events.at(-1)?.timestamp ?? 0) - (events[0]?.timestamp ?? 0)).toBe(300_000);
});

test("a time limit of JSONata that is none is told without a path", () => {
  const states = task(sync, { QueryLanguage: "JSONata", TimeoutSeconds: "{% 0 %}" });
  expect(ending(execution(states))).toContain("The TimeoutSeconds field must be a positive integer, got 0");
});
