import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { StepInput } from "../../src/expression/execution-input.js";
import { States } from "../../src/expression/intrinsics.js";
import { makePlaceholder, type Ref } from "../../src/expression/placeholder.js";
import { text } from "../../src/expression/text.js";
import type { Root, Segment } from "../../src/expression/tree.js";
import type { Json } from "../../src/language/json.js";
import { evaluateJsonata } from "../unit/evaluate-jsonata.js";
import { textIn } from "../unit/print-expression.js";
import { evaluate, run } from "../unit/run-definition.js";

/** Both engines over the same data. */
async function both(expression: Ref<unknown>, input: Json): Promise<readonly [Json, unknown]> {
  const path = evaluate({ "v.$": textIn(expression, "JSONPath") }, input);
  // What fails gives its cause instead.
  expect(path).toHaveProperty("v");
  return [(path as { readonly v: Json }).v, await evaluateJsonata(textIn(expression, "JSONata"), input)];
}

async function agree(expression: Ref<unknown>, input: Json): Promise<void> {
  const [path, jsonata] = await both(expression, input);
  expect(jsonata, textIn(expression, "JSONata")).toEqual(path);
}

/** JSONata writes fifteen digits of a fraction. */
const number = fc.oneof(
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fc.integer({ min: -100_000, max: 100_000 }).map((hundredths) => hundredths / 100),
);
const whole = fc.integer({ min: -1_000_000, max: 1_000_000 });
const string = fc.oneof(
  fc.string(),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("'", '"', "\\", "{}", "%}", "\n"),
);
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    string,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      fc.string().filter((key) => key !== "__proto__"),
      tie("value"),
      { maxKeys: 3 },
    ),
  ),
})).value;
const list = fc.array(json, { maxLength: 5 });
const object = fc.dictionary(
  fc.string().filter((key) => key !== "__proto__"),
  json,
  { maxKeys: 4 },
);
const latin = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) });

const typed = new StepInput(
  z.object({
    text: z.string(),
    other: z.string(),
    number: z.number(),
    count: z.int(),
    flag: z.boolean(),
    list: z.array(z.unknown()),
    rows: z.array(z.array(z.unknown())),
    object: z.record(z.string(), z.unknown()),
    value: z.unknown(),
  }),
);
const data = fc.record({
  text: string,
  other: string,
  number,
  count: whole,
  flag: fc.boolean(),
  list,
  rows: fc.array(list, { maxLength: 3 }),
  object,
  value: json,
});

const pieces = States.stringSplit(typed.text, "a");

