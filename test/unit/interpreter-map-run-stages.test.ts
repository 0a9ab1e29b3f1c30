import { describe, expect, test } from "vitest";
import { Data } from "../../src/interpreter/data.js";
import type { Effect, StepInput } from "../../src/interpreter/effect.js";
import type { ChildResult, EndedChild } from "../../src/interpreter/map/result-files.js";
import { type Plan, plan } from "../../src/interpreter/plan.js";
import type { ExecutionFacts, Snapshot } from "../../src/interpreter/snapshot.js";
import { begin, canAdvance, type Stepped, step } from "../../src/interpreter/step.js";
import { readSnapshot, storeSnapshot } from "../../src/interpreter/stored-snapshot.js";
import type { Json, JsonObject } from "../../src/language/json.js";
import { anyTask } from "../random/world.js";

type EffectOf<Kind extends Effect["kind"]> = Extract<Effect, { kind: Kind }>;

const ResultWriter = { Resource: "arn:aws:states:::s3:putObject", Parameters: { Bucket: "bucket" } };

function distributed(fields: JsonObject): JsonObject {
  const ItemProcessor = {
    ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
    StartAt: "P",
    States: { P: { Type: "Pass", End: true } },
  };
  return { StartAt: "M", States: { M: { Type: "Map", ItemProcessor, End: true, ...fields } } };
}

/** An execution of one Map that a test drives step by step. */
class Driven {
  snapshot: Snapshot;
  readonly effects: Effect[] = [];
  private readonly plan: Plan;

  constructor(fields: JsonObject, input: Json) {
    const { plan: made, issues } = plan(distributed(fields), anyTask);
    if (made === undefined) throw new Error(JSON.stringify(issues));
    this.plan = made;
    const facts: ExecutionFacts = {
      arn: "arn:aws:states:us-east-1:111111111111:execution:m:e",
      name: "e",
      roleArn: "arn:aws:iam::111111111111:role/r",
      type: "STANDARD",
      startedAt: 0,
      input: new Data(input),
      stateMachineArn: "arn:aws:states:us-east-1:111111111111:stateMachine:m",
      stateMachineName: "m",
      seed: "seed",
      mostEvents: 25_000,
    };
    const begun = begin(made, facts);
    this.snapshot = begun.snapshot;
  }

  take(input: StepInput): Stepped {
    const made = step(this.plan, this.snapshot, input, 0);
    this.snapshot = made.snapshot;
    this.effects.push(...made.effects);
    return made;
  }

  /** Takes turns, one by one, until nothing is left to do, or so many. */
  advance(most = Number.POSITIVE_INFINITY): void {
    for (let turns = 0; turns < most && canAdvance(this.snapshot); turns++) this.take({ kind: "advance", turns: 1 });
  }

  endChild(index: number, status: EndedChild["status"]): void {
    const { mapRun, input } = this.all("startChild").find((child) => child.index === index) ?? {};
    if (mapRun === undefined || input === undefined) throw new Error(`child ${index} has not begun`);
    const [startDate, stopDate] = ["2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z"];
    const names = { executionArn: `arn ${index}`, stateMachineArn: "arn", name: `${index}` };
    this.take({ kind: "childEnded", mapRun, index, result: { status, ...names, input, startDate, stopDate } });
  }

  /** What waits for its turn outside is handed back. */
  returnChildren(indexes: readonly number[]): void {
    const children = this.all("startChild").filter(({ index }) => indexes.includes(index));
    const [{ mapRun = "" } = {}] = children;
    this.take({ kind: "childrenReturned", mapRun, children });
  }

  all<Kind extends Effect["kind"]>(kind: Kind): readonly EffectOf<Kind>[] {
    return this.effects.filter((effect): effect is EffectOf<Kind> => effect.kind === kind);
  }

  get written(): readonly ChildResult[] | undefined {
    return this.all("writeResults")[0]?.write.results;
  }
}

