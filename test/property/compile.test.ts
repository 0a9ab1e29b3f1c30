import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tryCompile } from "../../src/compile/compile.js";
import { renderDefinition } from "../../src/document/render.js";
import { expressionOf } from "../../src/expression/tree.js";
import { type AnyStep, authoredState } from "../../src/states/step.js";
import { expectedFlow } from "./expected-flow.js";
import { build, input, type Read, sequence } from "./random-workflow.js";
import { isAlwaysThere, nextOf, type Place, placesOf, type States, stuck, unreached, Walk } from "./walk-asl.js";

/** Small, fast and repeatable. */
function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

function key({ reader, key: field }: Pick<Read, "reader" | "key">): string {
  return `${reader} ${field}`;
}

/** What changes a frozen object throws. */
function freeze(value: unknown): void {
  const isData = typeof value === "object" && value !== null && expressionOf(value) === undefined;
  if (!isData || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const member of Object.values(value)) freeze(member);
}

/** The reader and the field of an issue's place. */
function placeOf(path: readonly (string | number)[]): string {
  const at = path.lastIndexOf("States");
  const [name, field, member] = path.slice(at + 1);
  return key({ reader: String(name), key: field === "Choices" ? "Choices" : String(member) });
}

/** The way that a message names is one from the start, past the result of the state that is read. */
function expectWay(message: string, places: ReadonlyMap<string, Place>): void {
  const [, source = "", text] =
    /^the output of "([^"]+)".* without it: (.*?)(?: \("[^"]+" is left by its catch\))?$/.exec(message) ?? [];
  if (text === undefined || text.includes(" more …")) return;
  const way = text.split(" → ");
  const [first = ""] = way;
  const { scope } = places.get(first) ?? {};
  expect(scope?.StartAt).toBe(first);
  for (const [index, name] of way.slice(1).entries()) {
    const before = way[index] ?? "";
    expect(nextOf(scope?.States[before], before === source)).toContain(name);
  }
}

describe("a random workflow", () => {
  test.each(["JSONPath", "JSONata"] as const)(
    "compiles in %s, or is refused for exactly what a walk over its definition finds",
    (queryLanguage) => {
      let valid = 0;
      fc.assert(
        fc.property(sequence, (whole) => {
          const { definition, reads } = build(whole);
          const { definition: machine, issues } = tryCompile(definition, { input, queryLanguage });
          const states = machine as unknown as States;
          const places = placesOf(states);
          const byCode = (code: string) => issues.filter((one) => one.code === code);

          const never = unreached(states);
          const named = byCode("unreachable_state").map(({ path }) => String(path.at(-1)));
          expect(never).toEqual(expect.arrayContaining(named));
          expect(named.length > 0).toBe(never.length > 0);

          const endless = stuck(states);
          const loops = byCode("endless_loop").map(({ path }) => String(path.at(-1)));
          expect(endless).toEqual(expect.arrayContaining(loops));
          expect(loops.length > 0).toBe(endless.length > 0);

          const missing = byCode("unreachable_reference");
          for (const { message } of missing) expectWay(message, places);
          const refused = new Set(missing.map(({ path }) => placeOf(path)));
          for (const read of reads) {
            const isThere = isAlwaysThere(read, places);
            if (isThere !== undefined) expect([read, !refused.has(key(read))]).toEqual([read, isThere]);
          }
          const others = issues.filter(
            ({ code }) => !["unreachable_state", "endless_loop", "unreachable_reference"].includes(code),
          );
          expect(others).toEqual([]);
          if (issues.length === 0) valid++;
        }),
        { numRuns: 400 },
      );
      expect(valid).toBeGreaterThan(100);
    },
  );

  test("leads where its chains say", () => {
    fc.assert(
      fc.property(sequence, (whole) => {
        const built = build(whole);
        const { definition: machine } = tryCompile(built.definition, { input });
        const places = placesOf(machine as unknown as States);
        for (const [name, { next, ways }] of expectedFlow(whole, built)) {
          const { Next, Default, Choices = [] } = places.get(name)?.scope.States[name] ?? { Type: "none" };
          expect([name, Next ?? Default, Choices.map((rule) => rule.Next)]).toEqual([name, next, ways]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("reads what the right state has made, on every path", () => {
    let checked = 0;
    fc.assert(
      fc.property(sequence, fc.integer(), (whole, seed) => {
        const { definition, reads } = build(whole);
        const { definition: machine, issues } = tryCompile(definition, { input });
        const states = machine as unknown as States;
        const places = placesOf(states);
        // What is refused is not looked at; all else must be right in spite of it.
        const refused = new Set(issues.map(({ path }) => placeOf(path)));
        const good = new Map<string, Read[]>();
        for (const read of reads) {
          if (refused.has(key(read)) || isAlwaysThere(read, places) === undefined) continue;
          good.set(read.reader, [...(good.get(read.reader) ?? []), read]);
        }
        const random = randomOf(seed);
        for (let path = 0; path < 12; path++) {
          const walk = new Walk(good, random);
          walk.run(states);
          expect(walk.wrong).toEqual([]);
        }
        checked += good.size;
      }),
      { numRuns: 500 },
    );
    expect(checked).toBeGreaterThan(500);
  });

  test("is not changed by compiling, not even where it fails, and compiles to the same bytes again", () => {
    fc.assert(
      fc.property(sequence, sequence, (whole, other) => {
        const { definition, steps } = build(whole);
        const first = tryCompile(definition, { input });
        for (const step of steps) freeze(authoredState(step as AnyStep).options);
        tryCompile(build(other).definition, { input });
        for (const again of [tryCompile(definition, { input }), tryCompile(build(whole).definition, { input })]) {
          expect(again.issues).toEqual(first.issues);
          expect(renderDefinition(again.definition)).toBe(renderDefinition(first.definition));
        }
      }),
      { numRuns: 150 },
    );
  });
});
