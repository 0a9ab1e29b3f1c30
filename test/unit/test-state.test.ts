import { describe, expect, test } from "vitest";
import type { TestStateRequest } from "../../src/interpreter/test-state/request.js";
import { testState } from "../../src/interpreter/test-state/test-state.js";
import type { Json } from "../../src/language/json.js";
import { testedProblem } from "../../src/local/step-functions/verdict.js";

let made = 0;
const around = {
  partition: "aws",
  region: "eu-west-1",
  account: "111111111111",
  now: 1_800_000_000_000,
  newId: () => `id-${++made}`,
  check: testedProblem,
};

type Parts = Partial<Record<"input" | "variables" | "context", Json>> &
  Pick<TestStateRequest, "stateName" | "inspectionLevel" | "roleArn" | "revealSecrets" | "stateConfiguration"> & {
    readonly mock?: {
      readonly result?: Json;
      readonly errorOutput?: { readonly error?: string; readonly cause?: string };
    };
  };

function tested(definition: object, { input, variables, context, mock, ...parts }: Parts = {}) {
  made = 0;
  const json = (value: Json | undefined) => (value === undefined ? undefined : JSON.stringify(value));
  const { result, ...others } = mock ?? {};
  return testState(
    {
      ...parts,
      definition: JSON.stringify(definition),
      input: json(input),
      variables: json(variables),
      context: json(context),
      mock: mock === undefined ? undefined : { ...others, result: json(result) },
    },
    around,
  );
}

const lambda = { Type: "Task", Resource: "arn:aws:states:::lambda:invoke", End: true };
const sync = { Type: "Task", Resource: "arn:aws:states:::states:startExecution.sync:2", End: true };
const failing = (error: string, cause?: string) => ({
  mock: { errorOutput: { error, ...(cause === undefined ? {} : { cause }) } },
});
const pass = { Type: "Pass", End: true };
const machine = (states: object) => ({ StartAt: "A", States: states });
const retry = (...rules: object[]) => ({ ...lambda, Retry: rules });

describe("what becomes of a state", () => {
  test("a wait is over at once", () => {
    expect(tested({ Type: "Wait", Seconds: 3600, Next: "B" }, { input: 1 })).toEqual({
      status: "SUCCEEDED",
      output: "1",
      nextState: "B",
    });
  });

  test("a Fail state gives its error and cause", () => {
    expect(tested({ Type: "Fail", Error: "E", Cause: "c" })).toEqual({ status: "FAILED", error: "E", cause: "c" });
  });

  test("the cause of a failure of the engine does not say where it happened", () => {
    const answer = tested({ ...pass, InputPath: "$.a" });
    expect(answer).toMatchObject({
      status: "FAILED",
      error: "States.Runtime",
      cause: expect.stringMatching(/^Invalid path '\$\.a'/),
    });
  });

  test("a choice tells where it goes, wherever that is", () => {
    const choices = [{ Variable: "$.a", NumericEquals: 1, Next: "One" }];
    expect(tested({ Type: "Choice", Choices: choices, Default: "Other" }, { input: { a: 1 } })).toMatchObject({
      nextState: "One",
    });
  });

  test("a state within a Map is found by its name", () => {
    const map = { Type: "Map", ItemProcessor: { StartAt: "B", States: { B: { ...pass, Result: 7 } } }, End: true };
    expect(tested(machine({ A: map }), { stateName: "B" })).toMatchObject({ output: "7" });
  });

  test.each(["__proto__", "constructor", "a/b"])("a state may be called %s", (name) => {
    const states = JSON.parse(
      `{ "A": { "Type": "Pass", "Next": "${name}" }, "${name}": { "Type": "Pass", "Result": 7, "End": true } }`,
    );
    expect(tested(machine(states), { stateName: name })).toMatchObject({ output: "7" });
  });

  test("a name that every object has is no state", () => {
    expect(tested(machine({ A: pass }), { stateName: "toString" })).toMatchObject({
      message: "State not found in definition",
    });
  });

  test("a state of a machine does not go on to the next", () => {
    expect(tested(machine({ A: { Type: "Pass", Next: "B" }, B: { Type: "Fail" } }), { stateName: "A" })).toMatchObject({
      status: "SUCCEEDED",
      nextState: "B",
    });
  });

  test("an input keeps its text while nothing changes it", () => {
    const request = { definition: JSON.stringify(pass), input: '{ "a" : 1 }' };
    expect(testState(request, around)).toMatchObject({ output: '{ "a" : 1 }' });
  });

  test("a call without a mock is handed to the caller, and goes on with what it gave", () => {
    const request = {
      definition: JSON.stringify({ ...lambda, Parameters: { "Payload.$": "$.a" } }),
      input: '{"a":1}',
      roleArn: "arn:aws:iam::111111111111:role/r",
    };
    const needed = testState(request, around);
    expect(needed).toMatchObject({ resource: lambda.Resource, parameters: { value: { Payload: 1 } } });
    expect(testState(request, around, { result: 5 })).toEqual({ status: "SUCCEEDED", output: "5" });
  });
});

