import { describe, expect, test } from "vitest";
import * as z from "zod";
import { compile, tryCompile } from "../../src/compile/compile.js";
import { context } from "../../src/expression/context.js";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import {
  BatchSubmitJobStep,
  EmrCreateClusterStep,
  GlueStartJobRunStep,
  LambdaStep,
  type ServiceStepOptions,
  SqsSendMessageStep,
} from "../../src/services/index.js";
import { Chain } from "../../src/states/chain.js";
import { Fail } from "../../src/states/fail.js";
import { Pass } from "../../src/states/pass.js";
import { prefixStates } from "../../src/states/prefix-states.js";
import type { AnyStep } from "../../src/states/step.js";
import { Workflow } from "../../src/workflow/workflow.js";
import { fakeSession } from "./fake-session.js";

const parameters = { FunctionName: "f" };
const input = new ExecutionInput(z.object({ name: z.string(), request: z.object({ FunctionName: z.string() }) }));

function codes(step: AnyStep): readonly string[] {
  return tryCompile(step).issues.map(({ code, path }) => `${code} ${path.slice(2).join(".")}`);
}

const stateOf = (options: object) => compile(new LambdaStep("A", options as never)).States["A"];

/** Each option with a telling value: what it writes, or the code that it is refused with. */
const options: { readonly [K in keyof Required<ServiceStepOptions>]: readonly [given: unknown, written: object] } = {
  parameters: [
    { FunctionName: input.name, Payload: { at: [input.name] } },
    {
      Parameters: {
        "FunctionName.$": "$$.Execution.Input['name']",
        Payload: { "at.$": "States.Array($$.Execution.Input['name'])" },
      },
    },
  ],
  integrationPattern: ["REQUEST_RESPONSE", { Resource: "arn:aws:states:::lambda:invoke" }],
  partition: ["aws-cn", { Resource: "arn:aws-cn:states:::lambda:invoke" }],
  checkParameters: [false, { Parameters: parameters }],
  outputSchema: [z.object({ Payload: z.string() }), { Parameters: parameters }],
  comment: ["a comment", { Comment: "a comment" }],
  queryLanguage: ["JSONata", { QueryLanguage: "JSONata", Arguments: parameters }],
  inputPath: ["$.a", { InputPath: "$.a" }],
  timeoutSeconds: [60, { TimeoutSeconds: 60 }],
  timeoutSecondsPath: ["$.t", { TimeoutSecondsPath: "$.t" }],
  heartbeatSeconds: [30, { HeartbeatSeconds: 30 }],
  heartbeatSecondsPath: ["$.h", { HeartbeatSecondsPath: "$.h" }],
  resultSelector: [{ "code.$": "$.StatusCode" }, { ResultSelector: { "code.$": "$.StatusCode" } }],
  resultPath: ["$.answer", { ResultPath: "$.answer" }],
  outputPath: ["$.Payload", { OutputPath: "$.Payload" }],
  output: ["{% $states.result.Payload %}", { code: "unsupported_in_jsonpath" }],
  retry: [{ errorEquals: ["Lambda.ServiceException"] }, { Retry: [{ ErrorEquals: ["Lambda.ServiceException"] }] }],
  catch: [
    { errorEquals: ["States.ALL"], next: new Fail("F") },
    { Catch: [{ ErrorEquals: ["States.ALL"], Next: "F" }] },
  ],
  assign: [{ last: "x" }, { Assign: { last: "x" } }],
  credentials: [
    { RoleArn: "arn:aws:iam::123456789012:role/r" },
    { Credentials: { RoleArn: "arn:aws:iam::123456789012:role/r" } },
  ],
};

test.each(Object.entries(options))("the option %s is written, or refused", (name, [given, written]) => {
  const step = new LambdaStep("A", { parameters, [name]: given } as never);
  const { definition, issues } = tryCompile(step);
  if ("code" in written) expect(issues).toMatchObject([written]);
  else {
    expect(issues).toEqual([]);
    expect(definition.States["A"]).toMatchObject(written);
  }
});

describe("parameters", () => {
  test("a placeholder of a whole request is not looked into", () => {
    expect(stateOf({ parameters: input.request, queryLanguage: "JSONata" })).toMatchObject({
      Arguments: "{% $states.context.Execution.Input.request %}",
    });
  });

  test("without any, what is required is named", () => {
    expect(codes(new LambdaStep("A", {} as never))).toEqual(["missing_parameter Parameters.FunctionName"]);
  });

  test("one that is undefined is not there", () => {
    expect(codes(new LambdaStep("A", { parameters: { FunctionName: undefined } } as never))).toEqual([
      "missing_parameter Parameters.FunctionName",
    ]);
  });

  test("the nearest name is told", () => {
    const step = new LambdaStep("A", { parameters: { ...parameters, Paylod: {} } } as never);
    expect(tryCompile(step).issues[0]?.message).toMatchInlineSnapshot(
      `"lambda:invoke has no parameter "Paylod"; the nearest are "Payload", "TenantId", "LogType""`,
    );
  });

  test.each(
    [["f"], 5, "x", true, null].flatMap((given) => [
      { given, queryLanguage: "JSONPath" },
      { given, queryLanguage: "JSONata" },
    ]),
  )("$given is no request in $queryLanguage", (options) => {
    const { given, queryLanguage } = options;
    expect(codes(new LambdaStep("A", { parameters: given, queryLanguage } as never))).toEqual([
      "invalid_template Parameters",
    ]);
  });

  test("an expression of JSONata is a request in JSONata alone", () => {
    const parameters = "{% $states.input %}";
    expect(stateOf({ parameters, queryLanguage: "JSONata" })).toMatchObject({ Arguments: parameters });
    expect(codes(new LambdaStep("A", { parameters } as never))).toEqual(["invalid_template Parameters"]);
    expect(codes(new LambdaStep("A", { parameters: input.request }))).toEqual(["unsupported_in_jsonpath Parameters"]);
  });
});

