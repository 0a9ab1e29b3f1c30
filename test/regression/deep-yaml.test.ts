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
  { name: "1,000 lists with aliases", text: `a: ${"&a [*a, ".repeat(1000)}` },
])("$name nest too deep", ({ text }) => {
  expect(validate(text).map(({ code }) => code)).toEqual(["TOO_DEEPLY_NESTED"]);
});

test("brackets in texts are no levels", () => {
  const comment = `'${"[".repeat(2000)}'`;
  expect(validate(`Comment: ${comment}\nStartAt: A\nStates:\n  A: {Type: Succeed}\n`)).toEqual([]);
});
