import { SFNClient, TestStateCommand, type TestStateCommandInput } from "@aws-sdk/client-sfn";
import { describe, expect, test } from "vitest";
import { VirtualClock } from "../../src/local/clock.js";
import { defaultIdentity } from "../../src/local/identity.js";
import { createStepFunctions } from "../../src/local/step-functions/step-functions.js";
import type { TaskRunner } from "../../src/local/step-functions/tasks.js";
import { inProcess, overHttp } from "./clients.js";
import { noObjects } from "./no-objects.js";

const roleArn = "arn:aws:iam::000000000000:role/sfn-ds-local";

function handler(clock = new VirtualClock(), start: TaskRunner["start"] = () => ({ cancel() {} })) {
  const call = { service: "sagemaker", action: "createModel", patterns: [""], requiredParameters: [], parameters: [] };
  const tasks = [{ ...call, runner: { start } }];
  return createStepFunctions({ identity: defaultIdentity, clock, tasks, storage: noObjects }).handle;
}

async function tested(request: TestStateCommandInput, sfn = new SFNClient(inProcess(handler()))) {
  const { $metadata: _, ...answer } = await sfn.send(new TestStateCommand(request));
  return answer;
}

const invoke = JSON.stringify({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Parameters: { FunctionName: "score", "Payload.$": "$.row" },
  ResultSelector: { "score.$": "$.Payload" },
  ResultPath: "$.scored",
  Catch: [{ ErrorEquals: ["Lambda.TooManyRequestsException"], Next: "Later", ResultPath: "$.why" }],
  Next: "Store",
});

describe("TestState", () => {
  test("runs a task with what its service is said to answer, and tells the data of each field", async () => {
    const answer = await tested({
      definition: invoke,
      input: '{"row": 1}',
      mock: { result: '{"Payload": "0.7"}' },
      inspectionLevel: "DEBUG",
    });
    expect(answer).toEqual({
      status: "SUCCEEDED",
      output: '{"row":1,"scored":{"score":"0.7"}}',
      nextState: "Store",
      inspectionData: {
        input: '{"row": 1}',
        afterInputPath: '{"row": 1}',
        afterParameters: '{"FunctionName":"score","Payload":1}',
        result: '{"Payload": "0.7"}',
        afterResultSelector: '{"score":"0.7"}',
        afterResultPath: '{"row":1,"scored":{"score":"0.7"}}',
      },
    });
  });

  test("answers a client over HTTP that adds no prefix to the host", async () => {
    const sfn = new SFNClient({ ...(await overHttp(handler())), disableHostPrefix: true });
    const mock = { errorOutput: { error: "Lambda.TooManyRequestsException", cause: "slow down" } };
    expect(await tested({ definition: invoke, input: '{"row": 1}', mock }, sfn)).toEqual({
      status: "CAUGHT_ERROR",
      error: "Lambda.TooManyRequestsException",
      cause: "slow down",
      output: '{"row":1,"why":{"Error":"Lambda.TooManyRequestsException","Cause":"slow down"}}',
      nextState: "Later",
    });
  });

  const createModel = JSON.stringify({
    Type: "Task",
    Resource: "arn:aws:states:::sagemaker:createModel",
    Parameters: { "ModelName.$": "$$.Execution.Name" },
    End: true,
  });

  test("calls what the service runs itself", async () => {
    const start: TaskRunner["start"] = ({ parameters }, report) => {
      report.succeeded({ took: parameters });
      return { cancel() {} };
    };
    const sfn = new SFNClient(inProcess(handler(new VirtualClock(), start)));
    const { output, inspectionData } = await tested(
      { definition: createModel, roleArn, inspectionLevel: "DEBUG" },
      sfn,
    );
    expect(output).toBe(`{"took":${inspectionData?.afterParameters}}`);
  });

  test("gives up a call after five minutes", async () => {
    const clock = new VirtualClock();
    let cancelled = false;
    const start = () => {
      queueMicrotask(() => clock.advance(5 * 60 * 1000));
      return {
        cancel() {
          cancelled = true;
        },
      };
    };
    const sfn = new SFNClient(inProcess(handler(clock, start)));
    expect(await tested({ definition: createModel, roleArn }, sfn)).toEqual({
      status: "FAILED",
      error: "States.Timeout",
    });
    expect(cancelled).toBe(true);
  });

  test.each([
    {
      name: "a definition that AWS would not take",
      request: { definition: '{"Type":"Pass","Foo":1,"End":true}' },
      error: "InvalidDefinition",
      message:
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Field 'Foo' is not supported at /States/StateName'",
    },
    {
      name: "a mock that the service would not answer",
      request: { definition: invoke, mock: { result: '{"StatusCode": "200"}' } },
      error: "ValidationException",
      message: "Mock result schema validation error: Field 'StatusCode' must be a number",
    },
    {
      name: "a call that it would have to make",
      request: { definition: invoke, input: '{"row": 1}', roleArn },
      error: "ValidationException",
      message: 'the embedded service does not call "arn:aws:states:::lambda:invoke": give a mock for it',
    },
    {
      name: "a member that is out of range",
      request: { definition: invoke, stateName: "" },
      error: "ValidationException",
      message:
        "1 validation error detected: Value '' at 'stateName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    },
    {
      name: "an input that is no JSON",
      request: { definition: '{"Type":"Pass","End":true}', input: "{" },
      error: "InvalidExecutionInput",
      message: "Invalid State Machine Execution Input: 'The input is no JSON.'",
    },
  ])("refuses $name", async ({ request, error, message }) => {
    await expect(tested(request)).rejects.toMatchObject({ name: error, message });
  });
});
