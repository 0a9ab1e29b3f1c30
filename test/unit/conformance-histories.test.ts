import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/language/json.js";
import { asOfToday } from "../conformance/aws-histories/as-of-today.js";
import { branchesOf } from "../conformance/aws-histories/branches.js";
import { Comparison } from "../conformance/aws-histories/compare.js";
import { hasConcurrency, historyDifferences } from "../conformance/aws-histories/history.js";
import { Mocks } from "../conformance/aws-histories/mocks.js";
import type { Recording } from "../conformance/aws-histories/recording.js";
import { judge, type Replayed } from "../conformance/aws-histories/stages.js";
import { awsHistories } from "../conformance/aws-histories/suite.js";
import { table } from "../conformance/aws-histories/table.js";
import type { CaseResult } from "../conformance/suite.js";

type Events = readonly JsonObject[];

const folder = fileURLToPath(new URL("../../../shared/conformance/aws-histories", import.meta.url));

function recordings(): readonly Recording[] {
  return ["self_contained", "lambda", "services"].flatMap((part) =>
    readdirSync(`${folder}/${part}`).flatMap((file) => {
      const { cases } = JSON.parse(readFileSync(`${folder}/${part}/${file}`, "utf8")) as {
        cases: readonly Recording[];
      };
      return cases.filter(({ kind }) => kind === "execution");
    }),
  );
}

/** What an engine would give that does as AWS did. */
function asRecorded({ expected }: Recording): Replayed {
  const { status, output, error, cause, events = [], endEvent } = expected;
  const last = endEvent === undefined ? [] : [eventOf(endEvent)];
  return {
    status: status ?? "",
    ...(output === undefined ? {} : { output: JSON.stringify(output) }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause: typeof cause === "string" ? cause : JSON.stringify(cause) }),
    events: [...events, ...last].map(asSent),
  };
}

/** An event as AWS sent it: its data are texts. */
function asSent(event: JsonObject): JsonObject {
  return mapped(event, (details, key) => {
    if (!key.endsWith("EventDetails")) return details;
    return mapped(details as JsonObject, (field, name) => {
      if (name === "assignedVariables") return mapped(field as JsonObject, asText);
      return dataFields.has(name) ? asText(field) : field;
    });
  });
}

const dataFields = new Set(["input", "output", "parameters", "cause"]);

function asText(value: Json): Json {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function mapped(value: JsonObject, change: (member: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, change(member, key)]));
}

function eventOf({ id, previous_event_id: previous, type, details }: JsonObject): JsonObject {
  const event = { id: Number(id), previousEventId: Number(previous), type: type ?? null };
  return { ...event, executionSucceededEventDetails: details ?? null };
}

describe.skipIf(!existsSync(folder))("every recording", () => {
  test("agrees with itself", () => {
    const failed = recordings()
      .filter(({ normalise }) => !normalise.some(({ kind }) => kind === "parallel-sort"))
      .filter((one) => Object.keys(judge(one, asRecorded(one)).reasons).length > 0);
    expect(failed.map(({ id }) => id)).toEqual([]);
  });

  test("does not agree where its last event has another link", () => {
    const agreeing = recordings().filter((one) => {
      const replayed = asRecorded(one);
      const last = replayed.events.at(-1);
      if (last === undefined) return false;
      const events = replayed.events.with(-1, { ...last, previousEventId: Number(last["previousEventId"]) + 100 });
      return judge(one, { ...replayed, events }).reasons.ids === undefined;
    });
    expect(agreeing.map(({ id }) => id)).toEqual([]);
  });
});

const entered = (id: number, previousEventId: number, name: string, input: Json = {}): JsonObject => ({
  id,
  previousEventId,
  type: "PassStateEntered",
  stateEnteredEventDetails: { name, input: input as JsonObject },
});

const iteration = (id: number, previousEventId: number, type: string, index: number): JsonObject => ({
  id,
  previousEventId,
  type: `MapIteration${type}`,
  [`mapIteration${type}EventDetails`]: { name: "M", index },
});

