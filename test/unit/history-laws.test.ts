import { expect, test } from "vitest";
import type { HistoryEvent } from "../../src/interpreter/history-event.js";
import { plan } from "../../src/interpreter/plan.js";
import { brokenHistory } from "../random/history-laws.js";
import { anyTask, type Execution, World } from "../random/world.js";

const pass = { Type: "Pass", End: true };
const definition = {
  StartAt: "M",
  States: {
    M: {
      Type: "Map",
      ItemProcessor: { StartAt: "W", States: { W: { Type: "Wait", Seconds: 1, Next: "P" }, P: pass } },
      Next: "T",
    },
    T: {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage",
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "E" }],
      Next: "E",
    },
    E: pass,
  },
};

/** A whole execution, changed. */
function changed(change: (events: HistoryEvent[]) => void): string | undefined {
  const { plan: made } = plan(definition, anyTask);
  if (made === undefined) throw new Error("expected a plan");
  const execution: Execution = new World(made, { input: [1, 2] }).run();
  change(execution.events);
  return brokenHistory(execution);
}

const indexOf = (events: readonly HistoryEvent[], type: string): number =>
  events.findIndex((event) => event.type === type);

/** Puts something else in the place of the first event of a type. */
function replace(events: HistoryEvent[], type: string, change: object): void {
  const at = indexOf(events, type);
  const event = events[at];
  if (event === undefined) throw new Error(`no ${type}`);
  events[at] = { ...event, ...change };
}

const cases: readonly {
  readonly name: string;
  readonly change: (events: HistoryEvent[]) => void;
  readonly why: RegExp;
}[] = [
  { name: "a gap", change: (events) => void events.splice(3, 1), why: /event 4 has the id 5/ },
  {
    name: "a link forward",
    change: (events) => replace(events, "WaitStateEntered", { previousEventId: 99 }),
    why: /points to 99/,
  },
  {
    name: "a link to nothing",
    change: (events) => replace(events, "WaitStateEntered", { previousEventId: 0 }),
    why: /points to nothing/,
  },
  {
    name: "time that goes back",
    change: (events) => replace(events, "TaskScheduled", { timestamp: 0 }),
    why: /time goes back/,
  },
  { name: "no end", change: (events) => void events.pop(), why: /the last event is/ },
  {
    name: "two ends",
    change: (events) => replace(events, "TaskStarted", { type: "ExecutionFailed" }),
    why: /2 events end/,
  },
  {
    name: "a state left that was not entered",
    change: (events) => replace(events, "WaitStateExited", { details: { name: "X" } }),
    why: /leaves X, which was not entered/,
  },
  {
    name: "a state that is not left",
    change: (events) => replace(events, "WaitStateExited", { type: "MapStateSucceeded" }),
    why: /1 states are not left/,
  },
  {
    name: "an iteration that does not end",
    change: (events) => replace(events, "MapIterationSucceeded", { type: "MapStateSucceeded" }),
    why: /the iteration 0 of M does not end/,
  },
  {
    name: "an iteration that ends twice",
    change: (events) =>
      replace(events, "MapStateSucceeded", { type: "MapIterationFailed", details: { name: "M", index: 0 } }),
    why: /which does not run/,
  },
  {
    name: "an attempt without its end",
    change: (events) => replace(events, "TaskSucceeded", { type: "MapStateSucceeded" }),
    why: /does not end/,
  },
  {
    name: "an end without its attempt",
    change: (events) => replace(events, "TaskSucceeded", { previousEventId: indexOf(events, "TaskStateEntered") + 1 }),
    why: /follows no attempt/,
  },
];

test("a whole history breaks no law", () => {
  expect(changed(() => {})).toBeUndefined();
});

test.each(cases)("$name is found", ({ change, why }) => {
  expect(changed(change)).toMatch(why);
});
