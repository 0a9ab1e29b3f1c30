import { describe, expect, test } from "vitest";
import * as z from "zod";
import { lowerCondition } from "../../src/compile/lower/condition.js";
import { Path } from "../../src/compile/path.js";
import { ExecutionInput, StepInput } from "../../src/expression/execution-input.js";
import { States } from "../../src/expression/intrinsics.js";
import { jsonata } from "../../src/expression/jsonata-expression.js";
import { placeholderOf } from "../../src/expression/placeholder.js";
import type { QueryLanguage } from "../../src/language/asl.js";
import type { Issue } from "../../src/language/errors.js";
import type { Json } from "../../src/language/json.js";
import { ChoiceRule } from "../../src/states/choice-rule.js";
import { type Condition, not } from "../../src/states/condition.js";
import { when } from "../../src/states/when.js";
import { lowered } from "./lower-condition.js";

const data = new StepInput(
  z.object({
    text: z.string(),
    color: z.enum(["red", "green"]),
    count: z.number(),
    flag: z.boolean(),
    list: z.array(z.number()),
    untyped: z.unknown(),
  }),
);
const input = new ExecutionInput(z.object({ limit: z.number() }));
const untyped = placeholderOf<unknown>({ kind: "stateInput" }, undefined);
const time = "2026-01-31T12:00:00Z";

function rule(condition: Condition): Json {
  const { rule: found, issues } = lowered(condition, "JSONPath");
  expect(issues).toEqual([]);
  return found;
}

function source(condition: Condition): string {
  const { rule: found, issues } = lowered(condition, "JSONata");
  expect(issues).toEqual([]);
  return String(found);
}

function issuesOf(condition: Condition): readonly string[] {
  return lowered(condition, "JSONPath").issues.map(({ code, path }) => [code, ...path].join(" "));
}

describe("operators by name write the choice rule of that name", () => {
  const literals: Readonly<Record<string, Json>> = {
    string: "a*",
    numeric: 4.5,
    boolean: false,
    timestamp: time,
    is: true,
  };
  const names = Object.keys(ChoiceRule).filter((name) => !["and", "or", "not"].includes(name));

  test("there are 42 with and, or and not", () => {
    expect(names).toHaveLength(39);
    expect(Object.keys(ChoiceRule)).toHaveLength(42);
  });

  test.each(names)("%s", (name) => {
    const [family = ""] = /^(?:string|numeric|boolean|timestamp|is)/.exec(name) ?? [];
    const value = name.endsWith("Path") ? "$.w" : literals[family];
    const make = (ChoiceRule as unknown as Record<string, (...args: readonly unknown[]) => Condition>)[name];
    const operator = name.charAt(0).toUpperCase() + name.slice(1);
    expect(make && rule(make("$.v", value))).toEqual({ Variable: "$.v", [operator]: value });
  });

  test("references are written as paths, on both sides", () => {
    expect(rule(ChoiceRule.numericLessThanPath(data.count, input.limit))).toEqual({
      Variable: "$['count']",
      NumericLessThanPath: "$$.Execution.Input['limit']",
    });
  });

  test("and, or and not", () => {
    const isNull = ChoiceRule.isNull("$.c", true);
    const both = ChoiceRule.and([ChoiceRule.stringEquals("$.a", "x"), ChoiceRule.booleanEquals("$.b", true)]);
    expect(rule(ChoiceRule.or([both, ChoiceRule.not(isNull)]))).toEqual({
      Or: [
        {
          And: [
            { Variable: "$.a", StringEquals: "x" },
            { Variable: "$.b", BooleanEquals: true },
          ],
        },
        { Not: { Variable: "$.c", IsNull: true } },
      ],
    });
  });
});

