import { describe, expect, test } from "vitest";
import * as z from "zod";
import { compileResolved, tryCompile } from "../../src/compile/compile.js";
import { context } from "../../src/expression/context.js";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import { States } from "../../src/expression/intrinsics.js";
import { jsonata } from "../../src/expression/jsonata-expression.js";
import { text } from "../../src/expression/text.js";
import type { TaskState } from "../../src/language/asl.js";
import type { Json } from "../../src/language/json.js";
import type { DescribeProcessingJobResult } from "../../src/sagemaker/answer.js";
import { NetworkConfig } from "../../src/sagemaker/processing/network-config.js";
import { ProcessingInput } from "../../src/sagemaker/processing/processing-input.js";
import { ProcessingOutput } from "../../src/sagemaker/processing/processing-output.js";
import { ProcessingStep, type ProcessingStepOptions } from "../../src/sagemaker/processing/processing-step.js";
import { Processor } from "../../src/sagemaker/processing/processor.js";
import { ScriptProcessor } from "../../src/sagemaker/processing/script-processor.js";
import { FakeAws, fakeBucket } from "./fake-aws.js";
import { temporaryFiles } from "./temporary-files.js";

const session = new FakeAws().session();
const role = "arn:aws:iam::123456789012:role/SageMaker";
const base = { session, role, imageUri: "x.dkr.ecr/preprocess:1", instanceCount: 1, instanceType: "ml.m5.xlarge" };
const input = new ExecutionInput(
  z.object({
    text: z.string(),
    texts: z.array(z.string()),
    count: z.number(),
    flag: z.boolean(),
    tags: z.array(z.object({ Key: z.string(), Value: z.string() })),
  }),
);

type Options = Record<string, unknown>;

const plain = (options: Options = {}): Processor => new Processor({ ...base, ...options } as never);
const script = (options: Options = {}): ScriptProcessor =>
  new ScriptProcessor({ ...base, command: ["python3"], ...options } as never);
const step = (options: Options): ProcessingStep<DescribeProcessingJobResult> =>
  new ProcessingStep("P", { processor: plain(), jobName: "job", ...options } as ProcessingStepOptions<true>) as never;
const read = (options: Options): ProcessingInput => new ProcessingInput(options as never);
const written = (options: Options): ProcessingOutput => new ProcessingOutput(options as never);

const source = { source: "s3://b/in", destination: "/opt/ml/processing/in" };
const result = { source: "/opt/ml/processing/out", destination: "s3://b/out" };

async function stateOf(of: ProcessingStep<DescribeProcessingJobResult>): Promise<TaskState> {
  const { definition } = await compileResolved(of);
  return definition.States["P"] as TaskState;
}

async function requestOf(options: Options): Promise<Record<string, Json>> {
  return (await stateOf(step(options))).Parameters as Record<string, Json>;
}

function problemsOf(of: ProcessingStep<DescribeProcessingJobResult>): readonly string[] {
  return tryCompile(of).issues.map(({ code, path }) => `${code} ${path.slice(2).join(".")}`);
}

const minimal = {
  ProcessingJobName: "job",
  AppSpecification: { ImageUri: base.imageUri },
  RoleArn: role,
  ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: "ml.m5.xlarge", VolumeSizeInGB: 30 } },
};
const s3Input = {
  S3Uri: "s3://b/in",
  LocalPath: "/opt/ml/processing/in",
  S3DataType: "S3Prefix",
  S3InputMode: "File",
  S3DataDistributionType: "FullyReplicated",
  S3CompressionType: "None",
};
const s3Output = { S3Uri: "s3://b/out", LocalPath: "/opt/ml/processing/out", S3UploadMode: "EndOfJob" };