/** Expressions over the data, each of whose values is the same in both languages. */
const expressions: readonly (readonly [name: string, expression: Ref<unknown>])[] = [
  ["a path", typed.value],
  ["format", States.format("{}-{}: {} 'x' {}", typed.text, typed.count, typed.flag, 1.5)],
  ["a template of one number", text`${typed.number}`],
  ["a template of texts and numbers", text`s3://${typed.text}/${typed.number}/{}${"'q'"}\\${typed.flag}`],
  ["a template within a template", text`${text`a${typed.count}`}b${States.mathAdd(typed.count, 1)}`],
  ["jsonToString of anything", States.jsonToString(typed.value)],
  ["jsonToString of a text", States.jsonToString(typed.text)],
  ["jsonToString of an object", States.jsonToString(typed.object)],
  ["stringToJson", States.stringToJson(States.jsonToString(typed.value))],
  ["array of scalars", States.array(typed.text, typed.number, typed.flag, null, "it's", -1)],
  ["array of lists", States.array(typed.list, typed.rows)],
  ["array of one list", States.array(typed.list)],
  ["array of anything", States.array(typed.value, typed.object, typed.value)],
  ["array of one value", States.array(typed.value)],
  ["array of nothing", States.array()],
  ["array of arrays", States.array(States.array(typed.value), States.array(States.array(typed.list)))],
  ["array of constants", States.array([], [[]], [1, [2]], { a: ["b"] }, [])],
  ["a list of placeholders within", States.array([typed.list, [typed.value]])],
  ["arrayPartition", States.arrayPartition(typed.list, 2)],
  ["arrayPartition of lists", States.arrayPartition(typed.rows, 2.4)],
  // In JSONPath AWS compares what is printed: of values of one type that makes no difference.
  ["arrayContains of a text", States.arrayContains(pieces, typed.other)],
  ["arrayContains of anything", States.arrayContains(typed.rows, typed.value as Ref<unknown[]>)],
  ["arrayContains that holds it", States.arrayContains(States.array(typed.value, 1), typed.value)],
  ["arrayContains of null", States.arrayContains(typed.list, null)],
  ["arrayContains of a list", States.arrayContains(typed.rows, typed.list)],
  ["arrayContains of an empty list", States.arrayContains(States.array([], 1), [])],
  ["arrayLength", States.arrayLength(typed.list)],
  ["arrayLength of an array", States.arrayLength(States.array(typed.value))],
  ["arrayGetItem of an array", States.arrayGetItem(States.array(typed.value, typed.list, typed.rows), 1)],
  ["arrayGetItem of one", States.arrayGetItem(States.array(typed.value), 0)],
  ["hash of a text", States.hash(typed.text, "SHA-256")],
  ["hash of anything", States.hash(typed.value, "MD5")],
  ["jsonMerge", States.jsonMerge(typed.object, { a: 1, b: [] })],
  ["jsonMerge over", States.jsonMerge({ a: 1, b: [] }, typed.object)],
  ["mathAdd", States.mathAdd(typed.number, typed.number)],
  ["mathAdd of integers", States.mathAdd(typed.count, -0.5)],
  ["stringSplit at one character", States.stringSplit(typed.text, "a")],
  ["stringSplit at several", States.stringSplit(typed.text, "a b.,-]/[(\\^")],
  ["stringSplit at a pair of code units", States.stringSplit(typed.text, "😀 e")],
  ["stringSplit at nothing", States.stringSplit(typed.text, "")],
];

/** Expressions whose values are the same but for their order: in JSONPath AWS gives that of a set of Java. */
const sets: readonly (readonly [name: string, expression: Ref<unknown>])[] = [
  ["arrayUnique", States.arrayUnique(typed.list)],
  ["arrayUnique of doubles", States.arrayUnique(States.array(typed.value, typed.value, typed.list, 1, 1))],
];

function sorted(items: unknown): readonly string[] {
  return (items as readonly unknown[]).map((item) => JSON.stringify(item)).sort();
}

/** The ways down into a value, to every member and item. */
function pathsOf(value: Json, above: readonly Segment[] = []): readonly (readonly Segment[])[] {
  if (typeof value !== "object" || value === null) return [above];
  const inner = Object.entries(value).flatMap(([key, member]) =>
    pathsOf(member as Json, [...above, Array.isArray(value) ? Number(key) : key]),
  );
  return [above, ...inner];
}

