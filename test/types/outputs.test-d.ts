import { assertType, describe, expectTypeOf, test } from "vitest";
import * as z from "zod";
import { compile } from "../../src/compile/compile.js";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import type { Param, Ref } from "../../src/expression/placeholder.js";
import { type AnyChainable, Chain, type OutputOf } from "../../src/states/chain.js";
import { Choice } from "../../src/states/choice.js";
import { Fail } from "../../src/states/fail.js";
import { ItemReader } from "../../src/states/item-reader.js";
import { Map as MapStep } from "../../src/states/map.js";
import { Parallel } from "../../src/states/parallel.js";
import { Pass } from "../../src/states/pass.js";
import { Succeed } from "../../src/states/succeed.js";
import { Task } from "../../src/states/task.js";
import { Wait } from "../../src/states/wait.js";
import { when } from "../../src/states/when.js";
import type { WorkflowSession } from "../../src/workflow/session.js";
import { Workflow } from "../../src/workflow/workflow.js";

const resource = "arn:aws:lambda:us-east-1:123456789012:function:f";
const input = new ExecutionInput(
  z.object({
    text: z.string(),
    count: z.number(),
    tags: z.array(z.string()),
    rows: z.array(z.object({ id: z.string(), size: z.number() })),
    object: z.object({ a: z.string() }),
  }),
);
const counted = new Task("Counted", { resource, outputSchema: z.object({ n: z.number() }) });
const named = new Task("Named", { resource, outputSchema: z.object({ name: z.string() }) });
const rule = when(input.count).greaterThan(3);
declare const session: WorkflowSession;
declare const wantsText: (value: Param<string>) => void;
declare const wantsNumber: (value: Param<number>) => void;
declare const wants: <T>(value: Param<T>) => void;

describe("an output, at any depth, where a value of another type is wanted", () => {
  test("in the options of a step", () => {
    new Wait("W", { seconds: counted.output.n });
    // @ts-expect-error a text for seconds
    new Wait("W", { seconds: named.output.name });
    new Wait("W", { timestamp: named.output.name });
    // @ts-expect-error a number for a time
    new Wait("W", { timestamp: counted.output.n });
    new Task("T", { resource, timeoutSeconds: counted.output.n, heartbeatSecondsPath: counted.output.n });
    // @ts-expect-error a text for a timeout
    new Task("T", { resource, timeoutSeconds: named.output.name });
    // @ts-expect-error a text for a heartbeat
    new Task("T", { resource, heartbeatSeconds: named.output.name });
    // @ts-expect-error an object for a heartbeat
    new Task("T", { resource, heartbeatSecondsPath: named.output });
    new Fail("F", { cause: named.output.name, errorPath: named.output.name });
    // @ts-expect-error a number for a cause
    new Fail("F", { cause: counted.output.n });
    // @ts-expect-error a number for an error's name
    new Fail("F", { errorPath: counted.output.n });
  });

  test("in objects and lists", () => {
    wants<{ a: { b: string[] } }>({ a: { b: [named.output.name, "x"] } });
    // @ts-expect-error a number among texts
    wants<{ a: { b: string[] } }>({ a: { b: [counted.output.n, "x"] } });
    wants<{ name: string }>(named.output);
    // @ts-expect-error an object with other fields
    wants<{ name: string }>(counted.output);
    wants<{ rows: { id: string }[] }>({ rows: [{ id: input.text }] });
    // @ts-expect-error a number in an object in a list
    wants<{ rows: { id: string }[] }>({ rows: [{ id: input.count }] });
    wants<[string, number]>([input.text, input.count]);
    // @ts-expect-error a list for its item
    wants<string>(input.tags);
    // @ts-expect-error an item for its list
    wants<string[]>(input.tags[0]);
  });
});

describe("what shapes an output", () => {
  test("ResultSelector", () => {
    const selected = new Task("T", { resource, resultSelector: { id: input.text, list: [input.count], fixed: 3 } });
    wantsText(selected.output.id);
    wantsNumber(selected.output.list[0]);
    wantsNumber(selected.output.fixed);
    // @ts-expect-error a text is no number
    wantsNumber(selected.output.id);
    // @ts-expect-error the selector does not make it
    assertType(selected.output.other);
    const both = new Parallel("P", { branches: [counted], resultSelector: { n: input.count } });
    wantsNumber(both.output.n);
    // @ts-expect-error it is no list any more
    assertType(both.output[0]);
  });

  test("ResultPath", () => {
    const each = new MapStep("M", { items: input.rows, processor: counted, resultPath: "$.counts" });
    wantsNumber(each.output.counts[0].n);
    // @ts-expect-error the list is below counts
    assertType(each.output[0]);
    const passed = new Pass("P", { result: { a: 1 }, resultPath: "$.at" });
    wantsNumber(passed.output.at.a);
    // @ts-expect-error it is below at
    assertType(passed.output.a);
  });

  test("OutputPath", () => {
    const cut = new Pass("P", { result: { a: 1 }, outputPath: "$.a" });
    // @ts-expect-error what a path leaves is not known
    assertType(cut.output.a);
  });
});

