import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/language/json.js";
import { callHandler, pythonJson } from "../conformance/aws-histories/lambda-handlers.js";
import { withOneAccount } from "../conformance/aws-histories/one-account.js";
import type { Recording } from "../conformance/aws-histories/recording.js";
import { type Replayed, replay } from "../conformance/aws-histories/replay.js";

const recording = (states: JsonObject, more: Partial<Recording> = {}): Recording => ({
  id: "a",
  kind: "execution",
  group: "g",
  type: "STANDARD",
  definition: { StartAt: "S", States: states },
  input: {},
  queryLanguages: [],
  stateTypes: [],
  normalise: [],
  stateMachineName: "m",
  executionName: "e",
  roleArn: "arn:aws:iam::111111111111:role/r",
  mocks: [],
  expected: {},
  ...more,
});

function outputOf({ status, output, error, cause }: Replayed): unknown {
  return status === "SUCCEEDED" ? JSON.parse(output ?? "null") : { status, error, cause };
}

const typesOf = ({ events }: Replayed): readonly unknown[] => events.map(({ type }) => type);

describe("a function that was there answers", () => {
  const cases: readonly { name: string; event: Json; answer: unknown }[] = [
    { name: "id_function.py", event: { a: 1 }, answer: { kind: "returned", payload: { a: 1 } } },
    { name: "echo_function.py", event: 1, answer: { kind: "returned", payload: { Return: "HelloWorld" } } },
    { name: "return_bytes_str.py", event: 1, answer: { kind: "returned", payload: '"HelloWorld!"' } },
    {
      name: "return_decorated_input.py",
      event: { a: [1, true, null, "x"] },
      answer: { kind: "returned", payload: "input-event-{'a': [1, True, None, 'x']}" },
    },
    { name: "wait_60_seconds.py", event: 1, answer: { kind: "silent" } },
    { name: "unknown.py", event: 1, answer: { kind: "silent" } },
  ];

  test.each(cases)("$name", ({ name, event, answer }) => {
    expect(callHandler(name, event)).toEqual(answer);
  });

  test("with the exception that it raises", () => {
    const answer = callHandler("raise_custom_exception.py", {});
    expect(answer).toMatchObject({ error: "CustomException", failure: { errorMessage: "CustomException message" } });
  });

  test("in Python's layout", () => {
    expect(pythonJson({ a: [1, "x"], b: { c: null } })).toBe('{"a": [1, "x"], "b": {"c": null}}');
  });
});

describe("what was set up answers where nothing was recorded", () => {
  const lambda = "arn:aws:lambda:us-east-1:111111111111:function:f";
  const setup = [
    { lambdaFunction: { name: "f", handler: "id_function.py" } },
    { service: "s3", op: "put_object", args: { Bucket: "b", Key: "k.json", Body: '[{"n":1},{"n":2}]' } },
    { service: "s3", op: "put_object", args: { Bucket: "b", Key: "other/k.json", Body: "[]" } },
  ];
  const mapOf = (more: JsonObject): JsonObject => ({
    Type: "Map",
    End: true,
    ItemProcessor: {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      StartAt: "P",
      States: { P: { Type: "Task", Resource: lambda, End: true } },
    },
    ...more,
  });
  const reader = (resource: string, parameters: JsonObject): JsonObject => ({
    Resource: `arn:aws:states:::s3:${resource}`,
    ReaderConfig: { InputType: "JSON" },
    Parameters: parameters,
  });

  test("a function, called directly", () => {
    const replayed = replay(
      recording({ S: { Type: "Task", Resource: lambda, End: true } }, { setup, input: { a: 1 } }),
    );
    expect(outputOf(replayed)).toEqual({ a: 1 });
  });

  test("a function, invoked", () => {
    const parameters = { FunctionName: "f", "Payload.$": "$" };
    const state = { Type: "Task", Resource: "arn:aws:states:::lambda:invoke", Parameters: parameters, End: true };
    expect(outputOf(replay(recording({ S: state }, { setup, input: { a: 1 } })))).toMatchObject({ Payload: { a: 1 } });
  });

  test("an object that a Map reads, for its child executions", () => {
    const states = { S: mapOf({ ItemReader: reader("getObject", { Bucket: "b", Key: "k.json" }) }) };
    expect(outputOf(replay(recording(states, { setup })))).toEqual([{ n: 1 }, { n: 2 }]);
  });

  test("a list of objects", () => {
    const { ReaderConfig: _, ...list } = reader("listObjectsV2", { Bucket: "b", Prefix: "other/" });
    const replayed = replay(recording({ S: mapOf({ ItemReader: list }) }, { setup }));
    expect(outputOf(replayed)).toMatchObject([
      { Key: "other/k.json", Size: 2, Etag: '"d751713988987e9331980363e24189ce"' },
    ]);
  });

  test("not an object that is not there", () => {
    const states = { S: mapOf({ ItemReader: reader("getObject", { Bucket: "b", Key: "none" }) }) };
    expect(outputOf(replay(recording(states, { setup })))).toMatchObject({ error: "States.ItemReaderFailed" });
  });
});

describe("a recorded answer", () => {
  const activity = "arn:aws:states:us-east-1:111111111111:activity:a";
  const started = { type: "ActivityStarted", activityStartedEventDetails: { workerName: "w" } };
  const state = { Type: "Task", Resource: activity, TimeoutSeconds: 5, End: true };
  const mock = { state: "S", call: "activity", input: {}, endEvent: "ActivitySucceeded", output: 1 };

  test("is given by the worker that took the activity", () => {
    const { events } = replay(recording({ S: state }, { mocks: [mock], expected: { events: [started] } }));
    expect(events[3]).toMatchObject(started);
  });

  test("of a limit that was reached comes from the timer", () => {
    const late = { ...mock, endEvent: "ActivityTimedOut", error: "States.Timeout" };
    expect(typesOf(replay(recording({ S: state }, { mocks: [late], expected: { events: [started] } })))).toEqual([
      "ExecutionStarted",
      "TaskStateEntered",
      "ActivityScheduled",
      "ActivityStarted",
      "ActivityTimedOut",
      "ExecutionFailed",
    ]);
  });

  test("of a function that is called directly is in Python's layout", () => {
    const resource = "arn:aws:lambda:us-east-1:111111111111:function:f";
    const failed = { state: "S", call: "lambda", endEvent: "LambdaFunctionFailed", error: "E", cause: { a: [1] } };
    const replayed = replay(recording({ S: { Type: "Task", Resource: resource, End: true } }, { mocks: [failed] }));
    expect(replayed.cause).toBe('{"a": [1]}');
  });
});

test("two accounts that the data made one share a name", () => {
  const masks = ["1", "2"].map((digit) => ({ kind: "regex", pattern: digit.repeat(12), as: `<account-${digit}>` }));
  const one = withOneAccount(recording({}, { normalise: masks, expected: { output: "<account-1> <account-2>" } }));
  expect([one.expected.output, one.normalise.map(({ as }) => as)]).toEqual([
    "<account-1> <account-1>",
    ["<account-1>", "<account-1>"],
  ]);
});
