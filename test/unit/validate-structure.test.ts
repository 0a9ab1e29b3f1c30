import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/language/json.js";
import { validate } from "../../src/validate/validate.js";
import { job } from "./run-definition.js";

const pass = { Type: "Pass", End: true };

function issuesOf(definition: Json): readonly string[] {
  return validate(definition)
    .filter(({ severity }) => severity === "error")
    .map(({ code, message, location }) => `${code}: ${message} at ${location ?? null}`);
}

function ofState(state: Json): readonly string[] {
  return issuesOf({ StartAt: "S", States: { S: state } });
}

const schema = (message: string, location: string): string => `SCHEMA_VALIDATION_FAILED: ${message} at ${location}`;
const target = (message: string, location: string): string => `MISSING_TRANSITION_TARGET: ${message} at ${location}`;

test("a sound definition has no issues", () => {
  expect(ofState({ Type: "Task", Resource: job, Retry: [{ ErrorEquals: ["States.ALL"] }], End: true })).toEqual([]);
});

describe("a machine", () => {
  const cases: readonly { readonly name: string; readonly definition: Json; readonly issues: readonly string[] }[] = [
    {
      name: "that is no object",
      definition: [],
      issues: ["SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object at null"],
    },
    {
      name: "with nothing in it",
      definition: {},
      issues: [schema("These fields are required: [States, StartAt]", "/")],
    },
    {
      name: "without StartAt",
      definition: { States: { S: pass } },
      issues: [schema("These fields are required: [StartAt]", "/")],
    },
    {
      name: "without states",
      definition: { StartAt: "S", States: {} },
      issues: [schema("Value cannot be empty", "/States")],
    },
    {
      name: "with a field that there is not",
      definition: { StartAt: "S", States: { S: pass }, Foo: 1 },
      issues: [schema("Field 'Foo' is not supported", "/")],
    },
    {
      name: "that starts nowhere",
      definition: { StartAt: "X", States: { S: pass } },
      issues: [target("Missing 'Next' target: X", "/StartAt")],
    },
    {
      name: "that goes nowhere",
      definition: { StartAt: "S", States: { S: { Type: "Pass", Next: "NOPE" } } },
      issues: [
        target("Missing 'Next' target: NOPE", "/States/S/Next"),
        "MISSING_END_STATE: Workflow has no terminal state at null",
      ],
    },
    {
      name: "that never ends",
      definition: { StartAt: "A", States: { A: { Type: "Pass", Next: "B" }, B: { Type: "Pass", Next: "A" } } },
      issues: ["MISSING_END_STATE: Workflow has no terminal state at null"],
    },
    {
      name: "with a state out of reach",
      definition: { StartAt: "A", States: { A: pass, B: pass } },
      issues: [target('State "B" is not reachable.', "/States/B")],
    },
    {
      name: "of another version",
      definition: { StartAt: "S", Version: "2.0", States: { S: pass } },
      issues: [schema("The field 'Version' should have one of these values: [1.0]", "/Version")],
    },
    {
      name: "with a comment that is no text",
      definition: { StartAt: "S", Comment: 1, States: { S: { ...pass, Comment: {} } } },
      issues: [
        schema("Expected value of type String", "/Comment"),
        schema("Expected value of type String", "/States/S/Comment"),
      ],
    },
    {
      name: "whose time limit is no number",
      definition: { StartAt: "S", TimeoutSeconds: "5", States: { S: pass } },
      issues: [schema("Expected value of type Integer", "/TimeoutSeconds")],
    },
  ];

  test.each(cases)("$name", ({ definition, issues }) => {
    expect(issuesOf(definition)).toEqual(issues);
  });
});

describe("a state", () => {
  const cases: readonly (readonly [name: string, state: Json, issue: string])[] = [
    [
      "of a type that there is not",
      { Type: "Foo" },
      schema(
        "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]",
        "/States/S/Type",
      ),
    ],
    [
      "of a type that Object has",
      { Type: "constructor" },
      schema(
        "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]",
        "/States/S/Type",
      ),
    ],
    [
      "with a field of another type",
      { ...pass, TimeoutSeconds: 1 },
      schema("Field 'TimeoutSeconds' is not supported", "/States/S"),
    ],
    [
      "with a field of JSONata",
      { ...pass, Output: 1 },
      schema(
        "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage",
        "/States/S",
      ),
    ],
    [
      "that neither ends nor goes on",
      { Type: "Pass" },
      schema("Exactly one of these fields is required: [Next, End]", "/States/S"),
    ],
    [
      "that ends and goes on",
      { ...pass, Next: "S" },
      schema("Exactly one of these fields is required: [Next, End]", "/States/S"),
    ],
    [
      "with a template that is no path",
      { ...pass, Parameters: { "a.$": "States.Nope()" } },
      schema(
        "The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call",
        "/States/S/Parameters",
      ),
    ],
    [
      "with a template of a number",
      { ...pass, Parameters: { b: [{ "a.$": 1 }] } },
      schema(
        "The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call",
        "/States/S/Parameters",
      ),
    ],
    [
      "with a key given twice",
      { ...pass, Parameters: { a: 1, "a.$": "$.a" } },
      schema("The field 'a' is given twice: with and without '.$'", "/States/S/Parameters"),
    ],
    [
      "with a ResultPath into the context",
      { ...pass, ResultPath: "$$.a" },
      schema(`Value is not a Reference Path: expected a path that begins with $., got "$$.a"`, "/States/S/ResultPath"),
    ],
    [
      "with a variable named states",
      { ...pass, Assign: { states: 1 } },
      schema("Invalid variable name 'states'", "/States/S/Assign"),
    ],
    [
      "that waits until no time",
      { Type: "Wait", Timestamp: "2016-13-05T21:29:29Z", End: true },
      schema("String does not match RFC3339 timestamp", "/States/S/Timestamp"),
    ],
    [
      "that waits in two ways",
      { Type: "Wait", Seconds: 1, SecondsPath: "$.a", End: true },
      schema("Exactly one of these fields is required: [Seconds, SecondsPath, Timestamp, TimestampPath]", "/States/S"),
    ],
    ["without its Resource", { Type: "Task", End: true }, schema("These fields are required: [Resource]", "/States/S")],
    [
      "with a retrier that names nothing",
      { Type: "Task", Resource: job, Retry: [{ ErrorEquals: [] }], End: true },
      schema("Value cannot be empty", "/States/S/Retry[0]/ErrorEquals"),
    ],
    [
      "with two causes",
      { Type: "Fail", Cause: "a", CausePath: "$.a" },
      schema("Only one of these fields is allowed: [Cause, CausePath]", "/States/S"),
    ],
    [
      "with a rule that compares nothing",
      { Type: "Choice", Choices: [{ Variable: "$.a", Next: "S" }], Default: "S" },
      schema(
        "Exactly one operator is required, such as StringEquals, And, Or or Not; got none",
        "/States/S/Choices[0]",
      ),
    ],
    [
      "with a comparison of another type",
      { Type: "Choice", Choices: [{ Not: { Variable: "$.a", NumericEquals: "1" }, Next: "S" }], Default: "S" },
      schema("Expected value of type Number", "/States/S/Choices[0]/Not/NumericEquals"),
    ],
  ];

  test.each(cases)("%s", (_, state, issue) => {
    expect(ofState(state)).toContain(issue);
  });
});

