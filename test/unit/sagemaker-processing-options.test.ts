import { describe, expect, test } from "vitest";
import * as z from "zod";
import { compileResolved, tryCompile } from "../../src/compile/compile.js";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import type { TaskState } from "../../src/language/asl.js";
import {
  FrameworkProcessor,
  type FrameworkProcessorOptions,
  SKLearnProcessor,
  type SKLearnProcessorOptions,
} from "../../src/sagemaker/processing/framework-processor.js";
import { NetworkConfig, type NetworkConfigOptions } from "../../src/sagemaker/processing/network-config.js";
import {
  type AthenaDatasetDefinition,
  type DatasetDefinition,
  ProcessingInput,
  type ProcessingInputOptions,
  type RedshiftDatasetDefinition,
  type S3Input,
} from "../../src/sagemaker/processing/processing-input.js";
import { ProcessingOutput, type ProcessingOutputOptions } from "../../src/sagemaker/processing/processing-output.js";
import { ProcessingStep, type ProcessingStepOptions } from "../../src/sagemaker/processing/processing-step.js";
import { Processor, type ProcessorOptions } from "../../src/sagemaker/processing/processor.js";
import type { RunOptions } from "../../src/sagemaker/processing/run-processing-job.js";
import { ScriptProcessor, type ScriptProcessorOptions } from "../../src/sagemaker/processing/script-processor.js";
import type { TaskFields } from "../../src/states/task.js";
import { FakeAws, fakeBucket } from "./fake-aws.js";
import { temporaryFiles } from "./temporary-files.js";

type Options = Readonly<Record<string, unknown>>;

/** Where an option stands in the request, or how it is refused. */
interface Row {
  readonly given: unknown;
  /** Path in the request, with dots. */
  readonly at?: string;
  /** What stands there; default the given. */
  readonly is?: unknown;
  /** A placeholder in its place: then `.$` stands at the path. */
  readonly late?: unknown;
  /** Options that it needs beside it, or, as `undefined`, that must not stand beside it. */
  readonly beside?: Options;
  /** Issues instead. */
  readonly refused?: readonly string[];
}
type Table<T> = { readonly [K in keyof Required<T>]: Row };

const session = new FakeAws().session();
const role = "arn:aws:iam::123456789012:role/R";
const kms = "arn:aws:kms:us-east-1:123456789012:key/k";
const base = { session, role, imageUri: "i:1", instanceCount: 1, instanceType: "ml.m5.xlarge" } as const;
const input = new ExecutionInput(
  z.object({
    text: z.string(),
    texts: z.array(z.string()),
    count: z.number(),
    flag: z.boolean(),
    env: z.record(z.string(), z.string()),
    tags: z.array(z.object({ Key: z.string(), Value: z.string() })),
    experiment: z.object({ RunName: z.string() }),
  }),
);
const { text, texts, count, flag } = input;

const withoutUndefined = (options: Options): Options =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

const stepOf = (options: Options): ProcessingStep =>
  new ProcessingStep("P", withoutUndefined({ processor: new Processor(base), jobName: "job", ...options }) as never);

async function requestOf(step: ProcessingStep): Promise<unknown> {
  const { definition } = await compileResolved(step);
  return (definition.States["P"] as TaskState).Parameters;
}

/** What stands at a path; a key may itself hold dots at its end: `.$`. */
function at(data: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce((found: unknown, key) => (found as Readonly<Record<string, unknown>> | undefined)?.[key], data);
}

function lateAt(data: unknown, path: string): unknown {
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const owner = keys.length === 0 ? data : at(data, keys.join("."));
  return (owner as Readonly<Record<string, unknown>>)[`${last}.$`];
}

/** Each option of a table, given to the step that `step` makes of it. */
function holds<T>(table: Table<T>, step: (options: Options) => ProcessingStep): void {
  const rows = Object.entries(table) as readonly (readonly [string, Row])[];
  test.each(rows)("%s", async (option, { given, at: path, is = given, late, beside = {}, refused }) => {
    const made = step({ ...beside, [option]: given });
    if (refused !== undefined) {
      const issues = tryCompile(made).issues.map(({ code, path }) => `${code} ${path.slice(2).join(".")}`);
      expect(issues).toEqual(refused);
      return;
    }
    if (path === undefined) throw new Error(`the row of ${option} says neither where it stands nor how it is refused`);
    expect(at(await requestOf(made), path)).toEqual(is);
    if (late === undefined) return;
    const found = lateAt(await requestOf(step({ ...beside, [option]: late })), path);
    expect(found).toMatch(/^\$\$\.Execution\.Input/);
  });
}