/** Two iterations at the same time, in this order. */
function mapOf(order: readonly number[]): Events {
  const [first = 0, second = 1] = order;
  return [
    { id: 1, previousEventId: 0, type: "ExecutionStarted" },
    { id: 2, previousEventId: 0, type: "MapStateEntered", stateEnteredEventDetails: { name: "M" } },
    { id: 3, previousEventId: 2, type: "MapStateStarted", mapStateStartedEventDetails: { length: 2 } },
    iteration(4, 3, "Started", 0),
    iteration(5, 3, "Started", 1),
    entered(6, 4 + first, "P", { item: first }),
    entered(7, 4 + second, "P", { item: second }),
    iteration(8, 6, "Succeeded", first),
    iteration(9, 7, "Succeeded", second),
    { id: 10, previousEventId: 9, type: "MapStateSucceeded" },
    { id: 11, previousEventId: 9, type: "MapStateExited", stateExitedEventDetails: { name: "M" } },
  ];
}

/** And a state after them that is visited three times. */
const looping: Events = [...mapOf([0, 1]), entered(12, 11, "P"), entered(13, 12, "P"), entered(14, 13, "P")];

/** With one event moved, ids and links as they would be there. */
function moved(events: Events, from: number, to: number): Events {
  const order = events.toSpliced(from, 1);
  order.splice(to, 0, events[from] ?? {});
  const ids = new Map<unknown, number>(order.map(({ id }, index) => [id, index + 1]));
  return order.map((event, index) => ({
    ...event,
    id: index + 1,
    previousEventId: ids.get(event["previousEventId"]) ?? 0,
  }));
}

/** As the recorder left the events of branches that it sorted. */
const sorted = (name: string): JsonObject => ({ ...entered(0, 0, name), id: [0] });

const flat: Events = [entered(1, 0, "A"), entered(2, 1, "B", { a: 1 })];

describe("the first stage that fails tells what is different", () => {
  const swap = (events: Events, at: number, more: JsonObject): Events => events.with(at, { ...events[at], ...more });
  const cases: readonly { name: string; expected?: Events; actual: Events; stage?: string }[] = [
    { name: "nothing", actual: flat },
    { name: "the order of keys", actual: flat.map((event) => Object.fromEntries(Object.entries(event).reverse())) },
    { name: "the time", actual: flat.map((event) => ({ ...event, timestamp: 1 })) },
    { name: "a type", actual: swap(flat, 1, { type: "PassStateExited" }), stage: "types" },
    { name: "an event too many", actual: [...flat, entered(3, 2, "C")], stage: "types" },
    { name: "an event too few", actual: flat.slice(1), stage: "types" },
    { name: "a field", actual: [...flat.slice(0, 1), entered(2, 1, "B", { a: 2 })], stage: "events" },
    { name: "a field too many", actual: swap(flat, 1, { more: 1 }), stage: "events" },
    { name: "an id", actual: swap(flat, 1, { id: 3 }), stage: "ids" },
    { name: "a link", actual: swap(flat, 1, { previousEventId: 0 }), stage: "ids" },
    {
      name: "nothing but the order of events without ids",
      expected: [...flat, sorted("C"), sorted("D")],
      actual: [...flat, sorted("D"), sorted("C")],
    },
    {
      name: "an event without an id",
      expected: [...flat, sorted("C"), sorted("D")],
      actual: [...flat, sorted("D"), sorted("E")],
      stage: "events",
    },
    { name: "nothing but the order of iterations", expected: mapOf([0, 1]), actual: mapOf([1, 0]) },
    { name: "nothing but how far each iteration is", expected: mapOf([0, 1]), actual: moved(mapOf([0, 1]), 5, 4) },
    {
      name: "a field of an iteration",
      expected: mapOf([0, 1]),
      actual: mapOf([1, 0]).with(5, entered(6, 5, "P", { item: 7 })),
      stage: "events",
    },
    {
      name: "the type of an event of an iteration",
      expected: mapOf([0, 1]),
      actual: swap(mapOf([1, 0]), 5, { type: "WaitStateEntered" }),
      stage: "types",
    },
    {
      name: "an iteration's link",
      expected: mapOf([0, 1]),
      actual: swap(mapOf([1, 0]), 9, { previousEventId: 3 }),
      stage: "ids",
    },
    {
      name: "an id where iterations are in another order",
      expected: mapOf([0, 1]),
      actual: swap(mapOf([1, 0]), 10, { id: 12 }),
      stage: "ids",
    },
    {
      name: "the end of a Map before all of its work",
      expected: mapOf([0, 1]),
      actual: moved(mapOf([1, 0]), 9, 3),
      stage: "ids",
    },
    {
      name: "the end of a Map before some of its work",
      expected: mapOf([0, 1]),
      actual: moved(mapOf([1, 0]), 9, 8),
      stage: "ids",
    },
    {
      name: "the end of a Map before what it links to, by one in a chain",
      expected: mapOf([0, 1]),
      actual: moved(moved(mapOf([1, 0]), 9, 3), 10, 4),
      stage: "ids",
    },
    {
      name: "a link to what comes later",
      expected: looping,
      actual: swap(looping, 12, { previousEventId: 14 }),
      stage: "ids",
    },
    {
      name: "an iteration that belongs to another index",
      expected: mapOf([0, 1]),
      actual: swap(mapOf([0, 1]), 4, iteration(5, 3, "Started", 2)),
      stage: "events",
    },
  ];

  test.each(cases)("$name: $stage", ({ expected = flat, actual, stage }) => {
    expect(Object.keys(historyDifferences(expected, actual, new Comparison()))[0]).toBe(stage);
  });

  test("of a Parallel, not which of its branches was the last", () => {
    const parallel = (last: number): Events => [
      { id: 1, previousEventId: 0, type: "ParallelStateEntered", stateEnteredEventDetails: { name: "P" } },
      { id: 2, previousEventId: 1, type: "ParallelStateStarted" },
      entered(3, 2, "A"),
      entered(4, 2, "B"),
      { id: 5, previousEventId: last, type: "ParallelStateSucceeded" },
    ];
    const links = [3, 4, 2, 1].map((last) => historyDifferences(parallel(4), parallel(last), new Comparison()));
    expect(links.map((differences) => Object.keys(differences))).toEqual([[], [], ["ids"], ["ids"]]);
  });

  test("a recording without its end is a beginning", () => {
    expect(historyDifferences(flat.slice(0, 1), flat, new Comparison(), true)).toEqual({});
  });

  test("but not a beginning with another event", () => {
    expect(historyDifferences(flat.slice(1), flat, new Comparison(), true)).not.toEqual({});
  });
});

