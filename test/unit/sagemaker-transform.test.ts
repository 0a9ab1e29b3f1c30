import { describe, expect, test } from "vitest";
import * as z from "zod";
import { compileResolved } from "../../src/compile/compile.js";
import { context } from "../../src/expression/context.js";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import { jsonata } from "../../src/expression/jsonata-expression.js";
import type { TaskState } from "../../src/language/asl.js";
import type { Json } from "../../src/language/json.js";
import { TransformStep, type TransformStepOptions } from "../../src/sagemaker/hosting/transform-step.js";
import { Transformer, type TransformerOptions } from "../../src/sagemaker/hosting/transformer.js";
import type { TaskFields } from "../../src/states/task.js";
import { FakeAws, fakeBucket } from "./fake-aws.js";
import { problemsOf, requestOf, stateOf } from "./step-request.js";
import { temporaryFiles } from "./temporary-files.js";

const session = new FakeAws().session();
const base = { session, modelName: "m", instanceCount: 1, instanceType: "ml.m5.xlarge", outputPath: "s3://b/out" };
const input = new ExecutionInput(
  z.object({ text: z.string(), count: z.number(), env: z.record(z.string(), z.string()) }),
);

type Options = Record<string, unknown>;

const transformer = (options: Options = {}): Transformer => new Transformer({ ...base, ...options } as never);
const step = (options: Options = {}): TransformStep =>
  new TransformStep("T", {
    transformer: transformer(),
    jobName: "job",
    data: "s3://b/in",
    ...options,
  } as never) as never;
const of = (options: Options): TransformStep => step({ transformer: transformer(options) });

const from = { DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: "s3://b/in" } } };
const to = { S3OutputPath: "s3://b/out" };
const resources = { InstanceCount: 1, InstanceType: "ml.m5.xlarge" };
const plain = {
  TransformJobName: "job",
  ModelName: "m",
  TransformInput: from,
  TransformOutput: to,
  TransformResources: resources,
};

test("the least that a transform needs", async () => {
  expect(await stateOf(step())).toEqual({
    Type: "Task",
    Resource: "arn:aws:states:::sagemaker:createTransformJob.sync",
    Parameters: plain,
    End: true,
  });
});

/** An option, and what it adds to the request of CreateTransformJob. */
interface Row {
  readonly given: unknown;
  readonly member: Readonly<Record<string, Json>>;
}
const output = (given: Json, member: Readonly<Record<string, Json>>): Row => ({
  given,
  member: { TransformOutput: { ...to, ...member } },
});
const onMachines = (given: Json, member: Readonly<Record<string, Json>>): Row => ({
  given,
  member: { TransformResources: { ...resources, ...member } },
});

const ofTransformer: { readonly [K in keyof Required<TransformerOptions>]: Row } = {
  modelName: { given: "other", member: { ModelName: "other" } },
  instanceCount: onMachines(2, { InstanceCount: 2 }),
  instanceType: onMachines("ml.c5.large", { InstanceType: "ml.c5.large" }),
  strategy: { given: "MultiRecord", member: { BatchStrategy: "MultiRecord" } },
  assembleWith: output("Line", { AssembleWith: "Line" }),
  outputPath: output("s3://b/other", { S3OutputPath: "s3://b/other" }),
  outputKmsKey: output("k", { KmsKeyId: "k" }),
  accept: output("text/csv", { Accept: "text/csv" }),
  maxConcurrentTransforms: { given: 2, member: { MaxConcurrentTransforms: 2 } },
  maxPayload: { given: 20, member: { MaxPayloadInMB: 20 } },
  env: { given: { A: "1" }, member: { Environment: { A: "1" } } },
  volumeKmsKey: onMachines("k", { VolumeKmsKeyId: "k" }),
  transformAmiVersion: onMachines("al2-ami-sagemaker-batch-gpu-470", {
    TransformAmiVersion: "al2-ami-sagemaker-batch-gpu-470",
  }),
  tags: { given: { team: "data" }, member: { Tags: [{ Key: "team", Value: "data" }] } },
  // Counts where there is no job name: see below.
  baseTransformJobName: { given: "score", member: {} },
  session: { given: session, member: {} },
};

describe("each option of a Transformer reaches the request", () => {
  test.each(Object.entries(ofTransformer))("%s", async (option, { given, member }) => {
    expect(await requestOf(of({ [option]: given }))).toEqual({ ...plain, ...member });
  });
});

