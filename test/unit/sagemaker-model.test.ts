import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { context } from "../../src/expression/context.js";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import type { Json } from "../../src/language/json.js";
import { Model, type ModelOptions } from "../../src/sagemaker/hosting/model.js";
import { ModelStep, type ModelStepOptions } from "../../src/sagemaker/hosting/model-step.js";
import { PipelineModel, type PipelineModelOptions } from "../../src/sagemaker/hosting/pipeline-model.js";
import { Processor } from "../../src/sagemaker/processing/processor.js";
import type { TaskFields } from "../../src/states/task.js";
import { FakeAws } from "./fake-aws.js";
import { problemsOf, requestOf, stateOf } from "./step-request.js";
import { temporaryFiles } from "./temporary-files.js";

const session = new FakeAws().session();
const role = "arn:aws:iam::123456789012:role/SageMaker";
const imageUri = "123456789012.dkr.ecr.us-east-1.amazonaws.com/serve:1";
const base = { session, imageUri, name: "m" };
const input = new ExecutionInput(
  z.object({
    text: z.string(),
    flag: z.boolean(),
    env: z.record(z.string(), z.string()),
    vpc: z.object({ Subnets: z.array(z.string()), SecurityGroupIds: z.array(z.string()) }),
    tags: z.array(z.object({ Key: z.string(), Value: z.string() })),
  }),
);

type Options = Record<string, unknown>;

const model = (options: Options = {}): Model => new Model({ ...base, ...options } as never);
const step = (options: Options = {}): ModelStep => new ModelStep("M", { model: model(), ...options } as never) as never;
const of = (options: Options): ModelStep => step({ model: model(options) });
const pipeline = (options: Options = {}): ModelStep =>
  step({ model: new PipelineModel({ session, name: "m", models: [model(), model()], ...options } as never) });

const container = { Image: imageUri, Environment: {} };
const vpcConfig = { Subnets: ["subnet-1"], SecurityGroupIds: ["sg-1"] };
const source = { S3DataSource: { S3Uri: "s3://b/m/", S3DataType: "S3Prefix", CompressionType: "None" } };

test("the least that a model needs", async () => {
  expect(await stateOf(step())).toEqual({
    Type: "Task",
    Resource: "arn:aws:states:::sagemaker:createModel",
    Parameters: { ModelName: "m", PrimaryContainer: container },
    End: true,
  });
});

/** An option, and what it adds to the request of CreateModel. */
interface Row {
  readonly given: unknown;
  readonly member: Readonly<Record<string, Json>>;
}
const inContainer = (given: unknown, member: Readonly<Record<string, Json>>): Row => ({
  given,
  member: { PrimaryContainer: { ...container, ...member } },
});

const ofModel: { readonly [K in keyof Required<ModelOptions>]: Row } = {
  imageUri: inContainer("x.dkr.ecr/y:2", { Image: "x.dkr.ecr/y:2" }),
  modelData: inContainer("s3://b/m.tar.gz", { ModelDataUrl: "s3://b/m.tar.gz" }),
  modelDataSource: inContainer(source, { ModelDataSource: source }),
  additionalModelDataSources: inContainer([{ ChannelName: "c", ...source }], {
    AdditionalModelDataSources: [{ ChannelName: "c", ...source }],
  }),
  env: inContainer({ A: "1" }, { Environment: { A: "1" } }),
  imageConfig: inContainer({ RepositoryAccessMode: "Vpc" }, { ImageConfig: { RepositoryAccessMode: "Vpc" } }),
  mode: inContainer("MultiModel", { Mode: "MultiModel" }),
  multiModelConfig: inContainer(
    { ModelCacheSetting: "Disabled" },
    { MultiModelConfig: { ModelCacheSetting: "Disabled" } },
  ),
  containerHostname: inContainer("serve", { ContainerHostname: "serve" }),
  modelPackageName: inContainer("package", { ModelPackageName: "package" }),
  inferenceSpecificationName: inContainer("fast", { InferenceSpecificationName: "fast" }),
  containerMetricsConfig: inContainer({ EnableMetrics: true }, { ContainerMetricsConfig: { EnableMetrics: true } }),
  role: { given: role, member: { ExecutionRoleArn: role } },
  name: { given: "other", member: { ModelName: "other" } },
  vpcConfig: { given: vpcConfig, member: { VpcConfig: vpcConfig } },
  enableNetworkIsolation: { given: true, member: { EnableNetworkIsolation: true } },
  tags: { given: { team: "data" }, member: { Tags: [{ Key: "team", Value: "data" }] } },
  session: { given: session, member: {} },
};