describe("branches", () => {
  test("have their events by the links", () => {
    const branches = branchesOf(mapOf([1, 0])).map(({ key, events }) => [key, events.map(({ id }) => id)]);
    expect(branches).toEqual([
      ["#1", [1, 2, 3, 10, 11]],
      ["#1/M[0]#1", [4, 7, 9]],
      ["#1/M[1]#1", [5, 6, 8]],
    ]);
  });

  test("of a Parallel begin at its start, and again with each attempt", () => {
    const attempt = (id: number, previousEventId: number): Events => [
      { id, previousEventId, type: "ParallelStateStarted" },
      entered(id + 1, id, "A"),
      entered(id + 2, id, "B"),
    ];
    const events = [
      { id: 1, previousEventId: 0, type: "ParallelStateEntered", stateEnteredEventDetails: { name: "P" } },
      ...attempt(2, 1),
      ...attempt(5, 3),
      { id: 8, previousEventId: 7, type: "ParallelStateFailed" },
    ];
    expect(branchesOf(events).map(({ key, events }) => [key, events.map(({ id }) => id)])).toEqual([
      ["#1", [1, 2, 5, 8]],
      ["#1/A#1", [3]],
      ["#1/B#1", [4]],
      ["#1/A#2", [6]],
      ["#1/B#2", [7]],
    ]);
  });

  test("run at the same time where several begin from one event", () => {
    expect(hasConcurrency(mapOf([0, 1]))).toBe(true);
  });

  test("do not where each begins after the one before", () => {
    const start = { id: 1, previousEventId: 0, type: "MapStateStarted" };
    const events = [
      start,
      iteration(2, 1, "Started", 0),
      iteration(3, 2, "Succeeded", 0),
      iteration(4, 2, "Started", 1),
    ];
    expect(hasConcurrency(events)).toBe(false);
  });
});

