import * as fc from "fast-check";
import { expect, test } from "vitest";
import { editDistance, meant } from "../../src/language/nearest.js";

test.each([
  ["next", "Next"],
  ["ItemProcesor", "ItemProcessor"],
  ["createProcessingjob", "createProcessingJob"],
  ["A", undefined],
  ["ab", undefined],
  ["End", "End"],
])("%s is meant to be %s", (wanted, found) => {
  expect(meant(wanted, ["B", "ac", "End", "Next", "ItemProcessor", "createProcessingJob"])).toBe(found);
});

test("what is meant is what a full comparison finds", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "C"), minLength: 6, maxLength: 9 });
  fc.assert(
    fc.property(letters, fc.array(letters, { maxLength: 5 }), (wanted, known) => {
      const least = Math.min(...known.map((name) => editDistance(wanted, name)));
      const found = meant(wanted, known);
      expect(found === undefined ? undefined : editDistance(wanted, found)).toBe(least <= 2 ? least : undefined);
    }),
  );
});
