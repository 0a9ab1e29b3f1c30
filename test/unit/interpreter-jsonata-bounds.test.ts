import { describe, expect, test } from "vitest";
import { Allowance } from "../../src/interpreter/jsonata/evaluation.js";
import { effortOf } from "../../src/interpreter/jsonata/regex-effort.js";
import { withinTimeLimit } from "../../src/interpreter/jsonata/time-limit.js";
import type { Json } from "../../src/language/json.js";
import { evaluate } from "./evaluate-in-state.js";

const stackOverflow =
  "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive";
const timeout = "Expression evaluation timeout: Check for infinite loop (limit of the embedded engine: ";
const memoryLimit = "Expression evaluation memory limit exceeded: Check for excessive memory usage";

const recursive = "$f := function($x){ $x <= 0 ? 0 : 1 + $f($x - 1) }";
const doubled = "$p := function($s, $n) { $n = 0 ? $s : $p($s & $s, $n - 1) }";

/** What AWS was seen to take; one level more of each it refuses. */
const taken: readonly (readonly [text: string, value: Json])[] = [
  [Array(100).fill("1").join("+"), 100],
  [`${"(".repeat(99)}1${")".repeat(99)}`, 1],
  [`1${" ~> $abs".repeat(99)}`, 1],
  [`(${recursive}; $f(31))`, 31],
  ["[1..873782] ~> $count()", 873_782],
  ["$count($range(1, 360145, 1))", 360_145],
  [`(${doubled}; $length($p('x', 22)))`, 4_194_304],
  ["($f := function($n, $sum){ $n = 0 ? $sum : $f($n - 1, $sum + $n) }; $f(10000, 0))", 50_005_000],
];

test.each(taken)("%s is evaluated", (text, value) => {
  expect(evaluate(text)).toEqual(value);
});

const wide = "function($a, $b){ {'l': $a, 'r': $a} }";
const lists = "function($a, $b){ [[$a], [$a]] }";

const refused: readonly (readonly [text: string, message: string])[] = [
  [Array(101).fill("1").join("+"), stackOverflow],
  [`${"(".repeat(100)}1${")".repeat(100)}`, stackOverflow],
  [`${"[".repeat(100)}1${"]".repeat(100)}`, stackOverflow],
  [`1${" ~> $abs".repeat(100)}`, stackOverflow],
  [`(${recursive}; $f(32))`, stackOverflow],
  [`(${recursive}; $f(1e9))`, stackOverflow],
  ["($f := function($x){ $f($x + 1) }; $f(1))", timeout],
  ["($f := function($x){ $map([1, 2], $f) }; $f(1))", stackOverflow],
  ["[1..873783] ~> $count()", memoryLimit],
  ["$sum([1..900000])", memoryLimit],
  ["$range(1, 360146, 1)", memoryLimit],
  ["$range(1, 1e300, 1)", memoryLimit],
  [`(${doubled}; $length($p('x', 23)))`, memoryLimit],
  ["$pad('', 1e12)", memoryLimit],
  ["$replace($pad('', 100000), ' ', $pad('', 1000))", memoryLimit],
  ["$join($split($pad('', 100000), ''), $pad('', 1000))", memoryLimit],
  ["$split($pad('', 1000000), '')", memoryLimit],
  [`$string($reduce([1..40], ${wide}, 1))`, timeout],
  [`$string($reduce([1..17], ${wide}, $pad('', 100)))`, memoryLimit],
  [`$reduce([1..40], ${wide}, 1)`, timeout],
  [`$boolean($reduce([1..40], ${lists}, 0))`, timeout],
  [`$reduce([1..40], ${lists}, 0) = $reduce([1..40], ${lists}, 0)`, timeout],
  [`$reduce([1..40], ${wide}, 1) ~> |$|{}|`, timeout],
  ["$reduce([1..5000], function($a, $b){ [[$a]] }, 0)", stackOverflow],
  ["$string($reduce([1..5000], function($a, $b){ {'a': $a} }, 0))", stackOverflow],
  ["$contains($pad('', 40, 'a') & 'b', /(a+)+$/)", timeout],
  ["$match($pad('', 200000, 'a'), /a*b/)", timeout],
  ["$contains($pad('', 40, 'a') & 'b', /^(a|a)*$/)", timeout],
  [`$contains('${"a".repeat(28)}', /${"a?".repeat(28)}${"a".repeat(29)}/)`, timeout],
  ["[1..800000].($ * 2)", timeout],
  ["$map([1..800000], function($v){ $v })", timeout],
  ["$sort([1..800000], function($a, $b){ $a < $b })", timeout],
  ["$distinct([1..800000].{'a': $})", timeout],
  ["[1..800000]{$string($): $}", timeout],
  ["$states.input.list@$a.$states.input.list@$b.$states.input.list@$c.($c)", timeout],
];