describe("retry and catch", () => {
  const retriers = retry(
    { ErrorEquals: ["A"], MaxAttempts: 1 },
    { ErrorEquals: ["B"], IntervalSeconds: 2, BackoffRate: 3 },
  );

  test("an error that is tried again is told with the rule and the pause", () => {
    expect(tested(retriers, { ...failing("B", "c"), inspectionLevel: "DEBUG" })).toMatchObject({
      status: "RETRIABLE",
      error: "B",
      cause: "c",
      inspectionData: { errorDetails: { retryIndex: 1, retryBackoffIntervalSeconds: 2 } },
    });
  });

  test("the pause grows with the attempts that were made", () => {
    const stateConfiguration = { retrierRetryCount: 2 };
    expect(tested(retriers, { ...failing("B"), stateConfiguration, inspectionLevel: "DEBUG" })).toMatchObject({
      inspectionData: { errorDetails: { retryBackoffIntervalSeconds: 18 } },
    });
  });

  test("a rule that is used up is told without a pause", () => {
    const stateConfiguration = { retrierRetryCount: 1 };
    const answer = tested(retriers, { ...failing("A"), stateConfiguration, inspectionLevel: "DEBUG" });
    expect(answer).toMatchObject({ status: "FAILED", inspectionData: { errorDetails: { retryIndex: 0 } } });
  });

  test("at level INFO no rule is told", () => {
    expect(tested(retriers, failing("B"))).toEqual({ status: "RETRIABLE", error: "B" });
  });

  test("an error that is caught is told with the rule and the way on", () => {
    const caught = {
      ...lambda,
      Catch: [
        { ErrorEquals: ["A"], Next: "X" },
        { ErrorEquals: ["States.ALL"], Next: "Y" },
      ],
    };
    expect(tested(caught, { ...failing("B", "c"), inspectionLevel: "DEBUG" })).toMatchObject({
      status: "CAUGHT_ERROR",
      nextState: "Y",
      error: "B",
      output: '{"Error":"B","Cause":"c"}',
      inspectionData: { errorDetails: { catchIndex: 1 } },
    });
  });
});

