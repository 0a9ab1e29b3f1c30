import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tryCompile } from "../../src/compile/compile.js";
import { renderDefinition } from "../../src/document/render.js";
import { expressionOf } from "../../src/expression/tree.js";
import type { Issue } from "../../src/language/errors.js";
import { type AnyStep, authoredState } from "../../src/states/step.js";
import { build } from "./build-workflow.js";
import { expectedFlow } from "./expected-flow.js";
import { input } from "./random-reads.js";
import { type Sequence, sequence } from "./random-workflow.js";
import { runAsl } from "./run-asl.js";
import { runMeaning } from "./run-meaning.js";
import { isAlwaysThere, nextOf, type Place, placesOf, type States, stuck, unreached } from "./walk-asl.js";

/** What changes a frozen object throws. */
function freeze(value: unknown): void {
  const isData = typeof value === "object" && value !== null && expressionOf(value) === undefined;
  if (!isData || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const member of Object.values(value)) freeze(member);
}

/** The keys of the reads that an issue is about. */
function keysOf({ path }: Issue): readonly string[] {
  const at = path.lastIndexOf("States");
  const [name, ...rest] = path.slice(at + 1).map(String);
  if (rest.at(-1)?.endsWith(".$") === true) return [`${name} text`];
  const key = rest.find((segment) => /^r\d+$/.test(segment));
  return key === undefined ? [`${name}`, `${name} InputPath`] : [key];
}

const ofReads: readonly string[] = ["unreachable_reference", "unset_variable", "unsupported_in_jsonata"];
const ofFlow: readonly string[] = ["unreachable_state", "endless_loop"];

/** A workflow without what is refused in one of the languages, with its definition in both. */
function compiled(whole: Sequence, isMixed: boolean) {
  const without = new Set<string>();
  for (;;) {
    const built = build(whole, { without, isMixed });
    const machines = (["JSONPath", "JSONata"] as const).map((queryLanguage) =>
      tryCompile(built.definition, { input, queryLanguage }),
    );
    const refused = machines.flatMap(({ issues }) => issues.filter(({ code }) => !ofFlow.includes(code)));
    const before = without.size;
    for (const one of refused) {
      expect(ofReads, JSON.stringify(one)).toContain(one.code);
      for (const key of keysOf(one)) without.add(key);
    }
    if (without.size === before) {
      expect(refused).toEqual([]);
      return { built, machines: machines.map(({ definition }) => definition as unknown as States) };
    }
  }
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
          const refused = new Set(ofReads.flatMap((code) => byCode(code).flatMap(keysOf)));
          const keys = new Set(reads.map(({ key }) => key));
          for (const read of reads) {
            const isThere = isAlwaysThere(read, places, states);
            // What cannot be said cannot be carried either.
            const isOfText = read.kind === "output" ? read.source : read.key;
            if (refused.has(`${isOfText} text`)) continue;
            // JSONata has no such field: what it reads is refused where it is used, or not at all.
            if (read.key.endsWith("InputPath") || keys.has(`${read.key} InputPath`)) continue;
            if (isThere !== undefined) expect([read, !refused.has(read.key)]).toEqual([read, isThere]);
          }
          const others = issues.filter(({ code }) => ![...ofFlow, ...ofReads].includes(code));
          expect(others).toEqual([]);
          if (issues.length === 0) valid++;
        }),
        { numRuns: 250 },
      );
      expect(valid).toBeGreaterThan(50);
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
      { numRuns: 300 },
    );
  });

  test.each([false, true])(
    "gives what its author means, in both languages, on every path (single steps in JSONata: %s)",
    async (isMixed) => {
      let checked = 0;
      await fc.assert(
        fc.asyncProperty(sequence, fc.integer(), async (whole, seed) => {
          const { built, machines } = compiled(whole, isMixed);
          for (const machine of machines) {
            for (let path = 0; path < 6; path++) {
              const meant = runMeaning(machine, built.meanings, seed + path);
              expect(await runAsl(machine, seed + path, meant.length)).toEqual(meant);
              checked += meant.length;
            }
          }
        }),
        { numRuns: 200 },
      );
      expect(checked).toBeGreaterThan(5000);
    },
  );

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
      { numRuns: 100 },
    );
  });
});
