import { describe, expect, test } from "vitest";
import * as z from "zod";
import { compile, compileResolved } from "../../src/compile/compile.js";
import { context } from "../../src/expression/context.js";
import { ExecutionInput, StepInput } from "../../src/expression/execution-input.js";
import { States } from "../../src/expression/intrinsics.js";
import { jsonata } from "../../src/expression/jsonata-expression.js";
import type { Ref } from "../../src/expression/placeholder.js";
import { DefinitionError } from "../../src/language/errors.js";
import type { Json, JsonObject } from "../../src/language/json.js";
import { EndpointStep } from "../../src/sagemaker/hosting/endpoint-step.js";
import { waitUntilInService } from "../../src/sagemaker/hosting/wait-until-in-service.js";
import { uniqueName } from "../../src/sagemaker/unique-name.js";
import { Chain } from "../../src/states/chain.js";
import { Pass } from "../../src/states/pass.js";
import { prefixStates } from "../../src/states/prefix-states.js";
import { Task } from "../../src/states/task.js";
import type { Mock } from "../conformance/aws-histories/recording.js";
import { FakeAws } from "./fake-aws.js";
import { run } from "./run-definition.js";

const session = new FakeAws().session();
const input = new ExecutionInput(z.object({ name: z.string(), config: z.string() }));
const arn = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/e";

const deployed = (options: object = {}) =>
  new EndpointStep("Deploy", { session, endpointName: input.name, endpointConfigName: input.config, ...options });

async function machine(options: object = {}) {
  const deploy = deployed(options);
  const { chain } = waitUntilInService(deploy, { pollSeconds: 60 });
  return (await compileResolved(Chain.of(deploy, chain))).definition;
}

test("the states and how they hang together", async () => {
  const { States: states } = await machine();
  expect(states).toMatchInlineSnapshot(`
    {
      "Deploy": {
        "Next": "Deploy: wait",
        "Parameters": {
          "EndpointConfigName.$": "$$.Execution.Input['config']",
          "EndpointName.$": "$$.Execution.Input['name']",
        },
        "Resource": "arn:aws:states:::sagemaker:createEndpoint",
        "Type": "Task",
      },
      "Deploy: describe": {
        "Next": "Deploy: in service?",
        "Parameters": {
          "EndpointName.$": "$$.Execution.Input['name']",
        },
        "Resource": "arn:aws:states:::aws-sdk:sagemaker:describeEndpoint",
        "Retry": [
          {
            "ErrorEquals": [
              "States.TaskFailed",
            ],
            "IntervalSeconds": 10,
            "MaxAttempts": 5,
          },
        ],
        "Type": "Task",
      },
      "Deploy: failed": {
        "CausePath": "States.Format('the endpoint {} is {} with the configuration {}: {}', $['EndpointName'], $['EndpointStatus'], $['EndpointConfigName'], $['FailureReason'])",
        "Error": "EndpointNotInService",
        "Type": "Fail",
      },
      "Deploy: in service": {
        "End": true,
        "Type": "Pass",
      },
      "Deploy: in service?": {
        "Choices": [
          {
            "And": [
              {
                "StringEquals": "InService",
                "Variable": "$['EndpointStatus']",
              },
              {
                "StringEqualsPath": "$$.Execution.Input['config']",
                "Variable": "$['EndpointConfigName']",
              },
            ],
            "Next": "Deploy: in service",
          },
          {
            "Next": "Deploy: wait",
            "Or": [
              {
                "StringEquals": "Creating",
                "Variable": "$['EndpointStatus']",
              },
              {
                "StringEquals": "Updating",
                "Variable": "$['EndpointStatus']",
              },
              {
                "StringEquals": "SystemUpdating",
                "Variable": "$['EndpointStatus']",
              },
              {
                "StringEquals": "RollingBack",
                "Variable": "$['EndpointStatus']",
              },
            ],
          },
          {
            "IsPresent": true,
            "Next": "Deploy: failed",
            "Variable": "$['FailureReason']",
          },
        ],
        "Default": "Deploy: not in service",
        "Type": "Choice",
      },
      "Deploy: not in service": {
        "CausePath": "States.Format('the endpoint {} is {} with the configuration {}', $['EndpointName'], $['EndpointStatus'], $['EndpointConfigName'])",
        "Error": "EndpointNotInService",
        "Type": "Fail",
      },
      "Deploy: wait": {
        "Next": "Deploy: describe",
        "Seconds": 60,
        "Type": "Wait",
      },
    }
  `);
});

