import { assertType, describe, expectTypeOf, test } from "vitest";
import * as z from "zod";
import { ExecutionInput, StepInput } from "../../src/expression/execution-input.js";
import type { Param, Ref } from "../../src/expression/placeholder.js";

const input = new ExecutionInput(
  z.object({
    text: z.string(),
    count: z.number().int(),
    flag: z.boolean(),
    rows: z.array(z.object({ id: z.string(), tags: z.array(z.string()) })),
    pair: z.tuple([z.string(), z.number()]),
    byName: z.record(z.string(), z.number()),
    color: z.enum(["red", "green"]),
    literal: z.literal("x"),
    branded: z.string().brand("Uri"),
    maybe: z.string().optional(),
    nothing: z.string().nullable(),
    preset: z.string().default("x"),
    source: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("s3"), uri: z.string() }),
      z.object({ kind: z.literal("none") }),
    ]),
    transformed: z.string().transform((text) => text.length),
    then: z.string(),
    deep: z.object({ a: z.object({ b: z.object({ c: z.number() }) }) }),
  }),
);

declare function wants<T>(value: Param<T>): void;
declare const wantsText: (value: Param<string>) => void;
declare const wantsNumber: (value: Param<number>) => void;

describe("references carry the type of the value", () => {
  test("leaves", () => {
    expectTypeOf(input.text).toExtend<Ref<string>>();
    expectTypeOf(input.count).toExtend<Ref<number>>();
    expectTypeOf(input.flag).toExtend<Ref<boolean>>();
    expectTypeOf(input.color).toExtend<Ref<"red" | "green">>();
    expectTypeOf(input.literal).toExtend<Ref<"x">>();
    expectTypeOf(input.branded).toExtend<Ref<string>>();
    expectTypeOf(input.then).toExtend<Ref<string>>();
    expectTypeOf(input["text"]).toExtend<Ref<string>>();
  });

  test("lists, tuples and records", () => {
    expectTypeOf(input.rows[0].id).toExtend<Ref<string>>();
    expectTypeOf(input.rows[3].tags[1]).toExtend<Ref<string>>();
    expectTypeOf(input.pair[0]).toExtend<Ref<string>>();
    expectTypeOf(input.pair[1]).toExtend<Ref<number>>();
    expectTypeOf(input.byName["x"]).toExtend<Ref<number> | undefined>();
  });

  test("what is sent, not what a schema makes of it", () => {
    expectTypeOf(input.transformed).toExtend<Ref<string>>();
    expectTypeOf(input.preset).toExtend<Ref<string | undefined>>();
  });

  test("members of any option of a union", () => {
    expectTypeOf(input.source.kind).toExtend<Ref<"s3" | "none">>();
    expectTypeOf(input.source.uri).toExtend<Ref<string | undefined>>();
  });

  test("deep members", () => {
    expectTypeOf(input.deep.a.b.c).toExtend<Ref<number>>();
  });
});

describe("where a value is wanted, a reference of that type will do", () => {
  test("at the top and at any depth", () => {
    wantsText(input.text);
    wantsText("text");
    wantsText(input.color);
    wants<{ a: { b: readonly string[] } }>({ a: { b: ["x", input.text] } });
    wants<{ a: { b: readonly string[] } }>({ a: { b: input.rows[0].tags } });
    wants<{ a: string }[]>([{ a: input.text }]);
    wants<Record<string, string>>({ a: input.text, b: "c" });
  });
});

describe("what is wrong is a compile error", () => {
  test("a misspelt key", () => {
    // @ts-expect-error there is no such key
    assertType(input.txt);
    // @ts-expect-error nor with brackets
    assertType(input["txt"]);
    // @ts-expect-error nor deeper
    assertType(input.deep.a.x);
    // @ts-expect-error nor in the items of a list
    assertType(input.rows[0].name);
  });

  test("a key below a leaf", () => {
    // @ts-expect-error a text has no keys
    assertType(input.text.length);
    // @ts-expect-error nor the methods of a text
    assertType(input.text.toUpperCase());
  });

  test("an index where there is no list, and beyond a tuple", () => {
    // @ts-expect-error an object has no index
    assertType(input.deep[0]);
    // @ts-expect-error the tuple has two items
    assertType(input.pair[2]);
  });

  test("a reference of another type", () => {
    // @ts-expect-error a number is no text
    wantsText(input.count);
    // @ts-expect-error a text is no number
    wantsNumber(input.text);
    // @ts-expect-error a list of texts is no text
    wantsText(input.rows[0].tags);
    // @ts-expect-error a number three levels deep is no text
    wants<{ a: { b: { c: string } } }>({ a: { b: { c: input.count } } });
    // @ts-expect-error a number among texts is no text
    wants<string[]>(["a", input.count]);
    // @ts-expect-error any text is not one of two
    wants<"red" | "green">(input.text);
  });

  test("a value that may be missing", () => {
    // @ts-expect-error it is optional
    wantsText(input.maybe);
    // @ts-expect-error it may be null
    wantsText(input.nothing);
    // @ts-expect-error a default is filled in by nobody
    wantsText(input.preset);
    // @ts-expect-error only one option of the union has it
    wantsText(input.source.uri);
  });

  test("a placeholder taken for its value", () => {
    // @ts-expect-error a reference is no text
    const text: string = input.text;
    assertType(text);
    // @ts-expect-error a reference cannot be added to
    assertType(input.count + 1);
  });

  test("setting a key", () => {
    // @ts-expect-error a placeholder cannot be changed
    input.text = "x";
  });

  test("a schema that is none", () => {
    // @ts-expect-error a schema is zod's
    new ExecutionInput({ text: "string" });
    // @ts-expect-error a schema is zod's
    new StepInput("string");
  });

  test("keys of an open input", () => {
    const open = new ExecutionInput();
    wantsText(open.get("a", z.string()));
    // @ts-expect-error a key needs a schema
    open.get("a");
    // @ts-expect-error without get there is no key
    assertType(open.a);
    // @ts-expect-error a number is no text
    wantsText(open.get("b", z.number()));
  });
});
