import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import type { Json } from "../../src/language/json.js";
import {
  type FrameworkModelOptions,
  HuggingFaceModel,
  type HuggingFaceModelOptions,
  MXNetModel,
  PyTorchModel,
  SKLearnModel,
  TensorFlowModel,
  XGBoostModel,
} from "../../src/sagemaker/hosting/framework-model.js";
import { Model, type ModelOptions } from "../../src/sagemaker/hosting/model.js";
import { ModelStep } from "../../src/sagemaker/hosting/model-step.js";
import { PipelineModel } from "../../src/sagemaker/hosting/pipeline-model.js";
import { FakeAws } from "./fake-aws.js";
import { problemsOf, requestOf } from "./step-request.js";
import { temporaryFiles } from "./temporary-files.js";

const session = new FakeAws().session();
const base = { session, name: "m", entryPoint: "serve.py", sourceDir: "s3://b/src.tar.gz" };
const input = new ExecutionInput(
  z.object({ text: z.string(), count: z.number(), env: z.record(z.string(), z.string()) }),
);

type Options = Record<string, unknown>;

const sklearn = (options: Options = {}): SKLearnModel =>
  new SKLearnModel({ ...base, frameworkVersion: "1.2-1", ...options } as never);
const step = (model: Model, options: Options = {}): ModelStep =>
  new ModelStep("M", { model, ...options } as never) as never;

interface Container {
  readonly Image: string;
  readonly Environment: Readonly<Record<string, Json>>;
}
const containerOf = async (model: Model, options?: Options): Promise<Container> =>
  (await requestOf(step(model, options)))["PrimaryContainer"] as unknown as Container;

const image = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3";
const env = {
  SAGEMAKER_PROGRAM: "serve.py",
  SAGEMAKER_SUBMIT_DIRECTORY: "s3://b/src.tar.gz",
  SAGEMAKER_CONTAINER_LOG_LEVEL: "20",
  SAGEMAKER_REGION: "us-east-1",
};

/** Options, and what each changes in the container. */
const rows: {
  readonly [K in Exclude<keyof FrameworkModelOptions, keyof ModelOptions>]-?: readonly [unknown, object, object];
} = {
  entryPoint: ["other.py", {}, { SAGEMAKER_PROGRAM: "other.py" }],
  sourceDir: ["s3://b/other.tar.gz", {}, { SAGEMAKER_SUBMIT_DIRECTORY: "s3://b/other.tar.gz" }],
  // Of source on this machine: see below.
  dependencies: [[], {}, {}],
  codeLocation: ["s3://bucket/code", {}, {}],
  frameworkVersion: ["0.23-1", { Image: image.replace("1.2-1", "0.23-1") }, {}],
  pyVersion: ["py3", {}, {}],
  containerLogLevel: [10, {}, { SAGEMAKER_CONTAINER_LOG_LEVEL: "10" }],
  modelServerWorkers: [2, {}, { SAGEMAKER_MODEL_SERVER_WORKERS: "2" }],
};

describe("each option of a framework's model reaches the container", () => {
  test.each(Object.entries(rows))("%s", async (option, [given, container, variables]) => {
    expect(await containerOf(sklearn({ [option]: given }))).toEqual({
      Image: image,
      ...container,
      Environment: { ...env, ...variables },
    });
  });

  test("those of a Model too", async () => {
    const given = { modelData: "s3://b/m.tar.gz", containerHostname: "c", imageUri: "x/y", env: { A: "1" } };
    const made = sklearn({ ...given, frameworkVersion: undefined });
    expect(await containerOf(made)).toEqual({
      ContainerHostname: "c",
      Image: "x/y",
      ModelDataUrl: "s3://b/m.tar.gz",
      Environment: { ...env, A: "1" },
    });
  });
});

const versions: { readonly [K in Exclude<keyof HuggingFaceModelOptions, keyof FrameworkModelOptions>]-?: string } = {
  transformersVersion: "4.37",
  pytorchVersion: "2.1",
  tensorflowVersion: "2.11",
};

describe("AWS's image of the framework", () => {
  const { transformersVersion, pytorchVersion } = versions;
  const models: readonly (readonly [Model, RegExp])[] = [
    [new XGBoostModel({ ...base, frameworkVersion: "1.7-1" }), /sagemaker-xgboost:1\.7-1/],
    [new PyTorchModel({ ...base, frameworkVersion: "2.6" }), /pytorch-inference:2\.6[^:]*-cpu-py312/],
    [new TensorFlowModel({ session, frameworkVersion: "2.16" }), /tensorflow-inference:2\.16[^:]*-cpu/],
    [new MXNetModel({ ...base, frameworkVersion: "1.9" }), /mxnet-inference:1\.9/],
    [
      new HuggingFaceModel({ session, transformersVersion, pytorchVersion }),
      /huggingface-pytorch-inference:2\.1[^:]*-transformers4\.37/,
    ],
  ];
  test.each(models)("%#", async (model, uri) => {
    const { Image } = await containerOf(model, { modelName: "m", instanceType: "ml.m5.xlarge" });
    expect(Image).toMatch(uri);
  });

  test("is that for GPUs where the instance has one", async () => {
    const model = new PyTorchModel({ ...base, frameworkVersion: "2.6" });
    expect((await containerOf(model, { instanceType: "ml.g5.xlarge" })).Image).toMatch(/-gpu-/);
    expect(problemsOf(() => step(model))).toEqual(["unknown_image model accelerator"]);
  });
});

