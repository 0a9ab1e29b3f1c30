import fc from "fast-check";
import { expect, test } from "vitest";
import { uniqueName } from "../../src/sagemaker/unique-name.js";
import { evaluatedName, renderedIn, type Visit } from "../unit/rendered-name.js";

const legal = /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/;

const word = (unit: "grapheme" | fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit, minLength: 1, maxLength });
const digit = fc.constantFrom(..."0123456789 ,");
/** Whatever AWS takes as the name of an execution: no blanks, no brackets, none of `?*"#%\^|~`$&,;:/`. */
const executionName = word("grapheme", 80).map((name) => name.replace(/[\s\p{C}<>{}[\]?*"#%\\^|~`$&,;:/]/gu, "-"));
const visits: fc.Arbitrary<Visit> = fc.record({
  execution: fc
    .tuple(fc.constantFrom("flow", "flow-2"), fc.oneof(executionName, fc.constantFrom("1", "run", "run-1")))
    .map(([machine, name]) => `arn:aws:states:eu-west-1:123456789012:execution:${machine}:${name}`),
  redrives: fc.nat(3),
  // Names that look like other parts of the text are the ones that could be taken for them.
  state: fc.oneof(word("grapheme", 80), word(digit, 6), fc.constantFrom("Train", "0 Train", "1,0 Train", " Train")),
  entered: fc
    .date({ min: new Date("2022-01-01T00:00:00.000Z"), max: new Date("2022-01-01T00:00:00.009Z"), noInvalidDate: true })
    .map((date) => date.toISOString()),
  indices: fc.array(fc.oneof(fc.nat(2), fc.nat(100_000)), { maxLength: 2 }),
  retries: fc.oneof(fc.nat(2), fc.nat(99_999)),
});
const languages = fc.constantFrom("JSONPath" as const, "JSONata" as const);
const bases = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary", maxLength: 100 }),
  fc.constantFrom("train", "-", "a--"),
);

test("is legal and no longer than it may be, for every base, execution, state and try", async () => {
  const lengths = fc.oneof(fc.constantFrom(32, 47, 48, 63, 64, 80), fc.integer({ min: 32, max: 300 }));
  await fc.assert(
    fc.asyncProperty(bases, lengths, visits, languages, async (base, maxLength, visit, language) => {
      const text = renderedIn(uniqueName(base, { maxLength }), visit.indices.length, language);
      const name = await evaluatedName(text, visit);
      expect(name).toMatch(legal);
      expect(name.length).toBeLessThanOrEqual(maxLength);
    }),
  );
});

const texts = {
  JSONPath: [0, 1, 2].map((maps) => renderedIn(uniqueName("train"), maps, "JSONPath")),
  JSONata: [0, 1, 2].map((maps) => renderedIn(uniqueName("train"), maps, "JSONata")),
};
const nameOf = (visit: Visit, language: "JSONPath" | "JSONata"): Promise<string> =>
  evaluatedName(texts[language][visit.indices.length] ?? "", visit);

test("is the same in both query languages, and at each evaluation", async () => {
  await fc.assert(
    fc.asyncProperty(visits, async (visit) => {
      const name = await nameOf(visit, "JSONPath");
      expect(await evaluatedName(texts.JSONPath[visit.indices.length] ?? "", visit, "another seed")).toBe(name);
      expect(await nameOf(visit, "JSONata")).toBe(name);
    }),
  );
});

test("is another one when anything of the visit is", async () => {
  // One visit, and the same with some of its parts exchanged for those of another one.
  const pairs = fc.tuple(
    visits,
    visits,
    fc.subarray(["execution", "redrives", "state", "entered", "indices", "retries"]),
  );
  await fc.assert(
    fc.asyncProperty(pairs, async ([one, other, parts]) => {
      const changed = { ...one, ...Object.fromEntries(parts.map((part) => [part, other[part as keyof Visit]])) };
      const isSame = JSON.stringify(changed) === JSON.stringify(one);
      const names = [await nameOf(one, "JSONPath"), await nameOf(changed, "JSONPath")];
      expect(new Set(names).size).toBe(isSame ? 1 : 2);
    }),
    { numRuns: 500 },
  );
});

test("is another one where a state's name reads like the index of a Map", async () => {
  await fc.assert(
    fc.asyncProperty(visits, async (visit) => {
      const named = {
        ...visit,
        indices: [],
        state: [...(visit.indices.length > 0 ? [visit.indices.join()] : []), visit.state].join(" "),
      };
      const names = [await nameOf(visit, "JSONPath"), await nameOf(named, "JSONPath")];
      expect(new Set(names).size).toBe(visit.indices.length === 0 ? 1 : 2);
    }),
  );
});
