import { expect, test } from "vitest";
import { isPathProblem, parseJsonPath, printJsonPath } from "../../src/expression/jsonpath.js";

const readable = [
  { text: "$", path: [] },
  { text: "$.a.b", path: ["a", "b"] },
  { text: "$['a']['b']", path: ["a", "b"] },
  { text: '$["a"]', path: ["a"] },
  { text: "$.a[0].b", path: ["a", 0, "b"] },
  { text: "$.a[0][22]", path: ["a", 0, 22] },
  { text: "$.a\\.b", path: ["a.b"] },
  { text: "$.größe", path: ["größe"] },
  { text: "$.foo-bar", path: ["foo-bar"] },
  { text: "$['it\\'s']", path: ["it's"] },
  { text: "$['\\u00e9']", path: ["é"] },
  { text: "$[ 'a' ]", path: ["a"] },
  // As AWS read it in a recording: the backslash before a quote that needs none stays.
  { text: '$[\'Test\\""Name"\']', path: ['Test\\""Name"'] },
  { text: "$['a\\\\b']", path: ["a\\b"] },
] as const;

test.each(readable)("reads $text", ({ text, path }) => {
  expect(parseJsonPath(text)).toEqual({ kind: "reference", root: { kind: "stateInput" }, path });
});

const roots = [
  { text: "$$.Execution.Input['a']", root: { kind: "executionInput" }, path: ["a"] },
  { text: "$$['Execution']['Input'].a", root: { kind: "executionInput" }, path: ["a"] },
  { text: "$$.Execution.Name", root: { kind: "context" }, path: ["Execution", "Name"] },
  { text: "$$", root: { kind: "context" }, path: [] },
  { text: "$bucket.name", root: { kind: "variable", name: "bucket" }, path: ["name"] },
] as const;

test.each(roots)("knows the root of $text", ({ text, root, path }) => {
  expect(parseJsonPath(text)).toEqual({ kind: "reference", root, path });
});

const refused = [
  "",
  "a",
  "$.",
  "$.a.",
  "$..a",
  "$.*",
  "$[*]",
  "$[0:1]",
  "$[?(@.a)]",
  "$['a'",
  "$['a]",
  "$[01]",
  "$[1.5]",
  "$[",
  "$ .a",
  "$['\\u12']",
];

test.each(refused)("refuses %j as a reference", (text) => {
  const result = parseJsonPath(text);
  expect(isPathProblem(result)).toBe(true);
});

test("context fields are printed with dots, as AWS writes them", () => {
  const path = ["Map", "Item", "Value", "it is", "Id"];
  expect(printJsonPath({ kind: "reference", root: { kind: "context" }, path })).toBe(
    "$$.Map.Item.Value['it is']['Id']",
  );
});
