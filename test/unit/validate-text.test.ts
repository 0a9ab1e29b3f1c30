// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the placeholders of CloudFormation.
import { describe, expect, test } from "vitest";
import { validate } from "../../src/index.js";
import { Findings } from "../../src/validate/findings.js";
import type { ValidateOptions, ValidationIssue } from "../../src/validate/issue.js";
import { jsonFault } from "../../src/validate/text/json-fault.js";
import { readDefinition } from "../../src/validate/text/read-definition.js";
import { growth, mostGrowth } from "./growth.js";

/** What reading alone says and gives. */
function read(definition: unknown, options: ValidateOptions = {}) {
  const findings = new Findings();
  const { value, hasOpenTexts } = readDefinition(definition, findings, options);
  return { value, hasOpenTexts, codes: findings.all.map(({ code }) => code), findings: findings.all };
}

function first(issues: readonly ValidationIssue[]): ValidationIssue {
  const [issue] = issues;
  if (issue === undefined) throw new Error("expected an issue");
  return issue;
}

const values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

describe("JSON that is none, in the words of AWS's parser", () => {
  test("the recorded answer", () => {
    const location = '[Source: (String)"not a definition"; line: 1, column: 4]';
    expect(first(validate("not a definition"))).toMatchObject({
      code: "INVALID_JSON_DESCRIPTION",
      location,
      message: `Unrecognized token 'not': was expecting ${values}\n at ${location}`,
      pointer: "",
      line: 1,
      column: 1,
    });
  });

  const cases: readonly (readonly [text: string, message: string, place: string])[] = [
    [
      "{'a': 1}",
      "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
      "line: 1, column: 3",
    ],
    [
      '{"a": 1,}',
      "Unexpected character ('}' (code 125)): was expecting double-quote to start field name",
      "line: 1, column: 10",
    ],
    [
      '{"a" 1}',
      "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
      "line: 1, column: 7",
    ],
    [
      '{"a": 1 "b": 2}',
      `Unexpected character ('"' (code 34)): was expecting comma to separate Object entries`,
      "line: 1, column: 10",
    ],
    [
      "[1 2]",
      "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries",
      "line: 1, column: 5",
    ],
    ["[1,]", `Unexpected character (']' (code 93)): expected a valid value ${values}`, "line: 1, column: 5"],
    ['{"a":}', "Unexpected character ('}' (code 125)): expected a value", "line: 1, column: 7"],
    ['{\r\n "a": tru\n}', `Unrecognized token 'tru': was expecting ${values}`, "line: 2, column: 10"],
    ['{"a": ${X}}', `Unrecognized token '$': was expecting ${values}`, "line: 1, column: 8"],
    [
      '{"a": NaN}',
      "Non-standard token 'NaN': enable JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow",
      "line: 1, column: 10",
    ],
    ['{"a": 01}', "Invalid numeric value: Leading zeroes not allowed", "line: 1, column: 8"],
    [
      '{"a": 1.x}',
      "Unexpected character ('x' (code 120)) in numeric value: Decimal point not followed by a digit",
      "line: 1, column: 10",
    ],
    [
      '{"a": 1e}',
      "Unexpected character ('}' (code 125)) in numeric value: Exponent indicator not followed by a digit",
      "line: 1, column: 10",
    ],
    [
      '{"a": -x}',
      "Unexpected character ('x' (code 120)) in numeric value: expected digit (0-9) to follow minus sign, for valid numeric value",
      "line: 1, column: 9",
    ],
    [
      '{"a": "x\ny"}',
      "Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value",
      "line: 1, column: 10",
    ],
    [
      '{"a\t": 1}',
      "Illegal unquoted character ((CTRL-CHAR, code 9)): has to be escaped using backslash to be included in name",
      "line: 1, column: 5",
    ],
    ['{"a": "\\q"}', "Unrecognized character escape 'q' (code 113)", "line: 1, column: 10"],
    [
      '{"a": "\\u12g4"}',
      "Unexpected character ('g' (code 103)): expected a hex-digit for character escape sequence",
      "line: 1, column: 13",
    ],
    ['{"a": "x', "Unexpected end-of-input: was expecting closing quote for a string value", "line: 1, column: 9"],
    ['{"a": 1,', "Unexpected end-of-input within/between Object entries", "line: 1, column: 9"],
    [
      "{\u00a0}",
      "Unexpected character ('\u00a0' (code 160)): was expecting double-quote to start field name",
      "line: 1, column: 3",
    ],
    [
      "{\v}",
      "Illegal character ((CTRL-CHAR, code 11)): only regular white space (\\r, \\n, \\t) is allowed between tokens",
      "line: 1, column: 3",
    ],
    [
      "\ufeff{}",
      `Unexpected character ('\ufeff' (code 65279 / 0xfeff)): expected a valid value ${values}`,
      "line: 1, column: 2",
    ],
    [
      "// note\n{}",
      "Unexpected character ('/' (code 47)): maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)",
      "line: 1, column: 2",
    ],
  ];
  test.each(cases)("%j", (text, message, place) => {
    const location = `[Source: (String)"${text}"; ${place}]`;
    const issue = first(validate(text));
    expect(issue).toMatchObject({ code: "INVALID_JSON_DESCRIPTION", location });
    expect(issue.message).toBe(`${message}\n at ${location}`);
  });

  test("an end within an object names where the object begins", () => {
    expect(jsonFault('{"a":\n {"b": 1}')?.message).toBe(
      'Unexpected end-of-input: expected close marker for Object (start marker at [Source: (String)"{"a":\n {"b": 1}"; line: 1, column: 1])\n at [Source: (String)"{"a":\n {"b": 1}"; line: 2, column: 10]',
    );
  });

  test("a bracket of the other kind names what it should close", () => {
    expect(jsonFault("[1}")?.message).toContain(
      `Unexpected close marker '}': expected ']' (for Array starting at [Source: (String)"[1}"; line: 1, column: 1])`,
    );
  });

  test("of a long text the first 500 characters are shown, of a longer one nothing", () => {
    expect(jsonFault(`[${"1,".repeat(400)}x]`)?.location).toMatch(
      /^\[Source: \(String\)"\[(1,){249}1"\[truncated 303 chars\]; line: 1, column: 803\]$/,
    );
    expect(jsonFault(`[${"1,".repeat(20_000)}x]`)?.location).toBe("[Source: (StringReader); line: 1, column: 40003]");
  });

  test.each(["", " ", "\n\t", "[]", "5", "null", '"text"', null, 5])(
    "%j is no object, and stands nowhere",
    (definition) => {
      const issues = validate(definition);
      expect(issues).toHaveLength(1);
      expect(issues[0]).toMatchObject({
        code: "SCHEMA_VALIDATION_FAILED",
        message: "Definition must be a valid JSON object",
      });
      expect(issues[0]).not.toHaveProperty("location");
    },
  );
});