const cluster = "ProcessingResources.ClusterConfig";
const shared: Table<Omit<ProcessorOptions, "imageUri" | "entrypoint">> = {
  role: { given: `${role}2`, at: "RoleArn", late: text },
  instanceCount: { given: 2, at: `${cluster}.InstanceCount`, late: count },
  instanceType: { given: "ml.c5.large", at: `${cluster}.InstanceType`, late: text },
  volumeSizeInGb: { given: 50, at: `${cluster}.VolumeSizeInGB`, late: count },
  volumeKmsKey: { given: kms, at: `${cluster}.VolumeKmsKeyId`, late: text },
  outputKmsKey: { given: kms, at: "ProcessingOutputConfig.KmsKeyId", late: text },
  maxRuntimeInSeconds: { given: 60, at: "StoppingCondition.MaxRuntimeInSeconds", late: count },
  // Names of runs begin with it: see the test of `jobs`. A step's name is given here.
  baseJobName: { given: "a".repeat(64), refused: ["invalid_job_name processor.baseJobName"] },
  // Its region is the partition's, its bucket that of uploads.
  session: {
    given: new FakeAws().session({ defaultBucket: "mine" }),
    at: `${outputs()}.S3Uri`,
    is: "s3://mine/job/output/output-1",
  },
  env: { given: { A: "1" }, at: "Environment", late: input.env },
  tags: { given: { team: "data" }, at: "Tags", is: [{ Key: "team", Value: "data" }], late: input.tags },
  networkConfig: {
    given: new NetworkConfig({ enableNetworkIsolation: true }),
    at: "NetworkConfig",
    is: { EnableNetworkIsolation: true },
  },
  codeLocation: { given: "not-s3", refused: ["invalid_code processor.codeLocation"] },
};

function outputs(): string {
  return "ProcessingOutputConfig.Outputs.0.S3Output";
}
const anOutput = { outputs: ["/opt/ml/processing/out"] };
const image = { given: "other:2", at: "AppSpecification.ImageUri", late: text };
const command = (beside: Options = {}): Row => ({
  given: ["python3", "-u"],
  at: "AppSpecification.ContainerEntrypoint",
  beside,
});

describe("each option of a Processor is in the request, or refused", () => {
  const table: Table<ProcessorOptions> = {
    ...shared,
    imageUri: image,
    entrypoint: { given: ["/run", "all"], at: "AppSpecification.ContainerEntrypoint", late: texts },
  };
  holds(table, (options) => stepOf({ ...anOutput, processor: new Processor({ ...base, ...options } as never) }));
});

describe("each option of a ScriptProcessor is in the request, or refused", () => {
  const table: Table<ScriptProcessorOptions> = { ...shared, imageUri: image, command: command() };
  const of = (options: Options) => new ScriptProcessor({ ...base, command: ["python3"], ...options } as never);
  holds(table, (options) => stepOf({ ...anOutput, processor: of(options) }));
});

const uri = (account: string, rest: string): string => `${account}.dkr.ecr.us-east-1.amazonaws.com/${rest}`;

describe("each option of a FrameworkProcessor is in the request, or refused", () => {
  const own = { framework: "mxnet", frameworkVersion: "1.9.0" } as const;
  const none = { framework: undefined, frameworkVersion: undefined };
  const table: Table<FrameworkProcessorOptions> = {
    ...shared,
    // Which image it is depends on the type, so that it has to be known.
    instanceType: { given: "ml.c5.large", at: `${cluster}.InstanceType` },
    imageUri: { ...image, beside: none },
    command: command(),
    framework: {
      given: "tensorflow",
      at: "AppSpecification.ImageUri",
      is: uri("763104351884", "tensorflow-training:2.11-cpu-py39"),
      beside: { frameworkVersion: "2.11" },
    },
    frameworkVersion: {
      given: "1.8.0",
      at: "AppSpecification.ImageUri",
      is: uri("763104351884", "mxnet-training:1.8.0-cpu-py37"),
    },
    pyVersion: {
      given: "py36",
      at: "AppSpecification.ImageUri",
      is: uri("763104351884", "pytorch-training:1.6.0-cpu-py36"),
      beside: { framework: "pytorch", frameworkVersion: "1.6.0" },
    },
    baseFrameworkVersion: {
      given: "pytorch2.1",
      at: "AppSpecification.ImageUri",
      is: uri("763104351884", "huggingface-pytorch-training:2.1.0-transformers4.36.0-gpu-py310-cu121-ubuntu20.04"),
      beside: { framework: "huggingface", frameworkVersion: "4.36", instanceType: "ml.g5.xlarge" },
    },
  };
  const { imageUri: _, ...rest } = base;
  const of = (options: Options) => new FrameworkProcessor(withoutUndefined({ ...rest, ...own, ...options }) as never);
  holds(table, (options) => stepOf({ ...anOutput, processor: of(options) }));
});

