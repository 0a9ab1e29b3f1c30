import fc from "fast-check";
import { expect, test } from "vitest";
import { isPathProblem, parseJsonPath, printJsonPath } from "../../src/expression/jsonpath.js";
import type { Reference, Root } from "../../src/expression/tree.js";

const key = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string(),
  fc.constantFrom("it's", "a\\b", "\n", "\u0000", "\u{1f600}", "\ud800", "", "__proto__", "a.b", "]['", "$", "@", "*"),
);
const index = fc.integer({ min: -9_999_999, max: 9_999_999 });
const root = fc.constantFrom<Root>(
  { kind: "executionInput" },
  { kind: "stateInput" },
  { kind: "variable", name: "größe_1" },
);
const reference: fc.Arbitrary<Reference> = fc.record({
  kind: fc.constant("reference" as const),
  root,
  path: fc.array(fc.oneof(key, index), { maxLength: 8 }),
});
const contextReference: fc.Arbitrary<Reference> = fc
  .array(fc.oneof(key, index, fc.constantFrom("Execution", "Name", "Map", "Item", "Value")), { maxLength: 6 })
  .filter((path) => !(path[0] === "Execution" && path[1] === "Input"))
  .map((path) => ({ kind: "reference", root: { kind: "context" }, path }));

test("parsing what was printed gives the reference back", () => {
  fc.assert(
    fc.property(fc.oneof(reference, contextReference), (original) => {
      expect(parseJsonPath(printJsonPath(original))).toEqual(original);
    }),
    { numRuns: 2000 },
  );
});

test("what is printed has no control characters and no lone surrogates", () => {
  fc.assert(
    fc.property(reference, (original) => {
      const text = printJsonPath(original);
      expect(/[\p{Control}\p{Surrogate}]/u.test(text)).toBe(false);
    }),
  );
});

test("any text is read or refused with a place, never thrown at", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `$${text}`),
        fc.string({ unit: "binary" }),
      ),
      (text) => {
        const result = parseJsonPath(text);
        if (isPathProblem(result)) expect(result.at).toBeLessThanOrEqual(text.length + 1);
        else expect(parseJsonPath(printJsonPath(result))).toEqual(result);
      },
    ),
    { numRuns: 2000 },
  );
});