describe("what an author sets reaches the request", () => {
  test("the least a step needs", async () => {
    expect(await requestOf({})).toEqual(minimal);
  });

  const network = (options: Options) => ({ networkConfig: new NetworkConfig(options as never) });
  const ofProcessor: readonly { readonly option: Options; readonly member: Json }[] = [
    { option: { entrypoint: ["a", "b"] }, member: { AppSpecification: { ContainerEntrypoint: ["a", "b"] } } },
    { option: { volumeSizeInGb: 50 }, member: { ProcessingResources: { ClusterConfig: { VolumeSizeInGB: 50 } } } },
    {
      option: { volumeKmsKey: input.text },
      member: { ProcessingResources: { ClusterConfig: { "VolumeKmsKeyId.$": "$$.Execution.Input['text']" } } },
    },
    { option: { maxRuntimeInSeconds: 60 }, member: { StoppingCondition: { MaxRuntimeInSeconds: 60 } } },
    {
      option: { env: { A: "1", B: input.text } },
      member: { Environment: { A: "1", "B.$": "$$.Execution.Input['text']" } },
    },
    { option: { tags: { a: "b" } }, member: { Tags: [{ Key: "a", Value: "b" }] } },
    { option: { tags: input.tags }, member: { "Tags.$": "$$.Execution.Input['tags']" } },
    { option: { role: "Name" }, member: { RoleArn: "arn:aws:iam::123456789012:role/path/Name" } },
    { option: { role: input.text }, member: { "RoleArn.$": "$$.Execution.Input['text']" } },
    {
      option: { instanceCount: input.count },
      member: { ProcessingResources: { ClusterConfig: { "InstanceCount.$": "$$.Execution.Input['count']" } } },
    },
    { option: network({}), member: { NetworkConfig: { EnableNetworkIsolation: false } } },
    {
      option: network({ enableNetworkIsolation: true, encryptInterContainerTraffic: false }),
      member: { NetworkConfig: { EnableNetworkIsolation: true, EnableInterContainerTrafficEncryption: false } },
    },
    {
      option: network({ securityGroupIds: ["sg", input.text], subnets: input.texts }),
      member: {
        NetworkConfig: {
          VpcConfig: {
            "SecurityGroupIds.$": "States.Array('sg', $$.Execution.Input['text'])",
            "Subnets.$": "$$.Execution.Input['texts']",
          },
        },
      },
    },
  ];
  test.each(ofProcessor)("processor: $option", async ({ option, member }) => {
    expect(await requestOf({ processor: plain(option) })).toMatchObject(member as object);
  });

  const ofStep: readonly { readonly option: Options; readonly member: Json }[] = [
    {
      option: { arguments: ["--rows", 10, true] },
      member: { AppSpecification: { ContainerArguments: ["--rows", "10", "true"] } },
    },
    { option: { containerArguments: ["x"] }, member: { AppSpecification: { ContainerArguments: ["x"] } } },
    {
      option: { arguments: ["--to", input.text] },
      member: { AppSpecification: { "ContainerArguments.$": "States.Array('--to', $$.Execution.Input['text'])" } },
    },
    {
      option: { arguments: [input.count, input.flag, 1] },
      member: {
        AppSpecification: {
          "ContainerArguments.$":
            "States.Array(States.Format('{}', $$.Execution.Input['count']), States.Format('{}', $$.Execution.Input['flag']), '1')",
        },
      },
    },
    { option: { containerEntrypoint: ["x"] }, member: { AppSpecification: { ContainerEntrypoint: ["x"] } } },
    { option: { experimentConfig: { RunName: "r" } }, member: { ExperimentConfig: { RunName: "r" } } },
    { option: { tags: [{ Key: "k", Value: "" }] }, member: { Tags: [{ Key: "k", Value: "" }] } },
    { option: { kmsKeyId: "k" }, member: { ProcessingOutputConfig: { Outputs: [], KmsKeyId: "k" } } },
    {
      option: { outputs: [written(result)], kmsKeyId: input.text },
      member: {
        ProcessingOutputConfig: {
          Outputs: [{ OutputName: "output-1", AppManaged: false, S3Output: s3Output }],
          "KmsKeyId.$": "$$.Execution.Input['text']",
        },
      },
    },
    {
      option: { inputs: [read(source)] },
      member: { ProcessingInputs: [{ InputName: "input-1", AppManaged: false, S3Input: s3Input }] },
    },
    {
      option: { parameters: { StoppingCondition: { MaxRuntimeInSeconds: 9 }, "RoleArn.$": "$.role" } },
      member: { StoppingCondition: { MaxRuntimeInSeconds: 9 }, "RoleArn.$": "$.role" },
    },
  ];
  test.each(ofStep)("step: $option", async ({ option, member }) => {
    expect(await requestOf(option)).toMatchObject(member as object);
  });

  const inputs: readonly { readonly option: Options; readonly member: Json }[] = [
    { option: { ...source, inputName: "n" }, member: { InputName: "n" } },
    { option: { ...source, appManaged: true }, member: { AppManaged: true } },
    { option: { ...source, s3DataType: "ManifestFile" }, member: { S3Input: { S3DataType: "ManifestFile" } } },
    {
      option: { ...source, s3InputMode: "Pipe", s3CompressionType: "Gzip" },
      member: { S3Input: { S3InputMode: "Pipe", S3CompressionType: "Gzip" } },
    },
    {
      option: { ...source, s3DataDistributionType: "ShardedByS3Key" },
      member: { S3Input: { S3DataDistributionType: "ShardedByS3Key" } },
    },
    {
      option: { s3Input: { s3Uri: input.text, localPath: "/opt/ml/processing/x", s3InputMode: "Pipe" } },
      member: {
        S3Input: { "S3Uri.$": "$$.Execution.Input['text']", LocalPath: "/opt/ml/processing/x", S3InputMode: "Pipe" },
      },
    },
    {
      option: {
        datasetDefinition: {
          localPath: "/opt/ml/processing/d",
          redshiftDatasetDefinition: {
            clusterId: "c",
            database: "d",
            dbUser: "u",
            queryString: "q",
            clusterRoleArn: role,
            outputS3Uri: "s3://b/q",
            kmsKeyId: "k",
            outputFormat: "CSV",
            outputCompression: "ZSTD",
          },
        },
      },
      member: {
        DatasetDefinition: {
          DataDistributionType: "ShardedByS3Key",
          InputMode: "File",
          LocalPath: "/opt/ml/processing/d",
          RedshiftDatasetDefinition: {
            ClusterId: "c",
            Database: "d",
            DbUser: "u",
            QueryString: "q",
            ClusterRoleArn: role,
            OutputS3Uri: "s3://b/q",
            KmsKeyId: "k",
            OutputFormat: "CSV",
            OutputCompression: "ZSTD",
          },
        },
      },
    },
  ];
  test.each(inputs)("input: $option", async ({ option, member }) => {
    expect(await requestOf({ inputs: [read(option)] })).toMatchObject({ ProcessingInputs: [member] });
  });

  const outputs: readonly { readonly option: Options; readonly member: Json }[] = [
    { option: { ...result, outputName: "n" }, member: { OutputName: "n" } },
    { option: { ...result, appManaged: input.flag }, member: { "AppManaged.$": "$$.Execution.Input['flag']" } },
    { option: { ...result, s3UploadMode: "Continuous" }, member: { S3Output: { S3UploadMode: "Continuous" } } },
    {
      option: { featureStoreOutput: { featureGroupName: "g" }, appManaged: true },
      member: { AppManaged: true, FeatureStoreOutput: { FeatureGroupName: "g" } },
    },
  ];
  test.each(outputs)("output: $option", async ({ option, member }) => {
    expect(await requestOf({ outputs: [written(option)] })).toMatchObject({
      ProcessingOutputConfig: { Outputs: [member] },
    });
  });

  test("names are counted over all inputs", async () => {
    const inputs = [read(source), read({ ...source, inputName: "two" }), read(source)];
    const { ProcessingInputs: made } = (await requestOf({ inputs })) as { ProcessingInputs: { InputName: string }[] };
    expect(made.map(({ InputName }) => InputName)).toEqual(["input-1", "two", "input-3"]);
  });

  test("empty lists that the service refuses are left out", async () => {
    expect(await requestOf({ arguments: [], containerEntrypoint: [], processor: plain({ entrypoint: [] }) })).toEqual(
      minimal,
    );
  });

  test("the processor's output key is for jobs with outputs", async () => {
    expect(await requestOf({ processor: plain({ outputKmsKey: "k" }) })).toEqual(minimal);
    const withOutput = await requestOf({ processor: plain({ outputKmsKey: "k" }), outputs: [written(result)] });
    expect(withOutput).toMatchObject({ ProcessingOutputConfig: { KmsKeyId: "k" } });
  });

  test("the step's tags are merged with the processor's", async () => {
    const processor = plain({ tags: { team: "a", stage: "test" } });
    expect(await requestOf({ processor, tags: { stage: "live", run: input.text } })).toMatchObject({
      Tags: [
        { Key: "team", Value: "a" },
        { Key: "stage", Value: "live" },
        { Key: "run", "Value.$": "$$.Execution.Input['text']" },
      ],
    });
  });

  test("task fields stay task fields", async () => {
    const state = await stateOf(step({ comment: "c", timeoutSeconds: 9, resultPath: null }));
    expect(state).toMatchObject({ Comment: "c", TimeoutSeconds: 9, ResultPath: null });
  });

  test.each([
    [true, "us-east-1", "arn:aws:states:::sagemaker:createProcessingJob.sync"],
    [false, "us-east-1", "arn:aws:states:::sagemaker:createProcessingJob"],
    [true, "cn-north-1", "arn:aws-cn:states:::sagemaker:createProcessingJob.sync"],
  ])("waiting %s in %s is the resource %s", async (waitForCompletion, region, resource) => {
    const processor = plain({ session: new FakeAws().session({ region }) });
    expect((await stateOf(step({ processor, waitForCompletion }))).Resource).toBe(resource);
  });
});

