import { expect, test } from "vitest";
import { validate } from "../../src/validate/validate.js";

// Found by the fuzzer: V8 aborted the process when the recursive parser came near the end of the stack.

const depth = 100_000;

test.each([
  { name: "lists in brackets", text: `a: ${"[".repeat(depth)}` },
  { name: "lists with anchors", text: `a: ${"&a [".repeat(depth)}` },
  { name: "lists with aliases of what is around them", text: `a: ${"&a [*a, ".repeat(depth)}` },
  { name: "lists in one line", text: `a:\n  ${"- ".repeat(depth)}b` },
  { name: "keys in one line", text: `a:\n  ${"? ".repeat(depth)}b` },
  { name: "mappings in one line", text: "a: ".repeat(depth) },
  { name: "keys and lists in lines of their own", text: nested(200) },
  { name: "levels in brackets within levels of lines", text: `${nested(120)}${" ".repeat(240)}a: ${"[".repeat(100)}` },
  { name: "1,000 lists with aliases", text: `a: ${"&a [*a, ".repeat(1000)}` },
])("$name nest too deep", ({ text }) => {
  expect(validate(text)).toMatchObject([
    {
      code: "TOO_DEEPLY_NESTED",
      message: "Expected at most 300 levels of objects and lists in YAML, got more",
    },
  ]);
});

/** So many mappings, each but the first in a list. */
function nested(levels: number): string {
  return Array.from({ length: levels }, (_, level) => `${" ".repeat(2 * level)}a:\n${" ".repeat(2 * level)}-\n`).join(
    "",
  );
}

const machine = "StartAt: A\nStates:\n  A: {Type: Succeed}\n";

test.each([
  { name: "a line of blanks", text: `${machine}${" ".repeat(700)}\n` },
  { name: "an indented comment", text: `${" ".repeat(620)}# about\n${machine}` },
  { name: "a row of dashes", text: `Comment: |\n  ${"-".repeat(700)}\n${machine}` },
  { name: "dashes in a block of text", text: `Comment: |\n  ${"- ".repeat(700)}\n${machine}` },
  { name: "a block of text that goes in", text: `Comment: >\n${staircase(400)}${machine}` },
  { name: "a folded text far to the right", text: `Comment: >-\n${" ".repeat(620)}about\n${machine}` },
  { name: "a plain text far to the right", text: `Comment:\n${" ".repeat(620)}about\n${machine}` },
  { name: "colons in a quoted text", text: `Comment: "${"a: ".repeat(700)}"\n${machine}` },
  {
    name: "many members in brackets",
    text: `Comment: x\n${machine}  B: {Type: Pass, Result: {${members(400)}}, End: true}\n`,
  },
])("$name is no level", ({ text }) => {
  expect(validate(text).map(({ code }) => code)).not.toContain("TOO_DEEPLY_NESTED");
  expect(validate(text).map(({ code }) => code)).not.toContain("INVALID_JSON_DESCRIPTION");
});

function staircase(lines: number): string {
  return Array.from({ length: lines }, (_, line) => `${" ".repeat(line + 2)}- a:\n`).join("");
}

function members(count: number): string {
  return Array.from({ length: count }, (_, index) => `k${index}: [1]`).join(", ");
}

test("brackets in texts are no levels", () => {
  const comment = `'${"[".repeat(2000)}'`;
  expect(validate(`Comment: ${comment}\nStartAt: A\nStates:\n  A: {Type: Succeed}\n`)).toEqual([]);
});