describe("each option of a Model reaches the request", () => {
  test.each(Object.entries(ofModel))("%s", async (option, { given, member }) => {
    const plain = { ModelName: "m", PrimaryContainer: container };
    expect(await requestOf(of({ [option]: given }))).toEqual({ ...plain, ...member });
  });
});

const ofPipeline: { readonly [K in keyof Required<PipelineModelOptions>]: Row } = {
  models: {
    given: [model(), model({ imageUri: "x/y" })],
    member: { Containers: [container, { ...container, Image: "x/y" }] },
  },
  inferenceExecutionConfig: { given: { Mode: "Direct" }, member: { InferenceExecutionConfig: { Mode: "Direct" } } },
  role: ofModel.role,
  name: ofModel.name,
  vpcConfig: ofModel.vpcConfig,
  enableNetworkIsolation: ofModel.enableNetworkIsolation,
  tags: ofModel.tags,
  session: ofModel.session,
};

describe("each option of a PipelineModel reaches the request", () => {
  test.each(Object.entries(ofPipeline))("%s", async (option, { given, member }) => {
    const plain = { ModelName: "m", Containers: [container, container] };
    expect(await requestOf(pipeline({ [option]: given }))).toEqual({ ...plain, ...member });
  });
});

type OwnOptions = Required<Omit<ModelStepOptions, keyof TaskFields>>;
// instanceType counts for a framework's model, in a test of its own.
const ofStep: { readonly [K in Exclude<keyof OwnOptions, "instanceType">]: Row } = {
  model: { given: model({ name: "other" }), member: { ModelName: "other" } },
  modelName: { given: "other", member: { ModelName: "other" } },
  tags: ofModel.tags,
  integrationPattern: { given: "REQUEST_RESPONSE", member: {} },
  parameters: { given: { ModelName: "other" }, member: { ModelName: "other" } },
};

describe("each option of a ModelStep reaches the request", () => {
  test.each(Object.entries(ofStep))("%s", async (option, { given, member }) => {
    const plain = { ModelName: "m", PrimaryContainer: container };
    expect(await requestOf(step({ [option]: given }))).toEqual({ ...plain, ...member });
  });

  test("WAIT_FOR_TASK_TOKEN", async () => {
    const token = { PrimaryContainer: { Environment: { TOKEN: context.task.token } } };
    const { Resource } = await stateOf(step({ integrationPattern: "WAIT_FOR_TASK_TOKEN", parameters: token }));
    expect(Resource).toBe("arn:aws:states:::aws-sdk:sagemaker:createModel.waitForTaskToken");
  });

  test("those of every Task", async () => {
    const state = await stateOf(step({ comment: "c", timeoutSeconds: 5, retry: { errorEquals: ["States.ALL"] } }));
    expect(state).toMatchObject({ Comment: "c", TimeoutSeconds: 5, Retry: [{ ErrorEquals: ["States.ALL"] }] });
  });
});

describe("values that come later", () => {
  test("placeholders stand where they were given", async () => {
    const late = of({
      imageUri: input.text,
      modelData: input.text,
      env: input.env,
      role: input.text,
      name: input.text,
      vpcConfig: { Subnets: input.vpc.Subnets, SecurityGroupIds: ["sg-1", input.text] },
      enableNetworkIsolation: input.flag,
      tags: { run: input.text },
      modelDataSource: undefined,
    });
    const read = (key: string) => `$$.Execution.Input['${key}']`;
    expect(await requestOf(late)).toEqual({
      "ModelName.$": read("text"),
      PrimaryContainer: { "Image.$": read("text"), "ModelDataUrl.$": read("text"), "Environment.$": read("env") },
      "ExecutionRoleArn.$": read("text"),
      VpcConfig: {
        "Subnets.$": "$$.Execution.Input['vpc']['Subnets']",
        "SecurityGroupIds.$": "States.Array('sg-1', $$.Execution.Input['text'])",
      },
      "EnableNetworkIsolation.$": read("flag"),
      Tags: [{ Key: "run", "Value.$": read("text") }],
    });
  });

  test("the name of a role is looked up at deployment", async () => {
    const aws = new FakeAws({ GetRole: () => ({ Role: { Arn: role } }) });
    const { ExecutionRoleArn } = await requestOf(of({ session: aws.session(), role: "SageMaker" }));
    expect(ExecutionRoleArn).toBe(role);
  });

  test("a local archive is named by the key that it is uploaded under", async () => {
    const path = join(temporaryFiles({ "model.tar.gz": "weights" }), "model.tar.gz");
    const { PrimaryContainer } = await requestOf(of({ modelData: path }));
    expect((PrimaryContainer as { ModelDataUrl: string }).ModelDataUrl).toMatch(
      /^s3:\/\/[a-z0-9-]+\/sfn-ds\/[0-9a-f]{32}\/model\.tar\.gz$/,
    );
  });

  test("a model without an image has no environment of its own", async () => {
    const { PrimaryContainer } = await requestOf(of({ imageUri: undefined, modelPackageName: "package" }));
    expect(PrimaryContainer).toEqual({ ModelPackageName: "package" });
  });

  test("tags of the model and of the step come together; the step's value of a key counts", async () => {
    const tagged = step({ model: model({ tags: { a: "1", b: "1" } }), tags: [{ Key: "b", Value: "2" }] });
    const { Tags } = await requestOf(tagged);
    expect(Tags).toEqual([
      { Key: "a", Value: "1" },
      { Key: "b", Value: "2" },
    ]);
  });
});

