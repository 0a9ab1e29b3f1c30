import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { inspectByParser, inspectJsonata, type JsonataProblem } from "../../src/expression/inspect-jsonata.js";
import { expressionInText } from "../../src/expression/jsonata-literal.js";
import { readSimpleJsonata } from "../../src/expression/simple-jsonata.js";

const unsupported = (message: string): JsonataProblem => ({ code: "UNSUPPORTED_JSONATA_EXPRESSION", message });
const topLevel = (name: string): JsonataProblem =>
  unsupported(`Reference to '${name}' at the top level is not supported.`);

/** AWS's answers, as they were reported: the name that it says it cannot look up. */
const refused: readonly (readonly [source: string, ...names: string[]])[] = [
  ["phone", "phone"],
  ["`my phone`", "my phone"],
  ["phone[0].number", "phone"],
  ["-phone", "phone"],
  ["phone ? 1 : 2", "phone"],
  ["$states.input.a ? phone : 2", "phone"],
  ["phone in $states.input.b", "phone"],
  ["$sum(phone)", "phone"],
  ["phone(1)", "phone"],
  ["phone ~> $string()", "phone"],
  ["[1..phone]", "phone"],
  ["(phone).other", "phone"],
  ["[phone].other", "phone"],
  ["{phone: 1}", "phone"],
  ["($x := phone; $x)", "phone"],
  ["$map($states.input.a, function($y){ phone })", "phone"],
  ["$count(phone[inner])", "phone"],
  ["phone.**.deeper", "phone"],
  ["and", "and"],
  ["aaa + bbb", "aaa", "bbb"],
  ["[bbb, aaa]", "bbb", "aaa"],
  ["aaa + aaa", "aaa"],
  ["(aaa; bbb)", "aaa", "bbb"],
  ["$", "$"],
  ["$.phone", "$"],
  ["$[0]", "$"],
  ["$string($)", "$"],
  ["$map($states.input.a, function($x){ $ })", "$"],
];

const accepted = [
  "$states",
  "$states.input.phone",
  "$states.input.a.phone[0]",
  "$states.input.items[phone > 3]",
  "$states.input.a^(phone)",
  "$states.input.a{'k': phone}",
  "$states.input.a.(phone)",
  "$states.input.a.$phone",
  "$states.input ~> |phone|{'b': 1}|",
  "**.phone",
  "*",
  "{'k': 1}.phone",
  "$states.input.a[$ > 1]",
  "function($x){ $x.phone }",
  "'phone'",
  "$eval('1')",
  "$substring(?, 0, 1)",
  "$match($a, /(?:a|b)??/i)",
  "'?:' & '??' /* a ?: b */",
  "$f(/a(b)/)",
  "/(a+)+$/",
];

/** Messages are those of AWS, which are the parser's. */
const unparseable = [
  ["a[1,2)", 'Expected "]", got ","'],
  ['"unterminated', "String literal must be terminated by a matching quote"],
  ["1 +", "Unexpected end of expression"],
  ['{"a":}', 'The symbol "}" cannot be used as a unary operator'],
  ["$x :=", "Unexpected end of expression"],
  ['$match("a", /abc', "No terminating / in regular expression"],
  ["phone %.other", 'The symbol "." cannot be used as a unary operator'],
  ["", "Unexpected end of expression"],
  ["$a ?: 1", 'The symbol ":" cannot be used as a unary operator'],
  ["$a ?? 1", 'The symbol "?" cannot be used as a unary operator'],
  ["%", "The object representing the 'parent' cannot be derived from this expression"],
  ["1 /* a", "Comment has no closing tag"],
] as const;

const reads: readonly (readonly [source: string, variables: readonly string[], states: readonly string[]])[] = [
  ["$states.input.a & $states.context.b", [], ["input", "context"]],
  ["$a + $b.c[$d = 1] + $a", ["a", "b", "d"], []],
  ["$sum($a) + $randomSeeded($b)", ["a", "randomSeeded", "b"], []],
  ["($x := $a; $x + $y)", ["a", "y"], []],
  ["(($x := 1); $x)", ["x"], []],
  ["($f := function($n){ $n = 0 ? 1 : $f($n - 1) }; $f($a))", ["a"], []],
  ["($f := function($n){ $g($n) }; $g := function($n){ $f($n) }; $f(1))", [], []],
  ["$map($a, function($v, $i){ $v + $i + $w }) & $v", ["a", "w", "v"], []],
  ["$a@$x.b#$i[$x.c = $i].{'k': $x, 'l': $y}", ["a", "y"], []],
  ["$a{$k: $v}", ["a", "k", "v"], []],
  ["$states.result ~> |a|{'b': $c}, [$d]|", ["c", "d"], ["result"]],
  ["$b ~> $f ~> $string", ["b", "f"], []],
  ["$reduce($a, $append)", ["a"], []],
];

