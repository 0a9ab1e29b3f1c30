import fc from "fast-check";
import { expect, test } from "vitest";
import { tryCompile } from "../../src/compile/compile.js";
import { renderDefinition } from "../../src/document/render.js";
import type { StateMachineDefinition } from "../../src/language/asl.js";
import { validate } from "../../src/validate/validate.js";
import { build } from "./build-workflow.js";
import { input } from "./random-reads.js";
import { sequence } from "./random-workflow.js";

/** Warnings that a random workflow deserves: it reads what need not be there, and loops as it likes. */
function errorsOf(definition: StateMachineDefinition): readonly string[] {
  return validate(renderDefinition(definition))
    .filter(({ severity }) => severity === "error")
    .map(({ code, message, location }) => `${code}: ${message} at ${location}`);
}

test.each(["JSONPath", "JSONata"] as const)("what is compiled in %s, AWS does not refuse", (queryLanguage) => {
  let judged = 0;
  fc.assert(
    fc.property(sequence, fc.boolean(), (whole, isMixed) => {
      const { definition, issues } = tryCompile(build(whole, { isMixed }).definition, { input, queryLanguage });
      if (issues.length > 0) return;
      judged++;
      expect(errorsOf(definition as StateMachineDefinition)).toEqual([]);
    }),
    { numRuns: 300 },
  );
  expect(judged).toBeGreaterThan(20);
});