describe("the pattern of the call", () => {
  const token = { env: { TOKEN: context.task.token } };
  test.each([
    ["RUN_JOB", "arn:aws:states:::sagemaker:createProcessingJob.sync"],
    ["REQUEST_RESPONSE", "arn:aws:states:::sagemaker:createProcessingJob"],
    // The optimised integration has no callback; the one of the AWS SDK has.
    ["WAIT_FOR_TASK_TOKEN", "arn:aws:states:::aws-sdk:sagemaker:createProcessingJob.waitForTaskToken"],
  ] as const)("%s is the resource %s", async (integrationPattern, resource) => {
    const processor = plain(integrationPattern === "WAIT_FOR_TASK_TOKEN" ? token : {});
    expect((await stateOf(step({ processor, integrationPattern }))).Resource).toBe(resource);
  });
});

describe("code", () => {
  test("the command runs the file, which is an input of its own at the end", async () => {
    const folder = temporaryFiles({ "prep.py": "print(1)" });
    const request = await requestOf({ processor: script(), code: `${folder}/prep.py`, inputs: [read(source)] });
    expect(request).toMatchObject({
      AppSpecification: { ContainerEntrypoint: ["python3", "/opt/ml/processing/input/code/prep.py"] },
      ProcessingInputs: [
        { InputName: "input-1" },
        {
          InputName: "code",
          S3Input: {
            S3Uri: `s3://${fakeBucket}/sfn-ds/d287bb7f9d15abdc5b6e985362638157/prep.py`,
          },
        },
      ],
    });
  });

  test("a file URL is a file", async () => {
    const folder = temporaryFiles({ "prep.py": "" });
    const request = await requestOf({ processor: script(), code: `file://${folder}/prep.py` });
    expect(request).toMatchObject({
      AppSpecification: { ContainerEntrypoint: ["python3", "/opt/ml/processing/input/code/prep.py"] },
    });
  });

  test("a script on S3 is used as it is", async () => {
    const request = await requestOf({ processor: script(), code: "s3://b/c/prep.py" });
    expect(request).toMatchObject({
      AppSpecification: { ContainerEntrypoint: ["python3", "/opt/ml/processing/input/code/prep.py"] },
      ProcessingInputs: [{ InputName: "code", S3Input: { S3Uri: "s3://b/c/prep.py" } }],
    });
  });

  test("a placeholder is a script when the entrypoint names the file", async () => {
    const request = await requestOf({
      processor: script(),
      code: input.text,
      containerEntrypoint: ["python3", "/x.py"],
    });
    expect(request).toMatchObject({
      AppSpecification: { ContainerEntrypoint: ["python3", "/x.py"] },
      ProcessingInputs: [{ S3Input: { "S3Uri.$": "$$.Execution.Input['text']" } }],
    });
  });
});