describe("each option of a SKLearnProcessor is in the request, or refused", () => {
  const table: Table<SKLearnProcessorOptions> = {
    ...shared,
    imageUri: { ...image, beside: { frameworkVersion: undefined } },
    command: command(),
    frameworkVersion: {
      given: "1.0-1",
      at: "AppSpecification.ImageUri",
      is: uri("683313688378", "sagemaker-scikit-learn:1.0-1-cpu-py3"),
    },
  };
  const { imageUri: _, ...rest } = base;
  const of = (options: Options) =>
    new SKLearnProcessor(withoutUndefined({ ...rest, frameworkVersion: "1.2-1", ...options }) as never);
  holds(table, (options) => stepOf({ ...anOutput, processor: of(options) }));
});

const folder = "/opt/ml/processing/in";
const inputs = (options: Options): ProcessingStep =>
  stepOf({ inputs: [new ProcessingInput(withoutUndefined(options) as never)] });
const s3 = "ProcessingInputs.0.S3Input";

describe("each option of a ProcessingInput is in the request, or refused", () => {
  const settings = {
    s3DataType: { given: "ManifestFile", at: `${s3}.S3DataType`, late: text },
    s3InputMode: { given: "Pipe", at: `${s3}.S3InputMode`, late: text },
    s3DataDistributionType: { given: "ShardedByS3Key", at: `${s3}.S3DataDistributionType`, late: text },
  };
  const table: Table<ProcessingInputOptions> = {
    ...settings,
    s3CompressionType: { given: "Gzip", at: `${s3}.S3CompressionType`, beside: { s3InputMode: "Pipe" }, late: text },
    source: { given: "s3://b/other", at: `${s3}.S3Uri`, late: text },
    destination: { given: `${folder}2`, at: `${s3}.LocalPath`, late: text },
    inputName: { given: "rows", at: "ProcessingInputs.0.InputName", late: text },
    appManaged: { given: true, at: "ProcessingInputs.0.AppManaged", late: flag },
    s3Input: {
      given: { s3Uri: "s3://b/x", localPath: folder },
      at: `${s3}.S3Uri`,
      is: "s3://b/x",
      beside: { source: undefined, destination: undefined },
    },
    datasetDefinition: {
      given: { localPath: folder },
      beside: { source: undefined, destination: undefined },
      refused: ["invalid_processing_input Parameters.ProcessingInputs.0.DatasetDefinition"],
    },
  };
  holds(table, (options) => inputs({ source: "s3://b/in", destination: folder, ...options }));
});

describe("each member of an S3Input is in the request", () => {
  const table: Table<S3Input> = {
    s3Uri: { given: "s3://b/other", at: `${s3}.S3Uri`, late: text },
    localPath: { given: `${folder}2`, at: `${s3}.LocalPath`, late: text },
    s3DataType: { given: "ManifestFile", at: `${s3}.S3DataType`, late: text },
    s3InputMode: { given: "Pipe", at: `${s3}.S3InputMode`, late: text },
    s3DataDistributionType: { given: "ShardedByS3Key", at: `${s3}.S3DataDistributionType`, late: text },
    s3CompressionType: { given: "Gzip", at: `${s3}.S3CompressionType`, beside: { s3InputMode: "Pipe" }, late: text },
  };
  holds(table, (options) => inputs({ s3Input: { s3Uri: "s3://b/in", localPath: folder, ...options } }));
});

const dataset = "ProcessingInputs.0.DatasetDefinition";
const athena = {
  catalog: "c",
  database: "d",
  queryString: "select 1",
  outputS3Uri: "s3://b/q",
  outputFormat: "PARQUET",
} as const;
const redshift = {
  clusterId: "c",
  database: "d",
  dbUser: "u",
  queryString: "select 1",
  clusterRoleArn: role,
  outputS3Uri: "s3://b/q",
  outputFormat: "CSV",
} as const;