describe("Map", () => {
  test("gives a list", () => {
    const each = new MapStep("M", { items: input.rows, processor: counted });
    expectTypeOf<OutputOf<typeof each>>().toEqualTypeOf<{ n: number }[]>();
    // @ts-expect-error a list has no such field
    assertType(each.output.n);
    // @ts-expect-error its items are no texts
    wantsText(each.output[0].n);
  });

  test("its item and index", () => {
    const processor = counted;
    new MapStep("M", { items: input.rows, processor, itemSelector: ({ item, index }) => ({ id: item.id, index }) });
    // @ts-expect-error items have no such field
    new MapStep("M", { items: input.rows, processor, itemSelector: ({ item }) => ({ id: item.name }) });
    // @ts-expect-error an index is no text
    new MapStep("M", { items: input.rows, processor: ({ index }) => new Fail("F", { cause: index }) });
    // @ts-expect-error a size is no text
    new MapStep("M", { items: input.rows, processor: ({ item }) => new Fail("F", { cause: item.size }) });
    // @ts-expect-error the items are texts, which have no fields
    new MapStep("M", { items: input.tags, processor: ({ item }) => new Fail("F", { cause: item.id }) });
  });

  test("its options", () => {
    // @ts-expect-error a text is no number of iterations
    new MapStep("M", { items: input.rows, processor: counted, maxConcurrency: input.text });
    // @ts-expect-error an inline Map reads nothing
    new MapStep("M", { processor: counted, itemReader: ItemReader.jsonLines({ bucket: "b", key: "k" }) });
    // @ts-expect-error a number is no bucket
    ItemReader.listing({ bucket: input.count });
    // @ts-expect-error a key is missing
    ItemReader.csv({ bucket: "b" });
    // @ts-expect-error there is no such delimiter
    ItemReader.csv({ bucket: "b", key: "k", delimiter: "," });
  });
});

describe("Parallel", () => {
  test("gives a tuple", () => {
    const both = new Parallel("P", { branches: [counted, Chain.of(new Pass("A"), named)] });
    expectTypeOf<OutputOf<typeof both>>().toEqualTypeOf<[{ n: number }, { name: string }]>();
    // @ts-expect-error the first one counts
    assertType(both.output[0].name);
    // @ts-expect-error there are two
    assertType(both.output[2]);
  });

  test("of what a branch gives on that makes nothing, nothing is known", () => {
    const both = new Parallel("P", { branches: [counted, new Pass("A")] });
    expectTypeOf<OutputOf<typeof both>>().toEqualTypeOf<[{ n: number }, unknown]>();
    const each = new MapStep("M", { items: input.rows, processor: new Wait("W", { seconds: 1 }) });
    expectTypeOf<OutputOf<typeof each>>().toEqualTypeOf<unknown[]>();
    const workflow = new Workflow({ session, role: "r", name: "n", definition: new Pass("A") });
    expectTypeOf((await_: Awaited<ReturnType<typeof workflow.execute>>) =>
      await_.output(),
    ).returns.resolves.toBeUnknown();
  });
});

describe("Choice joins what its branches give", () => {
  const choice = new Choice("C").when(rule, counted).otherwise(named);
  test("as a union", () => {
    expectTypeOf<OutputOf<typeof choice>>().toEqualTypeOf<{ n: number } | { name: string }>();
    expectTypeOf(choice.output.n).toExtend<Ref<number | undefined>>();
    // @ts-expect-error one branch gives no name
    wantsText(choice.output.name);
    // @ts-expect-error none gives this
    assertType(choice.output.other);
  });

  test("a branch that fails gives nothing", () => {
    const failing = new Choice("C").when(rule, counted).otherwise(new Fail("F"));
    wantsNumber(failing.output.n);
    // @ts-expect-error it is a number
    wantsText(failing.output.n);
  });

  test("what it is made of", () => {
    // @ts-expect-error a boolean is no condition
    new Choice("C").when(true, counted);
    // @ts-expect-error tests are no condition yet
    new Choice("C").when(when(input.count), counted);
    // @ts-expect-error a name is no step
    new Choice("C").when(rule, "Counted");
    // @ts-expect-error a name is no step
    new Choice("C").otherwise("Named");
  });
});

describe("chains of many steps", () => {
  test("know what the last step made that makes something, however far back", () => {
    const pass = new Pass("P");
    const long = Chain.of(
      counted,
      pass,
      pass,
      pass,
      pass,
      pass,
      pass,
      pass,
      pass,
      pass,
      pass,
      pass,
      pass,
      pass,
      pass,
      pass,
      pass,
      pass,
    );
    expectTypeOf<OutputOf<typeof long>>().toEqualTypeOf<{ n: number }>();
    const middle = Chain.of(
      counted,
      pass,
      pass,
      named,
      pass,
      pass,
      pass,
      pass,
      pass,
      pass,
      pass,
      pass,
      pass,
      pass,
      new Succeed("S"),
    );
    expectTypeOf<OutputOf<typeof middle>>().toEqualTypeOf<{ name: string }>();
    const nothing = Chain.of(pass, pass, pass, pass, pass, pass, pass, pass, pass, pass);
    expectTypeOf<OutputOf<typeof nothing>>().toEqualTypeOf<unknown>();
  });
});

describe("a distributed Map", () => {
  const rows = { mode: "DISTRIBUTED", items: input.rows } as const;

  test("gives on where its results were written", () => {
    const written = new MapStep("M", { ...rows, processor: counted, resultWriter: { bucket: input.text } });
    wantsText(written.output.MapRunArn);
    wantsText(written.output.ResultWriterDetails.Key);
    // @ts-expect-error the results are not given on
    written.output[0];
  });

  test("gives its children batches of its items", () => {
    new MapStep("M", {
      ...rows,
      itemBatcher: { maxItemsPerBatch: 2 },
      processor: ({ batch }) => {
        wantsText(batch.Items[0].id);
        // @ts-expect-error a text for a number
        wantsNumber(batch.Items[0].id);
        return counted;
      },
    });
  });
});

describe("steps of any kind", () => {
  test("are compiled, and make a workflow whose output is unknown", async () => {
    const any: AnyChainable = counted;
    compile(any);
    const workflow = new Workflow({ session, role: "r", name: "n", definition: any });
    expectTypeOf(await (await workflow.execute({})).output()).toBeUnknown();
  });
});