describe("a rule", () => {
  const unsupported = (field: string, place: string) =>
    schema(`Field '${field}' is not supported`, `/States/S/${place}`);
  const retry = (...rules: readonly Json[]) => ({ Type: "Task", Resource: job, Retry: rules, End: true });
  const caught = (...rules: readonly Json[]) => ({ Type: "Task", Resource: job, Catch: rules, Next: "S" });
  const choice = (rule: JsonObject) => ({ Type: "Choice", Choices: [{ Next: "S", ...rule }], Default: "S" });
  const present = { Variable: "$.a", IsNull: true };
  const all = { ErrorEquals: ["States.ALL"] };

  const cases: readonly (readonly [name: string, state: Json, issue: string])[] = [
    ["of Retry with a field that there is not", retry({ ...all, Bogus: 1 }), unsupported("Bogus", "Retry[0]")],
    [
      "of Catch with a field that there is not",
      caught({ ...all, Next: "S", Retry: 1 }),
      unsupported("Retry", "Catch[0]"),
    ],
    ["of Choices with a field that there is not", choice({ ...present, End: true }), unsupported("End", "Choices[0]")],
    [
      "within And with a target",
      choice({ And: [{ ...present, Next: "S" }] }),
      unsupported("Next", "Choices[0]/And[0]"),
    ],
    [
      "that is a combination and a test",
      choice({ Not: present, ...present }),
      schema("Exactly one operator is required, such as StringEquals, And, Or or Not; got 2", "/States/S/Choices[0]"),
    ],
    [
      "of JSONata",
      choice({ Condition: "{% true %}" }),
      schema(
        "The QueryLanguage is set to 'JSONPath', but field 'Condition' is only supported for the 'JSONata' QueryLanguage",
        "/States/S/Choices[0]",
      ),
    ],
    [
      "whose comment is no text",
      retry({ ...all, Comment: 1 }),
      schema("Expected value of type String", "/States/S/Retry[0]/Comment"),
    ],
    [
      "for all errors and another",
      caught({ ErrorEquals: ["States.ALL", "E"], Next: "S" }),
      schema("States.ALL must appear alone", "/States/S/Catch[0]/ErrorEquals"),
    ],
    [
      "for all errors before another",
      retry(all, { ErrorEquals: ["E"] }),
      schema("States.ALL must appear in the last rule", "/States/S/Retry[0]"),
    ],
    [
      "whose longest delay is its first",
      retry({ ...all, IntervalSeconds: 5, MaxDelaySeconds: 5 }),
      schema("MaxDelaySeconds must be more than IntervalSeconds, which is 5", "/States/S/Retry[0]/MaxDelaySeconds"),
    ],
    [
      "of time that asks for a heartbeat too late",
      { Type: "Task", Resource: job, TimeoutSeconds: 10, HeartbeatSeconds: 10, End: true },
      schema("HeartbeatSeconds must be less than TimeoutSeconds, which is 10", "/States/S/HeartbeatSeconds"),
    ],
  ];

  test.each(cases)("%s is refused", (_, state, issue) => {
    expect(ofState(state)).toContain(issue);
  });

  test("may say in a comment what it is for", () => {
    const comment = { Comment: "why" };
    const states = {
      S: choice({ And: [{ ...present, ...comment }], ...comment }),
      T: { ...retry({ ...all, ...comment }), Catch: [{ ...all, ...comment, Next: "E" }] },
      E: { Type: "Succeed", ...comment },
    };
    const linked = { ...states, S: { ...states.S, Default: "T" } };
    expect(issuesOf({ StartAt: "S", Version: "1.0", States: linked })).toEqual([]);
  });
});

test("a target of a catcher is looked for", () => {
  const state = { Type: "Task", Resource: job, Catch: [{ ErrorEquals: ["States.ALL"], Next: "X" }], End: true };
  expect(ofState(state)).toEqual([target("Missing 'Next' target: X", "/States/S/Catch[0]/Next")]);
});
