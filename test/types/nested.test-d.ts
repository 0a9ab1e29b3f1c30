import { describe, expectTypeOf, test } from "vitest";
import * as z from "zod";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import type { Ref } from "../../src/expression/placeholder.js";
import { Chain, type OutputOf } from "../../src/states/chain.js";
import { Fail } from "../../src/states/fail.js";
import { ItemReader } from "../../src/states/item-reader.js";
import { Map as MapStep } from "../../src/states/map.js";
import { Parallel } from "../../src/states/parallel.js";
import { Pass } from "../../src/states/pass.js";
import { Succeed } from "../../src/states/succeed.js";
import { Task } from "../../src/states/task.js";
import { Wait } from "../../src/states/wait.js";

const resource = "arn:aws:lambda:us-east-1:123456789012:function:f";
const input = new ExecutionInput(
  z.object({ rows: z.array(z.object({ id: z.string(), size: z.number() })), n: z.number(), when: z.string() }),
);
const sized = new Task("Sized", { resource, outputSchema: z.object({ size: z.number() }) });

describe("outputs", () => {
  test("a Map gives a list of what its processor gives, and its item is typed", () => {
    const map = new MapStep("M", {
      items: input.rows,
      processor: ({ item, index }) => {
        expectTypeOf(item.size).toExtend<Ref<number>>();
        expectTypeOf(index).toExtend<Ref<number>>();
        return Chain.of(new Pass("P"), sized);
      },
    });
    expectTypeOf(map.output[0].size).toExtend<Ref<number>>();
  });

  test("a CSV reader types the items by its headers", () => {
    new MapStep("M", {
      mode: "DISTRIBUTED",
      itemReader: ItemReader.csv({ bucket: "b", key: "k", headers: ["id", "size"] }),
      processor: ({ item }) => {
        expectTypeOf(item.id).toExtend<Ref<string>>();
        // @ts-expect-error there is no such column
        return new Pass("P", { parameters: { x: item.name } });
      },
    });
  });

  test("a Parallel gives the tuple of its branches", () => {
    const both = new Parallel("B", { branches: [sized, new Pass("P", { result: "text" })] });
    expectTypeOf<OutputOf<typeof both>>().toEqualTypeOf<[{ size: number }, "text"]>();
  });

  test("a result stands where resultPath says", () => {
    const task = new Task("T", { resource, outputSchema: z.object({ n: z.number() }), resultPath: "$.a.b" });
    expectTypeOf(task.output.a.b.n).toExtend<Ref<number>>();
    // @ts-expect-error it is not at the top
    task.output.n;
  });

  test("a result that is dropped, or filtered, is unknown", () => {
    const dropped = new Task("T", { resource, outputSchema: z.object({ n: z.number() }), resultPath: null });
    // @ts-expect-error nothing is known of it
    dropped.output.n;
    const filtered = new Task("T", { resource, outputSchema: z.object({ n: z.number() }), outputPath: "$.n" });
    // @ts-expect-error nothing is known of it
    filtered.output.n;
  });

  test("a ResultSelector makes the result", () => {
    const task = new Task("T", { resource, outputSchema: z.object({ n: z.number() }), resultSelector: { m: input.n } });
    expectTypeOf(task.output.m).toExtend<Ref<number>>();
    // @ts-expect-error the selector left it out
    task.output.n;
  });

  test("a schema's default and transform are not what flows", () => {
    const task = new Task("T", {
      resource,
      outputSchema: z.object({ n: z.string().transform(Number), d: z.string().default("x") }),
    });
    expectTypeOf(task.output.n).toExtend<Ref<string>>();
    expectTypeOf(task.output.d).toExtend<Ref<string | undefined>>();
  });

  test("Succeed and Wait give on what comes before them", () => {
    const chain = Chain.of(new Pass("A"), sized, new Wait("W", { seconds: 1 }), new Succeed("S"));
    expectTypeOf<OutputOf<typeof chain>>().toEqualTypeOf<{ size: number }>();
    const linked = sized.next(new Succeed("S"));
    expectTypeOf<OutputOf<typeof linked>>().toEqualTypeOf<{ size: number }>();
  });

  test("a chain that ends in Fail gives nothing", () => {
    const chain = Chain.of(sized, new Fail("F"));
    expectTypeOf<OutputOf<typeof chain>>().toEqualTypeOf<never>();
  });

  test("a Pass gives what its parameters stand for", () => {
    const pass = new Pass("P", { parameters: { id: input.rows[0].id, n: 1 } });
    expectTypeOf(pass.output.id).toExtend<Ref<string>>();
  });
});

describe("what is wrong is a compile error", () => {
  test("timings of a Wait", () => {
    new Wait("W", { seconds: input.n });
    // @ts-expect-error none
    new Wait("W", {});
    // @ts-expect-error two
    new Wait("W", { seconds: 1, timestamp: "2026-01-01T00:00:00Z" });
    // @ts-expect-error a text for seconds
    new Wait("W", { seconds: input.when });
    // @ts-expect-error a number for a time
    new Wait("W", { timestamp: input.n });
  });

  test("a Map over something that is no list", () => {
    // @ts-expect-error a number has no items
    new MapStep("M", { items: input.n, processor: new Pass("P") });
    // @ts-expect-error items have no such field
    new MapStep("M", { items: input.rows, processor: ({ item }) => new Pass("P", { parameters: { x: item.name } }) });
    // @ts-expect-error a processor is needed
    new MapStep("M", { items: input.rows });
    // @ts-expect-error a label is for distributed maps
    new MapStep("M", { items: input.rows, processor: new Pass("P"), label: "l" });
  });

  test("branches that are none", () => {
    // @ts-expect-error a name is no branch
    new Parallel("B", { branches: ["A"] });
    // @ts-expect-error branches are needed
    new Parallel("B", {});
    // @ts-expect-error an unknown option
    new Parallel("B", { branches: [new Pass("P")], seconds: 1 });
  });
});