describe("JSONPath and JSONata give the same value", () => {
  test("any path of any data", async () => {
    await fc.assert(
      fc.asyncProperty(json, fc.nat(), async (value, any) => {
        const paths = pathsOf({ v: value });
        const path = paths[any % paths.length] ?? [];
        await agree(makePlaceholder({ kind: "reference", root: { kind: "stateInput" }, path }, undefined) as never, {
          v: value,
        });
      }),
      { numRuns: 500 },
    );
  });

  test.each(["executionInput", "variable"] as const)("any path of any data in the %s", async (kind) => {
    const root: Root = kind === "variable" ? { kind, name: "kept" } : { kind };
    await fc.assert(
      fc.asyncProperty(json, fc.nat(), async (value, any) => {
        const paths = pathsOf({ v: value });
        const path = paths[any % paths.length] ?? [];
        const reference = makePlaceholder({ kind: "reference", root, path }, undefined) as Ref<unknown>;
        const { output = "{}" } = run(
          {
            StartAt: "Keep",
            States: {
              Keep: { Type: "Pass", Assign: { "kept.$": "$" }, Next: "Read" },
              Read: { Type: "Pass", Parameters: { "v.$": textIn(reference, "JSONPath") }, End: true },
            },
          },
          { v: value },
        );
        const context = { Execution: { Input: { v: value } } };
        const jsonata = await evaluateJsonata(textIn(reference, "JSONata"), {}, { kept: { v: value } }, context);
        expect({ v: jsonata }).toEqual(JSON.parse(output));
      }),
      { numRuns: 300 },
    );
  });

  test.each(sets)("%s, in any order", async (_name, expression) => {
    await fc.assert(
      fc.asyncProperty(data, async (input) => {
        const [path, jsonata] = await both(expression, input as Json);
        expect(sorted(jsonata)).toEqual(sorted(path));
      }),
    );
  });

  test.each(expressions)("%s", async (_name, expression) => {
    await fc.assert(
      fc.asyncProperty(data, (input) => agree(expression, input)),
      { numRuns: 60 },
    );
  });

  test.each([
    ["arrayUnique", States.arrayUnique(typed.list)],
    ["arrayUnique of doubles", States.arrayUnique(States.array(typed.value, typed.value, typed.list, 1, 1))],
  ])("%s, but for the order", async (_name, expression) => {
    await fc.assert(
      fc.asyncProperty(data, async (input) => {
        const [path, jsonata] = await both(expression, input);
        const sorted = [path, jsonata].map((items) => (items as Json[]).map((item) => JSON.stringify(item)).sort());
        expect(sorted[1]).toEqual(sorted[0]);
      }),
      { numRuns: 60 },
    );
  });

  test("base64 of characters of one byte", async () => {
    await fc.assert(
      fc.asyncProperty(latin, async (value) => {
        await agree(States.base64Encode(typed.text), { text: value });
        await agree(States.base64Decode(States.base64Encode(typed.text)), { text: value });
      }),
      { numRuns: 60 },
    );
  });

  test("splitters out of the data", async () => {
    const short = fc.string({ unit: fc.constantFrom("a", "b", ",", ".", " "), maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(short, short, (value, splitters) =>
        agree(States.stringSplit(typed.text, typed.other), { text: value, other: splitters }),
      ),
    );
  });

  test("ranges", async () => {
    const step = fc.integer({ min: -5, max: 5 }).filter((one) => one !== 0);
    const bound = fc.integer({ min: -40, max: 40 });
    await fc.assert(
      fc.asyncProperty(bound, bound, step, (first, last, by) =>
        agree(States.arrayRange(typed.count, last, by), { count: first }),
      ),
    );
  });

  test("items by an index of the data", async () => {
    const filled = fc.array(json, { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(filled, fc.nat(), (items, any) =>
        agree(States.arrayGetItem(typed.list, typed.count), { list: items, count: any % items.length }),
      ),
    );
  });

  test("any text as a constant", async () => {
    await fc.assert(
      fc.asyncProperty(string, string, (one, other) =>
        agree(States.array(one, text`${typed.text}${one}`, { [`k${other}`]: other }), { text: other }),
      ),
    );
  });

  test("random numbers stay in their range", async () => {
    const range = fc.tuple(whole, fc.integer({ min: 2, max: 1000 }));
    await fc.assert(
      fc.asyncProperty(range, async ([from, span]) => {
        for (const value of await both(States.mathRandom(typed.count, from + span), { count: from })) {
          expect(value).toBeGreaterThanOrEqual(from);
          expect(value).toBeLessThan(from + span);
          expect(Number.isInteger(value)).toBe(true);
        }
      }),
    );
  });

  test("a UUID is one in both", async () => {
    for (const value of await both(States.uuid(), {}))
      expect(value).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });
});