describe("values are the same", () => {
  const run = (index: number, label = "<MapRunArnPart0_0idx>"): string =>
    `arn:aws:states:r:1:mapRun:<m>/${label}:<MapRunArnPart1_${index}idx>`;
  const mapRun = (index: number, label = "l"): string => `arn:aws:states:r:1:mapRun:<m>/${label}:uuid-${index}`;
  const cases: readonly { name: string; expected: Json; actual: Json; same: boolean }[] = [
    { name: "with masks for one value each", expected: ["<t:1>", "<t:1>"], actual: ["a", "a"], same: true },
    { name: "not with a mask for two", expected: ["<t:1>", "<t:1>"], actual: ["a", "b"], same: false },
    {
      name: "not with two masks for one",
      expected: ["<t:1>", "<t:2>"],
      actual: ["<t:own-1>", "<t:own-1>"],
      same: false,
    },
    { name: "with a mask inside of a text", expected: "x <t:1>.", actual: "x a.", same: true },
    { name: "not with another text around it", expected: "x <t:1>.", actual: "y a.", same: false },
    {
      name: "with masks beside each other",
      expected: ["a:<t:1>:<t:2>", "<t:2>"],
      actual: ["a:<t:own-7>:<t:own-3>", "<t:own-3>"],
      same: true,
    },
    { name: "in the layout of an output", expected: { output: "[1, 2]" }, actual: { output: "[1,2]" }, same: true },
    { name: "not in the layout of another text", expected: { text: "[1, 2]" }, actual: { text: "[1,2]" }, same: false },
    {
      name: "not in the layout of a cause",
      expected: { Cause: '{"a": 1}' },
      actual: { Cause: '{"a":1}' },
      same: false,
    },
    {
      name: "not in the order of a cause's keys",
      expected: { cause: '{"a":1,"b":2}' },
      actual: { cause: '{"b":2,"a":1}' },
      same: false,
    },
    { name: "as numbers in an output", expected: { output: "1.0" }, actual: { output: "1" }, same: true },
    { name: "not as a number and a text", expected: 1, actual: "1", same: false },
    { name: "as zero of either sign", expected: 0, actual: -0, same: true },
    { name: "with one Map run for its masks", expected: [run(0), run(0)], actual: [mapRun(1), mapRun(1)], same: true },
    { name: "with two Map runs for theirs", expected: [run(0), run(1)], actual: [mapRun(1), mapRun(2)], same: true },
    {
      name: "not with two Map runs for the masks of one",
      expected: [run(0), run(0)],
      actual: [mapRun(1), mapRun(2)],
      same: false,
    },
    {
      name: "not with one Map run for the masks of two",
      expected: [run(0), run(1)],
      actual: [mapRun(1), mapRun(1)],
      same: false,
    },
    {
      name: "not with a Map run of another machine",
      expected: run(0),
      actual: mapRun(1).replace("<m>", "n"),
      same: false,
    },
    { name: "not with a Map run of another label", expected: run(0, "l"), actual: mapRun(1, "k"), same: false },
    { name: "not with a member more", expected: { a: 1 }, actual: { a: 1, b: 1 }, same: false },
    { name: "not with null for nothing", expected: { a: null }, actual: {}, same: false },
  ];

  test("and texts in another layout are remembered", () => {
    const comparison = new Comparison();
    comparison.fork().difference({ input: '{"a": 1}', output: "[1, 2]" }, { input: '{"a": 1}', output: "[1,2]" });
    expect([...comparison.relaid]).toEqual([".output"]);
  });

  test("and a text that does not fit binds none of its masks", () => {
    const comparison = new Comparison();
    comparison.difference("<t:1> <t:1>", "a b");
    expect(comparison.difference("<t:1>", "b")).toBeUndefined();
  });

  test.each(cases)("$name", ({ expected, actual, same }) => {
    expect(new Comparison().difference(expected, actual) === undefined).toBe(same);
  });
});

const recording = (expected: Recording["expected"]): Recording => ({
  id: "a",
  kind: "execution",
  group: "g",
  type: "STANDARD",
  queryLanguages: [],
  stateTypes: [],
  normalise: [],
  stateMachineName: "m",
  executionName: "e",
  roleArn: "r",
  mocks: [],
  expected,
});

describe("the final result", () => {
  const failed = { status: "FAILED", error: "E", cause: "c" };
  const cases: readonly {
    name: string;
    expected: Recording["expected"];
    got: Omit<Replayed, "events">;
    stages: string[];
  }[] = [
    {
      name: "the output as a value",
      expected: { status: "SUCCEEDED", output: [1] },
      got: { status: "SUCCEEDED", output: "[1.0]" },
      stages: [],
    },
    {
      name: "another output",
      expected: { status: "SUCCEEDED", output: [1] },
      got: { status: "SUCCEEDED", output: "[2]" },
      stages: ["output"],
    },
    { name: "another status", expected: { status: "SUCCEEDED", output: 1 }, got: failed, stages: ["status", "output"] },
    { name: "the same failure", expected: failed, got: failed, stages: [] },
    { name: "another cause", expected: failed, got: { ...failed, cause: "d" }, stages: ["cause"] },
    { name: "a cause where AWS sent none", expected: { status: "FAILED", error: "E" }, got: failed, stages: ["cause"] },
    { name: "no error", expected: failed, got: { status: "FAILED", cause: "c" }, stages: ["error"] },
  ];

  test.each(cases)("$name: $stages", ({ expected, got, stages }) => {
    expect(Object.keys(judge(recording(expected), { ...got, events: [] }).reasons)).toEqual(stages);
  });

  test("counts a case once in each column that it has", () => {
    const verdict = judge(recording({ ...failed, events: [] }), { ...failed, cause: "d", events: [] });
    const [head = "", row = ""] = table([{ group: "g", isUndated: false, isOlder: false, verdict }]);
    const cells = Object.fromEntries(head.split(/ {2,}/).map((name, index) => [name, row.split(/ {2,}/)[index]]));
    expect(cells).toEqual({
      group: "g",
      cases: "1",
      status: "1/1 100.0 %",
      output: "-",
      error: "1/1 100.0 %",
      cause: "0/1 0.0 %",
      types: "1/1 100.0 %",
      events: "1/1 100.0 %",
      ids: "1/1 100.0 %",
      answer: "-",
      final: "0/1 0.0 %",
      history: "1/1 100.0 %",
      "error and cause": "0/1 0.0 %",
    });
  });
});

