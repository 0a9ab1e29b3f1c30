import { describe, expectTypeOf, test } from "vitest";
import * as z from "zod";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import { States } from "../../src/expression/intrinsics.js";
import { jsonata } from "../../src/expression/jsonata-expression.js";
import type { Param, Ref } from "../../src/expression/placeholder.js";
import { text } from "../../src/expression/text.js";

const input = new ExecutionInput(
  z.object({
    text: z.string(),
    count: z.number().int(),
    flag: z.boolean(),
    maybe: z.string().optional(),
    tags: z.array(z.string()),
    rows: z.array(z.object({ id: z.string(), size: z.number() })),
    pair: z.tuple([z.string(), z.number()]),
    object: z.object({ a: z.string(), b: z.number() }),
    algorithm: z.enum(["MD5", "SHA-1"]),
    template: z.string(),
  }),
);

declare const wantsText: (value: Param<string>) => void;
declare const wantsNumber: (value: Param<number>) => void;

describe("results carry their type", () => {
  test("texts, numbers, booleans", () => {
    expectTypeOf(States.format("{}", input.text)).toEqualTypeOf<Ref<string>>();
    expectTypeOf(States.jsonToString(input.rows)).toEqualTypeOf<Ref<string>>();
    expectTypeOf(States.arrayLength(input.rows)).toEqualTypeOf<Ref<number>>();
    expectTypeOf(States.arrayContains(input.tags, "a")).toEqualTypeOf<Ref<boolean>>();
    expectTypeOf(States.mathAdd(input.count, 1)).toEqualTypeOf<Ref<number>>();
    expectTypeOf(States.uuid()).toEqualTypeOf<Ref<string>>();
    expectTypeOf(States.stringSplit(input.text, ",")).toEqualTypeOf<Ref<string[]>>();
    expectTypeOf(text`${input.text}/${input.count}`).toEqualTypeOf<Ref<string>>();
  });

  test("lists carry the type of their items", () => {
    expectTypeOf(States.array(input.text, input.count, true)).toEqualTypeOf<Ref<[string, number, boolean]>>();
    expectTypeOf(States.array()).toEqualTypeOf<Ref<[]>>();
    expectTypeOf(States.array({ a: input.text, b: [input.count] })).toEqualTypeOf<Ref<[{ a: string; b: number[] }]>>();
    expectTypeOf(States.arrayPartition(input.tags, 3)).toEqualTypeOf<Ref<string[][]>>();
    expectTypeOf(States.arrayUnique([input.text, "x"])).toEqualTypeOf<Ref<string[]>>();
    expectTypeOf(States.arrayRange(1, input.count, 2)).toEqualTypeOf<Ref<number[]>>();
  });

  test("an item has the type of its place", () => {
    expectTypeOf(States.arrayGetItem(input.rows, input.count)).toEqualTypeOf<Ref<{ id: string; size: number }>>();
    expectTypeOf(States.arrayGetItem(input.pair, 1)).toEqualTypeOf<Ref<number>>();
    expectTypeOf(States.arrayGetItem(input.pair, input.count)).toEqualTypeOf<Ref<string | number>>();
    expectTypeOf(States.arrayGetItem(States.array(input.text, 1), 0)).toEqualTypeOf<Ref<string>>();
  });

  test("merged objects: keys of the second win", () => {
    expectTypeOf(States.jsonMerge(input.object, { b: "x", c: input.flag })).toEqualTypeOf<
      Ref<{ a: string; b: string; c: boolean }>
    >();
  });

  test("parsed JSON has the type of the schema", () => {
    expectTypeOf(States.stringToJson(input.text, z.object({ a: z.number() }))).toEqualTypeOf<Ref<{ a: number }>>();
    expectTypeOf(States.stringToJson<string[]>(input.text)).toEqualTypeOf<Ref<string[]>>();
    expectTypeOf(States.stringToJson(input.text)).toEqualTypeOf<Ref<unknown>>();
  });

  test("JSONata has the type that its author says", () => {
    expectTypeOf(jsonata<number>("$sum($states.input.a)")).toEqualTypeOf<Ref<number>>();
    expectTypeOf(jsonata<number>`$sum(${input.rows})`).toEqualTypeOf<Ref<number>>();
    expectTypeOf(jsonata("1")).toEqualTypeOf<Ref<unknown>>();
  });

  test("calls nest", () => {
    wantsText(States.format("{}", States.arrayGetItem(States.stringSplit(input.text, "/"), States.mathAdd(1, 1))));
    wantsNumber(States.arrayLength(States.arrayUnique(States.array(input.text, input.text))));
  });
});

