import { describe, expect, test } from "vitest";
import * as z from "zod";
import { checkJsonata } from "../../src/expression/check-jsonata.js";
import { StepInput } from "../../src/expression/execution-input.js";
import { States } from "../../src/expression/intrinsics.js";
import { jsonata } from "../../src/expression/jsonata-expression.js";
import { printed, textIn } from "./print-expression.js";

const data = new StepInput(z.object({ rows: z.array(z.number()), count: z.int(), text: z.string() }));

const good = [
  "$sum($states.input.a)",
  "$states.input.rows[size > 1].name",
  "$states.input.(a + $.b)",
  "$map($states.input.a, function($x) { $x.(a + $) })",
  "$states.input.a^(>b)",
  "$states.input.a{kind: $sum(size)}",
  "$states.input.a@$x.b#$i.c.%.d",
  "$states.input ~> |rows|{'done': true}|",
  "$exists($a) ? $a : 1",
  "$a ? $a : $b",
  "($x := 1; $x + 1)",
  "'a' in $list",
  "$match($a, /a(b|c)/i)",
  "{'a': $a, 'b': [1, $b]}",
];

const bad = [
  { source: "$sum(", says: "before end of expression" },
  { source: "'a", says: "terminated" },
  { source: "{% $a %}", says: "without {% %}" },
  { source: "a + 1", says: 'look up "a"' },
  { source: "[a.b]", says: 'look up "a"' },
  { source: "{'k': a}", says: 'look up "a"' },
  { source: "a[$b = 1]", says: 'look up "a"' },
  { source: "$f(a)", says: 'look up "a"' },
  { source: "$", says: "no data at $" },
  { source: "$.a", says: "no data at $" },
  { source: "$map($states.input.a, function($x) { $x + $ })", says: "no data at $" },
  { source: "$map($states.input.a, function($x) { b })", says: 'look up "b"' },
  { source: "$$.a", says: "no data at $$" },
  { source: "$a[$$.b]", says: "no data at $$" },
  { source: "*", says: "look up *" },
  { source: "**.a", says: "look up *" },
  { source: "$a ?: 1", says: "2.0.6" },
  { source: "$a ?? 1", says: "2.0.6" },
  { source: "$a.b[0] ?? 1", says: "2.0.6" },
  { source: "-1 ?: [2]", says: "2.0.6" },
  { source: "$map($a, function($x) { $x ?: 1 })", says: "2.0.6" },
  { source: "$eval('1')", says: "$eval" },
  { source: "/a(/", says: "" },
  { source: `$a${"x".repeat(100_000)}`, says: "at most 100000 characters" },
  { source: "(".repeat(50_000), says: "too deep" },
];

describe("checkJsonata", () => {
  test.each(good)("accepts %s", (source) => {
    expect(checkJsonata(source)).toBeUndefined();
  });

  test.each(bad)("refuses $source", ({ source, says }) => {
    expect(checkJsonata(source)).toContain(says);
  });
});

describe("jsonata", () => {
  test("a text is written as it is", () => {
    expect(textIn(jsonata("$sum($states.input.a)"), "JSONata")).toBe("$sum($states.input.a)");
  });

  test("placeholders in a template are written as JSONata, with brackets where operators stand", () => {
    const expression = jsonata<number>`$sum(${data.rows}) * ${States.mathAdd(data.count, 1)} & ${"it's"} & ${[1, data.text]}`;
    expect(textIn(expression, "JSONata")).toBe(
      `$sum($states.input.rows) * ($states.input.count + 1) & "it's" & [1, $states.input.text]`,
    );
  });

  test("a backslash belongs to the expression, a backtick and ${ are written with one", () => {
    const expression = jsonata`$match(${data.text}, /\d+/) & '\`\${'`;
    expect(textIn(expression, "JSONata")).toBe("$match($states.input.text, /\\d+/) & '`${'");
  });

  test("it stands in brackets within other expressions", () => {
    expect(textIn(States.mathAdd(jsonata<number>("1 + 2"), 1), "JSONata")).toBe("$floor((1 + 2) + 0.5) + 1");
  });

  const misuse = [
    { name: "a syntax error", expression: jsonata("$sum("), code: "invalid_jsonata" },
    { name: "a syntax error around a placeholder", expression: jsonata`$sum(${data.rows}`, code: "invalid_jsonata" },
    { name: "a placeholder within a text", expression: jsonata`'${data.text}'`, code: "invalid_jsonata" },
    { name: "a placeholder within a comment", expression: jsonata`1 /* ${data.text} */`, code: "invalid_jsonata" },
    { name: "a placeholder after a dollar", expression: jsonata`$a$${data.text}`, code: "invalid_jsonata" },
    { name: "no text", expression: jsonata(3 as never), code: "invalid_argument" },
    { name: "a text with values", expression: jsonata("1", data.text), code: "invalid_argument" },
    { name: "a value that is no JSON", expression: jsonata`$f(${() => 1})`, code: "invalid_argument" },
  ];

  test("the message shows the expression with its placeholders numbered", () => {
    expect(printed(jsonata`$sum(${data.rows}`, "JSONata").issues[0]?.message).toMatchInlineSnapshot(
      `"Expected ")" before end of expression at character 18 of "$sum($placeholder1""`,
    );
  });

  test.each(misuse)("refuses $name", ({ expression, code }) => {
    const { text, issues } = printed(expression, "JSONata");
    expect(text).toBeUndefined();
    expect(issues.map((problem) => problem.code)).toEqual([code]);
  });
});