function items(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

test.each([{}, { ResultWriter }])("no child execution begins after the Map run has failed, with %j", (fields) => {
  const driven = new Driven(fields, items(300));
  while (driven.all("startChild").length === 0) driven.advance(1);
  driven.endChild(0, "FAILED");
  driven.advance();
  const after = driven.effects.slice(driven.effects.findIndex(({ kind }) => kind === "cancelMapRun"));
  expect(after.filter(({ kind }) => kind === "startChild")).toEqual([]);
});

describe("the results of a Map run that has failed", () => {
  /** Of 300 items, 100 are handed out, and the first has failed. */
  function failed(fields: JsonObject = {}): Driven {
    const driven = new Driven({ ResultWriter, ...fields }, items(300));
    while (driven.all("startChild").length === 0) driven.advance(1);
    driven.endChild(0, "FAILED");
    driven.advance();
    return driven;
  }

  test("are written once the last child execution has ended or come back", () => {
    const driven = failed();
    driven.returnChildren(items(100).slice(50));
    for (const index of items(49).slice(1)) driven.endChild(index, "ABORTED");
    expect(driven.written).toBeUndefined();
    driven.endChild(49, "ABORTED");
    expect(driven.written).toHaveLength(300);
  });

  test("tell of each item in its order, begun or not", () => {
    const driven = failed();
    driven.returnChildren(items(100).slice(50));
    for (const index of items(50).slice(1)) driven.endChild(index, "ABORTED");
    const told = driven.written?.map(({ status, input }) => `${status} ${input.text}`);
    const expected = (index: number): string => (index === 0 ? "FAILED" : index < 50 ? "ABORTED" : "PENDING");
    expect(told).toEqual(items(300).map((index) => `${expected(index)} ${index}`));
  });

  test("show an item itself where the input of its child execution cannot be made", () => {
    const names = { "name.$": "States.ArrayGetItem($$.Execution.Input[0:200], $$.Map.Item.Value)" };
    const driven = failed({ ItemSelector: names });
    for (const index of items(100).slice(1)) driven.endChild(index, "ABORTED");
    expect([199, 200].map((index) => driven.written?.[index]?.input.text)).toEqual(['{"name":199}', "200"]);
  });

  test("are waited for by a snapshot that is stored meanwhile", () => {
    const driven = failed();
    driven.snapshot = readSnapshot(storeSnapshot(driven.snapshot));
    for (const index of items(100).slice(1)) driven.endChild(index, "ABORTED");
    expect(driven.written?.at(-1)?.input.text).toBe("299");
  });
});

describe("items whose inputs cost much", () => {
  /** Each of them uses up more than the share of one step. */
  const costly = { QueryLanguage: "JSONata", ItemSelector: { a: "{% $count([1..50000].($ + 1)) %}" } };
  const ItemBatcher = { MaxItemsPerBatch: 2 };

  test("begin in a turn each", () => {
    const driven = new Driven(costly, items(3));
    driven.advance(2);
    expect(driven.all("startChild")).toHaveLength(1);
    driven.advance(1);
    expect(driven.all("startChild")).toHaveLength(2);
  });

  test("go into batches in a turn each", () => {
    const driven = new Driven({ ...costly, ItemBatcher }, items(3));
    driven.advance(3);
    expect(driven.all("countItems")).toEqual([]);
    driven.advance(1);
    expect(driven.all("countItems")).toMatchObject([{ items: 3, children: 2 }]);
  });

  test("may be stored while batches are made", () => {
    const driven = new Driven({ ...costly, ItemBatcher }, items(3));
    driven.advance(2);
    driven.snapshot = readSnapshot(storeSnapshot(driven.snapshot));
    driven.advance();
    expect(driven.all("startChild").map(({ input }) => input.text)).toEqual([
      '{"Items":[{"a":50000},{"a":50000}]}',
      '{"Items":[{"a":50000}]}',
    ]);
  });
});

test("items that are large go into batches over several turns", () => {
  const driven = new Driven({ ItemBatcher: { MaxItemsPerBatch: 10 } }, new Array(20).fill("x".repeat(200_000)));
  driven.advance(2);
  expect(driven.all("countItems")).toEqual([]);
});

test("each item has chance of its own, whichever turn it comes in", () => {
  const driven = new Driven({ ItemSelector: { "id.$": "States.UUID()" }, MaxConcurrency: 150 }, items(300));
  driven.advance();
  for (const index of items(300)) driven.endChild(index, "SUCCEEDED");
  expect(new Set(driven.all("startChild").map(({ input }) => input.text)).size).toBe(300);
});

test("a Map run is among those that are ready once, however many of its child executions end", () => {
  const driven = new Driven({}, items(300));
  while (driven.all("startChild").length === 0) driven.advance(1);
  for (const index of items(50)) driven.endChild(index, "SUCCEEDED");
  expect(driven.snapshot.ready).toEqual([0]);
});