describe("job name and outputs without a destination", () => {
  const outputs = [written({ source: "/opt/ml/processing/out" })];
  const uriOf = async (options: Options): Promise<unknown> => {
    const request = (await requestOf({ outputs, ...options })) as {
      ProcessingOutputConfig: { Outputs: { S3Output: Record<string, unknown> }[] };
    };
    const { S3Output } = request.ProcessingOutputConfig.Outputs[0] ?? { S3Output: {} };
    return S3Output["S3Uri"] ?? S3Output["S3Uri.$"];
  };

  test("a name that is known gives a URI that is known", async () => {
    expect(await uriOf({})).toBe(`s3://${fakeBucket}/job/output/output-1`);
  });

  test("the session's prefix stands before the job's name", async () => {
    const processor = plain({ session: new FakeAws().session({ defaultBucket: "b", defaultBucketPrefix: "team" }) });
    expect(await uriOf({ processor })).toBe("s3://b/team/job/output/output-1");
  });

  test("a placeholder of a name gives a text that is put together while the machine runs", async () => {
    expect(await uriOf({ jobName: input.text })).toBe(
      `States.Format('s3://${fakeBucket}/{}/output/output-1', $$.Execution.Input['text'])`,
    );
  });

  const visit =
    "States.Format('{} {} {}  {}', $$.Execution.Id, $$.Execution.RedriveCount, $$.State.EnteredTime, $$.State.Name)";
  const unique = `States.Hash(${visit}, 'MD5'), $$.State.RetryCount`;

  test("without a name each job gets one of its own", async () => {
    const { "ProcessingJobName.$": name } = await requestOf({ jobName: undefined });
    expect(name).toBe(`States.Format('preprocess-{}-{}', ${unique})`);
  });

  test("the base of a generated name is cut so that the whole has 63 characters", async () => {
    const processor = plain({ baseJobName: "a_b".padEnd(60, "c") });
    const { "ProcessingJobName.$": name } = await requestOf({ processor, jobName: undefined });
    expect(name).toBe(`States.Format('${"a-b".padEnd(24, "c")}-{}-{}', ${unique})`);
  });

  test("a generated name stands in the URI too", async () => {
    expect(await uriOf({ jobName: undefined })).toBe(
      `States.Format('s3://${fakeBucket}/preprocess-{}-{}/output/output-1', ${unique})`,
    );
  });

  test("a random name does not stand in the URI, where it would be another one", async () => {
    expect(await uriOf({ jobName: text`run-${States.uuid()}` })).toBe(
      `States.Format('s3://${fakeBucket}/preprocess-{}-{}/output/output-1', ${unique})`,
    );
  });

  test("nor does a name of JSONata by hand, which may be another one each time", async () => {
    const { definition } = await compileResolved(
      step({ jobName: jsonata("'a-' & $uuid()"), outputs: ["/opt/ml/processing/out"] }),
      { queryLanguage: "JSONata" },
    );
    const { ProcessingJobName: name, ProcessingOutputConfig: config } = (definition.States["P"] as TaskState)
      .Arguments as Record<string, Json>;
    expect(name).toBe("{% 'a-' & $uuid() %}");
    expect(JSON.stringify(config)).toContain("/preprocess-");
    expect(JSON.stringify(config)).not.toContain("$uuid");
  });
});

