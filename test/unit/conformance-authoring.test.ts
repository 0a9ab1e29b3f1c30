import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/language/json.js";
import { featuresOf } from "../conformance/authoring/features.js";
import { rebuild } from "../conformance/authoring/suite.js";

const machine = (A: JsonObject, more: JsonObject = {}): JsonObject => ({ StartAt: "A", States: { A, ...more } });

describe("a definition comes back", () => {
  const cases = [
    { name: "whatever the spelling of a path", state: { Type: "Pass", InputPath: "$['a'].b", End: true } },
    {
      name: "with blanks between the arguments of a call",
      state: { Type: "Pass", Parameters: { "t.$": "States.Format('{}\\{\\}',  $.a) " }, End: true },
    },
    {
      name: "in the old spelling of a Map",
      state: {
        Type: "Map",
        Parameters: { "n.$": "$$.Map.Item.Index" },
        Iterator: { StartAt: "B", States: { B: { Type: "Pass", End: true } } },
        End: true,
      },
    },
  ];

  test.each(cases)("$name", ({ state }) => {
    expect(rebuild(machine(state))).toBeUndefined();
  });

  test("with a loop", () => {
    const states = {
      B: { Type: "Choice", Choices: [{ Variable: "$.a", IsPresent: true, Next: "A" }], Default: "C" },
      C: { Type: "Succeed" },
    };
    expect(rebuild(machine({ Type: "Pass", Next: "B" }, states))).toBeUndefined();
  });
});

describe("what does not come back is named", () => {
  const done = { Type: "Pass", End: true };
  const cases = [
    { name: "an unknown field", definition: machine({ ...done, Colour: "red" }), reason: 'no option "colour"' },
    { name: "a state that nothing leads to", definition: machine(done, { B: done }), reason: "/States/B" },
    { name: "a target that is not there", definition: machine({ Type: "Pass", Next: "B" }), reason: 'no state "B"' },
    { name: "an unknown type", definition: machine({ Type: "Jump" }), reason: 'no state of the type "Jump"' },
    { name: "an unknown operator", definition: machine({ Type: "Choice", Choices: [{ Is: 1 }] }), reason: '"Is"' },
  ];

  test.each(cases)("$name", ({ definition, reason }) => {
    expect(rebuild(definition)?.reason).toContain(reason);
  });
});

test("features are found at any depth, and an expression in JSONata alone", () => {
  const inner = { StartAt: "B", States: { B: { Type: "Pass", Parameters: { a: [{ "b.$": "$.c" }] }, Next: "C" } } };
  const found = featuresOf(machine({ Type: "Parallel", Branches: [inner], Comment: "{% $x %}", End: true }));
  expect([...found]).toEqual(
    expect.arrayContaining([
      "Parallel/`Branches`",
      "Pass/`Parameters`",
      "Payload templates/`key.$` in an object of a list",
    ]),
  );
  expect([...found].some((feature) => feature.startsWith("JSONata"))).toBe(false);
});