describe("bounds", () => {
  const input = { list: Array.from({ length: 1_000 }, (_, index) => index) };

  test.each(refused)("%s is refused", (text, message) => {
    const before = process.cpuUsage();
    const cause = evaluate(text, { input });
    const { user, system } = process.cpuUsage(before);
    expect(cause).toContain(`threw an error during evaluation: ${message}`);
    // Some 60 ms on a laptop; more where little is compiled yet and much is collected.
    expect((user + system) / 1000).toBeLessThan(400);
  });
});

describe("ordinary work", () => {
  const rows = Array.from({ length: 1_000 }, (_, index) => ({ id: `id-${index}`, price: index % 97 }));
  const input = { rows, ids: rows.slice(0, 100).map(({ id }) => id) };
  const work: readonly (readonly [text: string, value: Json])[] = [
    ["$count($map($states.input.ids, function($id){ $states.input.rows[id = $id] }))", 100],
    ["$count($filter($states.input.rows, function($row){ $row.id in $states.input.ids }))", 100],
    ["$sort([1..20000], function($a, $b){ $a < $b })[0]", 20_000],
    ["$count([1..200000][$ % 2 = 0])", 100_000],
    ["$count($distinct($states.input.rows.[{'of': $, 'x': 1}, {'x': 1, 'of': $}]))", 1_000],
    ["$sum([1..873782]) = $sum([1..873782])", true],
    ["$count($map([1..100000], function($x){ $x * 2 }))", 100_000],
    [
      "$count($keys($reduce($states.input.rows[[0..499]], function($a, $row){ $merge([$a, {$row.id: $row}]) }, {})))",
      500,
    ],
  ];

  test.each(work)("%s is taken", (text, value) => {
    expect(evaluate(text, { input })).toEqual(value);
  });

  test("two long sums fit into one state", () => {
    const allowance = new Allowance();
    const sums = [1, 2].map(() => evaluate("$sum([1..873782])", { allowance }));
    expect(sums).toEqual([381_747_928_653, 381_747_928_653]);
  });
});