const answered = (state: string, output: Json): Mock => ({ state, endEvent: "TaskSucceeded", output });

const described = (status: string, more: JsonObject = {}): Mock =>
  answered("Deploy: describe", {
    EndpointName: "e",
    EndpointArn: arn,
    EndpointConfigName: "c",
    EndpointStatus: status,
    ...more,
  });

async function ends(...answers: readonly Mock[]) {
  const definition = (await machine({ update: true })) as unknown as JsonObject;
  const { status, output, error, cause } = run(definition, { name: "e", config: "c" }, [
    answered("Deploy", { EndpointArn: arn }),
    ...answers,
  ]);
  return { status, output: output && JSON.parse(output), error, cause };
}

describe("the loop runs", () => {
  test("until the endpoint is in service, and gives on what it is", async () => {
    const looks = ["Creating", "Updating", "SystemUpdating", "RollingBack", "InService"].map((status) =>
      described(status),
    );
    expect(await ends(...looks)).toMatchObject({
      status: "SUCCEEDED",
      output: { EndpointStatus: "InService", EndpointArn: arn },
    });
  });

  test.each(["Failed", "UpdateRollbackFailed"])("until it is %s, and fails with the reason", async (status) => {
    expect(await ends(described("Creating"), described(status, { FailureReason: "no capacity" }))).toEqual({
      status: "FAILED",
      output: undefined,
      error: "EndpointNotInService",
      cause: `the endpoint e is ${status} with the configuration c: no capacity`,
    });
  });

  test.each(["OutOfService", "Deleting"])("until it is %s, which has no reason", async (status) => {
    const { error, cause } = await ends(described(status));
    expect([error, cause]).toEqual(["EndpointNotInService", `the endpoint e is ${status} with the configuration c`]);
  });

  test("and an update that was rolled back is a failure: the old configuration is in service", async () => {
    const { error, cause } = await ends(
      described("RollingBack"),
      described("InService", { EndpointConfigName: "old" }),
    );
    expect([error, cause]).toEqual(["EndpointNotInService", "the endpoint e is InService with the configuration old"]);
  });
});

test("later steps read the endpoint that is in service", async () => {
  const deploy = deployed();
  const serving = waitUntilInService(deploy);
  const tell = new Pass("Tell", { parameters: { arn: serving.output.EndpointArn } });
  const { definition } = await compileResolved(Chain.of(deploy, serving.chain, tell));
  expect(definition.States["Tell"]).toEqual({ Type: "Pass", Parameters: { "arn.$": "$['EndpointArn']" }, End: true });
  expect(definition.States["Deploy: in service"]).toEqual({ Type: "Pass", Next: "Tell" });
});