describe("what is wrong is an issue with its place", () => {
  const long = "x".repeat(257);
  const many = (count: number, make: (index: number) => unknown): unknown[] =>
    Array.from({ length: count }, (_, index) => make(index));
  const cluster = "Parameters.ProcessingResources.ClusterConfig";
  const s3 = "Parameters.ProcessingInputs.0.S3Input";
  const cases: readonly { readonly name: string; readonly options: Options; readonly found: readonly string[] }[] = [
    {
      name: "a job name with an underscore",
      options: { jobName: "a_b" },
      found: ["invalid_job_name Parameters.ProcessingJobName"],
    },
    {
      name: "a job name of 64 characters",
      options: { jobName: "x".repeat(64) },
      found: ["invalid_job_name Parameters.ProcessingJobName"],
    },
    {
      name: "a job name that ends in a hyphen",
      options: { jobName: "a-" },
      found: ["invalid_job_name Parameters.ProcessingJobName"],
    },
    { name: "no processor", options: { processor: undefined }, found: ["invalid_processor processor"] },
    { name: "a misspelt option of the step", options: { jobname: "x" }, found: ["unknown_option jobname"] },
    { name: "a resource of one's own", options: { resource: "arn" }, found: ["unknown_option resource"] },
    {
      name: "a misspelt option of the processor",
      options: { processor: plain({ imageURI: "x" }) },
      found: ["unknown_option processor.imageURI"],
    },
    {
      name: "a command of a plain processor",
      options: { processor: plain({ command: ["x"] }) },
      found: ["unknown_option processor.command"],
    },
    {
      name: "a pattern that there is not",
      options: { integrationPattern: "SYNC" },
      found: ["invalid_argument integrationPattern"],
    },
    {
      name: "both forms of the pattern",
      options: { integrationPattern: "RUN_JOB", waitForCompletion: true },
      found: ["conflicting_options integrationPattern"],
    },
    {
      name: "waiting that is no boolean",
      options: { waitForCompletion: "no" },
      found: ["invalid_argument waitForCompletion"],
    },
    {
      name: "no instances",
      options: { processor: plain({ instanceCount: 0 }) },
      found: [`invalid_number ${cluster}.InstanceCount`],
    },
    {
      name: "half an instance",
      options: { processor: plain({ instanceCount: 1.5 }) },
      found: [`invalid_number ${cluster}.InstanceCount`],
    },
    {
      name: "101 instances",
      options: { processor: plain({ instanceCount: 101 }) },
      found: [`invalid_number ${cluster}.InstanceCount`],
    },
    {
      name: "no instance type",
      options: { processor: plain({ instanceType: "" }) },
      found: [`invalid_processor ${cluster}.InstanceType`],
    },
    {
      name: "an instance type of EC2",
      options: { processor: plain({ instanceType: "m5.xlarge" }) },
      found: [`invalid_processor ${cluster}.InstanceType`],
    },
    {
      name: "too large a volume",
      options: { processor: plain({ volumeSizeInGb: 16_385 }) },
      found: [`invalid_number ${cluster}.VolumeSizeInGB`],
    },
    {
      name: "too long a runtime",
      options: { processor: plain({ maxRuntimeInSeconds: 777_601 }) },
      found: ["invalid_number Parameters.StoppingCondition.MaxRuntimeInSeconds"],
    },
    {
      name: "no image",
      options: { processor: plain({ imageUri: undefined }) },
      found: ["invalid_processor Parameters.AppSpecification.ImageUri"],
    },
    {
      name: "a role that is neither ARN nor name",
      options: { processor: plain({ role: "a/b" }) },
      found: ["invalid_processor Parameters.RoleArn"],
    },
    {
      name: "an environment name with a hyphen",
      options: { processor: plain({ env: { "a-b": "1" } }) },
      found: ["invalid_processor Parameters.Environment.a-b"],
    },
    {
      name: "an environment value that is a number",
      options: { processor: plain({ env: { a: 1 } }) },
      found: ["invalid_processor Parameters.Environment.a"],
    },
    {
      name: "subnets without security groups",
      options: { processor: plain({ networkConfig: new NetworkConfig({ subnets: ["s"] }) }) },
      found: ["invalid_processor Parameters.NetworkConfig.VpcConfig.SecurityGroupIds"],
    },
    {
      name: "a network config that is none",
      options: { processor: plain({ networkConfig: {} }) },
      found: ["invalid_processor Parameters.NetworkConfig"],
    },
    {
      name: "a misspelt network option",
      options: { processor: plain({ networkConfig: new NetworkConfig({ subnet: ["s"] } as never) }) },
      found: ["unknown_option Parameters.NetworkConfig.subnet"],
    },
    {
      name: "51 tags",
      options: { tags: many(51, (index) => ({ Key: `k${index}`, Value: "" })) },
      found: ["invalid_request Parameters.Tags"],
    },
    {
      name: "a tag without a value",
      options: { tags: [{ Key: "k" }] },
      found: ["invalid_request Parameters.Tags.0"],
    },
    {
      name: "a placeholder of tags beside other tags",
      options: { processor: plain({ tags: { a: "b" } }), tags: input.tags },
      found: ["conflicting_options Parameters.Tags"],
    },
    {
      name: "an empty argument",
      options: { arguments: ["a", ""] },
      found: ["invalid_text Parameters.AppSpecification.ContainerArguments.1"],
    },
    {
      name: "an argument of 257 characters",
      options: { arguments: [long] },
      found: ["invalid_text Parameters.AppSpecification.ContainerArguments.0"],
    },
    {
      name: "an argument that is an object",
      options: { arguments: [{}] },
      found: ["invalid_text Parameters.AppSpecification.ContainerArguments.0"],
    },
    {
      name: "101 arguments",
      options: { arguments: many(101, () => "a") },
      found: ["invalid_text Parameters.AppSpecification.ContainerArguments"],
    },
    {
      name: "arguments twice",
      options: { arguments: ["a"], containerArguments: ["a"] },
      found: ["conflicting_options arguments"],
    },
    {
      name: "a misspelt experiment option",
      options: { experimentConfig: { Experiment: "e" } },
      found: ["unknown_option Parameters.ExperimentConfig.Experiment"],
    },
    { name: "parameters that are no object", options: { parameters: [1] }, found: ["invalid_template Parameters"] },
    {
      name: "an input that is a text",
      options: { inputs: ["s3://b/in"] },
      found: ["invalid_processing_input Parameters.ProcessingInputs.0"],
    },
    {
      name: "an input without a source",
      options: { inputs: [read({})] },
      found: ["invalid_processing_input Parameters.ProcessingInputs.0"],
    },
    {
      name: "an input with two sources",
      options: { inputs: [read({ ...source, s3Input: { s3Uri: "s3://b", localPath: "/opt/ml/processing/x" } })] },
      found: ["invalid_processing_input Parameters.ProcessingInputs.0"],
    },
    {
      name: "a misspelt input option",
      options: { inputs: [read({ ...source, name: "x" })] },
      found: ["unknown_option Parameters.ProcessingInputs.0.name"],
    },
    {
      name: "an input without a destination",
      options: { inputs: [read({ source: "s3://b/in" })] },
      found: [`invalid_container_path ${s3}.LocalPath`],
    },
    {
      name: "a destination elsewhere in the container",
      options: { inputs: [read({ ...source, destination: "/tmp/in" })] },
      found: [`invalid_container_path ${s3}.LocalPath`],
    },
    {
      name: "a destination that climbs out",
      options: { inputs: [read({ ...source, destination: "/opt/ml/processing/../x" })] },
      found: [`invalid_container_path ${s3}.LocalPath`],
    },
    {
      name: "a local source that is not there",
      options: { inputs: [read({ ...source, source: "nothing/here" })] },
      found: [`missing_file ${s3}.S3Uri`],
    },
    {
      name: "a source of another scheme",
      options: { inputs: [read({ ...source, source: "ftp://h/x" })] },
      found: [`invalid_processing_input ${s3}.S3Uri`],
    },
    {
      name: "a source without a bucket",
      options: { inputs: [read({ ...source, source: "s3:///x" })] },
      found: [`invalid_processing_input ${s3}.S3Uri`],
    },
    {
      name: "a broken file URL",
      options: { inputs: [read({ ...source, source: "file://host%/x" })] },
      found: [`invalid_processing_input ${s3}.S3Uri`],
    },
    {
      name: "a mode that there is not",
      options: { inputs: [read({ ...source, s3InputMode: "FastFile" })] },
      found: [`invalid_processing_input ${s3}.S3InputMode`],
    },
    {
      name: "Gzip in the mode File",
      options: { inputs: [read({ ...source, s3CompressionType: "Gzip" })] },
      found: [`invalid_processing_input ${s3}.S3CompressionType`],
    },
    {
      name: "two inputs of one name",
      options: { inputs: [read({ ...source, inputName: "input-2" }), read(source)] },
      found: ["invalid_processing_input Parameters.ProcessingInputs.1"],
    },
    {
      name: "11 inputs",
      options: { inputs: many(11, () => read(source)) },
      found: ["invalid_processing_input Parameters.ProcessingInputs"],
    },
    {
      name: "a data set without a query",
      options: { inputs: [read({ datasetDefinition: {} })] },
      found: ["invalid_processing_input Parameters.ProcessingInputs.0.DatasetDefinition"],
    },
    {
      name: "a query without its catalogue",
      options: {
        inputs: [
          read({
            datasetDefinition: {
              athenaDatasetDefinition: { database: "d", queryString: "q", outputS3Uri: "s3://b", outputFormat: "CSV" },
            },
          }),
        ],
      },
      found: [
        "invalid_processing_input Parameters.ProcessingInputs.0.DatasetDefinition.AthenaDatasetDefinition.Catalog",
        "invalid_processing_input Parameters.ProcessingInputs.0.DatasetDefinition.AthenaDatasetDefinition.OutputFormat",
      ],
    },
    {
      name: "an output that is a number",
      options: { outputs: [3] as never },
      found: ["invalid_processing_output Parameters.ProcessingOutputConfig.Outputs.0"],
    },
    {
      name: "an output that is a text, but no folder of the container",
      options: { outputs: ["s3://b"] },
      found: ["invalid_container_path Parameters.ProcessingOutputConfig.Outputs.0.S3Output.LocalPath"],
    },
    {
      name: "an output without a source",
      options: { outputs: [written({ destination: "s3://b" })] },
      found: ["invalid_processing_output Parameters.ProcessingOutputConfig.Outputs.0.S3Output.LocalPath"],
    },
    {
      name: "an output to a local folder",
      options: { outputs: [written({ ...result, destination: "out" })] },
      found: ["invalid_processing_output Parameters.ProcessingOutputConfig.Outputs.0.S3Output.S3Uri"],
    },
    {
      name: "two outputs of one name",
      options: { outputs: many(2, () => written({ ...result, outputName: "o" })) },
      found: ["invalid_processing_output Parameters.ProcessingOutputConfig.Outputs.1"],
    },
    {
      name: "11 outputs",
      options: { outputs: many(11, () => written(result)) },
      found: ["invalid_processing_output Parameters.ProcessingOutputConfig.Outputs"],
    },
    {
      name: "a script that is not there",
      options: { processor: script(), code: "nope.py" },
      found: ["missing_file code"],
    },
    {
      name: "a folder without its program",
      options: { processor: script(), code: "src" },
      found: ["invalid_code entryPoint"],
    },
    {
      name: "a script of another scheme",
      options: { processor: script(), code: "http://h/x.py" },
      found: ["invalid_code code"],
    },
    {
      name: "a folder of S3 without its program",
      options: { processor: script(), code: "s3://b/c/" },
      found: ["invalid_code entryPoint"],
    },
    {
      name: "a placeholder of a script",
      options: { processor: script(), code: input.text },
      found: ["invalid_code code"],
    },
    { name: "a script for a plain processor", options: { code: "s3://b/x.py" }, found: ["invalid_code code"] },
    {
      name: "a script beside an input named code",
      options: { processor: script(), code: "s3://b/x.py", inputs: [read({ ...source, inputName: "code" })] },
      found: ["invalid_processing_input Parameters.ProcessingInputs.1"],
    },
    {
      name: "a command that is no list",
      options: { processor: script({ command: "python3" }), code: "s3://b/x.py" },
      found: ["invalid_processor processor.command"],
    },
    {
      name: "everything at once",
      options: { jobName: "a_b", processor: plain({ instanceCount: 0 }), arguments: [""] },
      found: [
        "invalid_job_name Parameters.ProcessingJobName",
        "invalid_text Parameters.AppSpecification.ContainerArguments.0",
        `invalid_number ${cluster}.InstanceCount`,
      ],
    },
  ];
  test.each(cases)("$name", ({ options, found }) => {
    expect(problemsOf(step(options))).toEqual(found);
  });

  test("a message names what came and what to do", () => {
    const [only] = tryCompile(step({ processor: plain({ instanceCount: 0 }) })).issues;
    expect(only).toMatchInlineSnapshot(`
      {
        "code": "invalid_number",
        "hint": "give a whole number in the range",
        "message": "expected a whole number from 1 to 100, got 0",
        "path": [
          "States",
          "P",
          "Parameters",
          "ProcessingResources",
          "ClusterConfig",
          "InstanceCount",
        ],
      }
    `);
  });
});