const processor = { StartAt: "P", States: { P: pass } };
const distributed = { ...processor, ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" } };

describe("a Map", () => {
  test("tells its items, what each iteration gets, and its bounds", () => {
    const map = {
      Type: "Map",
      InputPath: "$.in",
      ItemsPath: "$.list",
      ItemSelector: { "at.$": "$$.Map.Item.Index", "of.$": "$.name" },
      MaxConcurrency: 2,
      ItemProcessor: processor,
      ResultPath: "$.out",
      End: true,
    };
    const input = { in: { list: ["a", "b"], name: "n" } };
    expect(tested(map, { input, mock: { result: [7, 8] }, inspectionLevel: "DEBUG" })).toEqual({
      status: "SUCCEEDED",
      output: '{"in":{"list":["a","b"],"name":"n"},"out":[7,8]}',
      inspectionData: {
        input: JSON.stringify(input),
        afterInputPath: '{"list":["a","b"],"name":"n"}',
        afterItemsPath: '["a","b"]',
        afterItemSelector: '[{"at":0,"of":"n"},{"at":1,"of":"n"}]',
        afterResultSelector: "[7,8]",
        afterResultPath: '{"in":{"list":["a","b"],"name":"n"},"out":[7,8]}',
        maxConcurrency: 2,
      },
    });
  });

  test("reads what stands in the object of its reader, and tells its batches", () => {
    const map = {
      Type: "Map",
      ItemReader: {
        Resource: "arn:aws:states:::s3:getObject",
        ReaderConfig: { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW" },
        Parameters: { Bucket: "b", Key: "k" },
      },
      ItemBatcher: { MaxItemsPerBatch: 2 },
      ItemProcessor: distributed,
      End: true,
    };
    const stateConfiguration = { mapItemReaderData: "id\n1\n2\n3\n" };
    expect(tested(map, { mock: { result: [] }, stateConfiguration, inspectionLevel: "DEBUG" })).toMatchObject({
      inspectionData: { afterItemBatcher: '[{"Items":[{"id":"1"},{"id":"2"}]},{"Items":[{"id":"3"}]}]' },
    });
    expect(tested(map, { mock: { result: [] } })).toMatchObject({
      message: "ItemReader data must be specified when testing a Map state with ItemReader specified.",
    });
  });

  test("fails where its items are no list, before it has bounds", () => {
    const map = { Type: "Map", ItemsPath: "$.a", ItemProcessor: processor, End: true };
    expect(tested(map, { input: { a: 1 }, mock: { result: [] }, inspectionLevel: "DEBUG" })).toEqual({
      status: "FAILED",
      error: "States.Runtime",
      cause: 'Reference path "$.a" must point to array.',
      inspectionData: { input: '{"a":1}', afterInputPath: '{"a":1}' },
    });
  });

  const bounds: readonly { bounds: object; failed: number; status: string }[] = [
    { bounds: {}, failed: 4, status: "SUCCEEDED" },
    { bounds: { ToleratedFailureCount: 2 }, failed: 2, status: "SUCCEEDED" },
    { bounds: { ToleratedFailureCount: 2 }, failed: 3, status: "FAILED" },
    { bounds: { ToleratedFailurePercentage: 50 }, failed: 2, status: "SUCCEEDED" },
    { bounds: { ToleratedFailurePercentage: 50 }, failed: 3, status: "FAILED" },
    { bounds: { ToleratedFailureCountPath: "$[0]" }, failed: 2, status: "FAILED" },
  ];
  test.each(bounds)("with $bounds and $failed of 4 failed: $status", ({ bounds: fields, failed, status }) => {
    const map = { Type: "Map", ItemProcessor: distributed, ...fields, End: true };
    const stateConfiguration = { mapIterationFailureCount: failed };
    expect(tested(map, { input: [1, 2, 3, 4], mock: { result: [] }, stateConfiguration })).toMatchObject({ status });
  });

  test("cannot have more failures than iterations", () => {
    const map = { Type: "Map", ItemProcessor: processor, End: true };
    const stateConfiguration = { mapIterationFailureCount: 2 };
    expect(tested(map, { input: [1], mock: { result: [] }, stateConfiguration })).toMatchObject({
      message: "Map iteration failure count must be less than or equal to the number of Map iterations",
    });
  });

  test("gives an object where its results are written", () => {
    const writer = { Resource: "arn:aws:states:::s3:putObject", Parameters: { Bucket: "b" } };
    const map = { Type: "Map", ItemProcessor: distributed, ResultWriter: writer, End: true };
    expect(tested(map, { input: [], mock: { result: { MapRunArn: "a" } } })).toMatchObject({
      output: '{"MapRunArn":"a"}',
    });
    expect(tested(map, { input: [], mock: { result: [] } })).toMatchObject({
      message: "Mocked result must be a JSON object.",
    });
  });
});

describe("a Parallel", () => {
  const parallel = {
    Type: "Parallel",
    Branches: [processor, { StartAt: "Q", States: { Q: pass } }],
    ResultSelector: { "first.$": "$[0]" },
    Catch: [{ ErrorEquals: ["States.ALL"], Next: "X" }],
    End: true,
  };

  test("leaves with what its branches are said to give", () => {
    expect(tested(parallel, { mock: { result: [1, 2] } })).toMatchObject({ output: '{"first":1}' });
  });

  test("has no cause where the error of a branch has none", () => {
    expect(tested(parallel, failing("E"))).toMatchObject({
      status: "CAUGHT_ERROR",
      output: '{"Error":"E","Cause":null}',
    });
  });

  test("gives one result for each branch", () => {
    expect(tested(parallel, { mock: { result: [1] } })).toMatchObject({
      message: "Mocked result must contain the same number of items as number of Parallel branches.",
    });
  });
});

describe("context and variables", () => {
  test("a Context Object that is given takes the place of the whole", () => {
    const context = { Execution: { Name: "mine" } };
    const selecting = { ...lambda, ResultSelector: { "all.$": "$$" } };
    expect(tested(selecting, { context, mock: { result: {} } })).toMatchObject({
      output: JSON.stringify({ all: context }),
    });
  });

  test("else it is that of an Express execution without a name", () => {
    expect(tested({ ...pass, Parameters: { "all.$": "$$" } }, { roleArn: "r" })).toMatchObject({
      output: JSON.stringify({
        all: {
          Execution: {
            Id: "arn:aws:states:eu-west-1:111111111111:express:id-1:id-2",
            Input: {},
            Name: "id-2",
            RoleArn: "r",
            StartTime: "2027-01-15T08:00:00.000Z",
          },
          StateMachine: { Id: "arn:aws:states:eu-west-1:111111111111:stateMachine:id-1", Name: "id-1" },
          State: { Name: "StateName", EnteredTime: "2027-01-15T08:00:00.000Z" },
        },
      }),
    });
  });

  test("variables are told as the state leaves them", () => {
    const assigning = { ...pass, Assign: { "b.$": "$a", a: 2 } };
    expect(tested(assigning, { variables: { a: 1 }, inspectionLevel: "TRACE" })).toMatchObject({
      inspectionData: { variables: '{"a":2,"b":1}' },
    });
  });
});

describe("what is refused", () => {
  const cases: readonly { name: string; definition: object; parts?: Parts; message: string }[] = [
    {
      name: "no such state",
      definition: machine({ A: pass }),
      parts: { stateName: "B" },
      message: "State not found in definition",
    },
    {
      name: "a mock for a state that calls nothing",
      definition: { Type: "Wait", Seconds: 1, End: true },
      parts: { mock: { result: 1 } },
      message: "State type 'Wait' is not supported when a mock is specified",
    },
    {
      name: "a result and an error at once",
      definition: lambda,
      parts: { mock: { result: {}, errorOutput: { error: "E" } } },
      message: "A test mock should have only one of the following fields: [result, errorOutput].",
    },
    {
      name: "an error without a name",
      definition: lambda,
      parts: { mock: { errorOutput: { cause: "c" } } },
      message: "An error was not specified in the mocked error output.",
    },
    {
      name: "secrets along with a mock",
      definition: lambda,
      parts: { mock: { result: {} }, revealSecrets: true },
      message: "TestState does not support RevealSecrets when a mock is specified.",
    },
    {
      name: "a task without a role and without a mock",
      definition: lambda,
      message: "RoleArn must be specified when testing a Task state",
    },
    {
      name: "a context without a mock",
      definition: pass,
      parts: { context: {} },
      message: "A Context object can only be specified when a mock is specified",
    },
    {
      name: "a job without a mock",
      definition: sync,
      parts: { roleArn: "r" },
      message: "TestState API does not support '.sync' or '.waitForTaskToken' integration patterns",
    },
    {
      name: "variables that are no object",
      definition: pass,
      parts: { variables: [1] },
      message: "variables must be a JSON object",
    },
    {
      name: "an error from a state that is not within",
      definition: lambda,
      parts: { ...failing("E"), stateConfiguration: { errorCausedByState: "X" } },
      message: "State specified in errorCausedByState not found in definition",
    },
  ];
  test.each(cases)("$name", ({ definition, parts, message }) => {
    expect(tested(definition, parts)).toMatchObject({ message });
  });

  const contexts: readonly { context: Json; message: string }[] = [
    { context: { State: { RetryCount: "1" } }, message: "State.RetryCount must be a number" },
    { context: { Execution: [] }, message: "Execution must be an object" },
    { context: [], message: "must be a JSON object" },
    { context: { constructor: 1 }, message: "Field 'constructor' is not allowed" },
  ];
  test.each(contexts)("a context of $context", ({ context, message }) => {
    expect(tested(lambda, { context, mock: { result: {} } })).toMatchObject({
      code: "ValidationException",
      message: `Invalid Context object provided: ${message}`,
    });
  });

  test("a context of a job may have a token", () => {
    const context = { Task: { Token: "t" } };
    const waiting = { Type: "Task", Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken", End: true };
    expect(tested(waiting, { context, mock: { result: {} } })).toMatchObject({ status: "SUCCEEDED" });
  });

  test("a mock that is no JSON", () => {
    const request = { definition: JSON.stringify(lambda), mock: { result: "{", fieldValidationMode: "NONE" } } as const;
    expect(testState(request, around)).toMatchObject({ message: "Mocked result must be valid JSON" });
  });

  test("a definition that is no JSON", () => {
    expect(testState({ definition: "{" }, around)).toMatchObject({
      code: "InvalidDefinition",
      message: expect.stringContaining("INVALID_JSON_DESCRIPTION"),
    });
  });
});