describe("keys that are given twice", () => {
  test("a key of a state is a warning, at the second one", () => {
    const text = '{"StartAt": "A", "States": {\n "A": {"Type": "Pass",\n  "End": true, "Type": "Pass"}}}';
    expect(validate(text)).toEqual([
      expect.objectContaining({
        code: "duplicate_key",
        severity: "warning",
        pointer: "/States/A/Type",
        line: 3,
        column: 16,
      }),
    ]);
    expect(validate(text, { ignore: ["duplicate_key"] })).toEqual([]);
  });

  const state = '{"Type": "Pass", "End": true}';
  const map = (states: string) =>
    `{"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "B", "States": {${states}}}}`;
  const branch = (states: string) =>
    `{"Type": "Parallel", "End": true, "Branches": [{"StartAt": "B", "States": {${states}}}]}`;
  test.each([
    { name: "a state", inner: `"A": ${state}, "A": ${state}`, codes: ["DUPLICATE_STATE_NAME"] },
    {
      name: "a state by another spelling",
      inner: `"A": ${state}, "\\u0041": ${state}`,
      codes: ["DUPLICATE_STATE_NAME"],
    },
    {
      name: "a state within a Map",
      inner: `"A": ${map(`"B": ${state}, "B": ${state}`)}`,
      codes: ["DUPLICATE_STATE_NAME"],
    },
    {
      name: "a state of a branch",
      inner: `"A": ${branch(`"B": ${state}, "B": ${state}`)}`,
      codes: ["DUPLICATE_STATE_NAME"],
    },
    {
      name: "a key of States in data",
      inner: '"A": {"Type": "Pass", "End": true, "Result": {"States": {"B": 1, "B": 2}}}',
      codes: ["duplicate_key"],
    },
    {
      name: "__proto__",
      inner: '"A": {"Type": "Pass", "End": true, "Result": {"__proto__": 1, "__proto__": 2}}',
      codes: ["duplicate_key"],
    },
    {
      name: "the same key in two objects",
      inner: '"A": {"Type": "Pass", "End": true, "Result": [{"a": 1}, {"a": 1}]}',
      codes: [],
    },
  ])("$name", ({ inner, codes }) => {
    expect(read(`{"StartAt": "A", "States": {${inner}}}`).codes).toEqual(codes);
  });

  test("in YAML", () => {
    const text =
      "StartAt: A\nStates:\n  A: {Type: Pass, End: true}\n  A:\n    Type: Pass\n    End: true\n    Type: Pass\n";
    expect(validate(text)).toEqual([
      expect.objectContaining({ code: "DUPLICATE_STATE_NAME", message: "Duplicate State name: A", line: 4, column: 3 }),
      expect.objectContaining({ code: "duplicate_key", line: 7, column: 5 }),
    ]);
  });
});