describe("the script", () => {
  test("and its folder on this machine are packed under a key that is made of them", async () => {
    const folder = temporaryFiles({ "src/serve.py": "1", "shared/x.py": "2" });
    const made = sklearn({ sourceDir: join(folder, "src"), dependencies: [join(folder, "shared")] });
    const { Environment } = await containerOf(made);
    expect(Environment["SAGEMAKER_PROGRAM"]).toBe("serve.py");
    const archive = String(Environment["SAGEMAKER_SUBMIT_DIRECTORY"]);
    expect(archive).toMatch(/^s3:\/\/[a-z0-9-]+\/sfn-ds\/[0-9a-f]{32}\/sourcedir\.tar\.gz$/);
    const elsewhere = await containerOf(sklearn({ sourceDir: join(folder, "src"), codeLocation: "s3://code/x" }));
    expect(elsewhere.Environment["SAGEMAKER_SUBMIT_DIRECTORY"]).toMatch(
      /^s3:\/\/code\/x\/[0-9a-f]{32}\/sourcedir\.tar\.gz$/,
    );
  });

  test("may lie in the model's archive", async () => {
    const inArchive = { SAGEMAKER_SUBMIT_DIRECTORY: "/opt/ml/model/code", SAGEMAKER_PROGRAM: "serve.py" };
    const made = new TensorFlowModel({ session, frameworkVersion: "2.16", env: inArchive });
    const { Environment } = await containerOf(made, { modelName: "m", instanceType: "ml.m5.xlarge" });
    expect(Environment).toEqual({ ...env, ...inArchive });
  });

  test("may be known later", async () => {
    const made = sklearn({
      entryPoint: input.text,
      sourceDir: input.text,
      modelServerWorkers: input.count,
      env: { A: input.text },
    });
    const { Environment } = await containerOf(made);
    expect(Environment).toEqual({
      "SAGEMAKER_PROGRAM.$": "$$.Execution.Input['text']",
      "SAGEMAKER_SUBMIT_DIRECTORY.$": "$$.Execution.Input['text']",
      SAGEMAKER_CONTAINER_LOG_LEVEL: "20",
      SAGEMAKER_REGION: "us-east-1",
      "SAGEMAKER_MODEL_SERVER_WORKERS.$": "States.Format('{}', $$.Execution.Input['count'])",
      "A.$": "$$.Execution.Input['text']",
    });
  });
});

test("a framework's model is a container of a pipeline like any other", async () => {
  const model = new PipelineModel({ session, name: "m", models: [sklearn(), new Model({ session, imageUri: "x/y" })] });
  const { Containers } = await requestOf(new ModelStep("M", { model }));
  expect(Containers).toEqual([
    { Image: image, Environment: env },
    { Image: "x/y", Environment: {} },
  ]);
});

const hugging = (options: Options) =>
  step(new HuggingFaceModel({ session, name: "m", ...options } as never), { instanceType: "ml.m5.xlarge" });
const wrong: readonly (readonly [name: string, make: () => ModelStep, problems: readonly string[]])[] = [
  [
    "no script",
    () => step(sklearn({ entryPoint: undefined, sourceDir: undefined })),
    ["invalid_model model entryPoint"],
  ],
  [
    "a script that is not there",
    () => step(sklearn({ entryPoint: "no.py", sourceDir: undefined })),
    ["missing_file model entryPoint"],
  ],
  ["a source that is none", () => step(sklearn({ sourceDir: "http://h/x" })), ["invalid_model model sourceDir"]],
  [
    "a version that is not known",
    () => step(sklearn({ frameworkVersion: "9" })),
    ["unknown_image model frameworkVersion"],
  ],
  [
    "a version beside an image",
    () => step(sklearn({ imageUri: "x/y" })),
    ["conflicting_options model frameworkVersion"],
  ],
  ["an environment that is known later", () => step(sklearn({ env: input.env })), ["invalid_model model env"]],
  [
    "an option of Hugging Face",
    () => step(sklearn({ transformersVersion: "4" })),
    ["unknown_option model transformersVersion"],
  ],
  [
    "a version of a framework for Hugging Face",
    () => hugging({ ...versions, tensorflowVersion: undefined, frameworkVersion: "2" }),
    ["unknown_option model frameworkVersion"],
  ],
  ["two frameworks below Transformers", () => hugging(versions), ["conflicting_options model tensorflowVersion"]],
];

describe("what is wrong is told at compile", () => {
  test.each(wrong)("%s", (_, make, problems) => expect(problemsOf(make)).toEqual(problems));
});
