import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { inspectIntrinsic, inspectPath, isUnreadable } from "../../src/expression/inspect-path.js";
import { looksLikeIntrinsic } from "../../src/expression/intrinsic-parser.js";
import { planSource } from "../../src/interpreter/template.js";

describe("a path is known by its root, its segments and whether it leads to one place", () => {
  test.each([
    ["$", "input", "", [], true],
    ["$.a.b-c", "input", "", ["a", "b-c"], true],
    ["$.a[0][12]", "input", "", ["a", 0, 12], true],
    ["$[0]", "input", "", [0], true],
    ["$['a b'][-1]", "input", "", ["a b", -1], true],
    ["$.a\\.b", "input", "", ["a.b"], true],
    ["$.Snapshots.[0].State", "input", "", ["Snapshots", 0, "State"], true],
    ["$$.Map.Item.Value", "context", "", ["Map", "Item", "Value"], true],
    ["$$.Execution.Name ", "context", "", ["Execution", "Name"], true],
    ["$var.x", "variable", "var", ["x"], true],
    ["$größe[1]", "variable", "größe", [1], true],
    ["$.a:b", "input", "", ["a:b"], false],
    ["$.a[01]", "input", "", ["a", 1], false],
    ["$.a['b','c']", "input", "", ["a"], false],
    ["$.a[0,1].b", "input", "", ["a"], false],
    ["$.a[1:]", "input", "", ["a"], false],
    ["$.a[-2:-1:1]", "input", "", ["a"], false],
    ["$.a.*", "input", "", ["a"], false],
    ["$.[*].['bucket', 'key']", "input", "", [], false],
    ["$..x", "input", "", [], false],
    ["$..[0]", "input", "", [], false],
    ["$.a.length()", "input", "", ["a"], false],
    ["$.a.concat('x', $.b, 1)", "input", "", ["a"], false],
  ] as const)("%s", (text, root, variable, segments, isReference) => {
    expect(inspectPath(text)).toMatchObject({ root, variable, segments, isReference });
  });
});

test.each([
  "$[?(@.a)]",
  "$[?(!@.a)].b",
  "$[?(!(@.a == 1 || (@.b && @['c'] > 2)))]",
  "$[?(@.a==Failure)]",
  "$[?(@.a =~ /a.*\\/(/i)]",
  "$[?(@.a in ['x', 'y]'])]",
  "$[?(@.a nin [1,2])]",
  "$[?('x' in @.list)]",
  "$[?(@.size() > 2)]",
  "$[?(@.a.length()==2)]",
  "$[?(@.list empty true)]",
  "$[?(@.a == $.b[?(@.c)].d)]",
  "$[?(@ == 'a)]')]",
  "$[?(@['a b'] != null)]",
])("a filter of Jayway's is read: %s", (text) => {
  expect(inspectPath(text)).toMatchObject({ isReference: false, segments: [] });
});

test.each([
  ["", 0],
  ["foo", 0],
  [".guid", 0],
  ["$...", 3],
  ["$.", 2],
  ["$.a..", 5],
  ["$.a b", 3],
  ["$$23", 2],
  ["$23", 1],
  ["$.a[", 4],
  ["$.a['b'", 7],
  ["$.a['b]", 7],
  ["$.a[b]", 4],
  ["$.a[1.5]", 5],
  ["$.a[?(@.b]", 10],
  ["$.a[?(@.b = 1)]", 10],
  ["$.a[?(@.b like 1)]", 10],
  ["$.a[?@.b]", 5],
  ["$.a[?(@.b == )]", 13],
  ["$.a[99999999999]", 4],
  ["$.f(", 4],
] as const)("%s is refused at character %i", (text, at) => {
  expect(inspectPath(text)).toMatchObject({ message: expect.any(String), at });
});

describe("calls of intrinsic functions", () => {
  test.each([
    ["States.Format('{}', $.a)", true, 1],
    ["States.ArrayGetItem($.a[?(@.k == Foo)].v, 0)", undefined, 1],
    ["States.MathAdd(States.ArrayLength($$.Execution.Input.m),-1)", false, 1],
    ["States.Format('{} \\'s', $..constraint,$.Name)", true, 2],
    ["States.UUID()   ", true, 0],
  ] as const)("%s is read", (text, givesText, paths) => {
    const call = inspectIntrinsic(text);
    expect(call).toMatchObject({ givesText });
    expect(isUnreadable(call) ? -1 : call.paths.length).toBe(paths);
  });

  test.each([
    "  States.Format($.template)",
    "States.JsonToString($",
    "States.StringToJson $.a)",
    "States. ",
    "JsonToString($)",
    "States\nJsonToString($)",
    "States.Xyz($)",
    "States.StringToJson('\\\"')",
    "States.JsonToString($.a b)",
    "States.UUID(1)",
    `${"States.Array(".repeat(11)}${")".repeat(11)}`,
  ])("%j is refused", (text) => {
    expect(inspectIntrinsic(text)).toMatchObject({ message: expect.any(String), at: expect.any(Number) });
  });
});

const corpus = new URL("../../../shared/conformance/definitions/", import.meta.url);

const ofServices: ReadonlySet<string> = new Set(["Path", "LocalPath", "S3OutputPath"]);

/** Texts under `.$` in templates, and of path fields, of states in JSONPath. */
function textsOf(definition: unknown): readonly (readonly [field: string, text: string])[] {
  const found: (readonly [string, string])[] = [];
  const pending = [definition];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value !== "object" || value === null) continue;
    if ("QueryLanguage" in value && value.QueryLanguage === "JSONata") continue;
    for (const [key, inner] of Object.entries(value)) {
      const isPath = key.endsWith(".$") || (/Path$|^Variable$/.test(key) && !ofServices.has(key));
      if (typeof inner === "string" && isPath) found.push([key, inner]);
      else if (key !== "Result") pending.push(inner);
    }
  }
  return found;
}

test.skipIf(!existsSync(corpus))("no path of a valid definition is refused, and the engine runs all of them", () => {
  const refused: unknown[] = [];
  for (const file of readdirSync(new URL("valid/", corpus))) {
    if (!file.endsWith(".json") || file.endsWith(".raw.json")) continue;
    for (const [field, text] of textsOf(JSON.parse(readFileSync(new URL(`valid/${file}`, corpus), "utf8")))) {
      const result = looksLikeIntrinsic(text) ? inspectIntrinsic(text) : inspectPath(text);
      if (isUnreadable(result)) refused.push([file, field, text, result]);
      const planned = planSource(text);
      if ("message" in planned) refused.push([file, field, text, planned.message]);
    }
  }
  expect(refused).toEqual([]);
});
