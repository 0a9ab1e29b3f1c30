import { describe, expectTypeOf, test } from "vitest";
import * as z from "zod";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import type { Ref } from "../../src/expression/placeholder.js";
import { Chain, type Known, type OutputOf } from "../../src/states/chain.js";
import { Choice } from "../../src/states/choice.js";
import { Fail } from "../../src/states/fail.js";
import { ItemReader, type ListedObject } from "../../src/states/item-reader.js";
import { Map as MapStep } from "../../src/states/map.js";
import { Parallel } from "../../src/states/parallel.js";
import { Pass } from "../../src/states/pass.js";
import { Succeed } from "../../src/states/succeed.js";
import { Task } from "../../src/states/task.js";
import { Wait } from "../../src/states/wait.js";
import { when } from "../../src/states/when.js";

const resource = "arn:aws:lambda:us-east-1:123456789012:function:f";
const input = new ExecutionInput(z.object({ flag: z.boolean(), count: z.number() }));
const sized = new Task("Sized", { resource, outputSchema: z.object({ size: z.number() }) });
const isLarge = when(input.count).greaterThan(3);

describe("Wait and Succeed give on what their options make", () => {
  test("what output makes", () => {
    const wait = new Wait("W", { seconds: 1, output: { n: input.count } });
    expectTypeOf(wait.output.n).toExtend<Ref<number>>();
    const chain = Chain.of(sized, new Succeed("S", { output: { n: input.count } }));
    expectTypeOf<OutputOf<typeof chain>>().toEqualTypeOf<{ n: number }>();
    // @ts-expect-error what came before is replaced
    expectTypeOf<OutputOf<typeof chain>>().toEqualTypeOf<{ size: number }>();
  });

  test("an unknown part of what comes in", () => {
    const selected = Chain.of(sized, new Wait("W", { seconds: 1, outputPath: "$.size" }));
    expectTypeOf<OutputOf<typeof selected>>().toBeUnknown();
    const ended = Chain.of(sized, new Succeed("S", { outputPath: "$.size" }));
    expectTypeOf<OutputOf<typeof ended>>().toBeUnknown();
    const read = Chain.of(sized, new Succeed("S", { inputPath: "$.size" }));
    expectTypeOf<OutputOf<typeof read>>().toBeUnknown();
  });
});

describe("a Pass that puts what it lets through into its input", () => {
  test("gives an unknown value there", () => {
    const pass = new Pass("P", { resultPath: "$.k" });
    expectTypeOf<OutputOf<typeof pass>>().toEqualTypeOf<{ readonly k: unknown }>();
    const chain = Chain.of(sized, pass);
    // @ts-expect-error the size is one level down
    expectTypeOf<OutputOf<typeof chain>>().toEqualTypeOf<{ size: number }>();
  });

  test("lets it through where the place is the whole, or none", () => {
    const whole = Chain.of(sized, new Pass("P", { resultPath: "$" }));
    expectTypeOf<OutputOf<typeof whole>>().toEqualTypeOf<{ size: number }>();
    const dropped = Chain.of(sized, new Pass("P", { resultPath: null }));
    expectTypeOf<OutputOf<typeof dropped>>().toEqualTypeOf<{ size: number }>();
    const made = Chain.of(sized, new Pass("P", { result: 1, resultPath: null }));
    expectTypeOf<OutputOf<typeof made>>().toBeUnknown();
  });
});

describe("a listing", () => {
  test("gives what AWS lists, or what is in the objects", () => {
    expectTypeOf(ItemReader.listing({ bucket: "b" })).toEqualTypeOf<ItemReader<ListedObject>>();
    expectTypeOf(ItemReader.listing({ bucket: "b", transformation: "NONE" })).toEqualTypeOf<ItemReader<ListedObject>>();
    const flat = ItemReader.listing({ bucket: "b", transformation: "LOAD_AND_FLATTEN" });
    expectTypeOf(flat).toEqualTypeOf<ItemReader<unknown>>();
    const rows = ItemReader.listing<{ id: string }>({ bucket: "b", transformation: "LOAD_AND_FLATTEN" });
    expectTypeOf(rows).toEqualTypeOf<ItemReader<{ id: string }>>();
    new MapStep("M", {
      mode: "DISTRIBUTED",
      itemReader: flat,
      // @ts-expect-error an item is no listed object
      processor: ({ item }) => new Pass("P", { parameters: { key: item.Key } }),
    });
  });

  test("has no other transformation", () => {
    // @ts-expect-error a misspelt one
    ItemReader.listing({ bucket: "b", transformation: "FLATTEN" });
  });
});

describe("a Choice", () => {
  const text = new Pass("Text", { parameters: { k: "1" as string } });
  const number = new Pass("Number", { parameters: { k: 1 as number } });

  test("keeps its union before a step that gives on what it gets", () => {
    const choice = new Choice("C").when(isLarge, text).otherwise(number);
    const linked = choice.next(new Wait("W", { seconds: 1 }));
    expectTypeOf<OutputOf<typeof linked>>().toEqualTypeOf<{ k: string } | { k: number }>();
    const listed = Chain.of(choice, new Wait("W", { seconds: 1 }));
    expectTypeOf<OutputOf<typeof listed>>().toEqualTypeOf<{ k: string } | { k: number }>();
    const made = choice.next(sized);
    expectTypeOf<OutputOf<typeof made>>().toEqualTypeOf<{ size: number }>();
  });

  test("gives on what it gets where there is no otherwise", () => {
    const chain = Chain.of(sized, new Choice("C").when(isLarge, text), new Wait("W", { seconds: 1 }));
    expectTypeOf<OutputOf<typeof chain>>().toEqualTypeOf<{ k: string } | { size: number }>();
    const alone = new Choice("C").when(isLarge, text);
    expectTypeOf<Known<OutputOf<typeof alone>>>().toBeUnknown();
  });

  test("gives on what comes before it where a branch does so", () => {
    const choice = new Choice("C").when(isLarge, text).otherwise(new Pass("On"));
    const chain = Chain.of(sized, choice);
    expectTypeOf<OutputOf<typeof chain>>().toEqualTypeOf<{ k: string } | { size: number }>();
  });

  test("does not count jumps: nothing follows them", () => {
    const wait = new Wait("Again", { seconds: 1 });
    const choice = new Choice("C").when(isLarge, text).otherwise(() => wait);
    expectTypeOf(choice.output.k).toEqualTypeOf<Ref<string>>();
    new Fail("F", { cause: choice.output.k });
    const both = new Parallel("B", { branches: [Chain.of(wait, choice)] });
    expectTypeOf<OutputOf<typeof both>>().toEqualTypeOf<[{ k: string }]>();
    // @ts-expect-error a name is no target
    new Choice("C").when(isLarge, () => "Done");
  });

  test("gives nothing where all of its branches fail", () => {
    const choice = new Choice("C").when(isLarge, new Fail("A")).otherwise(new Fail("B"));
    expectTypeOf<OutputOf<typeof choice>>().toBeNever();
  });
});