describe("line and column", () => {
  test("a wrong value, a field that is not supported, and what is missing", () => {
    const text =
      '{\r\n  "StartAt": "B",\r\n  "States": {\r\n    "A": {"Type": "Pass",\r\n      "TimeoutSeconds": 5, "Next": "A\\"x"}}}';
    const places = validate(text).map(({ message, line, column }) => ({ message, line, column }));
    expect(places).toContainEqual({ message: "Missing 'Next' target: B", line: 2, column: 14 });
    expect(places).toContainEqual({ message: "Field 'TimeoutSeconds' is not supported", line: 5, column: 7 });
    expect(places).toContainEqual({ message: "Missing 'Next' target: A\"x", line: 5, column: 36 });
    expect(first(validate('\n {"States": {"A": {"Type": "Succeed"}}}'))).toMatchObject({ line: 2, column: 2 });
  });

  test("in YAML, through aliases too", () => {
    const text =
      "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: &next Z\n  B:\n    Type: Pass\n    Next: *next\n";
    const lines = validate(text).filter(({ message }) => message === "Missing 'Next' target: Z");
    expect(lines.map(({ line, column }) => ({ line, column }))).toEqual([
      { line: 5, column: 17 },
      { line: 8, column: 11 },
    ]);
  });

  test("data have none", () => {
    expect(first(validate({}))).not.toHaveProperty("line");
  });
});

