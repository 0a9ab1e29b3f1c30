import { describe, expect, test } from "vitest";
import * as z from "zod";
import { compile } from "../../src/compile/compile.js";
import { StepInput } from "../../src/expression/execution-input.js";
import { intrinsicFunctions, isIntrinsicProblem, parseIntrinsic } from "../../src/expression/intrinsic-parser.js";
import { States } from "../../src/expression/intrinsics.js";
import { jsonata } from "../../src/expression/jsonata-expression.js";
import type { Ref } from "../../src/expression/placeholder.js";
import { text } from "../../src/expression/text.js";
import { DefinitionError } from "../../src/language/errors.js";
import { deferred } from "../../src/states/deferred.js";
import { Pass } from "../../src/states/pass.js";
import { printed, textIn } from "./print-expression.js";

const data = new StepInput(
  z.object({
    text: z.string(),
    number: z.number(),
    count: z.int(),
    flag: z.boolean(),
    list: z.array(z.string()),
    object: z.object({ a: z.string() }),
    value: z.unknown(),
    item: z.literal("x"),
  }),
);
const { text: t, number: n, count: c, list: l, object: o, value: v } = data;

interface Case {
  readonly name: string;
  readonly expression: Ref<unknown>;
  readonly path: string;
  readonly jsonata: string;
}