const fluent: readonly { readonly name: string; readonly condition: Condition; readonly rule: Json }[] = [
  {
    name: "equals of texts",
    condition: when(data.text).equals("a"),
    rule: { Variable: "$['text']", StringEquals: "a" },
  },
  {
    name: "equals of a text that begins with $",
    condition: when(data.text).equals("$5"),
    rule: { Variable: "$['text']", StringEquals: "$5" },
  },
  {
    name: "equals of one of some texts",
    condition: when(data.color).equals("red"),
    rule: { Variable: "$['color']", StringEquals: "red" },
  },
  {
    name: "equals of references",
    condition: when(data.text).equals(data.color),
    rule: { Variable: "$['text']", StringEqualsPath: "$['color']" },
  },
  {
    name: "matches",
    condition: when(data.text).matches("a*"),
    rule: { Variable: "$['text']", StringMatches: "a*" },
  },
  {
    name: "an order of texts",
    condition: when(data.text).lessThanEquals("b"),
    rule: { Variable: "$['text']", StringLessThanEquals: "b" },
  },
  {
    name: "equals of numbers",
    condition: when(data.count).equals(3),
    rule: { Variable: "$['count']", NumericEquals: 3 },
  },
  {
    name: "lessThan",
    condition: when(data.count).lessThan(3),
    rule: { Variable: "$['count']", NumericLessThan: 3 },
  },
  {
    name: "greaterThanEquals",
    condition: when(data.count).greaterThanEquals(3),
    rule: { Variable: "$['count']", NumericGreaterThanEquals: 3 },
  },
  {
    name: "an order of references",
    condition: when(data.count).greaterThan(input.limit),
    rule: { Variable: "$['count']", NumericGreaterThanPath: "$$.Execution.Input['limit']" },
  },
  {
    name: "equals of booleans",
    condition: when(data.flag).equals(true),
    rule: { Variable: "$['flag']", BooleanEquals: true },
  },
  { name: "at", condition: when(data.text).at(time), rule: { Variable: "$['text']", TimestampEquals: time } },
  { name: "before", condition: when(data.text).before(time), rule: { Variable: "$['text']", TimestampLessThan: time } },
  {
    name: "after a date",
    condition: when(data.text).after(new Date(0)),
    rule: { Variable: "$['text']", TimestampGreaterThan: "1970-01-01T00:00:00.000Z" },
  },
  {
    name: "atOrBefore",
    condition: when(data.text).atOrBefore(time),
    rule: { Variable: "$['text']", TimestampLessThanEquals: time },
  },
  {
    name: "atOrAfter a reference",
    condition: when(data.text).atOrAfter(data.color),
    rule: { Variable: "$['text']", TimestampGreaterThanEqualsPath: "$['color']" },
  },
  { name: "isPresent", condition: when(data.text).isPresent(), rule: { Variable: "$['text']", IsPresent: true } },
  {
    name: "isPresent(false)",
    condition: when(data.text).isPresent(false),
    rule: { Variable: "$['text']", IsPresent: false },
  },
  { name: "isNull", condition: when(data.list).isNull(), rule: { Variable: "$['list']", IsNull: true } },
  { name: "isString", condition: when(data.text).isString(), rule: { Variable: "$['text']", IsString: true } },
  { name: "isNumeric", condition: when(data.text).isNumeric(), rule: { Variable: "$['text']", IsNumeric: true } },
  { name: "isBoolean", condition: when(data.text).isBoolean(), rule: { Variable: "$['text']", IsBoolean: true } },
  { name: "isTimestamp", condition: when(data.text).isTimestamp(), rule: { Variable: "$['text']", IsTimestamp: true } },
  {
    name: "a value of unknown type, by the constant",
    condition: when(data.untyped).equals(3),
    rule: { Variable: "$['untyped']", NumericEquals: 3 },
  },
  {
    name: "a value of unknown type, by the other's type",
    condition: when(untyped).lessThan(data.count),
    rule: { Variable: "$", NumericLessThanPath: "$['count']" },
  },
  { name: "a path as text", condition: when("$.a").equals(true), rule: { Variable: "$.a", BooleanEquals: true } },
  {
    name: "and of several",
    condition: when(data.count).greaterThan(1).and(when(data.count).lessThan(3)).and(when(data.flag).equals(true)),
    rule: {
      And: [
        { Variable: "$['count']", NumericGreaterThan: 1 },
        { Variable: "$['count']", NumericLessThan: 3 },
        { Variable: "$['flag']", BooleanEquals: true },
      ],
    },
  },
  {
    name: "or of and and not",
    condition: when(data.flag)
      .isNull()
      .and(when(data.count).isNull())
      .or(not(when(data.text).equals(""))),
    rule: {
      Or: [
        {
          And: [
            { Variable: "$['flag']", IsNull: true },
            { Variable: "$['count']", IsNull: true },
          ],
        },
        { Not: { Variable: "$['text']", StringEquals: "" } },
      ],
    },
  },
];

describe("when", () => {
  test.each(fluent)("$name", ({ condition, rule: expected }) => {
    expect(rule(condition)).toEqual(expected);
  });
});

const i = "$states.input";
const missing = (names: string): string => `$error('not in the data: ${names}')`;