describe("inspectJsonata", () => {
  test.each(refused)("%s is refused for what stands at the top level", (source, ...names) => {
    expect(inspectJsonata(source).problems).toEqual(names.map(topLevel));
  });

  test.each(accepted)("%s is accepted", (source) => {
    expect(inspectJsonata(source).problems).toEqual([]);
  });

  test.each(unparseable)("%s cannot be read: %s", (source, message) => {
    expect(inspectJsonata(source)).toEqual({
      problems: [{ code: "INVALID_JSONATA_EXPRESSION", message }],
      variables: [],
      states: [],
    });
  });

  test.each(["$$", "$$.a", "$a[$$.b]"])("%s is refused for $$", (source) => {
    expect(inspectJsonata(source).problems).toEqual([unsupported("Reference to '$$' is not supported.")]);
  });

  test("$states cannot be assigned", () => {
    expect(inspectJsonata("$states := 1").problems).toEqual([unsupported("$states cannot be assigned")]);
  });

  test("members of $states are refused where they are not", () => {
    const source = "$states.errorOutput.Cause & $states.result & $states.input";
    expect(inspectJsonata(source).problems).toEqual([]);
    expect(inspectJsonata(source, ["errorOutput"]).problems).toEqual([
      unsupported("Field '$states.errorOutput' does not exist."),
    ]);
    expect(inspectJsonata("$states.input.result", ["result"]).problems).toEqual([]);
  });

  test.each(reads)("%s reads %s and of $states %s", (source, variables, states) => {
    expect(inspectJsonata(source)).toEqual({ problems: [], variables, states });
  });
});

const long = (text: string): string => text.repeat(Math.floor(99_000 / text.length));

describe("hostile expressions get a verdict", () => {
  const hostile: readonly (readonly [name: string, source: string])[] = [
    ["1 MB", "$a".repeat(500_000)],
    ["100,000 brackets", "(".repeat(99_999)],
    ["operators of later versions, each within the next", `${"(".repeat(40)}1${"??1)".repeat(40)}`],
    ["a long path", `$a${long(".b")}`],
    ["a long sum", `1${long("+1")}`],
    ["lone surrogates", long("\ud800")],
    ["lone surrogates in a text", `'${long("\ud800")}'`],
    ["parents of parents", `$a${".b".repeat(1000)}.[${"%.%,".repeat(10_000)}1]`],
    ["functions", long("function($x){")],
    ["a regular expression", `/${"(a+)+".repeat(1000)}$/`],
    ["names of the language", "$__proto__.__proto__ + $constructor + $toString.hasOwnProperty"],
  ];

  test.each(hostile)("%s", (_, source) => {
    const { problems, variables } = inspectJsonata(source);
    expect(problems.length).toBeLessThanOrEqual(1);
    expect(Array.isArray(variables)).toBe(true);
  });
});

const corpus = new URL("../../../shared/conformance/definitions/", import.meta.url);

describe.skipIf(!existsSync(fileURLToPath(corpus)))(
  "expressions of definitions in ../shared/conformance (skipped where they are not there)",
  () => {
    test("none of a valid definition is refused, and plain ones are read alike without the parser", () => {
      const sources = new Set<string>();
      const { items } = JSON.parse(readFileSync(new URL("manifest.json", corpus), "utf8")) as {
        readonly items: readonly { readonly file: string; readonly verdict: string }[];
      };
      for (const { file, verdict } of items) {
        const text = readFileSync(new URL(file, corpus), "utf8");
        if (verdict !== "valid" || !text.includes("{%")) continue;
        JSON.parse(text, (_, value: unknown) => {
          const source = typeof value === "string" ? expressionInText(value) : undefined;
          if (source !== undefined) sources.add(source);
          return value;
        });
      }
      expect(sources.size).toBeGreaterThan(100);
      for (const source of sources) {
        const inspection = inspectByParser(source);
        expect([source, ...inspection.problems]).toEqual([source]);
        expect(readSimpleJsonata(source) ?? inspection).toEqual(inspection);
      }
    });
  },
);
