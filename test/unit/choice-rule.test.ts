import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Failure } from "../../src/interpreter/failure.js";
import { FieldReader } from "../../src/interpreter/field-reader.js";
import { findText } from "../../src/interpreter/find-text.js";
import { QueryBudget } from "../../src/interpreter/paths/query-budget.js";
import type { PlanIssue } from "../../src/interpreter/plan-issue.js";
import { Random } from "../../src/interpreter/random.js";
import { holds, planRule } from "../../src/interpreter/states/choice-rule.js";
import type { Json, JsonObject } from "../../src/language/json.js";

function check(rule: JsonObject, input: Json): boolean | string {
  const issues: PlanIssue[] = [];
  const planned = planRule(new FieldReader(rule, "/", issues));
  expect(issues).toEqual([]);
  const held = holds(planned, {
    input,
    context: () => ({}),
    variables: {},
    random: new Random(""),
    budget: new QueryBudget(),
  });
  return held instanceof Failure ? (held.cause ?? "") : held;
}

const comparisons: readonly (readonly [left: Json, operator: string, right: Json, held: boolean])[] = [
  ["a", "StringLessThan", "b", true],
  ["\uffff", "StringGreaterThan", "\u{1f600}", true],
  [1, "StringEquals", "1", false],
  ["1", "NumericEquals", 1, false],
  [1e21, "NumericGreaterThan", 1e20, true],
  [null, "BooleanEquals", false, false],
  ["2024-01-01T00:00:00Z", "TimestampEquals", "2024-01-01T01:00:00+01:00", true],
  ["2024-01-01T00:00:00.000000001Z", "TimestampGreaterThan", "2024-01-01T00:00:00Z", true],
  ["2024-01-01T00:00:00.1239Z", "TimestampLessThan", "2024-01-01T00:00:00.124Z", true],
  ["2024-01-01T00:00:00.12Z", "TimestampEquals", "2024-01-01T00:00:00.120000Z", true],
  ["2024-01-01", "TimestampEquals", "2024-01-01", false],
  ["2024-01-01T00:00:00.123456789Z", "IsTimestamp", true, true],
  ["2024-01-01T00:00:00.1234567890Z", "IsTimestamp", true, false],
  ["2024-01-01T00:00:00z", "IsTimestamp", true, false],
  [{ a: 1 }, "IsPresent", true, true],
  [[1], "IsNull", false, true],
];

test.each(comparisons)("%j %s %j is %s", (left, operator, right, held) => {
  expect(check({ Variable: "$.v", [operator]: right }, { v: left })).toBe(held);
});

describe("a value at a path is compared", () => {
  test.each([
    [7, "NumericGreaterThanPath", [6], true],
    [8, "NumericGreaterThanEqualsPath", false, true],
    [7, "NumericLessThanPath", true, false],
    [7, "NumericEqualsPath", { value: 7 }, false],
    [7, "NumericEqualsPath", "7", true],
    ["7", "NumericEqualsPath", 7, false],
    [null, "NumericEqualsPath", 0, false],
    ["a", "StringEqualsPath", "a", true],
    ["1", "StringEqualsPath", 1, false],
    [true, "BooleanEqualsPath", true, true],
    ["2024-01-01T00:00:00Z", "TimestampLessThanPath", "later", false],
  ] as const)("%j %s %j is %s", (v, operator, w, held) => {
    expect(check({ Variable: "$.v", [operator]: "$.w" }, { v, w } as Json)).toBe(held);
  });
});

describe("StringMatches", () => {
  test.each([
    ["", "", true],
    ["a", "", false],
    ["", "*", true],
    ["log-1.txt", "log-*.txt", true],
    ["log-.txt", "log-*.txt", true],
    ["log.txt", "log*.txt", true],
    ["a", "a*a", false],
    ["aa", "a*a", true],
    ["abcab", "ab*ab", true],
    ["abab", "ab*ab*ab", false],
    ["a*b", "a\\*b", true],
    ["axb", "a\\*b", false],
    ["a\\b", "a\\\\b", true],
    ["a\nb", "a*b", true],
    ["xaybz", "*a*b*", true],
  ])("%j is matched by %j: %s", (text, pattern, held) => {
    expect(check({ Variable: "$.v", StringMatches: pattern }, { v: text })).toBe(held);
  });

  test("of a pattern that is long and repeats itself takes no longer than the two are", () => {
    const pattern = `*${"a".repeat(60_000)}b${"a".repeat(60_000)}*`;
    const start = performance.now();
    expect(check({ Variable: "$.v", StringMatches: pattern }, { v: "a".repeat(250_000) })).toBe(false);
    expect(performance.now() - start).toBeLessThan(500);
  });

  test("finds a text where indexOf does", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 600 });
    fc.assert(
      fc.property(letters, letters, letters, fc.nat(20), (before, part, after, from) => {
        const text = before + part + after;
        expect(findText(text, part, from)).toBe(text.indexOf(part, from));
        const long = part.repeat(3) + "b".repeat(251 - Math.min(251, part.length * 3));
        expect(findText(text + long + text, long, from)).toBe((text + long + text).indexOf(long, from));
      }),
    );
  });
});

const yes = { Variable: "$.v", IsPresent: true };
const no = { Variable: "$.v", IsPresent: false };
const failing = { Variable: "$.none", StringEquals: "a" };
const failure = "Invalid path '$.none': The choice state's condition path references an invalid value.";

describe("rules of rules", () => {
  test.each([
    [{ And: [yes, yes] }, true],
    [{ And: [yes, no] }, false],
    [{ And: [no, failing] }, false],
    [{ And: [yes, failing] }, failure],
    [{ Or: [no, yes] }, true],
    [{ Or: [no, no] }, false],
    [{ Or: [yes, failing] }, true],
    [{ Or: [no, failing] }, failure],
    [{ Not: yes }, false],
    [{ Not: { Not: yes } }, true],
    [{ Not: failing }, failure],
    [{ And: [{ Or: [no, yes] }, { Not: no }] }, true],
  ] as const)("%j is %s", (rule, held) => {
    expect(check(rule, { v: 1 })).toBe(held);
  });
});

describe("a value that is not there", () => {
  test.each(["StringEquals", "IsNull", "IsString", "StringMatches"])("fails %s", (operator) => {
    expect(
      check({ Variable: "$.none", [operator]: operator === "IsNull" || operator === "IsString" ? true : "a" }, {}),
    ).toBe(failure);
  });

  test("fails a comparison with it", () => {
    expect(check({ Variable: "$.v", StringEqualsPath: "$.none" }, { v: "a" })).toBe(failure);
  });

  test("is an empty list for a path that may find many", () => {
    expect(check({ Variable: "$.none[*]", IsPresent: true }, {})).toBe(true);
  });
});