describe("patterns", () => {
  const token = { QueueUrl: "u", MessageBody: context.task.token };

  test("the Python SDK's names for them", () => {
    const resource = (step: AnyStep) => (compile(step).States["A"] as { readonly Resource: string }).Resource;
    const job = { JobName: "j" };
    expect(resource(new SqsSendMessageStep("A", { parameters: token, waitForCallback: true }))).toBe(
      "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    );
    expect(resource(new SqsSendMessageStep("A", { parameters: token, waitForCallback: false }))).toBe(
      "arn:aws:states:::sqs:sendMessage",
    );
    expect(resource(new GlueStartJobRunStep("A", { parameters: job, waitForCompletion: true }))).toBe(
      "arn:aws:states:::glue:startJobRun.sync",
    );
    expect(resource(new GlueStartJobRunStep("A", { parameters: job, waitForCompletion: false }))).toBe(
      "arn:aws:states:::glue:startJobRun",
    );
  });

  test("both names together", () => {
    const step = new GlueStartJobRunStep("A", {
      parameters: { JobName: "j" },
      waitForCompletion: true,
      integrationPattern: "RUN_JOB",
    });
    expect(codes(step)).toEqual(["conflicting_options integrationPattern"]);
  });

  test("a name of the Python SDK that a step does not have", () => {
    expect(codes(new LambdaStep("A", { parameters, waitForCompletion: true } as never))).toEqual([
      "unknown_option waitForCompletion",
    ]);
    expect(
      codes(new GlueStartJobRunStep("A", { parameters: { JobName: "j" }, waitForCompletion: "yes" } as never)),
    ).toEqual(["invalid_argument waitForCompletion"]);
  });

  test("one that the service does not have is refused with those that it has", () => {
    const step = new LambdaStep("A", { parameters, integrationPattern: "RUN_JOB" } as never);
    expect(tryCompile(step).issues[0]?.message).toMatchInlineSnapshot(
      `"expected "REQUEST_RESPONSE" or "WAIT_FOR_TASK_TOKEN", got "RUN_JOB""`,
    );
  });

  test("a callback gives its token on", () => {
    expect(codes(new LambdaStep("A", { parameters, integrationPattern: "WAIT_FOR_TASK_TOKEN" }))).toEqual([
      "missing_task_token Parameters",
    ]);
  });

  test("an Express workflow takes none that waits", () => {
    const step = new BatchSubmitJobStep("A", { parameters: { JobName: "j", JobQueue: "q", JobDefinition: "d" } });
    expect(tryCompile(step, { type: "EXPRESS" }).issues).toMatchObject([{ code: "not_in_express" }]);
  });
});

describe("the partition", () => {
  const step = new LambdaStep("A", { parameters });
  const workflow = (region: () => Promise<string>, definition: AnyStep = step) =>
    new Workflow({ session: { ...fakeSession({}), region }, role: "r", name: "n", definition: definition as never });
  const resource = async (of: Workflow) =>
    ((await of.definition()).States["A"] as { readonly Resource: string }).Resource;

  test("is that of the workflow's session", async () => {
    expect(await resource(workflow(async () => "cn-north-1"))).toBe("arn:aws-cn:states:::lambda:invoke");
    expect(await resource(workflow(async () => "us-east-1"))).toBe("arn:aws:states:::lambda:invoke");
  });

  test("of compile() it is an option", () => {
    expect(compile(step, { partition: "aws-us-gov" }).States["A"]).toMatchObject({
      Resource: "arn:aws-us-gov:states:::lambda:invoke",
    });
    expect(tryCompile(step, { partition: "cn" }).issues).toMatchObject([{ code: "invalid_text", path: ["partition"] }]);
  });

  test("a step may have its own", async () => {
    const own = new LambdaStep("A", { parameters, partition: "aws" });
    expect(await resource(workflow(async () => "cn-north-1", own))).toBe("arn:aws:states:::lambda:invoke");
    expect(codes(new LambdaStep("A", { parameters, partition: "china" }))).toEqual(["invalid_text partition"]);
  });

  test("stays with a step that gets another name", () => {
    const chain = prefixStates("Left ", Chain.of(step, new Pass("B")));
    expect(compile(chain, { partition: "aws-cn" }).States["Left A"]).toMatchObject({
      Resource: "arn:aws-cn:states:::lambda:invoke",
    });
  });

  test("no region is asked for where nothing needs it", async () => {
    const refuse = () => Promise.reject(new Error("asked"));
    await expect(workflow(refuse, new Pass("A")).definition()).resolves.toBeDefined();
  });
});

test("the output is read by those that come after", () => {
  const cluster = new EmrCreateClusterStep("Cluster", { parameters: { Name: "c", Instances: {} } });
  const use = new LambdaStep("Use", { parameters: { FunctionName: "f", Payload: { id: cluster.output.ClusterId } } });
  expect(compile(Chain.of(cluster, use)).States["Use"]).toMatchObject({
    Parameters: { Payload: { "id.$": "$['ClusterId']" } },
  });
});

test("the class has its name", () => {
  expect(new LambdaStep("A", { parameters }).constructor.name).toBe("LambdaStep");
  expect(() => new LambdaStep("A", 5 as never)).toThrow("LambdaStep takes an object of options, got 5");
});