const i = "$states.input";
const cases: readonly Case[] = [
  {
    name: "States.Format",
    expression: States.format("{} of {}", t, n),
    path: "States.Format('{} of {}', $['text'], $['number'])",
    jsonata: `${i}.text & ' of ' & ${i}.number`,
  },
  {
    name: "States.Format with constants",
    expression: States.format("it's {} of {}: {}", t, 3, "\\{}"),
    path: "States.Format('it\\'s {} of {}: {}', $['text'], 3, '\\\\\\{\\}')",
    jsonata: `"it's " & ${i}.text & " of 3: \\\\{}"`,
  },
  {
    name: "States.Format of one number",
    expression: States.format("{}", n),
    path: "States.Format('{}', $['number'])",
    jsonata: `$string(${i}.number)`,
  },
  {
    name: "States.StringToJson",
    expression: States.stringToJson(t),
    path: "States.StringToJson($['text'])",
    jsonata: `$parse(${i}.text)`,
  },
  {
    name: "States.JsonToString",
    expression: States.jsonToString(o),
    path: "States.JsonToString($['object'])",
    jsonata: `$string(${i}.object)`,
  },
  {
    name: "States.JsonToString of anything",
    expression: States.jsonToString(v),
    path: "States.JsonToString($['value'])",
    jsonata: `$replace($string({'v': ${i}.value}), /^\\{"v":|\\}$/, '')`,
  },
  {
    name: "States.Array",
    expression: States.array(t, 1, [2], { a: null }),
    path: "States.Array($['text'], 1, States.Array(2), States.StringToJson('\\{\"a\":null\\}'))",
    jsonata: `[${i}.text, 1, [2], {'a': null}]`,
  },
  {
    name: "States.Array of lists",
    expression: States.array(l, [t, [n]]),
    path: "States.Array($['list'], States.Array($['text'], States.Array($['number'])))",
    jsonata: `[[${i}.list], [${i}.text, [${i}.number]]]`,
  },
  {
    name: "States.Array of anything",
    expression: States.array(v),
    path: "States.Array($['value'])",
    jsonata: `[$type(${i}.value) = 'array' ? [[${i}.value]] : ${i}.value]`,
  },
  { name: "States.Array of nothing", expression: States.array(), path: "States.Array()", jsonata: "[]" },
  {
    name: "States.ArrayPartition",
    expression: States.arrayPartition(l, 2),
    path: "States.ArrayPartition($['list'], 2)",
    jsonata: `$partition(${i}.list, 2)`,
  },
  {
    name: "States.ArrayContains",
    expression: States.arrayContains(l, t),
    path: "States.ArrayContains($['list'], $['text'])",
    jsonata: `${i}.text in ${i}.list`,
  },
  {
    name: "States.ArrayContains at any depth",
    expression: States.arrayContains(States.array(o), { a: t }),
    path: "", // JSONPath cannot say this one.
    jsonata: `$exists($filter([${i}.object], function($item) { $item = {'a': ${i}.text} }))`,
  },
  {
    name: "States.ArrayRange",
    expression: States.arrayRange(1, c, 2),
    path: "States.ArrayRange(1, $['count'], 2)",
    jsonata: `[$range(1, ${i}.count, 2)]`,
  },
  {
    name: "States.ArrayGetItem",
    expression: States.arrayGetItem(l, c),
    path: "States.ArrayGetItem($['list'], $['count'])",
    jsonata: `${i}.list[${i}.count]`,
  },
  {
    name: "States.ArrayLength",
    expression: States.arrayLength(l),
    path: "States.ArrayLength($['list'])",
    jsonata: `$count(${i}.list)`,
  },
  {
    name: "States.ArrayUnique",
    expression: States.arrayUnique(l),
    path: "States.ArrayUnique($['list'])",
    jsonata: `$distinct(${i}.list)`,
  },
  {
    name: "States.Base64Encode",
    expression: States.base64Encode(t),
    path: "States.Base64Encode($['text'])",
    jsonata: `$base64encode(${i}.text)`,
  },
  {
    name: "States.Base64Decode",
    expression: States.base64Decode(t),
    path: "States.Base64Decode($['text'])",
    jsonata: `$base64decode(${i}.text)`,
  },
  {
    name: "States.Hash",
    expression: States.hash(t, "SHA-1"),
    path: "States.Hash($['text'], 'SHA-1')",
    jsonata: `$hash(${i}.text, 'SHA-1')`,
  },
  {
    name: "States.Hash of data",
    expression: States.hash(o, "MD5"),
    path: "States.Hash($['object'], 'MD5')",
    jsonata: `$hash($string(${i}.object), 'MD5')`,
  },
  {
    name: "States.JsonMerge",
    expression: States.jsonMerge(o, { b: 1 }),
    path: "States.JsonMerge($['object'], States.StringToJson('\\{\"b\":1\\}'), false)",
    jsonata: `$merge([${i}.object, {'b': 1}])`,
  },
  {
    name: "States.MathRandom",
    expression: States.mathRandom(1, 10),
    path: "States.MathRandom(1, 10)",
    jsonata: "1 + $floor($random() * 9)",
  },
  {
    name: "States.MathRandom with a seed",
    expression: States.mathRandom(1, c, 7),
    path: "States.MathRandom(1, $['count'], 7)",
    jsonata: `1 + $floor($random(7) * (${i}.count - 1))`,
  },
  {
    name: "States.MathAdd",
    expression: States.mathAdd(c, 1.5),
    path: "States.MathAdd($['count'], 1.5)",
    jsonata: `${i}.count + 2`,
  },
  {
    name: "States.MathAdd of fractions",
    expression: States.mathAdd(n, -1),
    path: "States.MathAdd($['number'], -1)",
    jsonata: `$floor(${i}.number + 0.5) + -1`,
  },
  {
    name: "States.StringSplit",
    expression: States.stringSplit(t, "/"),
    path: "States.StringSplit($['text'], '/')",
    jsonata: `[$split(${i}.text, '/')[$ != '']]`,
  },
  {
    name: "States.StringSplit at several characters",
    expression: States.stringSplit(t, ".,]"),
    path: "States.StringSplit($['text'], '.,]')",
    jsonata: `[$split(${i}.text, /[.,\\x5d]/)[$ != '']]`,
  },
  { name: "States.UUID", expression: States.uuid(), path: "States.UUID()", jsonata: "$uuid()" },
  {
    name: "a template",
    expression: text`s3://${t}/${n}/${"x"}${1}`,
    path: "States.Format('s3://{}/{}/x1', $['text'], $['number'])",
    jsonata: `'s3://' & ${i}.text & '/' & ${i}.number & '/x1'`,
  },
  {
    name: "a template with what is reserved",
    expression: text`'{}'\\ ${t}`,
    path: "States.Format('\\'\\{\\}\\'\\\\ {}', $['text'])",
    jsonata: `"'{}'\\\\ " & ${i}.text`,
  },
  { name: "a template without values", expression: text`a`, path: "States.Format('a')", jsonata: "'a'" },
  {
    name: "calls within calls",
    expression: States.arrayGetItem(States.stringSplit(text`${t}/`, "/"), States.mathAdd(c, 1)),
    path: "States.ArrayGetItem(States.StringSplit(States.Format('{}/', $['text']), '/'), States.MathAdd($['count'], 1))",
    jsonata: `[$split(${i}.text & '/', '/')[$ != '']][(${i}.count + 1)]`,
  },
];

