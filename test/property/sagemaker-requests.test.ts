import fc from "fast-check";
import { expect, test } from "vitest";
import { timedJobName } from "../../src/sagemaker/request/job-name.js";
import { mergeParameters } from "../../src/sagemaker/request/merge-parameters.js";

const legal = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

test("a generated job name is legal, whatever it is made from", () => {
  const dates = fc.date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), dates, (base, now) => {
      const name = timedJobName(base, now);
      expect(name).toMatch(legal);
      expect(name.length).toBeLessThanOrEqual(63);
    }),
  );
});

const keys = fc.oneof(fc.constantFrom("a", "b", "a.$", "__proto__", "constructor"), fc.string());
const { data } = fc.letrec((tie) => ({
  data: fc.dictionary(keys, fc.oneof({ depthSize: "small" }, fc.integer(), fc.array(fc.integer()), tie("data"))),
})) as { readonly data: fc.Arbitrary<Record<string, unknown>> };

const plainOf = (key: string): string => (key.endsWith(".$") ? key.slice(0, -2) : key);

test("merging with nothing gives the same, and the author's values are all there", () => {
  fc.assert(
    fc.property(data, data, (generated, given) => {
      expect(mergeParameters(generated, {})).toEqual({ ...generated });
      const merged = mergeParameters(generated, given);
      for (const [key, value] of Object.entries(given)) {
        if (Object.keys(given).some((other) => other !== key && plainOf(other) === plainOf(key))) continue;
        expect(Object.hasOwn(merged, key)).toBe(true);
        if (typeof value !== "object" || Array.isArray(value)) expect(merged[key]).toEqual(value);
      }
    }),
  );
});

test("a field and its path never stand side by side when the author names one of them", () => {
  fc.assert(
    fc.property(data, data, (generated, given) => {
      const merged = mergeParameters(generated, given);
      for (const key of Object.keys(given)) {
        const other = key.endsWith(".$") ? key.slice(0, -2) : `${key}.$`;
        expect(Object.hasOwn(merged, key) && Object.hasOwn(merged, other)).toBe(false);
      }
    }),
  );
});

test("merging changes neither side", () => {
  fc.assert(
    fc.property(data, data, (generated, given) => {
      const before = JSON.stringify([generated, given]);
      mergeParameters(generated, given);
      expect(JSON.stringify([generated, given])).toBe(before);
    }),
  );
});