describe("prototypes", () => {
  const input = JSON.parse('{"__proto__": {"a": 1}, "constructor": 2, "list": [{"__proto__": 3}]}') as Json;
  const seen: readonly (readonly [text: string, json: string])[] = [
    ["$states.input.__proto__.a", "1"],
    ["$states.input.constructor", "2"],
    ["$states.input.list.__proto__", "3"],
    ["{'__proto__': {'polluted': 1}}", '{"__proto__":{"polluted":1}}'],
    ["$merge([{'__proto__': {'a': 1}}, {'b': 2}])", '{"__proto__":{"a":1},"b":2}'],
    ["$states.input.list{'__proto__': $count($)}", '{"__proto__":1}'],
    ["$states.input.list[0] ~> |$|{'__proto__': {'x': 1}}|", '{"__proto__":{"x":1}}'],
    ["$parse('{\"__proto__\": 1}')", '{"__proto__":1}'],
    ["$sift($states.input, function($v, $k){ $k = '__proto__' })", '{"__proto__":{"a":1}}'],
    ["$spread($states.input.list)", '[{"__proto__":3}]'],
    ["$keys({'__proto__': 1, 'a': 2})", '["__proto__","a"]'],
  ];

  test.each(seen)("%s is %s", (text, json) => {
    expect(JSON.stringify(evaluate(text, { input }))).toBe(json);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  test.each(["$toString", "$constructor", "$states.input.toString", "$states.toString", "{}.hasOwnProperty"])(
    "%s is nothing",
    (text) => {
      expect(evaluate(text, { input: {} })).toContain("returned nothing (undefined).");
    },
  );
});

test("a transform changes a copy, and data of elsewhere not at all", () => {
  const input = { a: { b: 1 } };
  evaluate("$states.input ~> |$states.input.a|{'b': 2}|", { input });
  expect(evaluate("($clone := function($x){ $x }; $states.input ~> |a|{'b': 2}|)", { input })).toEqual({ a: { b: 2 } });
  expect(input).toEqual({ a: { b: 1 } });
});

test("a transform makes no object that holds itself", () => {
  expect(evaluate("$states.input ~> |a|{'self': $}|", { input: { a: { b: 1 } } })).toEqual({
    a: { b: 1, self: { b: 1 } },
  });
});

const powers: readonly (readonly [source: string, power: number])[] = [
  ["abc", 1],
  ["^abc", 0],
  ["^a|b", 1],
  ["a|b", 1],
  ["\\r?\\n", 1],
  ["a{3}", 1],
  ["a{2,4}b", 1],
  ["(ab){3}", 1],
  ["(?:a)b", 1],
  ["[*+]", 1],
  ["\\*", 1],
  ["a{,2}", 1],
  ["[a-z]+", 1],
  ["[a-z]+?", 1],
  ["a{2,}", 1],
  ["a+b", 2],
  ["a{2,}b", 2],
  ["a*b*", 2],
  ["a|b+", 2],
  ["(ab)+", 2],
  ["(a+)", 2],
  ["(a+)+", Number.POSITIVE_INFINITY],
  ["(a|b)*", Number.POSITIVE_INFINITY],
  ["((a+))*", Number.POSITIVE_INFINITY],
  ["(a?){9}", Number.POSITIVE_INFINITY],
  ["(a)\\1", Number.POSITIVE_INFINITY],
  ["(?=a)b", Number.POSITIVE_INFINITY],
  ["(?!a)b", Number.POSITIVE_INFINITY],
  ["(?<=a)b", Number.POSITIVE_INFINITY],
  ["(?<x>a)\\k<x>", Number.POSITIVE_INFINITY],
];

test.each(powers)("a search for %s takes the length to the power of %d", (source, power) => {
  expect(effortOf(source).power).toBe(power);
});

const steps: readonly (readonly [source: string, steps: number])[] = [
  ["abc", 3],
  ["^abc", 4],
  ["a|b", 2],
  ["\\r?\\n", 4],
  ["a{3}", 3],
  ["a{2,4}b", 15],
  ["(ab){3}", 6],
  ["(?:a)b", 2],
  ["[*+]", 1],
  ["\\*", 1],
  ["(a|b)(c|d)", 16],
  ["ab|c?", 4],
];

test.each(steps)("a search for %s takes at most %d steps at each place", (source, count) => {
  expect(effortOf(source).steps).toBe(count);
});

// The limit of time is met where the machine has no time for the test.
test("the same seed gives the same values, also under a limit of time", { retry: 3 }, () => {
  const text = "[$random(), $uuid(), $shuffle([1..5]), $contains($pad('', 9, 'a'), /(a+)+$/)]";
  expect(evaluate(text)).toEqual(evaluate(text));
});

test("the limit of time is not met by what waits for the machine", () => {
  let tries = 0;
  const waits = (): number => {
    tries++;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
    return tries;
  };
  expect(withinTimeLimit(waits)).toBe(2);
});

test("the limit of time is met by what does not end", () => {
  const turns = (): never => {
    for (;;);
  };
  expect(() => withinTimeLimit(turns)).toThrow(timeout);
  expect(withinTimeLimit(() => "after it")).toBe("after it");
});