test("a key named __proto__ is data", async () => {
  const env = JSON.parse('{"__proto__": "1"}') as Options;
  expect(problemsOf(step({ processor: plain({ env }) }))).toEqual([]);
  const parameters = JSON.parse('{"Environment": {"__proto__": "x"}}') as Options;
  const { Environment: made } = await requestOf({ processor: plain({ env: { A: "1" } }), parameters });
  expect(JSON.stringify(made)).toBe('{"A":"1","__proto__":"x"}');
});

test("a step asks nobody when it is made", () => {
  const aws = new FakeAws();
  step({ processor: plain({ session: aws.session(), role: "Name" }) });
  expect(aws.operations).toEqual([]);
});

test("an answer of a service becomes text before it is an argument", async () => {
  const first = step({});
  const second = new ProcessingStep("Q", {
    processor: plain(),
    jobName: "two",
    arguments: [first.output.CreationTime],
  });
  const { definition } = await compileResolved(first.next(second));
  expect(definition.States["Q"]).toMatchObject({
    Parameters: {
      AppSpecification: { "ContainerArguments.$": "States.Array(States.Format('{}', $['CreationTime']))" },
    },
  });
});

describe("the request is held against the API", () => {
  test("with the author's parameters in it", () => {
    const parameters = {
      RoleArn: 5,
      ProcessingJobName: "bad name!",
      ProcessingResources: { ClusterConfig: { InstanceCount: 0 } },
    };
    expect(problemsOf(step({ parameters }))).toEqual([
      "invalid_request Parameters.ProcessingJobName",
      "invalid_request Parameters.ProcessingResources.ClusterConfig.InstanceCount",
      "invalid_request Parameters.RoleArn",
    ]);
  });

  test("and each fault is told once", () => {
    const processor = plain({ instanceCount: 0, imageUri: undefined, role: 5, env: { "a-b": "x" } });
    expect(
      problemsOf(step({ processor, jobName: "a b", inputs: [{}], outputs: [{}] })).map((line) => line.split(" ")[1]),
    ).toEqual([
      "Parameters.ProcessingJobName",
      "Parameters.AppSpecification.ImageUri",
      "Parameters.ProcessingInputs.0",
      "Parameters.ProcessingOutputConfig.Outputs.0",
      "Parameters.RoleArn",
      "Parameters.Environment.a-b",
      "Parameters.ProcessingResources.ClusterConfig.InstanceCount",
    ]);
  });

  test("a tag with letters that no tag has", () => {
    expect(problemsOf(step({ tags: { "a!": "b" } }))).toEqual(["invalid_request Parameters.Tags.0.Key"]);
  });
});

describe("what is no object of options is refused at once", () => {
  const given = ["s3://b", undefined, [], 3] as const;
  const classes = { Processor, ScriptProcessor, ProcessingInput, ProcessingOutput, NetworkConfig };
  const cases = Object.entries(classes).flatMap(([name, of]) => given.map((options) => ({ name, of, options })));
  test.each(cases)("$name of $options", ({ name, of, options }) => {
    const kind = name === "ScriptProcessor" ? "Processor" : name;
    expect(() => new of(options as never)).toThrow(`${kind} takes an object of options`);
  });

  test("a step without options", () => {
    expect(() => new ProcessingStep("P", undefined as never)).toThrow("ProcessingStep takes an object of options");
  });

  test("a session that is none", () => {
    expect(() => plain({ session: {} })).toThrow("[invalid_processor] session: expected a Session, got {}");
  });
});

test.each([
  ["a\0b", "ERR_INVALID_ARG_VALUE"],
  ["/dev/null", "neither a file nor a folder"],
])("a source that cannot be looked at is an issue that says why: %j", (path, problem) => {
  const { issues } = tryCompile(step({ inputs: [read({ ...source, source: path })] }));
  expect(issues).toMatchObject([{ code: "missing_file", message: expect.stringContaining(problem) }]);
});
