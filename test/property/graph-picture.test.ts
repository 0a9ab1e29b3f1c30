import fc from "fast-check";
import { expect, test } from "vitest";
import type { StateMachineDefinition } from "../../src/language/asl.js";
import { GraphPicture } from "../../src/picture/graph-picture.js";

const machine = {
  StartAt: "Prepare",
  States: {
    Prepare: {
      Type: "Task",
      Resource: "arn:aws:states:::sagemaker:createProcessingJob.sync",
      Catch: [{ ErrorEquals: ["States.Timeout", "Busy"], Next: "Give up" }],
      Next: "Enough",
    },
    Enough: {
      Type: "Choice",
      Choices: [
        {
          And: [{ Variable: "$.rows", NumericLessThanPath: "$.least" }, { Not: { Variable: "$.a", IsNull: true } }],
          Next: "Both",
        },
        { Condition: "{% $n > 3 %}", Next: "Pause" },
      ],
      Default: "Give up",
    },
    Pause: { Type: "Wait", Seconds: 30, Next: "Prepare" },
    Both: {
      Type: "Parallel",
      Branches: [
        {
          StartAt: "Each",
          States: {
            Each: {
              Type: "Map",
              ItemProcessor: {
                ProcessorConfig: { Mode: "DISTRIBUTED" },
                StartAt: "One",
                States: { One: { Type: "Pass", End: true } },
              },
              End: true,
            },
          },
        },
      ],
      Next: "Done",
    },
    "Give up": { Type: "Fail", Error: "TooFew" },
    Done: { Type: "Succeed" },
  },
};

type Place = readonly (string | number)[];

/** Every place of a value, below its root. */
function placesIn(value: unknown, at: Place = []): readonly Place[] {
  if (typeof value !== "object" || value === null) return [];
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return keys.flatMap((key) => [[...at, key], ...placesIn((value as Record<string, unknown>)[key], [...at, key])]);
}

/** The machine with other values at some places, of which one may be within another. */
function mutated(changes: readonly (readonly [Place, unknown])[]): StateMachineDefinition {
  const copy = structuredClone(machine);
  for (const [place, value] of changes) {
    let holder: unknown = copy;
    for (const key of place.slice(0, -1)) holder = (holder as Record<string, unknown> | undefined)?.[key];
    const last = place.at(-1) ?? "";
    if (typeof holder === "object" && holder !== null) Object.assign(holder, { [last]: value });
  }
  return copy as unknown as StateMachineDefinition;
}

const values = fc.oneof(
  fc.constantFrom<unknown>(null, 5, true, "", "Done", "Parallel", "Map", [], [null], {}, { A: null }, { toString: 5 }),
  fc.jsonValue({ maxDepth: 3 }),
);

test("a definition that is not well formed is drawn as far as it can be, never with [object Object]", () => {
  const changes = fc.array(fc.tuple(fc.constantFrom(...placesIn(machine)), values), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(changes, (given) => {
      const picture = new GraphPicture(mutated(given), { title: "t", href: undefined }, {}, []);
      for (const text of [picture.toText(), picture.toHtml(), picture.toMermaid()]) {
        expect(text).not.toContain("[object Object]");
      }
    }),
    { numRuns: 1000 },
  );
});