describe("what is wrong is a compile error", () => {
  test("the number of values of a template", () => {
    // @ts-expect-error two places, one value
    States.format("{} {}", input.text);
    // @ts-expect-error one place, two values
    States.format("{}", input.text, input.count);
    // @ts-expect-error no place, one value
    States.format("x", input.text);
    // @ts-expect-error one place, no value
    States.format("{}");
    const known: string = "{}";
    States.format(known, input.text, input.text);
    States.format(input.template, input.text);
  });

  test("the values of a template", () => {
    // @ts-expect-error a list is no value of a text
    States.format("{}", input.tags);
    // @ts-expect-error it may be missing
    States.format("{}", input.maybe);
    // @ts-expect-error a template is a text
    States.format(input.count, input.text);
    // @ts-expect-error an object has no text
    text`${input.object}`;
    // @ts-expect-error nor a list
    text`${input.tags}`;
    // @ts-expect-error nor null
    text`${null}`;
    // @ts-expect-error it may be missing
    text`${input.maybe}`;
  });

  test("texts", () => {
    // @ts-expect-error a number is no text
    States.stringToJson(input.count);
    // @ts-expect-error a number is no text
    States.base64Encode(1);
    // @ts-expect-error a boolean is no text
    States.base64Decode(input.flag);
    // @ts-expect-error a list is no text
    States.stringSplit(input.tags, ",");
    // @ts-expect-error a number is no splitter
    States.stringSplit(input.text, 1);
  });

  test("numbers", () => {
    // @ts-expect-error a text is no number
    States.mathAdd(input.text, 1);
    // @ts-expect-error a text is no number
    States.mathAdd(1, "1");
    // @ts-expect-error a text is no bound
    States.mathRandom(input.text, 3);
    // @ts-expect-error a text is no seed
    States.mathRandom(1, 3, "seed");
    // @ts-expect-error a text is no step
    States.arrayRange(1, 3, input.text);
    // @ts-expect-error a text is no size
    States.arrayPartition(input.tags, "3");
    // @ts-expect-error a text is no index
    States.arrayGetItem(input.tags, "0");
  });

  test("lists", () => {
    // @ts-expect-error a text is no list
    States.arrayLength(input.text);
    // @ts-expect-error an object is no list
    States.arrayUnique(input.object);
    // @ts-expect-error a number is no list
    States.arrayGetItem(input.count, 0);
    // @ts-expect-error a text is no list
    States.arrayPartition("abc", 1);
    // @ts-expect-error no number is among texts
    States.arrayContains(input.tags, 1);
    // @ts-expect-error no text is among numbers
    States.arrayContains([1, input.count], input.text);
  });

  test("objects", () => {
    // @ts-expect-error a text is no object
    States.jsonMerge(input.text, input.object);
    // @ts-expect-error a number is no object
    States.jsonMerge(input.object, 1);
    // @ts-expect-error there is no deep merge
    States.jsonMerge(input.object, { a: 1 }, true);
  });

  test("algorithms", () => {
    States.hash(input.text, "SHA-256");
    States.hash(input.object, input.algorithm);
    // @ts-expect-error it is SHA-1
    States.hash(input.text, "SHA1");
    // @ts-expect-error any text is no algorithm
    States.hash(input.text, input.text);
  });

  test("the number of arguments", () => {
    // @ts-expect-error it takes none
    States.uuid(1);
    // @ts-expect-error a step is missing
    States.arrayRange(1, 2);
    // @ts-expect-error a second number is missing
    States.mathAdd(1);
    // @ts-expect-error an algorithm is missing
    States.hash(input.text);
    // @ts-expect-error there is no third
    States.stringSplit(input.text, ",", 1);
  });

  test("results of another type", () => {
    // @ts-expect-error a length is no text
    wantsText(States.arrayLength(input.tags));
    // @ts-expect-error a text is no number
    wantsNumber(States.format("{}", input.count));
    // @ts-expect-error the second item is a number
    wantsText(States.arrayGetItem(input.pair, 1));
    // @ts-expect-error a text is no number
    wantsNumber(text`${input.count}`);
    // @ts-expect-error its author says a number
    wantsText(jsonata<number>("1"));
    // @ts-expect-error the second object made it a number
    wantsText(States.arrayGetItem(States.array(States.jsonMerge({ a: "x" }, { a: 1 })), 0));
  });

  test("reading on in a result", () => {
    // @ts-expect-error ASL reads no key of what a function gives
    States.stringToJson(input.text, z.object({ a: z.string() })).a;
    // @ts-expect-error nor an item
    States.stringSplit(input.text, ",")[0];
  });

  test("a function that is none", () => {
    // @ts-expect-error there is no such function
    States.arraySort(input.tags);
  });
});
