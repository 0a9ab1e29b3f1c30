import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/language/json.js";
import type { Mock } from "../conformance/aws-histories/recording.js";
import type { Replayed } from "../conformance/aws-histories/replay.js";
import { job, run } from "./run-definition.js";

const fails = (error: string): Mock => ({ state: "S", endEvent: "TaskFailed", error, cause: "because" });
const succeeds: Mock = { state: "S", endEvent: "TaskSucceeded", output: { ok: true } };
const silent: Mock = { state: "S", endEvent: null };

function runTask(fields: JsonObject, answers: readonly Mock[]): Replayed {
  const states = {
    S: { Type: "Task", Resource: job, End: true, ...fields },
    ...("Catch" in fields ? { Caught: { Type: "Pass", End: true } } : {}),
  };
  return run({ StartAt: "S", States: states }, { a: 1 }, answers);
}

/** Seconds between the attempts. */
function delays({ events }: Replayed): readonly number[] {
  const times = events.filter(({ type }) => type === "TaskScheduled").map(({ timestamp }) => Number(timestamp));
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

function typesOf({ events }: Replayed): readonly unknown[] {
  return events.map(({ type }) => type);
}

describe("Retry", () => {
  const waits = [
    { name: "waits 1, 2, 4 seconds unless told otherwise", rule: {}, delays: [1, 2, 4] },
    { name: "waits as told", rule: { IntervalSeconds: 3, BackoffRate: 1, MaxAttempts: 2 }, delays: [3, 3] },
    {
      name: "waits no longer than MaxDelaySeconds",
      rule: { IntervalSeconds: 4, MaxDelaySeconds: 5 },
      delays: [4, 5, 5],
    },
    {
      name: "waits no longer than the largest number of seconds that a definition may give",
      rule: { IntervalSeconds: 99_999_999, BackoffRate: 10, MaxAttempts: 2 },
      delays: [99_999_999, 99_999_999],
    },
    { name: "does not try again with MaxAttempts 0", rule: { MaxAttempts: 0 }, delays: [] },
  ];

  test.each(waits)("$name", ({ rule, delays: wanted }) => {
    const failed = runTask({ Retry: [{ ErrorEquals: ["E"], ...rule }] }, Array(9).fill(fails("E")));
    expect(delays(failed)).toEqual(wanted);
    expect(failed).toMatchObject({ status: "FAILED", error: "E", cause: "because" });
  });

  test("with jitter waits up to the delay, the same in every replay", () => {
    const fields = { Retry: [{ ErrorEquals: ["E"], IntervalSeconds: 100, JitterStrategy: "FULL" }] };
    const first = delays(runTask(fields, Array(9).fill(fails("E"))));
    expect(first.every((delay, index) => delay >= 0 && delay < 100 * 2 ** index)).toBe(true);
    expect(delays(runTask(fields, Array(9).fill(fails("E"))))).toEqual(first);
  });

  test("goes on after an attempt that succeeds, without entering the state anew", () => {
    const done = runTask({ Retry: [{ ErrorEquals: ["States.ALL"] }] }, [fails("E"), succeeds]);
    expect(done.output).toBe('{"ok":true}');
    expect(typesOf(done).filter((type) => type === "TaskStateEntered")).toHaveLength(1);
  });

  test("counts the attempts in the Context Object", () => {
    const fields = { Parameters: { "n.$": "$$.State.RetryCount" }, Retry: [{ ErrorEquals: ["E"] }] };
    const { events } = runTask(fields, [fails("E"), fails("E"), succeeds]);
    const parameters = events.flatMap(
      (event) => (event["taskScheduledEventDetails"] as JsonObject)?.["parameters"] ?? [],
    );
    expect(parameters).toEqual(['{"n":0}', '{"n":1}', '{"n":2}']);
  });

  test("each rule has a count of its own", () => {
    const rule = (error: string) => ({ ErrorEquals: [error], MaxAttempts: 1, IntervalSeconds: 1 });
    const failed = runTask({ Retry: [rule("E"), rule("F")] }, [fails("E"), fails("F"), fails("E")]);
    expect(delays(failed)).toEqual([1, 1]);
    expect(failed.error).toBe("E");
  });

  test("a rule that is used up hands on to Catch, not to the next rule", () => {
    const fields = {
      Retry: [
        { ErrorEquals: ["E"], MaxAttempts: 0 },
        { ErrorEquals: ["States.ALL"], MaxAttempts: 5 },
      ],
      Catch: [{ ErrorEquals: ["E"], Next: "Caught" }],
    };
    expect(delays(runTask(fields, [fails("E"), succeeds]))).toEqual([]);
  });
});

describe("Catch", () => {
  const caught = (rule: JsonObject, error = "E") =>
    runTask({ Catch: [{ ErrorEquals: ["E"], Next: "Caught", ...rule }] }, [fails(error)]);

  test("goes on with the error", () => {
    expect(caught({}).output).toBe('{"Error":"E","Cause":"because"}');
  });

  test("puts the error into the input", () => {
    expect(caught({ ResultPath: "$.e" }).output).toBe('{"a":1,"e":{"Error":"E","Cause":"because"}}');
  });

  test("drops the error", () => {
    expect(caught({ ResultPath: null }).output).toBe('{"a":1}');
  });

  test("assigns from the error", () => {
    const { events } = caught({ Assign: { "why.$": "$.Cause" } });
    expect(events).toContainEqual(
      expect.objectContaining({
        stateExitedEventDetails: expect.objectContaining({ assignedVariables: { why: '"because"' } }),
      }),
    );
  });

  const names = [
    { names: ["States.ALL"], error: "E", isCaught: true },
    { names: ["States.TaskFailed"], error: "E", isCaught: true },
    { names: ["States.ALL"], error: "States.DataLimitExceeded", isCaught: true },
    { names: ["States.ALL"], error: "States.Runtime", isCaught: false },
    { names: ["States.Runtime"], error: "States.Runtime", isCaught: false },
    { names: ["F"], error: "E", isCaught: false },
  ];

  test.each(names)("$names on $error: $isCaught", ({ names: ErrorEquals, error, isCaught }) => {
    expect(caught({ ErrorEquals }, error).status).toBe(isCaught ? "SUCCEEDED" : "FAILED");
  });
});

describe("time limits", () => {
  test("a task that is silent times out", () => {
    const failed = runTask({ TimeoutSeconds: 5 }, [silent]);
    expect(failed).toMatchObject({ status: "FAILED", error: "States.Timeout" });
    expect(failed.cause).toBeUndefined();
    expect(typesOf(failed).slice(-2)).toEqual(["TaskTimedOut", "ExecutionFailed"]);
  });

  test("the limit may come from the input", () => {
    const { events } = run(
      { StartAt: "S", States: { S: { Type: "Task", Resource: job, TimeoutSecondsPath: "$.t", End: true } } },
      { t: 7 },
      [silent],
    );
    expect(Number(events[4]?.["timestamp"]) - Number(events[2]?.["timestamp"])).toBe(7);
  });

  const catchers = [
    { names: ["States.Timeout"], fields: { TimeoutSeconds: 5 }, isCaught: true },
    { names: ["States.TaskFailed"], fields: { TimeoutSeconds: 5 }, isCaught: false },
    { names: ["States.HeartbeatTimeout"], fields: { TimeoutSeconds: 5 }, isCaught: false },
    { names: ["States.HeartbeatTimeout"], fields: { HeartbeatSeconds: 5 }, isCaught: true },
    { names: ["States.Timeout"], fields: { HeartbeatSeconds: 5 }, isCaught: true },
  ];

  test.each(catchers)("$names with $fields: $isCaught", ({ names: ErrorEquals, fields, isCaught }) => {
    const ended = runTask({ ...fields, Catch: [{ ErrorEquals, Next: "Caught" }] }, [silent]);
    expect(ended.status).toBe(isCaught ? "SUCCEEDED" : "FAILED");
    if (isCaught) expect(ended.output).toBe('{"Error":"States.Timeout","Cause":""}');
  });

  test("a machine that takes too long times out", () => {
    const ended = run({
      StartAt: "S",
      TimeoutSeconds: 5,
      States: { S: { Type: "Wait", Seconds: 60, End: true } },
    });
    expect(ended).toMatchObject({ status: "TIMED_OUT", error: "States.Timeout" });
    expect(typesOf(ended).at(-1)).toBe("ExecutionTimedOut");
  });
});
