import { expect, test } from "vitest";
import type { JsonObject } from "../../src/language/json.js";
import { judgeTest, type RecordedTest } from "../conformance/aws-histories/test-state.js";

const pass = { Type: "Pass", Result: { n: 1 }, Next: "After" };
const done = { status: "SUCCEEDED", output: { n: 1 }, nextState: "After" };
const failing = { Type: "Fail", Error: "E", Cause: "c" };
const metadata = { ResponseMetadata: { HTTPHeaders: {}, HTTPStatusCode: 200 } };
const refused = (Code: string, Message: string): RecordedTest["expected"] => ({ error: { Error: { Code, Message } } });
const inWords =
  "An error occurred (ValidationException) when calling the TestState operation: State not found in definition";
const machine = { StartAt: "A", States: { A: { Type: "Succeed" } } };

const cases: readonly {
  name: string;
  request?: JsonObject;
  expected: RecordedTest["expected"];
  stages: readonly string[];
}[] = [
  { name: "the same answer", expected: { response: { ...done, ...metadata } }, stages: [] },
  { name: "another output", expected: { response: { ...done, output: { n: 2 } } }, stages: ["output", "answer"] },
  { name: "another status", expected: { response: { ...done, status: "FAILED" } }, stages: ["status", "answer"] },
  { name: "another state next", expected: { response: { ...done, nextState: "B" } }, stages: ["answer"] },
  { name: "a member too few", expected: { response: { status: "SUCCEEDED", output: { n: 1 } } }, stages: ["answer"] },
  {
    name: "the same failure",
    request: { definition: failing },
    expected: { response: { status: "FAILED", error: "E", cause: "c" } },
    stages: [],
  },
  {
    name: "another cause",
    request: { definition: failing },
    expected: { response: { status: "FAILED", error: "E", cause: "d" } },
    stages: ["cause", "answer"],
  },
  {
    name: "the same refusal",
    request: { definition: machine, stateName: "B" },
    expected: refused("ValidationException", "State not found in definition"),
    stages: [],
  },
  {
    name: "the same refusal in the client's words",
    request: { definition: machine, stateName: "B" },
    expected: { error: inWords },
    stages: [],
  },
  {
    name: "a refusal in other words",
    request: { definition: machine, stateName: "B" },
    expected: refused("ValidationException", "no such state"),
    stages: ["cause", "answer"],
  },
  { name: "no refusal", expected: { error: inWords }, stages: ["status", "error", "cause", "answer"] },
  {
    name: "no refusal where the client refused",
    expected: { error: "Parameter validation failed" },
    stages: ["status"],
  },
];

test.each(cases)("$name: $stages", ({ request = { definition: pass }, expected, stages }) => {
  const recorded: RecordedTest = { id: "a", kind: "test_state", request: { input: {}, ...request }, expected };
  expect(Object.keys(judgeTest(recorded).reasons)).toEqual(stages);
});
