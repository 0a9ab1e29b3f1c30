import { expect, test } from "vitest";
import { Allowance } from "../../src/interpreter/jsonata/evaluation.js";
import { planText } from "../../src/interpreter/jsonata/expression.js";
import { evaluate } from "./evaluate-in-state.js";

/** Far more than any of these takes, far less than each took without its bound. */
const mostMilliseconds = 400;

/** Processor time, in milliseconds. */
function timeOf(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

const odd = "$pad('', 50000, 'a') & 'b' & $pad('', 50000, 'a')";

const hostile: readonly (readonly [what: string, text: string])[] = [
  ["$contains", `$contains($pad('', 1000000, 'a'), ${odd})`],
  ["$substringBefore", `$substringBefore($pad('', 1000000, 'a'), ${odd})`],
  ["$substringAfter", `$substringAfter($pad('', 1000000, 'a'), ${odd})`],
  ["$split", `$split($pad('', 1000000, 'a'), ${odd})`],
  ["$replace", `$replace($pad('', 1000000, 'a'), ${odd}, '')`],
  ["$uppercase", "($text := $pad('', 1000000, 'ﬃ'); $map([1..60], function(){ $exists($uppercase($text)) }))"],
  ["$trim", "($text := $pad('', 2000000, '  a'); $map([1..5], function(){ $exists($trim($text)) }))"],
  [
    "$string of texts",
    "($list := [$pad('', 500000, '\\u0001')]; $map([1..500], function(){ $exists($string($list)) }))",
  ],
  ["a pattern that looks ahead often", `$contains($pad('', 190000, 'a'), /${"(?=a)".repeat(300)}c/)`],
  ["a pattern of many choices", `$contains($pad('', 190000, 'a'), /${"a?".repeat(40)}c/)`],
  ["a match that is short and looks far", "$count($match($pad('', 190000, 'a'), /a*b|a/))"],
];

test.each(hostile)("%s ends soon: %s", (_what, text) => {
  expect(timeOf(() => evaluate(text))).toBeLessThan(mostMilliseconds);
});

test("what is under a limit of time shares the time of its state", () => {
  const allowance = new Allowance();
  const evaluateAll = (): void => {
    for (let count = 0; count < 50; count++) evaluate("$contains($pad('', 40, 'a') & 'b', /(a+)+$/)", { allowance });
  };
  expect(timeOf(evaluateAll)).toBeLessThan(mostMilliseconds);
});

const alike = Array.from({ length: 5_000 }, (_, index) => "a".repeat(50_000) + ((index * 7919) % 10_007));

test.each(["$count($sort($states.input))", "$count($states.input^($))"])(
  "%s of texts that begin alike ends soon",
  (text) => {
    expect(timeOf(() => evaluate(text, { input: alike }))).toBeLessThan(mostMilliseconds);
  },
);

const rows = 15_000;
const csv = "abcdefg,hij,klm\r\n".repeat(rows);

const ordinary: readonly (readonly [text: string, value: number])[] = [
  ["$count($split($states.input, '\\r\\n'))", rows + 1],
  ["$length($replace($states.input, ',', ';'))", csv.length],
  ["$count($split($states.input, /\\r?\\n/))", rows + 1],
  ["$count($match($states.input, /\\w+/))", rows * 3],
  ["$length($replace($states.input, /[\\r\\n]+/, ''))", csv.length - 2 * rows],
  ["$length($uppercase($states.input))", csv.length],
  ["$length($trim($states.input))", csv.length - rows - 1],
  ["$length($string([$states.input]))", csv.length + 4 + 2 * rows],
  ["$length($substringAfter($states.input, 'klm'))", csv.length - 15],
];

test.each(ordinary)("%s of 250 KB is evaluated", (text, value) => {
  expect(evaluate(text, { input: csv })).toBe(value);
});

test.each([
  ["$split('a--b--c', '--')", ["a", "b", "c"]],
  ["$split('a--b--c', '--', 2)", ["a", "b"]],
  ["$split('--', '--')", ["", ""]],
  ["$split('', '--')", [""]],
])("%s is split by each separator", (text, value) => {
  expect(evaluate(text)).toEqual(value);
});

test("a regular expression that is too long to be made ready is not planned", () => {
  const planned = planText(`$f := function($x){ $contains($x, /${"a?".repeat(2_500)}b/) }`);
  expect(planned).toMatchObject({
    message: "Expected a regular expression of at most 2000 characters, got 5001",
  });
});