describe("each member of a DatasetDefinition is in the request", () => {
  const table: Table<DatasetDefinition> = {
    localPath: { given: `${folder}2`, at: `${dataset}.LocalPath`, late: text },
    inputMode: { given: "Pipe", at: `${dataset}.InputMode`, late: text },
    dataDistributionType: { given: "FullyReplicated", at: `${dataset}.DataDistributionType`, late: text },
    athenaDatasetDefinition: {
      given: athena,
      at: `${dataset}.AthenaDatasetDefinition.Catalog`,
      is: "c",
    },
    redshiftDatasetDefinition: {
      given: redshift,
      at: `${dataset}.RedshiftDatasetDefinition.DbUser`,
      is: "u",
      beside: { athenaDatasetDefinition: undefined },
    },
  };
  holds(table, (options) =>
    inputs({
      datasetDefinition: withoutUndefined({ localPath: folder, athenaDatasetDefinition: athena, ...options }),
    }),
  );
});

describe("each member of an AthenaDatasetDefinition is in the request", () => {
  const path = `${dataset}.AthenaDatasetDefinition`;
  const table: Table<AthenaDatasetDefinition> = {
    catalog: { given: "c2", at: `${path}.Catalog`, late: text },
    database: { given: "d2", at: `${path}.Database`, late: text },
    queryString: { given: "select 2", at: `${path}.QueryString`, late: text },
    outputS3Uri: { given: "s3://b/q2", at: `${path}.OutputS3Uri`, late: text },
    outputFormat: { given: "ORC", at: `${path}.OutputFormat`, late: text },
    workGroup: { given: "w", at: `${path}.WorkGroup`, late: text },
    kmsKeyId: { given: kms, at: `${path}.KmsKeyId`, late: text },
    outputCompression: { given: "SNAPPY", at: `${path}.OutputCompression`, late: text },
  };
  holds(table, (options) =>
    inputs({ datasetDefinition: { localPath: folder, athenaDatasetDefinition: { ...athena, ...options } } }),
  );
});

describe("each member of a RedshiftDatasetDefinition is in the request", () => {
  const path = `${dataset}.RedshiftDatasetDefinition`;
  const table: Table<RedshiftDatasetDefinition> = {
    clusterId: { given: "c2", at: `${path}.ClusterId`, late: text },
    database: { given: "d2", at: `${path}.Database`, late: text },
    dbUser: { given: "u2", at: `${path}.DbUser`, late: text },
    queryString: { given: "select 2", at: `${path}.QueryString`, late: text },
    clusterRoleArn: { given: `${role}2`, at: `${path}.ClusterRoleArn`, late: text },
    outputS3Uri: { given: "s3://b/q2", at: `${path}.OutputS3Uri`, late: text },
    outputFormat: { given: "PARQUET", at: `${path}.OutputFormat`, late: text },
    kmsKeyId: { given: kms, at: `${path}.KmsKeyId`, late: text },
    outputCompression: { given: "ZSTD", at: `${path}.OutputCompression`, late: text },
  };
  holds(table, (options) =>
    inputs({ datasetDefinition: { localPath: folder, redshiftDatasetDefinition: { ...redshift, ...options } } }),
  );
});

describe("each option of a ProcessingOutput is in the request", () => {
  const path = "ProcessingOutputConfig.Outputs.0";
  const table: Table<ProcessingOutputOptions> = {
    source: { given: "/opt/ml/processing/out2", at: `${path}.S3Output.LocalPath`, late: text },
    destination: { given: "s3://b/other", at: `${path}.S3Output.S3Uri`, late: text },
    outputName: { given: "rows", at: `${path}.OutputName`, late: text },
    s3UploadMode: { given: "Continuous", at: `${path}.S3Output.S3UploadMode`, late: text },
    appManaged: { given: true, at: `${path}.AppManaged`, late: flag },
    featureStoreOutput: {
      given: { featureGroupName: "g" },
      at: `${path}.FeatureStoreOutput`,
      is: { FeatureGroupName: "g" },
    },
  };
  const of = (options: Options) =>
    new ProcessingOutput({ source: "/opt/ml/processing/out", destination: "s3://b/out", ...options } as never);
  holds(table, (options) => stepOf({ outputs: [of(options)] }));
});

