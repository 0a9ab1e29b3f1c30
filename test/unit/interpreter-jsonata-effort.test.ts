import { expect, test } from "vitest";
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
];

test.each(hostile)("%s ends soon: %s", (_what, text) => {
  expect(timeOf(() => evaluate(text))).toBeLessThan(mostMilliseconds);
});

const rows = 15_000;
const csv = "abcdefg,hij,klm\r\n".repeat(rows);

const ordinary: readonly (readonly [text: string, value: number])[] = [
  ["$count($split($states.input, '\\r\\n'))", rows + 1],
  ["$length($replace($states.input, ',', ';'))", csv.length],
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
