import { describe, expect, test } from "vitest";
import { Failure } from "../../src/interpreter/failure.js";
import { evaluateTyped, type TypeName } from "../../src/interpreter/jsonata/evaluate.js";
import { planExpression } from "../../src/interpreter/jsonata/expression.js";
import { fillJsonataTemplate, planJsonataTemplate } from "../../src/interpreter/jsonata/template.js";
import type { Json } from "../../src/language/json.js";
import { bindings, evaluate } from "./evaluate-in-state.js";

const values: readonly (readonly [text: string, value: Json])[] = [
  ["$states.input.a", 1],
  ["$states.input", { a: 1, list: [1, 2, 3], "b c": { d: null } }],
  ["$states.input.`b c`.d", null],
  ["$x + 1", 8],
  ["$variable := 1", 1],
  ["$states.input.list[$ > 1]", [2, 3]],
  ["$contains('hello$world', /^hello\\$/)", true],
  ["$states.context.State.Name", "S"],
  // What AWS adds, as reports of runs on AWS have it.
  ["$range(0, 9, 3)", [0, 3, 6, 9]],
  ["$range(0, 10, 3)", [0, 3, 6, 9]],
  ["$range(1, 9, 9)", 1],
  ["$range(-1.7, 2, 1)", [-1, 0, 1, 2]],
  ["$range(5, 1, -1.5)", [5, 4, 3, 2, 1]],
  ["$count($range(1, 360145, 1))", 360145],
  ["$partition([1, 2, 3, 4, 5], 2.9)", [[1, 2], [3, 4], [5]]],
  ["$partition([0], 1)", [[0]]],
  ["$partition([1, 2])", [[1, 2]]],
  ["$hash('input', 'SHA-1')", "140f86aae51ab9e1cda9b4254fe98a74eb54c1a1"],
  ["$hash('', 'MD5')", "d41d8cd98f00b204e9800998ecf8427e"],
  ["$random(42)", 0.7275636800328681],
  ["$random(0.9) = $random(0)", true],
  ["$length($uuid())", 36],
  ["$parse('-0')", 0],
  ['$parse(\'{"Arg1": 1, "Arg2": [":", "\\\\""]}\')', { Arg1: 1, Arg2: [":", '"'] }],
  ["$exists($parse('null'))", true],
  ["$millis()", 86_400_000],
  ["$now()", "1970-01-02T00:00:00.000Z"],
  ["$now('[Y]')", "1970"],
  ["$toMillis('4/11/1999', '[D]/[M]/[Y]')", Date.UTC(1999, 10, 4)],
  // What a time does not say is of the day on which it is read.
  ["$toMillis('6:30 pm', '[h]:[m] [P]')", 86_400_000 + 18.5 * 3_600_000],
  [
    "$distinct([{'a': 1, 'b': [2]}, {'b': [2], 'a': 1}, {'a': 1}, [1], [1], 1, '1'])",
    [{ a: 1, b: [2] }, { a: 1 }, [1], 1, "1"],
  ],
  ["$count($distinct([{'f': $sum}, {'f': $sum}, {'f': $max}, {'f': 'f0'}]))", 3],
  ["$count($distinct([[1, 2], ['1,2'], [[1], 2]]))", 3],
  // Numbers that JSON has not.
  ["1/0", "Infinity"],
  ["0/0", "NaN"],
  ["[1/0, 1]", ["Infinity", 1]],
  ["{'k': -1/0}", { k: "-Infinity" }],
  ["$string(1e20)", "100000000000000000000"],
  ["$string(1e21)", "1e+21"],
  ["$count(null)", 1],
  // A match that is replaced is given with what finds the next one.
  ["$replace('port', /[or]/, function($found) {$found.next().match & '+'})", "pr+rt"],
  ["$replace('port', /or/, function($found) {$join($keys($found), ' ')})", "pmatch start end groups nextt"],
  [
    "$replace('port', function($text) {{'match': 'p', 'start': 0, 'groups': [], 'next': $sum(?), 'own': 1}}, function($found) {$string($found.own)})",
    "1ort",
  ],
];

test.each(values)("%s is %j", (text, value) => {
  expect(evaluate(text)).toEqual(value);
});

const undefinedValues = [
  "$states.input.z",
  "$doesNotExist",
  "$states.result",
  "$range(1, 9)",
  "$range(1, 9, 0)",
  "$range(1, 9, -1)",
  "$partition([], 1)",
  "$partition([1], 0)",
  "$partition([1], -0.5)",
  "$partition($nothing, 1)",
  "$hash('a')",
  "$parse($nothing)",
  "$toMillis('soon', '[Y]')",
  "**",
  "*",
];

test.each(undefinedValues)("%s is nothing", (text) => {
  expect(evaluate(text)).toBe(
    `The JSONata expression '${text}' specified for the field 'Output' returned nothing (undefined).`,
  );
});