const read = (given: Json, member: Readonly<Record<string, Json>>): Row => ({
  given,
  member: { TransformInput: { ...from, ...member } },
});
const located = (given: Json, member: Readonly<Record<string, Json>>): Row =>
  read(given, { DataSource: { S3DataSource: { ...from.DataSource.S3DataSource, ...member } } });

type OwnOptions = Required<Omit<TransformStepOptions, keyof TaskFields>>;
const ofStep: { readonly [K in keyof OwnOptions]: Row } = {
  transformer: { given: transformer({ modelName: "other" }), member: { ModelName: "other" } },
  jobName: { given: "other", member: { TransformJobName: "other" } },
  modelName: { given: "other", member: { ModelName: "other" } },
  data: located("s3://b/other", { S3Uri: "s3://b/other" }),
  dataType: located("ManifestFile", { S3DataType: "ManifestFile" }),
  contentType: read("text/csv", { ContentType: "text/csv" }),
  compressionType: read("Gzip", { CompressionType: "Gzip" }),
  splitType: read("Line", { SplitType: "Line" }),
  inputFilter: { given: "$[1:]", member: { DataProcessing: { InputFilter: "$[1:]" } } },
  outputFilter: { given: "$.x", member: { DataProcessing: { OutputFilter: "$.x" } } },
  joinSource: { given: "Input", member: { DataProcessing: { JoinSource: "Input" } } },
  modelClientConfig: {
    given: { InvocationsMaxRetries: 2 },
    member: { ModelClientConfig: { InvocationsMaxRetries: 2 } },
  },
  batchDataCaptureConfig: {
    given: { DestinationS3Uri: "s3://b/kept" },
    member: { DataCaptureConfig: { DestinationS3Uri: "s3://b/kept" } },
  },
  experimentConfig: { given: { RunName: "r" }, member: { ExperimentConfig: { RunName: "r" } } },
  tags: ofTransformer.tags,
  waitForCompletion: { given: true, member: {} },
  integrationPattern: { given: "RUN_JOB", member: {} },
  parameters: { given: { MaxPayloadInMB: 1 }, member: { MaxPayloadInMB: 1 } },
};

describe("each option of a TransformStep reaches the request", () => {
  test.each(Object.entries(ofStep))("%s", async (option, { given, member }) => {
    expect(await requestOf(step({ [option]: given }))).toEqual({ ...plain, ...member });
  });

  const token = { Environment: { TOKEN: context.task.token } };
  const patterns: readonly (readonly [resource: string, options: Options])[] = [
    ["sagemaker:createTransformJob", { waitForCompletion: false }],
    ["sagemaker:createTransformJob", { integrationPattern: "REQUEST_RESPONSE" }],
    [
      "aws-sdk:sagemaker:createTransformJob.waitForTaskToken",
      { integrationPattern: "WAIT_FOR_TASK_TOKEN", parameters: token },
    ],
  ];
  test("the pattern stands in the resource", async () => {
    for (const [resource, options] of patterns) {
      expect((await stateOf(step(options))).Resource).toBe(`arn:aws:states:::${resource}`);
    }
  });
});