describe("a condition in JSONata", () => {
  test("says when its value is not there", () => {
    expect(source(when(data.count).equals(3))).toBe(
      `{% $exists(${i}.count) ? ${i}.count = 3 : ${missing(`${i}.count`)} %}`,
    );
  });

  test("tests the type before it compares", () => {
    expect(source(when(data.count).greaterThan(3))).toBe(
      `{% $exists(${i}.count) ? $type(${i}.count) = 'number' and ${i}.count > 3 : ${missing(`${i}.count`)} %}`,
    );
  });

  test("needs no test of what is known to be there", () => {
    const condition = when(data.text).isPresent().and(when(data.text).equals("a"), when(data.text).matches("*.csv"));
    expect(source(condition)).toBe(
      `{% $exists(${i}.text) and ${i}.text = 'a' and ($type(${i}.text) = 'string' and $contains(${i}.text, /^[\\s\\S]*\\x2ecsv$/)) %}`,
    );
  });

  test("of two references asks for both", () => {
    expect(source(when(data.text).equals(data.color))).toBe(
      `{% $exists(${i}.text) and $exists(${i}.color) ? $type(${i}.text) = 'string' and ${i}.text = ${i}.color : ${missing(`${i}.text or ${i}.color`)} %}`,
    );
  });

  test("reads a path that is given as text", () => {
    expect(source(ChoiceRule.isPresent("$.a['b c']", false))).toBe("{% $not($exists($states.input.a.`b c`)) %}");
  });

  test("evaluates what a function gives once", () => {
    expect(source(when(States.arrayLength(data.list)).greaterThan(0))).toBe(
      `{% (function($left) { $exists($left) ? $type($left) = 'number' and $left > 0 : ${missing(`$count(${i}.list)`)} })($count(${i}.list)) %}`,
    );
  });

  test("compares what JSONata gives", () => {
    expect(source(not(when(jsonata<boolean>`${data.count} in ${data.list}`).equals(true)))).toBe(
      `{% $not((function($left) { $exists($left) ? $left = true : ${missing(`${i}.count in ${i}.list`)} })(${i}.count in ${i}.list)) %}`,
    );
  });

  test("cannot read a path with a filter", () => {
    const { issues } = lowered(ChoiceRule.isNull("$.a[*]", true), "JSONata");
    expect(issues.map(({ code, path }) => [code, ...path])).toEqual([["unsupported_in_jsonata", "Condition"]]);
    expect(rule(ChoiceRule.isNull("$.a[*]", true))).toEqual({ Variable: "$.a[*]", IsNull: true });
  });
});

/** As a program without types calls. */
const loose = ChoiceRule as unknown as Record<string, (...args: readonly unknown[]) => Condition>;
const call = (name: string, ...args: readonly unknown[]): Condition => {
  const make = loose[name];
  if (make === undefined) throw new Error(`no operator ${name}`);
  return make(...args);
};
const fluently = (value: unknown): Record<string, (value?: unknown) => Condition> => when(value as never) as never;