const errors: readonly (readonly [text: string, ending: string])[] = [
  ["$randomSeeded($x)", ". T1006: Attempted to invoke a non-function"],
  ['$eval("1+1")', ". T1006: Attempted to invoke a non-function"],
  ["$sum(['a'])", '. T0412: Argument 1 of function "sum" must be an array of "numbers"'],
  ["$split('a', 'b', -1)", ". D3020: Third argument of split function must evaluate to a positive number"],
  ["$sqrt(-1)", ". D3060: The sqrt function cannot be applied to a negative number: -1"],
  ["1 + {}", '. T2002: The right side of the "+" operator must evaluate to a number'],
  ["1 < 'a'", '. T2009: The values 1 and "a" either side of operator "<" must be of the same data type'],
  ["$parse(null)", '. T0410: Argument 1 of function "parse" does not match function signature'],
  ["$parse('')", ". D3137: Invalid JSON"],
  ["$parse('{} {}')", ". D3137: Invalid JSON"],
  ['$parse(\'{"a": 1, "a": 2}\')', ". D3137: Invalid JSON"],
  ["$partition([1], -1)", ". D3137: Second argument must be zero or greater"],
  ["$partition('a', 1)", '. T0412: Argument 1 of function "partition" must be an array of undefined'],
  ["$range($nothing, 1, 1)", '. T0410: Argument 1 of function "range" does not match function signature'],
  ["$hash('a', 'CRC')", ". D3137: Hash algorithm 'CRC' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5"],
  ["$hash(1, 'MD5')", '. T0410: Argument 1 of function "hash" does not match function signature'],
  ["$random(1, 2)", '. T0410: Argument 2 of function "random" does not match function signature'],
  ["$uuid(1)", '. T0410: Argument 1 of function "uuid" does not match function signature'],
  ["$error('no')", ". D3137: no"],
  ["$assert(false, 'why')", ". D3141: why"],
  ["$each('x', function($v){$v})", '. T0410: Argument 1 of function "each" does not match function signature'],
  [
    "$formatNumber(1, 'x')",
    ". D3086: The sub-picture must not contain a passive character that is preceded by an active character and that is followed by another active character",
  ],
  [
    "$toMillis('1999, day 4', '[Y], day [D]')",
    ". D3136: The date/time picture string is missing specifiers required to parse the timestamp",
  ],
  [
    "$match('port', function($text) {{'end': 1}})",
    '. T1010: The matcher function argument passed to function "match" does not return the correct object structure',
  ],
  ["$single([1, 2])", ". D3138: The $single() function expected exactly 1 matching result.  Instead it matched more."],
];

test.each(errors)("%s ends with %s", (text, ending) => {
  expect(evaluate(text)).toBe(
    `The JSONata expression '${text}' specified for the field 'Output' threw an error during evaluation${ending}`,
  );
});

test.each(["$sum", "$fn := function($x){$x}", "[$sum]", "{'a': /x/}", "$sum ~> $string"])("%s is no JSON", (text) => {
  expect(evaluate(text)).toBe(
    `The JSONata expression '${text}' specified for the field 'Output' returned an unsupported result type.`,
  );
});

const faults: readonly string[] = [
  "$base64decode('!!!')",
  "$split('tea or coffee', absent)",
  "$replace('tea or coffee', absent, 'milk')",
  "$replace('tea or coffee', /tea/, absent)",
  "$sift({'tea': 1})",
  "$match('tea', function($text) {{'match': $text, 'start': 0, 'end': 3, 'groups': []}})",
];

test.each(faults)("%s ends by a fault that nobody foresaw, and is said to", (text) => {
  expect(evaluate(text)).toMatch(/threw an internal error during evaluation\. [0-9a-f-]{36}$/);
});

const types: readonly (readonly [text: string, expected: TypeName, ending: string])[] = [
  ["1", "array", "Expected 'array', but was 'number' for value: 1"],
  ["'string'", "array", "Expected 'array', but was 'string' for value: \"string\""],
  ["null", "array", "Expected 'array', but was 'null' for value: null"],
  ["{'foo': 'bar'}", "array", "Expected 'array', but was 'object' for value: {\"foo\":\"bar\"}"],
  ["true", "array", "Expected 'array', but was 'boolean' for value: true"],
  ["[1]", "boolean", "Expected 'boolean', but was 'array' for value: [1]"],
];

test.each(types)("%s is no %s", (text, expected, ending) => {
  const planned = planExpression(`{% ${text} %}`);
  if (planned === undefined || "message" in planned) throw new Error("not planned");
  const failure = evaluateTyped(planned, bindings(), "Items", expected);
  expect(failure instanceof Failure && failure.cause).toBe(
    `The JSONata expression '${text}' specified for the field 'Items' returned an unexpected result type. ${ending}`,
  );
});

describe("templates", () => {
  const fill = (template: Json): Json | Failure =>
    fillJsonataTemplate(planJsonataTemplate(template, []), bindings(), "Output");

  test("expressions at any depth are evaluated, keys and other texts are not", () => {
    const template = { "{% 1 %}": [" {% 1 %} ", "{% $x %}", { a: "{% [1] %}", b: 2 }] };
    expect(fill(template)).toEqual({ "{% 1 %}": [" {% 1 %} ", 7, { a: [1], b: 2 }] });
  });

  test("a failure names its place", () => {
    const failure = fill({ a: { b: [1, [2, "{% $z %}"]] } });
    expect(failure).toMatchObject({ error: "States.QueryEvaluationError", location: "Output/a/b[1][1]" });
  });

  test("what cannot be planned names its place", () => {
    const problems: Parameters<typeof planJsonataTemplate>[1] = [];
    planJsonataTemplate({ a: ["{% 1 + %}"] }, problems);
    expect(problems).toEqual([{ path: "/a[0]", problem: { message: "Unexpected end of expression", at: 6 } }]);
  });

  test("members that are named as prototypes are data", () => {
    const template = JSON.parse('{"__proto__": "{% $x %}"}') as Json;
    expect(JSON.stringify(fill(template))).toBe('{"__proto__":7}');
  });
});

describe("text around an expression", () => {
  test.each(["{% 1", " {% 1 %}", "{% 1 %} ", "1", "{%}"])("%j holds none", (text) => {
    expect(planExpression(text)).toBeUndefined();
  });

  test("`?:` and `??` are of newer versions", () => {
    expect(planExpression("{% $a ?: 1 %}")).toMatchObject({ message: expect.stringContaining("unary operator") });
  });
});