test("the report tells how much it cannot know", () => {
  const verdict = judge(recording({ status: "SUCCEEDED", output: 1 }), {
    status: "SUCCEEDED",
    output: "1",
    events: [],
  });
  const judged = { id: "a", group: "g", passed: true, isUndated: false, isOlder: false, isConcurrent: false, verdict };
  const relaid = { ...judged, verdict: { ...verdict, relaid: new Set(["output"]) } };
  expect(awsHistories.remarks?.([judged, relaid, { ...judged, isConcurrent: true }] as CaseResult[]).slice(-3)).toEqual(
    [
      "1 have branches at the same time and their order: of no more than these is it known how AWS interleaves",
      "0 of older recordings are read as AWS would make them now",
      "1 pass with a JSON text of the same value in another layout than the recorded one",
    ],
  );
});

describe("an older recording is read as AWS would make it now", () => {
  const run = { id: 2, previousEventId: 1, type: "MapRunStarted" };
  const succeeded = { id: 3, previousEventId: 2, type: "MapRunSucceeded" };
  const exited = { id: 5, previousEventId: 3, type: "MapStateExited" };
  const old = { Id: "i", Input: {}, Name: "n", RoleArn: "r", StartTime: "t" };
  const recorded = (day: string, expected: Recording["expected"]): Recording => ({
    ...recording(expected),
    recorded: day,
  });

  test("with the link that a distributed Map leaves by", () => {
    const { expected } = asOfToday(recorded("19-08-2024, 08:59:42", { events: [run, succeeded, exited] }));
    expect(expected.events).toEqual([run, succeeded, { ...exited, previousEventId: 2 }]);
  });

  test("with a count of redrives in the Context Object", () => {
    const { expected } = asOfToday(recorded("24-10-2023, 17:18:16", { output: { Execution: old } }));
    expect(expected.output).toEqual({ Execution: { ...old, RedriveCount: 0 } });
  });

  test.each(["13-11-2024, 15:21:53", "01-01-2026, 00:00:00"])("not one of %s", (day) => {
    const one = recorded(day, { events: [run, succeeded, exited], output: { Execution: old } });
    expect(asOfToday(one)).toBe(one);
  });
});

describe("a call is answered", () => {
  const answers = [
    { state: "A", parameters: { n: 1 }, endEvent: "TaskSucceeded", output: "one" },
    { state: "A", parameters: { n: 2 }, endEvent: "TaskSucceeded", output: "two" },
    { state: "B", input: { n: 2 }, endEvent: "LambdaFunctionSucceeded", output: "three" },
  ];
  const cases = [
    { name: "by what was sent", state: "A", parameters: '{"n":2}', output: "two" },
    { name: "in order where nothing like it was sent", state: "A", parameters: '{"n":3}', output: "one" },
    { name: "by what a function got", state: "B", parameters: '{"n":2}', output: "three" },
    { name: "by nothing where its state has no answer", state: "C", parameters: '{"n":2}', output: undefined },
  ];

  test.each(cases)("$name", ({ state, parameters, output }) => {
    expect(new Mocks(answers, []).take(state, parameters)?.output).toBe(output);
  });

  test("by each answer once", () => {
    const mocks = new Mocks(answers, []);
    const taken = [1, 2, 3].map(() => mocks.take("A", '{"n":2}')?.output);
    expect(taken).toEqual(["two", "one", undefined]);
  });
});