describe("values that come later", () => {
  test("a transformer made of placeholders", async () => {
    const { text, count, env } = input;
    const late = step({
      jobName: text,
      data: text,
      transformer: transformer({
        modelName: text,
        instanceCount: count,
        instanceType: text,
        outputPath: text,
        maxPayload: count,
        env,
      }),
    });
    expect(await requestOf(late)).toEqual({
      "TransformJobName.$": "$$.Execution.Input['text']",
      "ModelName.$": "$$.Execution.Input['text']",
      TransformInput: {
        DataSource: { S3DataSource: { S3DataType: "S3Prefix", "S3Uri.$": "$$.Execution.Input['text']" } },
      },
      TransformOutput: { "S3OutputPath.$": "$$.Execution.Input['text']" },
      TransformResources: {
        "InstanceCount.$": "$$.Execution.Input['count']",
        "InstanceType.$": "$$.Execution.Input['text']",
      },
      "MaxPayloadInMB.$": "$$.Execution.Input['count']",
      "Environment.$": "$$.Execution.Input['env']",
    });
  });

  const folderOf = async (options: Options) =>
    (await requestOf(step({ transformer: transformer({ outputPath: undefined }), ...options })))["TransformOutput"];

  test("without an output path, results go to the job's folder in the default bucket", async () => {
    expect(await folderOf({})).toEqual({ S3OutputPath: `s3://${fakeBucket}/job` });
    expect(await folderOf({ jobName: input.text })).toEqual({
      "S3OutputPath.$": `States.Format('s3://${fakeBucket}/{}', $$.Execution.Input['text'])`,
    });
  });

  test.each([
    [{ baseTransformJobName: "score" }, "score-"],
    [{}, "m-"],
    [{ modelName: input.text }, "T-"],
  ])("without a job name, each job gets another one: %#", async (options, start) => {
    const { "TransformJobName.$": name, TransformOutput: to } = await requestOf(
      step({ jobName: undefined, transformer: transformer({ ...options, outputPath: undefined }) }),
    );
    expect(name).toMatch(new RegExp(`^States\\.Format\\('${start}\\{\\}`));
    expect(to).toEqual({ "S3OutputPath.$": expect.stringMatching(`^States\\.Format\\('s3://${fakeBucket}/`) });
  });

  test.each([jsonata("'a-' & $uuid()"), "{% 'a-' & $uuid() %}"])(
    "a name of JSONata by hand does not stand in the folder, where it may be another one: %#",
    async (jobName) => {
      const transform = step({ transformer: transformer({ outputPath: undefined }), jobName });
      const { definition } = await compileResolved(transform, { queryLanguage: "JSONata" });
      const request = (definition.States["T"] as TaskState).Arguments as Record<string, Json>;
      expect(request["TransformJobName"]).toBe("{% 'a-' & $uuid() %}");
      expect(JSON.stringify(request["TransformOutput"])).not.toContain("$uuid");
    },
  );

  test("local data are named by the key that they are uploaded under", async () => {
    const folder = temporaryFiles({ "rows.csv": "1" });
    const { TransformInput } = await requestOf(step({ data: folder }));
    const { S3DataSource } = (TransformInput as { DataSource: { S3DataSource: { S3Uri: string } } }).DataSource;
    expect(S3DataSource.S3Uri).toMatch(/^s3:\/\/[a-z0-9-]+\/sfn-ds\/[0-9a-f]{32}\/$/);
  });
});

const wrong: readonly (readonly [name: string, make: () => TransformStep, problems: readonly string[]])[] = [
  ["no options", () => new TransformStep("T", [] as never), ["invalid_model"]],
  ["an object that is no transformer", () => step({ transformer: {} }), ["invalid_model transformer"]],
  ["a transformer of something else", () => step({ transformer: new Transformer("t" as never) }), ["invalid_model"]],
  ["a session that is none", () => of({ session: 5 }), ["invalid_model session"]],
  ["no model", () => of({ modelName: undefined }), ["missing_option modelName"]],
  [
    "no data",
    () => step({ data: undefined }),
    ["invalid_request Parameters TransformInput DataSource S3DataSource S3Uri"],
  ],
  ["data that are not there", () => step({ data: "./no-rows.csv" }), ["missing_file data"]],
  ["no instances", () => of({ instanceCount: 0 }), ["invalid_request Parameters TransformResources InstanceCount"]],
  [
    "a type that is none",
    () => of({ instanceType: "m5.xlarge" }),
    ["invalid_request Parameters TransformResources InstanceType"],
  ],
  ["a strategy that is none", () => of({ strategy: "Many" }), ["invalid_request Parameters BatchStrategy"]],
  ["a job name that is none", () => step({ jobName: "my job" }), ["invalid_request Parameters TransformJobName"]],
  ["a split that is none", () => step({ splitType: "Row" }), ["invalid_request Parameters TransformInput SplitType"]],
  ["an unknown option of the step", () => step({ splittype: "Line" }), ["unknown_option splittype"]],
  ["an unknown option of the transformer", () => of({ payload: 1 }), ["unknown_option transformer payload"]],
  [
    "two patterns",
    () => step({ waitForCompletion: false, integrationPattern: "RUN_JOB" }),
    ["conflicting_options integrationPattern"],
  ],
];

describe("what is wrong is told at compile", () => {
  test.each(wrong)("%s", (_, make, problems) => expect(problemsOf(make)).toEqual(problems));
});