const wrong: readonly (readonly [name: string, make: () => ModelStep, problems: readonly string[]])[] = [
  ["no options", () => new ModelStep("M", 5 as never), ["invalid_model"]],
  ["options of a model that are none", () => step({ model: new Model("m" as never) }), ["invalid_model"]],
  ["an object that is no model", () => step({ model: { imageUri } }), ["invalid_model model"]],
  ["another kind of object", () => step({ model: new Processor({ session } as never) }), ["invalid_model model"]],
  ["a placeholder for a model", () => step({ model: input.text }), ["invalid_model model"]],
  ["a session that is none", () => of({ session: {} }), ["invalid_model session"]],
  ["no name", () => of({ name: undefined }), ["missing_option modelName"]],
  ["neither image nor package", () => of({ imageUri: undefined }), ["invalid_model model"]],
  [
    "two kinds of data",
    () => of({ modelData: "s3://b/m", modelDataSource: source }),
    ["conflicting_options model modelData"],
  ],
  ["a file that is not there", () => of({ modelData: "./no-model.tar.gz" }), ["missing_file model modelData"]],
  ["a folder", () => of({ modelData: "." }), ["invalid_model model modelData"]],
  [
    "a URI of another kind",
    () => of({ modelData: "ftp://h/m" }),
    ["invalid_request Parameters PrimaryContainer ModelDataUrl"],
  ],
  [
    "a number in the environment",
    () => of({ env: { A: 1 } }),
    ["invalid_request Parameters PrimaryContainer Environment A"],
  ],
  ["a mode that is none", () => of({ mode: "Multi" }), ["invalid_request Parameters PrimaryContainer Mode"]],
  [
    "a VPC without security groups",
    () => of({ vpcConfig: { Subnets: ["s"] } }),
    ["invalid_request Parameters VpcConfig SecurityGroupIds"],
  ],
  ["a role that is none", () => of({ role: "not a role" }), ["invalid_request Parameters ExecutionRoleArn"]],
  ["an unknown option of the step", () => step({ modelname: "m" }), ["unknown_option modelname"]],
  ["an unknown option of the model", () => of({ image: "m" }), ["unknown_option model image"]],
  ["an unknown option of the pipeline", () => pipeline({ model: "m" }), ["unknown_option model model"]],
  ["an option of frameworks", () => of({ entryPoint: "serve.py" }), ["unknown_option model entryPoint"]],
  ["a pipeline of one", () => pipeline({ models: [model()] }), ["invalid_model model models"]],
  ["a pipeline of something else", () => pipeline({ models: [model(), {}] }), ["invalid_model model models 1"]],
  [
    "a container with a VPC of its own",
    () => pipeline({ models: [model(), model({ vpcConfig })] }),
    ["invalid_model model models 1 vpcConfig"],
  ],
  [
    "a pattern that CreateModel does not have",
    () => step({ integrationPattern: "RUN_JOB" }),
    ["invalid_argument integrationPattern"],
  ],
  ["parameters that are no object", () => step({ parameters: [1] }), ["invalid_template Parameters"]],
  [
    "parameters that the API refuses",
    () => step({ parameters: { ModelName: "a_b" } }),
    ["invalid_request Parameters ModelName"],
  ],
];

describe("what is wrong is told at compile", () => {
  test.each(wrong)("%s", (_, make, problems) => expect(problemsOf(make)).toEqual(problems));
});