describe("each option of a NetworkConfig is in the request", () => {
  const vpc = { subnets: ["subnet-1"], securityGroupIds: ["sg-1"] };
  const table: Table<NetworkConfigOptions> = {
    enableNetworkIsolation: { given: true, at: "NetworkConfig.EnableNetworkIsolation", late: flag },
    securityGroupIds: { given: ["sg-2"], at: "NetworkConfig.VpcConfig.SecurityGroupIds", beside: vpc, late: texts },
    subnets: { given: ["subnet-2"], at: "NetworkConfig.VpcConfig.Subnets", beside: vpc, late: texts },
    encryptInterContainerTraffic: {
      given: true,
      at: "NetworkConfig.EnableInterContainerTrafficEncryption",
      late: flag,
    },
  };
  const of = (options: Options) => new Processor({ ...base, networkConfig: new NetworkConfig(options as never) });
  holds(table, (options) => stepOf({ processor: of(options) }));
});

describe("each option of a ProcessingStep is in the request, or refused", () => {
  const script = new ScriptProcessor({ ...base, command: ["python3"] });
  const entrypoint = "AppSpecification.ContainerEntrypoint";
  const table: Table<Omit<ProcessingStepOptions, keyof TaskFields>> = {
    processor: { given: script, at: `${entrypoint}.0`, is: "python3" },
    jobName: { given: "other", at: "ProcessingJobName", late: text },
    code: {
      given: "s3://b/x.py",
      at: "ProcessingInputs.0.S3Input.S3Uri",
      beside: { processor: script, containerEntrypoint: ["sh"] },
      late: text,
    },
    entryPoint: { given: "main.py", at: `${entrypoint}.5`, beside: { processor: script, code: "s3://b/src/" } },
    sourceDir: {
      given: "s3://b/src/",
      at: "ProcessingInputs.0.S3Input.S3Uri",
      beside: { processor: script, code: "main.py" },
      late: text,
    },
    dependencies: {
      given: ["no-such-file"],
      beside: { processor: script, code: "package.json" },
      refused: ["missing_file dependencies.0"],
    },
    inputs: {
      given: [new ProcessingInput({ source: "s3://b/in", destination: folder })],
      at: `${s3}.S3Uri`,
      is: "s3://b/in",
    },
    outputs: { given: ["/opt/ml/processing/x"], at: `${outputs()}.LocalPath`, is: "/opt/ml/processing/x" },
    arguments: { given: ["--n", 1], at: "AppSpecification.ContainerArguments", is: ["--n", "1"], late: texts },
    containerArguments: { given: ["a"], at: "AppSpecification.ContainerArguments", late: texts },
    containerEntrypoint: { given: ["sh"], at: entrypoint, late: texts },
    kmsKeyId: { given: kms, at: "ProcessingOutputConfig.KmsKeyId", late: text },
    // Uploads are no part of the request: see below.
    uploadKmsKeyId: { given: kms, at: "ProcessingJobName", is: "job" },
    experimentConfig: { given: { RunName: "r" }, at: "ExperimentConfig", late: input.experiment },
    tags: { given: { team: "data" }, at: "Tags", is: [{ Key: "team", Value: "data" }], late: input.tags },
    waitForCompletion: { given: "yes", refused: ["invalid_argument waitForCompletion"] },
    integrationPattern: {
      given: "RUN_JOB",
      beside: { waitForCompletion: true },
      refused: ["conflicting_options integrationPattern"],
    },
    parameters: { given: { ProcessingJobName: "mine" }, at: "ProcessingJobName", is: "mine" },
  };
  holds(table, stepOf);

  test("uploadKmsKeyId encrypts what the deployment uploads", async () => {
    const aws = new FakeAws();
    const processor = new ScriptProcessor({ ...base, session: aws.session(), command: ["python3"] });
    const code = `${temporaryFiles({ "x.py": "1" })}/x.py`;
    const { deferred } = await compileResolved(stepOf({ processor, code, uploadKmsKeyId: kms }));
    for (const value of deferred) await value.deploy?.(() => undefined);
    expect(aws.inputsOf("PutObject")).toMatchObject([{ SSEKMSKeyId: kms, ServerSideEncryption: "aws:kms" }]);
  });

  test("a placeholder of the program's name stands in the entrypoint", async () => {
    const request = await requestOf(stepOf({ processor: script, code: "s3://b/src/", entryPoint: text }));
    expect(lateAt(request, entrypoint)).toMatch(
      /^States\.Array\('\/bin\/sh', .*, 'python3', \$\$\.Execution\.Input\['text'\]\)$/,
    );
  });

  test("a misspelt option of the step or of its processor is refused", () => {
    const processor = new Processor({ ...base, volumeSizeInGB: 1 } as never);
    const issues = tryCompile(stepOf({ processor, jobname: "x" })).issues;
    expect(issues.map(({ code, path }) => `${code} ${path.slice(2).join(".")}`)).toEqual([
      "unknown_option processor.volumeSizeInGB",
      "unknown_option jobname",
    ]);
  });
});

