import { describe, expect, test } from "vitest";
import { isIntrinsicProblem, parseIntrinsic } from "../../src/expression/intrinsic-parser.js";
import type { Json } from "../../src/language/json.js";
import { runState } from "./run-definition.js";

function call(text: string, input: Json = {}): Json {
  const { output, error, cause } = runState({ Type: "Pass", Parameters: { "v.$": text } }, input);
  return output === undefined ? `${error}: ${cause}` : ((JSON.parse(output) as { readonly v: Json }).v ?? null);
}

const values: readonly (readonly [call: string, input: Json, value: Json])[] = [
  ["States.Format('a{}b{}', 1, $.x)", { x: null }, "a1bnull"],
  ["States.Format('\\{\\}{}', 'x')", {}, "{}x"],
  ["States.Format('it\\'s \\\\')", {}, "it's \\"],
  ["States.Format('{}', $.x)", { x: { a: [1, "b"] } }, "{a=[1, b]}"],
  ["States.Format($.t, 1)", { t: "<{}>" }, "<1>"],
  ["States.StringToJson($.x)", { x: '{"a":[1]}' }, { a: [1] }],
  ["States.StringToJson('')", {}, null],
  ["States.JsonToString($.x)", { x: { a: [1, 2] } }, '{"a":[1,2]}'],
  ["States.Array()", {}, []],
  ["States.Array(1, 'a', null, true, $.x)", { x: {} }, [1, "a", null, true, {}]],
  ["States.ArrayPartition($.x, 2)", { x: [1, 2, 3] }, [[1, 2], [3]]],
  ["States.ArrayContains($.x, $.y)", { x: [{ a: 1, b: 2 }], y: { a: 1, b: 2 } }, true],
  ["States.ArrayContains($.x, $.y)", { x: [{ a: 1, b: 2 }], y: { b: 2, a: 1 } }, false],
  ["States.ArrayContains($.x, 1)", { x: ["1"] }, true],
  ["States.ArrayContains($.x, true)", { x: ["true"] }, true],
  ["States.ArrayContains($.x, false)", { x: [0] }, false],
  ["States.ArrayContains($.x, '1.50')", { x: [1.5] }, false],
  ["States.ArrayContains($.x, '1.5')", { x: [1.5] }, true],
  ["States.ArrayContains($.x, null)", { x: ["null"] }, true],
  ["States.ArrayContains($.x, '[1]')", { x: [{}, [1]] }, true],
  ["States.ArrayContains($.x, 'NaN')", { x: [0] }, false],
  ["States.ArrayPartition($.x, 2.6)", { x: [1, 2, 3] }, [[1, 2], [3]]],
  ["States.ArrayRange(1, 9, 3)", {}, [1, 4, 7]],
  ["States.ArrayRange(3, 1, -1)", {}, [3, 2, 1]],
  ["States.ArrayRange(5.4, -0.6, -2.4)", {}, [5, 3, 1]],
  ["States.ArrayGetItem($.x, 1)", { x: [1, null] }, null],
  ["States.ArrayGetItem($.x, 1.9)", { x: [1, 2] }, 2],
  ["States.ArrayGetItem($.x, 999)", { x: [] }, null],
  ["States.ArrayLength($.x[*].a)", { x: [{ a: 1 }, { a: 2 }, {}] }, 2],
  ["States.ArrayUnique($.x)", { x: [1, "1", 1, "01", 3, 2, 1] }, [1, "1", "01", 2, 3]],
  ["States.ArrayUnique($.x)", { x: [true, false, true, null] }, [null, false, true]],
  [
    "States.ArrayUnique($.x)",
    {
      x: [
        [1, 2],
        [1, 2],
        [2, 1],
      ],
    },
    [
      [2, 1],
      [1, 2],
    ],
  ],
  [
    "States.ArrayUnique($.x)",
    {
      x: [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
    },
    [{ a: 1, b: 2 }],
  ],
  ["States.ArrayUnique($.x)", { x: [0.5, 1.5, 3e9, 0.5] }, [0.5, 3e9, 1.5]],
  ["States.Base64Encode('Data to encode')", {}, "RGF0YSB0byBlbmNvZGU="],
  ["States.Base64Decode('RGF0YSB0byBlbmNvZGU=')", {}, "Data to encode"],
  ["States.Base64Decode('!aGVs bG8')", {}, "hello"],
  ["States.Base64Decode('aGVs==bG8=')", {}, "hel"],
  ["States.Hash($.x, 'MD5')", { x: { a: [1] } }, "9ce06edb2e3406c40e507870b76580a0"],
  ["States.Hash('input data', 'SHA-1')", {}, "aaff4a450a104cd177d28d18d74485e8cae074b7"],
  ["States.JsonMerge($.a, $.b, false)", { a: { x: 1, y: { z: 1 } }, b: { y: {} } }, { x: 1, y: {} }],
  ["States.JsonMerge($.a, $.b, $.c)", { a: { x: 1 }, b: {}, c: "false" }, { x: 1 }],
  [
    "States.JsonMerge($.a, $.b, false)",
    JSON.parse('{"a":{"__proto__":1},"b":{"y":2}}') as Json,
    JSON.parse('{"__proto__":1,"y":2}') as Json,
  ],
  ["States.MathAdd(-1.5, 1.51)", {}, 1],
  ["States.MathAdd(2147483646, 1)", {}, 2147483647],
  ["States.MathRandom(1, 2)", {}, 1],
  ["States.MathRandom(1, 3, 0)", {}, 2],
  ["States.MathRandom(0, 2147483647, 42)", {}, 1562431130],
  // -1170105035 is the first `nextInt()` of `new Random(42)`.
  ["States.MathRandom(-2147483648, 2147483647, 42)", {}, -1170105035],
  ["States.MathRandom(-1, 2147483647, 42)", {}, 234785527],
  ["States.MathRandom(-2147483648, 0, 42)", {}, -1170105035],
  ["States.StringSplit('a.b+c', '.+')", {}, ["a", "b", "c"]],
  ["States.StringSplit('', ',')", {}, []],
  ["States.ArrayLength(States.StringSplit('a,b', ','))", {}, 2],
];

test.each(values)("%s on %j is %j", (text, input, value) => {
  expect(call(text, input)).toEqual(value);
});

const refusals: readonly (readonly [call: string, reason: string])[] = [
  ["States.Format('{}')", "number of arguments do not match the occurrences of {}."],
  ["States.StringToJson('{')", 'the text is not JSON: "{"'],
  ["States.ArrayPartition(States.Array(), 0)", "the second argument must be a positive number"],
  ["States.ArrayRange(1, 2000, 1)", "the range has 2000 items, which is more than 1000"],
  ["States.ArrayRange(1, 2, 0)", "the step must not be 0"],
  ["States.ArrayGetItem(States.Array(1), 1)", "the index 1 is outside of an array of 1 items"],
  ["States.ArrayLength('a')", 'the first argument must be an array, got "a"'],
  ["States.Hash('a', 'CRC')", 'the algorithm must be one of MD5, SHA-1, SHA-256, SHA-384, SHA-512, got "CRC"'],
  ["States.MathAdd(1, 3000000000)", "the second argument must be a number of 32 bits, got 3000000000"],
  ["States.MathAdd(2147483647, 1)", "the sum must be a number of 32 bits, got 2147483648"],
  ["States.MathRandom(1.4, 1.6)", "the end must be above the start, got 1 and 1"],
  ["States.ArrayPartition(States.Array(), 0.6)", "the second argument must be a positive number"],
  ["States.JsonMerge($, $, true)", "the third argument must be false: deep merging is not supported"],
];

test.each(refusals)("%s is refused: %s", (text, reason) => {
  const name = text.slice(0, text.indexOf("("));
  expect(call(text)).toBe(
    `States.Runtime: An error occurred while executing the state 'S' (entered at the event id #2). The function '${text}' had the following error: Invalid arguments in ${name}: ${reason}`,
  );
});

test.each([
  ["Hello {", "matching '}' not found for '{'."],
  ["{{}}", "matching '}' not found for '{'."],
  ["}", "matching '{' not found for '}'."],
])("the template %s is refused", (template, reason) => {
  expect(call(`States.Format('${template}')`)).toContain(`Invalid template in States.Format: ${reason}`);
});

describe("in a template an index outside of a list", () => {
  test("is null", () => expect(call("$.x[5]", { x: [1] })).toBe(null));
  test("is missing where a key follows", () => expect(call("$.x[5].a", { x: [1] })).toContain("could not be found"));
  test("is missing of what is no list", () => expect(call("$.x[5]", { x: 1 })).toContain("could not be found"));
  test("is missing in a call", () => expect(call("States.Array($.x[5])", { x: [1] })).toContain("could not be found"));
});

test.each([
  `States.Format('${"{}".repeat(200)}'${", $.x".repeat(200)})`,
  `States.JsonToString(States.Array(${"$.x, ".repeat(200)}1))`,
  `States.Hash(States.Array(${"$.x, ".repeat(200)}1), 'MD5')`,
  `States.ArrayUnique(States.Array(${"$.x, ".repeat(200)}1))`,
])("a text that is far larger than the data is not made: %.30s", (text) => {
  expect(call(text, { x: "x".repeat(200_000) })).toContain("are too large");
});

test("a missing path in a call is named with the call", () => {
  expect(call("States.Array(States.UUID(), $.a)")).toContain(
    "The function 'States.Array(States.UUID(), $.a)' had the following error: The JsonPath argument for the field '$.a' could not be found in the input '{}'",
  );
});

test("the arguments are refused of the function that has them", () => {
  expect(call("States.Array(States.MathAdd(1, 'a'))")).toContain(
    "Invalid arguments in States.MathAdd: the second argument",
  );
});

test("a seed gives the same number again", () => {
  expect(call("States.MathRandom(0, 1000000, 7)")).toBe(call("States.MathRandom(0, 1000000, 7)"));
});

test("States.UUID gives UUIDs of version 4, each another", () => {
  const made = call("States.Array(States.UUID(), States.UUID())") as readonly string[];
  expect(made[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(made[1]).not.toBe(made[0]);
});

describe("the reader of calls", () => {
  const nested = (depth: number): string => `${"States.Array(".repeat(depth)}1${")".repeat(depth)}`;
  const problems = [
    { text: "States.Nope()", message: "there is no intrinsic function States.Nope" },
    { text: "States.constructor()", message: "there is no intrinsic function States.constructor" },
    { text: "States.UUID(1)", message: "States.UUID takes 0 arguments, got 1" },
    { text: "States.Array(1", message: "expected , or )" },
    { text: "States.Array('a)", message: "the quote is not closed" },
    { text: "States.Array('\\n')", message: "expected \\', \\{, \\} or \\\\" },
    { text: "States.Array() x", message: "expected the end after )" },
    { text: "States.Array($.a[)", message: "expected a quoted key, an index, *, a slice or a filter" },
    { text: nested(11), message: "expected at most 10 nested functions" },
  ];

  test.each(problems)("refuses $text", ({ text, message }) => {
    expect(parseIntrinsic(text)).toMatchObject({ message });
  });

  test("takes ten nested calls", () => {
    expect(isIntrinsicProblem(parseIntrinsic(nested(10)))).toBe(false);
  });

  test("gives the tree of expressions", () => {
    expect(parseIntrinsic("States.Array($.a['b)'], -1.5e1, 'x\\'')")).toEqual({
      kind: "call",
      name: "States.Array",
      arguments: [
        { kind: "reference", root: { kind: "stateInput" }, path: ["a", "b)"] },
        { kind: "literal", value: -15 },
        { kind: "literal", value: "x'", raw: "x\\'" },
      ],
    });
  });
});
