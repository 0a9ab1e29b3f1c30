import fc from "fast-check";
import { expect, test } from "vitest";
import type { TestStateRequest } from "../../src/interpreter/test-state/request.js";
import { testState } from "../../src/interpreter/test-state/test-state.js";
import type { Json, JsonObject } from "../../src/language/json.js";
import { testedProblem } from "../../src/local/step-functions/verdict.js";
import { job, run, runState } from "../unit/run-definition.js";

// A state that is tested does what it does in an execution.

const around = {
  partition: "aws",
  region: "us-east-1",
  account: "111111111111",
  now: 0,
  newId: () => "id",
  check: testedProblem,
};

const path = fc.constantFrom("$", "$.a", "$.a.b", "$.list[0]", "$.none", null);
const value = fc.constantFrom<Json>(1, "text", { b: 2 }, { b: { c: [true] } }, null);
const input = fc.record({ a: value, list: fc.array(value, { maxLength: 2 }) });
const template = fc.record({ "read.$": path.filter((text) => text !== null), fixed: value }, { requiredKeys: [] });
const errors = fc.constantFrom("A", "B", "States.TaskFailed", "States.ALL");

const shaped = {
  InputPath: path,
  Parameters: template,
  ResultPath: fc.constantFrom("$", "$.result", "$.a.b", null),
  OutputPath: path,
};
const pass = fc
  .record({ ...shaped, Result: value }, { requiredKeys: [] })
  .map((fields): JsonObject => ({ Type: "Pass", ...fields, End: true }));
const task = fc
  .record({ ...shaped, ResultSelector: template, catches: fc.array(errors, { maxLength: 2 }) }, { requiredKeys: [] })
  .map(({ catches = [], ...fields }): JsonObject => {
    // The last rule is there in any case: AWS takes no state that nothing leads to.
    const names = [...new Set([...catches, "Last"])].sort(
      (a, b) => Number(a === "States.ALL") - Number(b === "States.ALL"),
    );
    const rules = names.map((name) => ({ ErrorEquals: [name], Next: "After", ResultPath: "$.caught" }));
    return { Type: "Task", Resource: job, ...fields, Catch: rules, End: true };
  });
const expression = fc.constantFrom(
  "{% $states.input.a %}",
  "{% $states.input.a.b %}",
  "{% $states.input.none %}",
  "{% 1 + 'a' %}",
  5,
);
const output = fc.oneof(expression, fc.record({ read: expression, fixed: value }, { requiredKeys: [] }));
const result = fc.oneof(output, fc.constantFrom("{% $states.result %}", "{% $states.result.b %}"));
const errorOutput = fc.oneof(output, fc.constantFrom("{% $states.errorOutput.Error %}", "{% $states.errorOutput %}"));
const jsonataPass = fc
  .record({ Output: output }, { requiredKeys: [] })
  .map((fields): JsonObject => ({ Type: "Pass", QueryLanguage: "JSONata", ...fields, End: true }));
const jsonataTask = fc
  .record({ Arguments: fc.record({ read: expression }), Output: result }, { requiredKeys: [] })
  .chain((fields) =>
    fc
      .record({ ErrorEquals: errors.map((name) => [name]), Output: errorOutput }, { requiredKeys: ["ErrorEquals"] })
      .map(
        (rule): JsonObject => ({
          Type: "Task",
          QueryLanguage: "JSONata",
          Resource: job,
          ...fields,
          Catch: [{ ...rule, Next: "After" }],
          End: true,
        }),
      ),
  );

interface Answer {
  readonly output?: Json;
  readonly error?: string;
}

const answer = fc.oneof(
  value.map((output): Answer => ({ output })),
  fc.constantFrom("A", "C").map((error): Answer => ({ error })),
);

/** The answer as an execution gets it. */
function ended({ output, error }: Answer) {
  const told = { state: "S", submitted: {} };
  if (error === undefined) return { ...told, endEvent: "TaskSucceeded", output: output ?? null };
  return { ...told, endEvent: "TaskFailed", error, cause: "c" };
}

/** The answer as a test gets it. */
function mocked({ output, error }: Answer): TestStateRequest["mock"] {
  if (error !== undefined) return { errorOutput: { error, cause: "c" } };
  return { result: JSON.stringify(output ?? null), fieldValidationMode: "NONE" };
}

/** What an execution says of where a cause comes from, and a test does not. */
const place = /An error occurred while executing the state 'S' \(entered at the event id #\d+\)\. /;

function fate({ output, error, cause }: { readonly output?: Json; readonly error?: string; readonly cause?: string }) {
  if (error !== undefined && output === undefined) return { error, cause: cause?.replace(place, "") };
  return { output: typeof output === "string" ? (JSON.parse(output.replace(place, "")) as Json) : output };
}

function tested(state: JsonObject, given: Json, mock?: Answer) {
  const request = { definition: JSON.stringify(state), input: JSON.stringify(given) };
  const told = testState(mock === undefined ? request : { ...request, mock: mocked(mock) }, around);
  if (!("status" in told)) throw new Error(JSON.stringify(told));
  return told;
}

test.each([
  { language: "JSONPath", states: pass },
  { language: "JSONata", states: jsonataPass },
])("a Pass state in $language ends in a test as in an execution", ({ states }) => {
  fc.assert(
    fc.property(states, input, (state, given) => {
      expect(fate(tested(state, given))).toEqual(fate(runState(state, given)));
    }),
  );
});

test.each([
  { language: "JSONPath", states: task },
  { language: "JSONata", states: jsonataTask },
])("a Task in $language ends in a test as in an execution where its service answers as the mock does", ({ states }) => {
  fc.assert(
    fc.property(states, input, answer, (state, given, mock) => {
      const machine = { StartAt: "S", States: { S: state, After: { Type: "Succeed" } } };
      expect(fate(tested(state, given, mock))).toEqual(fate(run(machine, given, [ended(mock)])));
    }),
  );
});
