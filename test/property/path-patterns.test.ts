import fc from "fast-check";
import { expect, test } from "vitest";
import { compilePattern } from "../../src/interpreter/paths/pattern.js";
import { QueryBudget } from "../../src/interpreter/paths/query-budget.js";

const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(
      "a",
      "b",
      "A",
      ".",
      "[ab]",
      "[^a]",
      "[a-c]",
      "\\d",
      "\\W",
      "\\.",
      "\\n",
      "\u{1f600}",
      "[A-Z_]",
      "-",
      "",
    ),
    fc.tuple(tie("pattern"), tie("pattern")).map(([one, other]) => one + other),
    fc.tuple(tie("pattern"), tie("pattern")).map(([one, other]) => `(${one}|${other})`),
    fc
      .tuple(tie("pattern"), fc.constantFrom("*", "+", "?", "{2}", "{1,}", "{0,2}", "*?", "{1,3}?"))
      .map(([of, times]) => `(?:${of})${times}`),
  ),
}));
const text = fc.string({
  unit: fc.constantFrom("a", "b", "A", "B", "1", ".", "\n", "-", "\u{1f600}", "_"),
  maxLength: 8,
});

test("a pattern matches what the platform says that it does", () => {
  fc.assert(
    fc.property(pattern, text, fc.constantFrom("", "i"), (source, input, flags) => {
      const matches = compilePattern(`/${source}/${flags}`);
      if (typeof matches !== "function") throw new Error(matches.message);
      const expected = new RegExp(`^(?:${source.replaceAll("\\W", "[^A-Za-z0-9_]")})$`, `u${flags}`);
      expect(matches(input, new QueryBudget())).toBe(expected.test(input));
    }),
    { numRuns: 5_000 },
  );
});

test("any pattern is compiled or refused, and ends", () => {
  const pieces = fc.constantFrom(
    "a",
    "(",
    ")",
    "[",
    "]",
    "*",
    "+",
    "{",
    "}",
    "?",
    "|",
    "^",
    "$",
    "\\",
    "-",
    ",",
    "9",
    "(?:",
    "&&",
    "{1,99}",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
      const matches = compilePattern(`/${parts.join("")}/`);
      if (typeof matches === "function") matches("a".repeat(1_000), new QueryBudget());
      else expect(matches.message).toEqual(expect.any(String));
    }),
    { numRuns: 5_000 },
  );
});