describe("each option of a run has its effect", () => {
  const files = () => temporaryFiles({ "src/main.py": "1", "src/shared.py": "2", "dep.py": "3" });
  interface Run {
    readonly options: RunOptions;
    readonly of?: (aws: FakeAws) => unknown;
    readonly is: unknown;
  }
  const created = (path: string) => (aws: FakeAws) => at(aws.inputsOf("CreateProcessingJob")[0], path);
  const names = (aws: FakeAws) =>
    aws
      .inputsOf("PutObject")
      .map(({ Key }) => String(Key).split("/").at(-1))
      .sort();
  const events: string[] = [];
  const table: { readonly [K in keyof Required<RunOptions>]: (folder: string) => Run } = {
    code: (folder) => ({
      options: { code: `${folder}/dep.py` },
      of: created("AppSpecification.ContainerEntrypoint.1"),
      is: "/opt/ml/processing/input/code/dep.py",
    }),
    entryPoint: (folder) => ({
      options: { code: `${folder}/src`, entryPoint: "main.py" },
      of: created("AppSpecification.ContainerEntrypoint.5"),
      is: "main.py",
    }),
    sourceDir: (folder) => ({
      options: { sourceDir: `${folder}/src`, code: "main.py" },
      of: names,
      is: ["main.py", "shared.py"],
    }),
    dependencies: (folder) => ({
      options: { code: `${folder}/src/main.py`, dependencies: [`${folder}/dep.py`] },
      of: names,
      is: ["dep.py", "main.py"],
    }),
    inputs: () => ({
      options: { inputs: [new ProcessingInput({ source: "s3://b/in", destination: folder })] },
      of: created(`${s3}.S3Uri`),
      is: "s3://b/in",
    }),
    outputs: () => ({
      options: { outputs: ["/opt/ml/processing/x"] },
      of: created(`${outputs()}.S3Uri`),
      is: `s3://${fakeBucket}/j/output/output-1`,
    }),
    arguments: () => ({
      options: { arguments: ["--n", 1] },
      of: created("AppSpecification.ContainerArguments"),
      is: ["--n", "1"],
    }),
    wait: () => ({ options: { wait: true }, of: (aws) => aws.inputsOf("DescribeProcessingJob").length, is: 1 }),
    logs: () => ({
      options: { wait: true, logs: () => undefined },
      of: (aws) => aws.inputsOf("DescribeLogStreams").length > 0,
      is: true,
    }),
    allowStopped: () => ({ options: { allowStopped: true }, of: () => "no error", is: "no error" }),
    jobName: () => ({ options: { jobName: "other" }, of: created("ProcessingJobName"), is: "other" }),
    experimentConfig: () => ({
      options: { experimentConfig: { RunName: "r" } },
      of: created("ExperimentConfig"),
      is: { RunName: "r" },
    }),
    kmsKey: (folder) => ({
      options: { code: `${folder}/dep.py`, kmsKey: kms },
      of: (aws) => aws.inputsOf("PutObject")[0]?.["SSEKMSKeyId"],
      is: kms,
    }),
    onProgress: (folder) => ({
      options: { code: `${folder}/dep.py`, onProgress: ({ kind, sizeBytes }) => events.push(`${kind} ${sizeBytes}`) },
      of: () => events,
      is: ["uploaded 1"],
    }),
    signal: () => ({ options: { signal: new AbortController().signal }, of: () => "no error", is: "no error" }),
  };
  test.each(Object.entries(table))("%s", async (_, row) => {
    const { options, of, is } = row(files());
    const aws = new FakeAws();
    const processor = new ScriptProcessor({ ...base, session: aws.session(), command: ["python3"] });
    await processor.run({ jobName: "j", wait: false, logs: false, ...options });
    expect(of?.(aws)).toEqual(is);
  });

  test("a stopped run is an error, unless it is allowed", async () => {
    const stopped = { DescribeProcessingJob: () => ({ ProcessingJobStatus: "Stopped" }) };
    const run = (allowStopped: boolean) =>
      new Processor({ ...base, session: new FakeAws(stopped).session() }).run({ logs: false, allowStopped });
    await expect(run(false)).rejects.toMatchObject({ name: "StoppedJobError" });
    await expect(run(true)).resolves.toMatchObject({ name: "i-2022-01-21-15-28-38-000" });
  });
});