describe("YAML", () => {
  test("holds what JSON would hold", () => {
    const text =
      "# a machine\nStartAt: A\nStates:\n  A:\n    Type: Wait\n    Seconds: 30\n    Comment: |\n      two\n      lines\n    End: true\n";
    expect(read(text).value).toEqual({
      StartAt: "A",
      States: { A: { Type: "Wait", Seconds: 30, Comment: "two\nlines\n", End: true } },
    });
    expect(validate(text)).toEqual([]);
  });

  test("merges what is to be merged", () => {
    expect(read("a: &a {x: 1}\nb: {<<: *a, y: 2}").value).toEqual({ a: { x: 1 }, b: { y: 2, x: 1 } });
    expect(read("a: &a {x: 1, y: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: [*b, {x: 5, z: 3}]}").value).toMatchObject({
      c: { x: 5, y: 2, z: 3 },
    });
  });

  test("tags of CloudFormation stand for any text", () => {
    const text =
      "StartAt: A\nStates:\n  A:\n    Type: Task\n    Resource: !GetAtt Fn.Arn\n    TimeoutSeconds: !Ref Timeout\n    Comment: !Join ['', [a]]\n    End: true\n";
    expect(read(text)).toMatchObject({ hasOpenTexts: true, codes: [] });
    expect(read(text).value).toMatchObject({
      States: { A: { Resource: "${Fn.Arn}", TimeoutSeconds: "${Timeout}", Comment: "${!Join}" } },
    });
    expect(validate(text)).toEqual([]);
  });

  test("that cannot be read says where", () => {
    const issue = first(validate("StartAt: A\nStates: [\nB: 1"));
    expect(issue).toMatchObject({ code: "INVALID_JSON_DESCRIPTION", line: 3, column: 1 });
    expect(issue.message).toContain("at line 3, column 1");
    expect(issue).not.toHaveProperty("location");
  });

  test("an alias without an anchor says where", () => {
    expect(first(validate("a: 1\nb: *z"))).toMatchObject({
      message: "Unresolved alias: z",
      line: 2,
      column: 4,
      hint: "mend the YAML at the line and column that are named",
    });
  });

  test("many aliases and merge keys take time that grows as their text does", () => {
    const keys = (count: number): string => ["a: &a k", ...Array<string>(count).fill("*a : 1")].join("\n");
    const merges = (count: number): string =>
      ["a: &a {b: 1}", ...Array.from({ length: count }, (_, index) => `k${index}: {<<: *a}`)].join("\n");
    expect(read(keys(5_000)).value).toEqual({ a: "k", k: 1 });
    expect(read(merges(5_000)).value).toMatchObject({ k4999: { b: 1 } });
    const both = (count: number): unknown => [read(keys(count)), read(merges(count))];
    expect(growth(both, 1_250)).toBeLessThan(mostGrowth);
  });

  test("what aliases make of little is not copied out", () => {
    const rows = [..."bcdefghij"].map(
      (name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefghi"[index]}`)}]`,
    );
    expect(read(["a: &a [1]", ...rows].join("\n")).codes).toEqual(["SCHEMA_VALIDATION_FAILED"]);
  });

  test("is what the format says, and a mapping where it says nothing", () => {
    expect(read("{a: 1}").codes).toEqual(["INVALID_JSON_DESCRIPTION"]);
    expect(read("{a: 1}", { format: "yaml" }).value).toEqual({ a: 1 });
    expect(read("a: 1").value).toEqual({ a: 1 });
    expect(read("a: 1", { format: "json" }).codes).toEqual(["INVALID_JSON_DESCRIPTION"]);
    expect(read("- a: 1").codes).toEqual(["INVALID_JSON_DESCRIPTION"]);
    expect(read("\ufeffa: 1\r\nb: 2").value).toEqual({ a: 1, b: 2 });
  });
});

describe("placeholders", () => {
  const text =
    '{"Comment": "for ${Who} and ${Other}",\n "TimeoutSeconds": ${Timeout}, "States": {"${Who}": ${Missing}}, "Z": 5, "Z": 6}';

  test("those outside of quotes are read where placeholders are known, and places stay those of the text", () => {
    expect(read(text).codes).toEqual(["INVALID_JSON_DESCRIPTION"]);
    const { value, hasOpenTexts, findings } = read(text, { substitutions: { Who: 'me "x"', Timeout: "30" } });
    expect(value).toEqual({
      Comment: 'for me "x" and ${Other}',
      TimeoutSeconds: 30,
      States: { 'me "x"': "${Missing}" },
      Z: 6,
    });
    expect(hasOpenTexts).toBe(true);
    expect(findings).toEqual([expect.objectContaining({ code: "duplicate_key", position: { line: 2, column: 74 } })]);
  });

  test("names of states are filled in, and found again", () => {
    const machine = '{"StartAt": "${S}",\n "States": {\n  "${S}": {"Type": "Pass",\n "Next": "${N}"}}}';
    expect(validate(machine, { substitutions: { S: "A", N: "B" } })).toContainEqual(
      expect.objectContaining({ pointer: "/States/A/Next", line: 4, column: 10 }),
    );
  });

  test("a value is never looked up on the prototype", () => {
    expect(read('{"a": "${constructor} ${__proto__}"}', { substitutions: {} }).value).toEqual({
      a: "${constructor} ${__proto__}",
    });
  });

  test("all stay open by default, and the given data stay as they are", () => {
    const data = { a: "${X}" };
    expect(read(data, { substitutions: true }).value).toEqual(data);
    expect(read(data, { substitutions: { X: "1" } }).value).toEqual({ a: "1" });
    expect(data).toEqual({ a: "${X}" });
    expect(read(data).hasOpenTexts).toBe(false);
  });
});

describe("hostile input gets a verdict", () => {
  const cyclic: Record<string, unknown> = {};
  cyclic.States = { A: [cyclic] };
  let shared: unknown = {};
  for (let level = 0; level < 100; level++) shared = { a: shared, b: shared };
  let deep: unknown = {};
  for (let level = 0; level < 100_000; level++) deep = { deep };
  const laughs = [..."bcdefghij"].map(
    (name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefghi"[index]}`)}]`,
  );

  test.each<{ name: string; definition: unknown; codes: readonly string[] }>([
    { name: "50 MiB", definition: "[".repeat(50 * 1024 * 1024), codes: ["SCHEMA_VALIDATION_FAILED"] },
    { name: "100,000 levels", definition: `{"a":${"[".repeat(1e5)}${"]".repeat(1e5)}}`, codes: ["TOO_DEEPLY_NESTED"] },
    { name: "100,000 levels that stay open", definition: '{"a":'.repeat(1e5), codes: ["INVALID_JSON_DESCRIPTION"] },
    { name: "100,000 levels of data", definition: deep, codes: ["TOO_DEEPLY_NESTED"] },
    {
      name: "100,000 levels of YAML",
      definition: `a: ${"[".repeat(1e5)}${"]".repeat(1e5)}`,
      codes: ["TOO_DEEPLY_NESTED"],
    },
    { name: "data that contain themselves", definition: cyclic, codes: ["SCHEMA_VALIDATION_FAILED"] },
    { name: "YAML that contains itself", definition: "a: &a [*a]", codes: ["SCHEMA_VALIDATION_FAILED"] },
    { name: "data that are small and endless", definition: shared, codes: ["SCHEMA_VALIDATION_FAILED"] },
    { name: "a billion laughs", definition: ["a: &a [1]", ...laughs].join("\n"), codes: ["SCHEMA_VALIDATION_FAILED"] },
    { name: "a date", definition: { a: new Date(0) }, codes: ["SCHEMA_VALIDATION_FAILED"] },
    { name: "a Map", definition: new Map(), codes: ["SCHEMA_VALIDATION_FAILED"] },
    {
      name: "numbers that are none",
      definition: { a: [Number.NaN, 1n] },
      codes: Array(2).fill("SCHEMA_VALIDATION_FAILED"),
    },
    { name: "a function", definition: () => 1, codes: ["SCHEMA_VALIDATION_FAILED"] },
    { name: "a list with a hole", definition: { a: [undefined] }, codes: ["SCHEMA_VALIDATION_FAILED"] },
    { name: "a member that is undefined", definition: { a: undefined }, codes: [] },
    { name: "half a character", definition: '{"\ud800": "\udfff"}', codes: [] },
    { name: "a prototype as a key", definition: '{"__proto__": {"a": 1}}', codes: [] },
  ])("$name", ({ definition, codes }) => {
    expect(read(definition).codes).toEqual(codes);
    expect(() => validate(definition, { substitutions: { a: "b" } })).not.toThrow();
  });

  test("a getter is asked once, and may throw", () => {
    let asked = 0;
    const data = {
      get a() {
        asked++;
        return asked;
      },
    };
    expect(read(data).value).toEqual({ a: 1 });
    const thrower = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error("no");
        },
      },
    );
    expect(read({ thrower }).findings[0]?.message).toBe("Expected plain data, got an error: no");
  });

  test("a prototype as a key stays data", () => {
    const value = read(JSON.parse('{"__proto__": {"States": 1}}')).value as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect(value.States).toBeUndefined();
  });
});