test("a copy under a prefix waits for its own endpoint", async () => {
  const deploy = deployed();
  const copy = prefixStates("Blue ", { deploy, serving: waitUntilInService(deploy) });
  const { definition } = await compileResolved(Chain.of(copy.deploy, copy.serving.chain));
  expect(Object.keys(definition.States)).toContain("Blue Deploy: describe");
  expect(JSON.stringify(definition)).not.toMatch(/"Deploy/);
});

test("a configuration may be named by what a step has given on, whose type nobody has told", async () => {
  const made = new Task("Make", { resource: "arn:aws:states:::sagemaker:createEndpointConfig" });
  const deploy = deployed({ endpointConfigName: (made.output as unknown as { readonly Name: Ref<string> }).Name });
  const { chain } = waitUntilInService(deploy);
  const { definition } = await compileResolved(Chain.of(made, deploy, chain));
  expect(JSON.stringify(definition.States["Deploy: in service?"])).toContain('"StringEqualsPath":');
});

test("another partition has its own ARN", async () => {
  const china = new FakeAws().session({ region: "cn-north-1" });
  const { States: states } = await machine({ session: china });
  expect(states["Deploy: describe"]).toMatchObject({
    Resource: "arn:aws-cn:states:::aws-sdk:sagemaker:describeEndpoint",
  });
});

test("without a session both states stand in the workflow's partition", async () => {
  const deploy = new EndpointStep("Deploy", { endpointName: "e", endpointConfigName: "c" });
  const flow = Chain.of(deploy, waitUntilInService(deploy).chain);
  const { States: states } = compile(flow, { partition: "aws-cn" });
  expect(states["Deploy"]).toMatchObject({ Resource: "arn:aws-cn:states:::sagemaker:createEndpoint" });
  expect(states["Deploy: describe"]).toMatchObject({
    Resource: "arn:aws-cn:states:::aws-sdk:sagemaker:describeEndpoint",
  });
});

test("it can be said in JSONata", async () => {
  const deploy = deployed();
  const flow = Chain.of(deploy, waitUntilInService(deploy).chain);
  const { definition } = await compileResolved(flow, { queryLanguage: "JSONata" });
  expect(definition.States["Deploy: describe"]).toMatchObject({
    Arguments: { EndpointName: "{% $states.context.Execution.Input.name %}" },
  });
});

function codesOf(make: () => unknown): readonly string[] {
  try {
    make();
    return [];
  } catch (error) {
    if (DefinitionError.is(error)) return error.issues.map(({ code, path }) => [code, ...path].join(" "));
    throw error;
  }
}

const stepInput = new StepInput(z.object({ name: z.string() }));
const random = States.uuid();
const cases: readonly (readonly [name: string, make: () => unknown, codes: readonly string[]])[] = [
  ["a step that is none", () => waitUntilInService({} as never), ["invalid_argument"]],
  ["a step of another kind", () => waitUntilInService(new Pass("P") as never), ["invalid_argument"]],
  ["an unknown option", () => waitUntilInService(deployed(), { seconds: 5 } as never), ["unknown_option seconds"]],
  [
    "a name that is unique in each state",
    () => waitUntilInService(deployed({ endpointName: uniqueName("e") })),
    ["invalid_argument endpointName"],
  ],
  ["a random name", () => waitUntilInService(deployed({ endpointName: random })), ["invalid_argument endpointName"]],
  [
    "a name from the state's input",
    () => waitUntilInService(deployed({ endpointName: stepInput.name })),
    ["invalid_argument endpointName"],
  ],
  [
    "a configuration named after the state",
    () => waitUntilInService(deployed({ endpointConfigName: States.format("c-{}", context.state.name) })),
    ["invalid_argument endpointConfigName"],
  ],
  [
    "a name of JSONata by hand",
    () => waitUntilInService(deployed({ endpointName: "{% $states.input.x %}" })),
    ["invalid_argument endpointName"],
  ],
  [
    "a configuration of jsonata()",
    () => waitUntilInService(deployed({ endpointConfigName: jsonata("$states.input.x") })),
    ["invalid_argument endpointConfigName"],
  ],
  [
    "names that are paths by hand",
    () =>
      waitUntilInService(
        deployed({ parameters: { "EndpointName.$": "$.name", "EndpointConfigName.$": "$.config" } as never }),
      ),
    ["invalid_argument parameters EndpointName.$", "invalid_argument parameters EndpointConfigName.$"],
  ],
  ["a name of the execution", () => waitUntilInService(deployed({ endpointName: context.execution.name })), []],
];

describe("what cannot be waited for is refused at once", () => {
  test.each(cases)("%s", (_, make, codes) => expect(codesOf(make)).toEqual(codes));
});