const misuse: readonly { readonly name: string; readonly condition: Condition; readonly issues: readonly string[] }[] =
  [
    {
      name: "a variable that is no path",
      condition: call("stringEquals", "v", "x"),
      issues: ["invalid_condition Variable"],
    },
    {
      name: "a variable that is nothing",
      condition: call("stringEquals", undefined, "x"),
      issues: ["invalid_condition Variable"],
    },
    {
      name: "a text for a number",
      condition: call("numericEquals", "$.v", "1"),
      issues: ["invalid_condition NumericEquals"],
    },
    {
      name: "true for a number",
      condition: call("numericEquals", "$.v", true),
      issues: ["invalid_condition NumericEquals"],
    },
    {
      name: "no finite number",
      condition: call("numericEquals", "$.v", Number.NaN),
      issues: ["invalid_condition NumericEquals"],
    },
    {
      name: "a number for a text",
      condition: call("stringEquals", "$.v", 1),
      issues: ["invalid_condition StringEquals"],
    },
    {
      name: "a text for a type test",
      condition: call("isPresent", "$.v", "true"),
      issues: ["invalid_condition IsPresent"],
    },
    {
      name: "a path that is none",
      condition: call("numericEqualsPath", "$.v", "w"),
      issues: ["invalid_condition NumericEqualsPath"],
    },
    {
      name: "a timestamp that is none",
      condition: call("timestampEquals", "$.v", "yesterday"),
      issues: ["invalid_condition TimestampEquals"],
    },
    {
      name: "a timestamp without a zone",
      condition: call("timestampEquals", "$.v", "2026-01-31T12:00:00"),
      issues: ["invalid_condition TimestampEquals"],
    },
    {
      name: "a day that its month does not have",
      condition: call("timestampEquals", "$.v", "2026-02-31T12:00:00Z"),
      issues: ["invalid_condition TimestampEquals"],
    },
    {
      name: "an invalid date",
      condition: when(data.text).before(new Date(Number.NaN)),
      issues: ["invalid_condition TimestampLessThan"],
    },
    { name: "an empty and", condition: call("and", []), issues: ["invalid_condition And"] },
    { name: "an empty or", condition: call("or", []), issues: ["invalid_condition Or"] },
    { name: "and of no list", condition: call("and", "x"), issues: ["invalid_condition And"] },
    { name: "and of a text", condition: call("and", ["x"]), issues: ["invalid_condition And 0"] },
    { name: "not of a text", condition: call("not", "x"), issues: ["invalid_condition Not"] },
    {
      name: "a placeholder as a constant",
      condition: call("numericEquals", "$.v", data.count),
      issues: ["invalid_condition NumericEquals"],
    },
    {
      name: "a placeholder of another type",
      condition: call("numericEquals", data.text, 1),
      issues: ["invalid_condition Variable"],
    },
    {
      name: "a placeholder of another type on the other side",
      condition: call("numericEqualsPath", data.count, data.text),
      issues: ["invalid_condition NumericEqualsPath"],
    },
    {
      name: "a comparison of a list",
      condition: fluently(data.list)["equals"]?.(1) ?? call("and", []),
      issues: ["invalid_condition Variable"],
    },
    {
      name: "an order of booleans",
      condition: fluently(data.flag)["lessThan"]?.(true) ?? call("and", []),
      issues: ["invalid_condition"],
    },
    {
      name: "a comparison with null",
      condition: fluently(data.untyped)["equals"]?.(null) ?? call("and", []),
      issues: ["invalid_condition"],
    },
    {
      name: "two values of unknown type",
      condition: fluently(data.untyped)["equals"]?.(untyped) ?? call("and", []),
      issues: ["invalid_condition"],
    },
    {
      name: "what is wrong at several places",
      condition: call("and", [call("isNull", "v", true), call("not", call("or", [call("isNull", "$.v", 1), "x"]))]),
      issues: [
        "invalid_condition And 0 Variable",
        "invalid_condition And 1 Not Or 1",
        "invalid_condition And 1 Not Or 0 IsNull",
      ],
    },
  ];

describe("what is wrong is an issue at its place, not thrown", () => {
  test.each(misuse)("$name", ({ condition, issues }) => {
    expect(issuesOf(condition)).toEqual(issues);
    expect(lowered(condition, "JSONata").issues).not.toEqual([]);
  });

  test("the message says what was expected and what came", () => {
    expect(lowered(call("numericEquals", "v", true), "JSONPath").issues.map(({ message }) => message)).toEqual([
      'expected a placeholder or a path that begins with $, got "v"',
      "expected a number, got true",
    ]);
  });

  test("what is no condition", () => {
    const issues: Issue[] = [];
    const place = (language: QueryLanguage) => ({ issues, language, print: () => undefined });
    lowerCondition(true, place("JSONPath"), new Path(["States", "A", "Choices"], 0));
    lowerCondition({ Variable: "$.a" }, place("JSONata"), new Path(["States", "A", "Choices"], 1));
    expect(issues.map(({ code, path }) => [code, ...path])).toEqual([
      ["invalid_condition", "States", "A", "Choices", 0],
      ["invalid_condition", "States", "A", "Choices", 1, "Condition"],
    ]);
  });

  test("a choice rule of JSONPath compares no computed value", () => {
    const { issues } = lowered(when(States.arrayLength(data.list)).equals(3), "JSONPath");
    expect(issues.map(({ code, path }) => [code, ...path])).toEqual([["unsupported_in_jsonpath", "Variable"]]);
    expect(issues[0]?.hint).toContain("JSONata");
  });

  test("a condition that nests too deep or grows without end", () => {
    let deep = when(data.flag).isNull();
    for (let level = 0; level < 300; level++) deep = not(deep);
    expect(issuesOf(deep)).toEqual(["nesting_too_deep"]);
    let wide = when(data.flag).isNull();
    for (let level = 0; level < 40; level++) wide = wide.and(wide);
    expect(issuesOf(wide)).toEqual(["nesting_too_deep"]);
    const many = Array.from({ length: 200_000 }, () => when(data.flag).isNull());
    expect(issuesOf(ChoiceRule.or(many))).toEqual(["nesting_too_deep"]);
  });
});

test("a condition never changes", () => {
  const first = when(data.count).greaterThan(1);
  const before = rule(first);
  first.and(when(data.flag).isNull());
  expect(rule(first)).toEqual(before);
  expect(Object.isFrozen(first)).toBe(true);
});
