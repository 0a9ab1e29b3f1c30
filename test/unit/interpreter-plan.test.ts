import { describe, expect, test } from "vitest";
import type { TaskCatalogue } from "../../src/interpreter/task-catalogue.js";
import type { Json } from "../../src/language/json.js";
import { validate } from "../../src/validate/validate.js";
import { job, planned } from "./run-definition.js";

const pass = { Type: "Pass", End: true };
const task = { Type: "Task", Resource: job, End: true };

/** What planning refuses of a definition that AWS takes. */
function refusalsOf(definition: Json, catalogue?: TaskCatalogue): readonly string[] {
  expect(validate(definition).filter(({ severity }) => severity === "error")).toEqual([]);
  return (planned(definition, catalogue).issues ?? []).map(({ message, location }) => `${message} at ${location}`);
}

function ofState(state: Json, catalogue?: TaskCatalogue): readonly string[] {
  return refusalsOf({ StartAt: "S", States: { S: state } }, catalogue);
}

test("a type that is none is said to be none", () => {
  const { issues } = planned({ StartAt: "S", States: { S: { Type: "Loop", End: true } } });
  expect(issues?.map(({ message }) => message)).toEqual(['"Loop" is no type of a state']);
});

test("what the engine runs has no issues", () => {
  expect(ofState({ ...task, Retry: [{ ErrorEquals: ["States.ALL"] }] })).toEqual([]);
});

describe("what the engine does not run yet is refused by name:", () => {
  const cases: readonly (readonly [name: string, state: Json, refusal: string])[] = [
    [
      "a regular expression in a path",
      { ...pass, Parameters: { a: [{ "b.$": "$.c[?(@.d =~ /\\bx/)]" }] } },
      "'b.$': the path is not run by the embedded service yet: the embedded engine does not run the pattern /\\bx/: \\b is not run at /States/S/Parameters",
    ],
  ];

  test.each(cases)("%s", (_, state, refusal) => {
    expect(ofState(state)).toEqual([refusal]);
  });

  test("a call that the shell does not have", () => {
    expect(ofState(task, { find: () => ({ refusal: "no such call here" }) })).toEqual([
      "no such call here at /States/S/Resource",
    ]);
  });

  test("all at once", () => {
    const { End: _, ...first } = task;
    const definition = { StartAt: "S", States: { S: { ...first, Next: "T" }, T: task } };
    expect(planned(definition, { find: () => ({ refusal: "no such call here" }) }).issues).toHaveLength(2);
  });
});

describe("a call's parameters", () => {
  const resource = {
    text: job,
    kind: "integration",
    service: "sagemaker",
    action: "createProcessingJob.sync",
    pattern: "sync",
  } as const;
  const catalogue: TaskCatalogue = {
    find: () => ({
      resource,
      requiredParameters: ["Name"],
      parameters: ["Name", "Other"],
      refuses: ({ Other }) => (Other === "bad" ? "bad is not run here" : undefined),
    }),
  };
  const cases = [
    [{ "Name.$": "$.name" }, []],
    [{ Other: 1 }, ["The field 'Name' is required but was missing at /States/S/Parameters"]],
    [{ Name: "n", "Third.$": "$.a" }, ['The field "Third" is not supported by Step Functions at /States/S/Parameters']],
    [{ Name: "n", Other: "bad" }, ["bad is not run here at /States/S/Parameters"]],
  ] as const;

  test.each(cases)("%j", (parameters, refusals) => {
    expect(ofState({ ...task, Parameters: parameters }, catalogue)).toEqual(refusals);
  });
});

describe("planning never throws, whatever the definition:", () => {
  const odd: readonly Json[] = [
    null,
    [],
    {},
    { StartAt: 1, States: [] },
    { StartAt: "S", States: { S: null, T: {}, U: { Type: "constructor" } } },
    { States: { S: { Type: "Choice", Choices: [1, {}, { Not: 3 }, { Variable: 5, IsNull: true }] } } },
    { States: { S: { Type: "Task", Retry: [[]], Catch: {}, Parameters: [], TimeoutSeconds: "x" } } },
    { States: { S: { Type: "Wait", Timestamp: 3 }, F: { Type: "Fail", CausePath: [] } } },
  ];

  test.each(odd)("%j", (definition) => {
    expect(() => planned(definition)).not.toThrow();
  });
});

describe("what the validator would not let through is refused, and is no plan that does something else:", () => {
  const rule = { Variable: "$.a", IsNull: true };
  const choice = (one: Json): Json => ({ Type: "Choice", Choices: [one], Default: "S" });
  const states: readonly (readonly [name: string, state: Json])[] = [
    ["a rule without a variable", choice({ IsNull: true, Next: "S" })],
    ["a rule with a path that is no text", choice({ Variable: "$.a", StringEqualsPath: 1, Next: "S" })],
    ["a rule that leads nowhere", choice(rule)],
    ["a rule of no rules", choice({ And: [], Next: "S" })],
    ["a rule of no objects", choice({ Or: [1], Next: "S" })],
    ["a Choice without rules", { Type: "Choice", Default: "S" }],
    ["a Wait without a time", { Type: "Wait", End: true }],
    ["a Wait for no time", { Type: "Wait", Timestamp: "tomorrow", End: true }],
    ["a state that neither goes on nor ends", { Type: "Pass" }],
    ["a catcher that leads nowhere", { ...task, Catch: [{ ErrorEquals: ["States.ALL"] }] }],
    ["what is no state", 1],
  ];
  const machines: readonly (readonly [name: string, definition: Json])[] = [
    ["a machine without a start", { States: { S: pass } }],
    ["a machine without states", { StartAt: "S" }],
    ["what is no machine", 1],
  ];

  test.each([...machines, ...states.map(([name, S]) => [name, { StartAt: "S", States: { S } }] as const)])(
    "%s",
    (_, definition) => {
      expect(planned(definition).issues).not.toBeUndefined();
    },
  );
});