describe("an intrinsic function in both query languages", () => {
  test.each(cases.filter(({ path }) => path !== ""))("$name in JSONPath", ({ expression, path }) => {
    expect(textIn(expression, "JSONPath")).toBe(path);
    expect(isIntrinsicProblem(parseIntrinsic(path))).toBe(false);
  });

  test.each(cases)("$name in JSONata", ({ expression, jsonata: source }) => {
    expect(textIn(expression, "JSONata")).toBe(source);
  });

  test("every function of ASL is among the cases", () => {
    const names = cases.map(({ name }) => name.split(" ")[0]);
    expect(names).toEqual(expect.arrayContaining(Object.keys(intrinsicFunctions)));
    expect(Object.keys(States)).toHaveLength(Object.keys(intrinsicFunctions).length);
  });
});

/** As a program without types calls. */
const loose = States as unknown as { readonly [name: string]: (...args: readonly unknown[]) => Ref<unknown> };
const call = (name: string, ...args: readonly unknown[]): Ref<unknown> => (loose[name] ?? States.uuid)(...args);

const nested = (levels: number): Ref<unknown> => {
  let result: Ref<unknown> = t;
  for (let level = 0; level < levels; level++) result = States.array(result);
  return result;
};

const refusals = [
  { name: "fewer values than places", expression: call("format", "{} {}", t), code: "invalid_argument" },
  { name: "more values than places", expression: call("format", "{}", t, t), code: "invalid_argument" },
  { name: "a list as a value of a text", expression: call("format", "{}", l), code: "invalid_argument" },
  { name: "a template that is no text", expression: call("format", 3, t), code: "invalid_argument" },
  { name: "a text for a number", expression: call("mathAdd", "1", 2), code: "invalid_argument" },
  { name: "a placeholder of another type", expression: call("mathAdd", t, 2), code: "invalid_argument" },
  { name: "a call of another type", expression: call("mathAdd", States.uuid(), 2), code: "invalid_argument" },
  { name: "a number beyond 32 bits", expression: call("mathAdd", 2 ** 40, 2), code: "invalid_argument" },
  { name: "not a number", expression: call("mathAdd", Number.NaN, 2), code: "invalid_argument" },
  { name: "a missing argument", expression: call("mathAdd", 1), code: "invalid_argument" },
  { name: "an unknown algorithm", expression: call("hash", t, "SHA1"), code: "invalid_argument" },
  { name: "a text for a list", expression: call("arrayLength", "abc"), code: "invalid_argument" },
  { name: "a list for an object", expression: call("jsonMerge", l, o), code: "invalid_argument" },
  { name: "a step of 0", expression: call("arrayRange", 1, 2, 0), code: "invalid_argument" },
  { name: "a size of 0", expression: call("arrayPartition", l, 0), code: "invalid_argument" },
  { name: "an index below 0", expression: call("arrayGetItem", l, -1), code: "invalid_argument" },
  { name: "a function as a value", expression: call("array", () => 1), code: "invalid_argument" },
  { name: "a date as a value", expression: call("array", new Date(0)), code: "invalid_argument" },
  { name: "a schema that is none", expression: call("stringToJson", t, "string"), code: "invalid_argument" },
  { name: "an object in a template", expression: text`${o as never}`, code: "invalid_argument" },
  { name: "nesting without end", expression: nested(300), code: "nesting_too_deep" },
] as const;

describe("what is wrong is an issue in both query languages", () => {
  test.each(refusals)("$name", ({ expression, code }) => {
    for (const language of ["JSONPath", "JSONata"] as const) {
      const { text: found, issues } = printed(expression, language);
      expect(found).toBeUndefined();
      expect(issues.map((problem) => problem.code)).toContain(code);
    }
  });

  test("values that contain themselves", () => {
    const own: Record<string, unknown> = {};
    own["own"] = own;
    expect(printed(call("array", own), "JSONata").issues[0]?.code).toBe("nesting_too_deep");
  });

  test("a list of more items than an expression can have", () => {
    const items: unknown[] = new Array(200_000).fill(1);
    expect(printed(call("array", items), "JSONPath").issues).toEqual([]);
    expect(printed(call("array", [...items, t]), "JSONPath").issues.map(({ code }) => code)).toEqual([
      "nesting_too_deep",
    ]);
  });

  test("one value used so often that the text would not end", () => {
    let wide: Ref<unknown> = t;
    for (let level = 0; level < 40; level++) wide = States.array(wide, wide);
    expect(printed(wide, "JSONata").issues[0]?.code).toBe("nesting_too_deep");
  });

  test("the message says what was expected and what came", () => {
    expect(printed(call("hash", t, "SHA1"), "JSONPath").issues[0]?.message).toMatchInlineSnapshot(
      `"States.Hash takes one of MD5, SHA-1, SHA-256, SHA-384, SHA-512 as argument 2, got "SHA1""`,
    );
    expect(printed(call("format", "{} {}", t), "JSONPath").issues[0]?.message).toMatchInlineSnapshot(
      `"the template "{} {}" has 2 places {}, got 1 values"`,
    );
  });

  test("compile() throws them with their place", () => {
    const step = new Pass("A", { parameters: { a: { b: call("mathAdd", "1", t) } } });
    expect(() => compile(step)).toThrow(DefinitionError);
    expect(() => compile(step)).toThrow("[invalid_argument] States.A.Parameters.a.b: States.MathAdd takes");
  });
});

