import { expect, test } from "vitest";
import { misfit } from "../../src/interpreter/test-state/answer-shape.js";
import type { Json } from "../../src/language/json.js";

const lambda = "arn:aws:states:::lambda:invoke";
const invoke = "arn:aws:states:::aws-sdk:lambda:invoke";
const getFunction = "arn:aws:states:::aws-sdk:lambda:getFunction";
const startExecution = "arn:aws:states:::states:startExecution";
const getItem = "arn:aws:states:::dynamodb:getItem";
const putEvents = "arn:aws:states:::events:putEvents";
const deep = (levels: number): Json => JSON.parse(`${'{"L":['.repeat(levels)}{"S":7}${"]}".repeat(levels)}`) as Json;

const prefix = "Mock result schema validation error: ";
const cases: readonly { name: string; resource: string; answer: Json; said: string | undefined; present?: true }[] = [
  { name: "takes names that the service does not have", resource: lambda, answer: { more: 1 }, said: undefined },
  { name: "takes numbers with a fraction", resource: lambda, answer: { StatusCode: 200.5 }, said: undefined },
  {
    name: "wants numbers",
    resource: lambda,
    answer: { StatusCode: "200" },
    said: "Field 'StatusCode' must be a number",
  },
  { name: "wants texts", resource: invoke, answer: { Payload: {} }, said: "Field 'Payload' must be a string" },
  { name: "takes JSON that a function answered", resource: lambda, answer: { Payload: { a: 1 } }, said: undefined },
  {
    name: "takes the JSON of another execution",
    resource: "arn:aws:states:::states:startExecution.sync:2",
    answer: { Output: { a: 1 }, Input: [] },
    present: true,
    said: undefined,
  },
  {
    name: "wants the output of another execution as text where it is not read",
    resource: "arn:aws:states:::states:startExecution.sync",
    answer: { Output: { a: 1 } },
    present: true,
    said: "Field 'Output' must be a string",
  },
  {
    name: "takes null for no text",
    resource: invoke,
    answer: { Payload: null },
    said: "Field 'Payload' must be a string",
  },
  {
    name: "wants objects",
    resource: getFunction,
    answer: { Configuration: [] },
    said: "Field 'Configuration' must be an object",
  },
  {
    name: "wants lists",
    resource: putEvents,
    answer: { Entries: {} },
    said: "Field 'Entries' must be an array",
  },
  {
    name: "looks at each item of a list",
    resource: putEvents,
    answer: { Entries: [{ EventId: "a" }, { EventId: 1 }] },
    said: "Field 'EventId' must be a string",
  },
  {
    name: "names what is always sent",
    resource: startExecution,
    answer: { ExecutionArn: "a" },
    said: "Required field 'StartDate' is missing",
  },
  {
    name: "does not miss what is always sent where only what is there counts",
    resource: startExecution,
    answer: {},
    present: true,
    said: undefined,
  },
  {
    name: "looks at what is there where only that counts",
    resource: startExecution,
    answer: { StartDate: 1 },
    present: true,
    said: "Field 'StartDate' must be a string",
  },
  {
    name: "tells a number that is too small",
    resource: getFunction,
    answer: { Configuration: { MemorySize: 1 } },
    said: "Field 'MemorySize' is less than the minimum value",
  },
  {
    name: "tells a word that is none of the API's",
    resource: getFunction,
    answer: { Configuration: { PackageType: "Tar" } },
    said: "Field 'PackageType' is not an expected value",
  },
  {
    name: "tells a text that is too long",
    resource: "arn:aws:states:::aws-sdk:sts:assumeRole",
    answer: { AssumedRoleUser: { AssumedRoleId: "a".repeat(300), Arn: "a".repeat(20) } },
    said: "Field 'AssumedRoleId' exceeds the maximum length",
  },
  {
    name: "follows shapes that hold themselves",
    resource: getItem,
    answer: { Item: { a: deep(300) } },
    said: "Field 'S' must be a string",
  },
  {
    name: "holds a job that is waited for against its description",
    resource: "arn:aws:states:::states:startExecution.sync:2",
    answer: { ExecutionArn: "a", StartDate: "b" },
    said: "Required field 'StateMachineArn' is missing",
  },
  {
    name: "lets the holder of a token answer what they want",
    resource: "arn:aws:states:::states:startExecution.waitForTaskToken",
    answer: { ExecutionArn: 1 },
    said: undefined,
  },
  { name: "knows no shape of an HTTP answer", resource: "arn:aws:states:::http:invoke", answer: 1, said: undefined },
  {
    name: "knows no shape of a function's answer",
    resource: "arn:aws:lambda:eu-west-1:123456789012:function:f",
    answer: [1],
    said: undefined,
  },
  {
    name: "takes the key __proto__ for a name",
    resource: lambda,
    answer: JSON.parse('{"__proto__": 1}'),
    said: undefined,
  },
  {
    name: "finds no service by a name that objects have",
    resource: "arn:aws:states:::aws-sdk:constructor:name",
    answer: {},
    said: undefined,
  },
];

test.each(cases)("$name", ({ resource, answer, said, present }) => {
  expect(misfit(resource, answer, present !== true)).toBe(said === undefined ? undefined : prefix + said);
});

test("an answer that is no object is told so", () => {
  expect(misfit(lambda, [], true)).toBe("Mocked result must be a JSON object.");
});