describe("what one language cannot say names the other", () => {
  test("ten functions nest in JSONPath, eleven do not", () => {
    expect(printed(nested(10), "JSONPath").issues).toEqual([]);
    expect(printed(nested(11), "JSONPath").issues.map(({ code }) => code)).toEqual(["nesting_too_deep"]);
    expect(printed(nested(11), "JSONata").issues).toEqual([]);
  });

  test("lists and objects of constants count as functions", () => {
    const deep = (levels: number): Ref<unknown> => {
      let value: unknown = { a: 1 };
      for (let level = 0; level < levels; level++) value = [value];
      return States.array(value);
    };
    expect(printed(deep(8), "JSONPath").issues).toEqual([]);
    expect(printed(deep(9), "JSONPath").issues.map(({ code }) => code)).toEqual(["nesting_too_deep"]);
  });

  test("an object with placeholders as an argument is for JSONata", () => {
    const { issues } = printed(States.array({ a: t }), "JSONPath");
    expect(issues.map(({ code }) => code)).toEqual(["unsupported_in_jsonpath"]);
    expect(issues[0]?.hint).toContain("JSONata");
    expect(textIn(States.array({ a: t }), "JSONata")).toBe(`[{'a': ${i}.text}]`);
  });

  test("a JSONata expression is for JSONata", () => {
    expect(printed(jsonata("1"), "JSONPath").issues.map(({ code }) => code)).toEqual(["unsupported_in_jsonpath"]);
  });

  test("a template out of the data is for JSONPath", () => {
    const { issues } = printed(States.format(t, n), "JSONata");
    expect(issues.map(({ code }) => code)).toEqual(["unsupported_in_jsonata"]);
    expect(issues[0]?.hint).toContain("JSONPath");
    expect(textIn(States.format(t, n), "JSONPath")).toBe("States.Format($['text'], $['number'])");
  });
});

describe("in a workflow", () => {
  test("a function stands where a placeholder may stand", () => {
    const step = new Pass("A", { parameters: { uri: text`s3://${t}/x`, list: [States.uuid()] } });
    expect(compile(step).States["A"]).toEqual({
      Type: "Pass",
      Parameters: { "uri.$": "States.Format('s3://{}/x', $['text'])", "list.$": "States.Array(States.UUID())" },
      End: true,
    });
  });

  test("a deferred value becomes part of a text, or an argument", () => {
    const bucket = deferred("the bucket", async () => "late");
    const both = States.array(text`s3://${bucket}/${t}-${bucket}`, bucket);
    expect(textIn(both, "JSONPath")).toBe("States.Array(States.Format('s3://late/{}-late', $['text']), 'late')");
    expect(textIn(both, "JSONata")).toBe(`['s3://late/' & ${i}.text & '-late', 'late']`);
  });

  test("a parameter of JSONata hides no variable of the same name", () => {
    const variable = {
      [Symbol.for("sfn-ds.expression")]: { kind: "reference", root: { kind: "variable", name: "item" }, path: [] },
    };
    const contains = call("arrayContains", l, variable);
    expect(textIn(contains, "JSONata")).toBe(`$exists($filter(${i}.list, function($item_) { $item_ = $item }))`);
  });

  test("what a function gives is no text and no JSON before the machine runs", () => {
    expect(() => `${States.uuid()}`).toThrow("accidental_text");
    expect(() => JSON.stringify({ a: jsonata("1") })).toThrow("accidental_text");
  });
});
