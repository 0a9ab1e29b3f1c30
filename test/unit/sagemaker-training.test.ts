import { describe, expect, test } from "vitest";
import { compileResolved } from "../../src/compile/compile.js";
import type { TaskState } from "../../src/language/asl.js";
import type { DescribeTrainingJobResult } from "../../src/sagemaker/answer.js";
import { ModelStep } from "../../src/sagemaker/hosting/model-step.js";
import {
  CollectionConfig,
  type CollectionConfigOptions,
  DebuggerHookConfig,
  type DebuggerHookConfigOptions,
  type ProfilerConfig,
  ProfilerRule,
  Rule,
  type RuleOptions,
  type TensorBoardOutputConfig,
} from "../../src/sagemaker/training/debugger.js";
import { Estimator, type EstimatorOptions, withOnlyHyperparameters } from "../../src/sagemaker/training/estimator.js";
import { SKLearn } from "../../src/sagemaker/training/framework-estimator.js";
import {
  FileSystemInput,
  type FileSystemInputOptions,
  TrainingInput,
  type TrainingInputOptions,
} from "../../src/sagemaker/training/training-input.js";
import { TrainingStep, type TrainingStepOptions } from "../../src/sagemaker/training/training-step.js";
import { uniqueName } from "../../src/sagemaker/unique-name.js";
import { prefixStates } from "../../src/states/prefix-states.js";
import type { TaskFields } from "../../src/states/task.js";
import { awsError, FakeAws, fakeBucket } from "./fake-aws.js";
import { temporaryFiles } from "./temporary-files.js";
import {
  base,
  expectRow,
  input,
  type Options,
  ofInput,
  plain,
  problemsOf,
  type Row,
  requestOf,
  role,
  stateOf,
  training,
} from "./training-request.js";

type Table<T> = { readonly [K in keyof Required<T>]: Row };

const text = input.text;
const path = ofInput("text");

describe("each option of an Estimator is emitted or refused", () => {
  const rows: Table<EstimatorOptions> = {
    role: { value: "Name", gives: { RoleArn: "arn:aws:iam::123456789012:role/path/Name" } },
    imageUri: { value: text, gives: { AlgorithmSpecification: { "TrainingImage.$": path } } },
    instanceCount: {
      value: input.count,
      gives: { ResourceConfig: { "InstanceCount.$": ofInput("count") } },
    },
    instanceType: { value: "m5.large", refused: "invalid_request Parameters.ResourceConfig.InstanceType" },
    session: {
      value: new FakeAws().session({ region: "cn-north-1", defaultBucket: "own", defaultBucketPrefix: "p" }),
      beside: { outputPath: undefined },
      gives: { OutputDataConfig: { S3OutputPath: "s3://own/p/" } },
    },
    hyperparameters: { value: { epochs: 3 }, gives: { HyperParameters: { epochs: "3" } } },
    outputPath: { value: text, gives: { OutputDataConfig: { "S3OutputPath.$": path } } },
    outputKmsKey: { value: "k", gives: { OutputDataConfig: { KmsKeyId: "k" } } },
    outputCompressionType: { value: "NONE", gives: { OutputDataConfig: { CompressionType: "NONE" } } },
    baseJobName: { value: "named", gives: { TrainingJobName: "job" } },
    volumeSizeInGb: { value: 50, gives: { ResourceConfig: { VolumeSizeInGB: 50 } } },
    volumeKmsKey: { value: text, gives: { ResourceConfig: { "VolumeKmsKeyId.$": path } } },
    maxRunSeconds: { value: 60, gives: { StoppingCondition: { MaxRuntimeInSeconds: 60 } } },
    maxWaitSeconds: {
      value: 90,
      beside: { maxRunSeconds: 60, useSpotInstances: true },
      gives: { StoppingCondition: { MaxRuntimeInSeconds: 60, MaxWaitTimeInSeconds: 90 } },
    },
    useSpotInstances: {
      value: true,
      beside: { maxRunSeconds: 60, maxWaitSeconds: 60 },
      gives: {
        EnableManagedSpotTraining: true,
        StoppingCondition: { MaxRuntimeInSeconds: 60, MaxWaitTimeInSeconds: 60 },
      },
    },
    checkpointS3Uri: { value: "s3://b/c", gives: { CheckpointConfig: { S3Uri: "s3://b/c" } } },
    checkpointLocalPath: { value: "/c", refused: "invalid_request Parameters.CheckpointConfig.S3Uri" },
    subnets: {
      value: ["s-1", text],
      beside: { securityGroupIds: input.texts },
      gives: { VpcConfig: { "Subnets.$": `States.Array('s-1', ${path})`, "SecurityGroupIds.$": ofInput("texts") } },
    },
    securityGroupIds: { value: ["sg-1"], refused: "invalid_request Parameters.VpcConfig.Subnets" },
    inputMode: { value: "FastFile", gives: { AlgorithmSpecification: { TrainingInputMode: "FastFile" } } },
    modelUri: {
      value: "s3://b/m.tar.gz",
      gives: {
        InputDataConfig: [
          {
            ChannelName: "model",
            ContentType: "application/x-sagemaker-model",
            InputMode: "File",
            DataSource: { S3DataSource: { S3Uri: "s3://b/m.tar.gz" } },
          },
        ],
      },
    },
    modelChannelName: {
      value: "start",
      beside: { modelUri: "s3://b/m" },
      gives: { InputDataConfig: [{ ChannelName: "start" }] },
    },
    tags: { value: { a: text }, gives: { Tags: [{ Key: "a", "Value.$": path }] } },
    metricDefinitions: {
      value: [{ Name: "m", Regex: "m=(.*)" }],
      gives: { AlgorithmSpecification: { MetricDefinitions: [{ Name: "m", Regex: "m=(.*)" }] } },
    },
    enableSageMakerMetrics: {
      value: true,
      gives: { AlgorithmSpecification: { EnableSageMakerMetricsTimeSeries: true } },
    },
    environment: { value: { A: text }, gives: { Environment: { "A.$": path } } },
    maxRetryAttempts: { value: 2, gives: { RetryStrategy: { MaximumRetryAttempts: 2 } } },
    debuggerHookConfig: {
      value: new DebuggerHookConfig(),
      gives: { DebugHookConfig: { S3OutputPath: "s3://b/models" } },
    },
    rules: { value: ["r"], refused: "invalid_estimator Parameters.DebugRuleConfigurations.0" },
    profilerConfig: {
      value: { disableProfiler: true },
      gives: { ProfilerConfig: { DisableProfiler: true } },
    },
    tensorBoardOutputConfig: {
      value: { s3OutputPath: "s3://b/t" },
      gives: { TensorBoardOutputConfig: { S3OutputPath: "s3://b/t" } },
    },
    enableNetworkIsolation: { value: true, gives: { EnableNetworkIsolation: true } },
    encryptInterContainerTraffic: {
      value: input.flag,
      gives: { "EnableInterContainerTrafficEncryption.$": ofInput("flag") },
    },
    containerEntrypoint: {
      value: ["python3", text],
      gives: { AlgorithmSpecification: { "ContainerEntrypoint.$": `States.Array('python3', ${path})` } },
    },
    containerArguments: {
      value: ["--rows", 1],
      gives: { AlgorithmSpecification: { ContainerArguments: ["--rows", "1"] } },
    },
    keepAlivePeriodInSeconds: { value: 60, gives: { ResourceConfig: { KeepAlivePeriodInSeconds: 60 } } },
  };

  test.each(Object.entries(rows))("%s", async (name, row) => {
    await expectRow(row, (options) => training({ estimator: plain(options) }), name);
  });

  test("the least that an estimator needs", async () => {
    expect(await requestOf(training())).toEqual({
      TrainingJobName: "job",
      AlgorithmSpecification: { TrainingImage: base.imageUri, TrainingInputMode: "File" },
      RoleArn: role,
      OutputDataConfig: { S3OutputPath: "s3://b/models" },
      ResourceConfig: { InstanceCount: 1, InstanceType: "ml.m5.xlarge", VolumeSizeInGB: 30 },
      StoppingCondition: { MaxRuntimeInSeconds: 86_400 },
    });
  });

  test("a base name is what a generated job name begins with", async () => {
    const step = training({ estimator: plain({ baseJobName: "named" }), jobName: undefined });
    expect(JSON.stringify(await requestOf(step))).toContain('"TrainingJobName.$":"States.Format(\'named-');
  });

  test.each([
    { options: { imageUri: undefined }, problem: "invalid_estimator estimator.imageUri" },
    { options: { instanceCount: undefined }, problem: "invalid_estimator estimator.instanceCount" },
    {
      options: { useSpotInstances: true, maxRunSeconds: 90, maxWaitSeconds: 60 },
      problem: "invalid_request Parameters.StoppingCondition.MaxWaitTimeInSeconds",
    },
    { options: { image: "x" }, problem: "unknown_option estimator.image" },
    { options: { entryPoint: "x" }, problem: "unknown_option estimator.entryPoint" },
    { options: { environment: { A: 1 } }, problem: "invalid_request Parameters.Environment.A" },
    { options: { debuggerHookConfig: {} }, problem: "invalid_estimator Parameters.DebugHookConfig" },
    { options: { profilerConfig: { interval: 1 } }, problem: "unknown_option Parameters.ProfilerConfig.interval" },
    { options: { hyperparameters: "epochs" }, problem: "invalid_estimator estimator.hyperparameters" },
  ])("$options is refused", ({ options, problem }) => {
    expect(problemsOf(training({ estimator: plain(options) }))).toContain(problem);
  });

  test("more hyperparameters make another estimator", async () => {
    const first = plain({ hyperparameters: { a: 1, b: 2 } });
    const second = first.withHyperparameters({ b: 3 });
    expect(first.options.hyperparameters).toEqual({ a: 1, b: 2 });
    expect(await requestOf(training({ estimator: second }))).toMatchObject({ HyperParameters: { a: "1", b: "3" } });
    expect(second.session).toBe(first.session);
    expect(problemsOf(training({ estimator: first.withHyperparameters(input.object as never) }))).toContain(
      "invalid_estimator estimator.hyperparameters",
    );
  });

  test("more hyperparameters for a class of one's own do not run its constructor again", async () => {
    class Mine extends Estimator {
      readonly epochs: number;
      constructor(epochs: number) {
        super({ ...base, hyperparameters: { epochs } });
        this.epochs = epochs;
      }
      twice(): number {
        return this.epochs * 2;
      }
    }
    const more = new Mine(3).withHyperparameters({ rate: 1 });
    expect(more.twice()).toBe(6);
    expect(await requestOf(training({ estimator: more }))).toMatchObject({
      HyperParameters: { epochs: "3", rate: "1" },
    });
    const only = withOnlyHyperparameters(new Mine(3), { rate: 1 });
    expect((await requestOf(training({ estimator: only })))["HyperParameters"]).toEqual({ rate: "1" });
    expect(only).toBeInstanceOf(Mine);
  });

  test("the default bucket is made when the workflow is deployed", async () => {
    const aws = new FakeAws({ HeadBucket: () => awsError("NotFound", 404) });
    const step = training({ estimator: plain({ session: aws.session(), outputPath: undefined }) });
    const { deferred } = await compileResolved(step);
    expect(aws.operations).not.toContain("CreateBucket");
    for (const value of deferred) await value.deploy?.(() => undefined);
    expect(aws.operations).toContain("CreateBucket");
    expect(await requestOf(step)).toMatchObject({ OutputDataConfig: { S3OutputPath: `s3://${fakeBucket}/` } });
  });
});

describe("each option of the debugger is emitted or refused", () => {
  const hooked = (options: Options) =>
    training({ estimator: plain({ debuggerHookConfig: new DebuggerHookConfig(options as never) }) });
  const hooks: Table<DebuggerHookConfigOptions> = {
    s3OutputPath: { value: text, gives: { DebugHookConfig: { "S3OutputPath.$": path } } },
    containerLocalOutputPath: { value: "/t", gives: { DebugHookConfig: { LocalPath: "/t" } } },
    hookParameters: { value: { a: text }, gives: { DebugHookConfig: { HookParameters: { "a.$": path } } } },
    collectionConfigs: {
      value: [new CollectionConfig({ name: "m" })],
      gives: { DebugHookConfig: { CollectionConfigurations: [{ CollectionName: "m" }] } },
    },
  };
  test.each(Object.entries(hooks))("DebuggerHookConfig: %s", (name, row) => expectRow(row, hooked, name));

  const collections: Table<CollectionConfigOptions> = {
    name: { value: text, gives: { DebugHookConfig: { CollectionConfigurations: [{ "CollectionName.$": path }] } } },
    parameters: {
      value: { x: 1 },
      refused: "invalid_request Parameters.DebugHookConfig.CollectionConfigurations.0.CollectionParameters.x",
    },
  };
  const collected = (options: Options) =>
    hooked({ collectionConfigs: [new CollectionConfig({ name: "m", ...options } as never)] });
  test.each(Object.entries(collections))("CollectionConfig: %s", (name, row) => expectRow(row, collected, name));

  const rule = (member: object) => ({ DebugRuleConfigurations: [member] });
  const rules: Table<RuleOptions> = {
    name: { value: text, gives: rule({ "RuleConfigurationName.$": path }) },
    imageUri: { value: "i", gives: rule({ RuleEvaluatorImage: "i" }) },
    ruleToInvoke: { value: "Overfit", gives: rule({ RuleParameters: { rule_to_invoke: "Overfit" } }) },
    sourceS3Uri: {
      value: "s3://b/r.py",
      beside: { ruleParameters: { a: "b" } },
      gives: rule({ RuleParameters: { source_s3_uri: "s3://b/r.py", a: "b" } }),
    },
    ruleParameters: { value: input.object, gives: rule({ "RuleParameters.$": ofInput("object") }) },
    instanceType: { value: "ml.t3.medium", gives: rule({ InstanceType: "ml.t3.medium" }) },
    volumeSizeInGb: { value: 5, gives: rule({ VolumeSizeInGB: 5 }) },
    containerLocalOutputPath: { value: "/r", gives: rule({ LocalPath: "/r" }) },
    s3OutputPath: { value: "s3://b/r", gives: rule({ S3OutputPath: "s3://b/r" }) },
    collectionsToSave: {
      value: [new CollectionConfig({ name: "m" })],
      gives: { DebugHookConfig: { CollectionConfigurations: [{ CollectionName: "m" }] } },
    },
  };
  const ruled = (options: Options) =>
    training({ estimator: plain({ rules: [new Rule({ name: "r", imageUri: "i", ...options } as never)] }) });
  test.each(Object.entries(rules))("Rule: %s", (name, row) => expectRow(row, ruled, name));

  test("a whole of rule parameters cannot be put together with one that is named", () => {
    const step = ruled({ ruleParameters: input.object, ruleToInvoke: "Overfit" });
    expect(problemsOf(step)).toContain("conflicting_options Parameters.DebugRuleConfigurations.0");
  });

  test("rules of the profiler have a list of their own", async () => {
    const rules = [new ProfilerRule({ name: "p", imageUri: "i", ruleToInvoke: "ProfilerReport" })];
    const request = await requestOf(training({ estimator: plain({ rules }) }));
    expect(request["DebugRuleConfigurations"]).toBeUndefined();
    expect(request["ProfilerRuleConfigurations"]).toEqual([
      {
        RuleConfigurationName: "p",
        RuleEvaluatorImage: "i",
        RuleParameters: { rule_to_invoke: "ProfilerReport" },
      },
    ]);
  });

  const profiler: Table<ProfilerConfig> = {
    s3OutputPath: { value: text, gives: { ProfilerConfig: { "S3OutputPath.$": path } } },
    systemMonitorIntervalMillis: {
      value: 500,
      gives: { ProfilerConfig: { S3OutputPath: "s3://b/models", ProfilingIntervalInMilliseconds: 500 } },
    },
    profilingParameters: { value: { a: "b" }, gives: { ProfilerConfig: { ProfilingParameters: { a: "b" } } } },
    disableProfiler: { value: input.flag, gives: { ProfilerConfig: { "DisableProfiler.$": ofInput("flag") } } },
  };
  const profiled = (options: Options) => training({ estimator: plain({ profilerConfig: options }) });
  test.each(Object.entries(profiler))("ProfilerConfig: %s", (name, row) => expectRow(row, profiled, name));

  const boards: Table<TensorBoardOutputConfig> = {
    s3OutputPath: { value: text, gives: { TensorBoardOutputConfig: { "S3OutputPath.$": path } } },
    containerLocalOutputPath: {
      value: "/t",
      beside: { s3OutputPath: "s3://b" },
      gives: { TensorBoardOutputConfig: { LocalPath: "/t" } },
    },
  };
  const boarded = (options: Options) => training({ estimator: plain({ tensorBoardOutputConfig: options }) });
  test.each(Object.entries(boards))("TensorBoardOutputConfig: %s", (name, row) => expectRow(row, boarded, name));
});

describe("each option of an input is emitted or refused", () => {
  const channel = (member: object) => ({ InputDataConfig: [{ ChannelName: "training", ...member }] });
  const s3 = (member: object) => channel({ DataSource: { S3DataSource: member } });
  const rows: Table<TrainingInputOptions> = {
    s3Data: { value: text, gives: s3({ "S3Uri.$": path }) },
    s3DataType: { value: "ManifestFile", gives: s3({ S3DataType: "ManifestFile" }) },
    distribution: { value: "ShardedByS3Key", gives: s3({ S3DataDistributionType: "ShardedByS3Key" }) },
    compression: { value: "Zip", refused: "invalid_request Parameters.InputDataConfig.0.CompressionType" },
    contentType: { value: text, gives: channel({ "ContentType.$": path }) },
    recordWrapping: { value: "RecordIO", gives: channel({ RecordWrapperType: "RecordIO" }) },
    inputMode: { value: "FastFile", gives: channel({ InputMode: "FastFile" }) },
    attributeNames: { value: ["a"], gives: s3({ AttributeNames: ["a"] }) },
    instanceGroups: { value: ["g"], gives: s3({ InstanceGroupNames: ["g"] }) },
    shuffleConfig: {
      value: { seed: input.count },
      gives: channel({ ShuffleConfig: { "Seed.$": ofInput("count") } }),
    },
  };
  const read = (options: Options) => training({ data: new TrainingInput({ s3Data: "s3://b/t", ...options } as never) });
  test.each(Object.entries(rows))("TrainingInput: %s", (name, row) => expectRow(row, read, name));

  const file = (member: object) => channel({ DataSource: { FileSystemDataSource: member } });
  const systems: Table<FileSystemInputOptions> = {
    fileSystemId: { value: text, gives: file({ "FileSystemId.$": path, FileSystemAccessMode: "ro" }) },
    fileSystemType: { value: "FSxLustre", gives: file({ FileSystemType: "FSxLustre" }) },
    directoryPath: { value: "/t", gives: file({ DirectoryPath: "/t" }) },
    fileSystemAccessMode: { value: "rw", gives: file({ FileSystemAccessMode: "rw" }) },
    contentType: { value: "text/csv", gives: channel({ ContentType: "text/csv" }) },
  };
  const of = { fileSystemId: "fs-0123456789a", fileSystemType: "EFS", directoryPath: "/d" };
  const mounted = (options: Options) => training({ data: new FileSystemInput({ ...of, ...options } as never) });
  test.each(Object.entries(systems))("FileSystemInput: %s", (name, row) => expectRow(row, mounted, name));

  test("channels have their names", async () => {
    const data = { train: "s3://b/t", test: text, none: undefined };
    expect(await requestOf(training({ data }))).toMatchObject({
      InputDataConfig: [
        { ChannelName: "train", DataSource: { S3DataSource: { S3Uri: "s3://b/t" } } },
        { ChannelName: "test", DataSource: { S3DataSource: { "S3Uri.$": path } } },
      ],
    });
  });

  test("local data are uploaded", async () => {
    const folder = temporaryFiles({ "a.csv": "1" });
    const { InputDataConfig } = await requestOf(training({ data: folder }));
    expect(JSON.stringify(InputDataConfig)).toMatch(new RegExp(`"s3://${fakeBucket}/sfn-ds/[0-9a-f]{32}/"`));
  });

  const channelPath = "Parameters.InputDataConfig.0";
  const uri = `${channelPath}.DataSource.S3DataSource.S3Uri`;
  test.each([
    { data: 3, problem: `invalid_estimator ${channelPath}` },
    { data: ["s3://b"], problem: `invalid_estimator ${channelPath}` },
    { data: "ftp://b/t", problem: `invalid_request ${uri}` },
    { data: "/nowhere/at/all", problem: `missing_file ${uri}` },
    { data: { "a b": "s3://b/t" }, problem: `invalid_request ${channelPath}.ChannelName` },
    { data: {}, problem: "invalid_request Parameters.InputDataConfig" },
    { data: new TrainingInput({ s3Data: "s3://b", dist: 1 } as never), problem: `unknown_option ${channelPath}.dist` },
    { data: new FileSystemInput({ ...of, mode: 1 } as never), problem: `unknown_option ${channelPath}.mode` },
  ])("data that cannot be: $problem", ({ data, problem }) => {
    expect(problemsOf(training({ data }))).toContain(problem);
  });
});

describe("each option of a TrainingStep is emitted or refused", () => {
  const rows: Table<Omit<TrainingStepOptions, keyof TaskFields>> = {
    estimator: { value: plain({ imageUri: "other" }), gives: { AlgorithmSpecification: { TrainingImage: "other" } } },
    jobName: { value: text, gives: { "TrainingJobName.$": path } },
    data: { value: "s3://b/t", gives: { InputDataConfig: [{ ChannelName: "training" }] } },
    hyperparameters: { value: input.object, gives: { "HyperParameters.$": ofInput("object") } },
    miniBatchSize: { value: 32, gives: { HyperParameters: { mini_batch_size: "32" } } },
    outputDataConfigPath: { value: text, gives: { OutputDataConfig: { "S3OutputPath.$": path } } },
    experimentConfig: { value: { RunName: text }, gives: { ExperimentConfig: { "RunName.$": path } } },
    tags: { value: { a: "b" }, gives: { Tags: [{ Key: "a", Value: "b" }] } },
    waitForCompletion: { value: "no", refused: "invalid_argument waitForCompletion" },
    integrationPattern: { value: "SYNC", refused: "invalid_argument integrationPattern" },
    parameters: {
      value: { ResourceConfig: { InstanceCount: 4 } },
      gives: { ResourceConfig: { InstanceCount: 4, InstanceType: "ml.m5.xlarge" } },
    },
  };
  test.each(Object.entries(rows))("%s", (name, row) => expectRow(row, training, name));

  test.each([
    { options: {}, resource: "arn:aws:states:::sagemaker:createTrainingJob.sync" },
    { options: { waitForCompletion: false }, resource: "arn:aws:states:::sagemaker:createTrainingJob" },
    {
      options: { integrationPattern: "WAIT_FOR_TASK_TOKEN", parameters: { Environment: { "T.$": "$$.Task.Token" } } },
      resource: "arn:aws:states:::aws-sdk:sagemaker:createTrainingJob.waitForTaskToken",
    },
    {
      options: { estimator: plain({ session: new FakeAws().session({ region: "us-gov-west-1" }) }) },
      resource: "arn:aws-us-gov:states:::sagemaker:createTrainingJob.sync",
    },
  ])("$resource", async ({ options, resource }) => {
    expect((await stateOf(training(options))).Resource).toBe(resource);
  });

  test.each([
    { options: { estimator: {} }, problem: "invalid_estimator estimator" },
    { options: { estimator: undefined }, problem: "invalid_estimator estimator" },
    { options: { jobname: "x" }, problem: "unknown_option jobname" },
    { options: { jobName: "-x" }, problem: "invalid_request Parameters.TrainingJobName" },
    { options: { hyperparameters: 3 }, problem: "invalid_estimator Parameters.HyperParameters" },
    { options: { hyperparameters: { a: null } }, problem: "invalid_request Parameters.HyperParameters.a" },
    { options: { hyperparameters: { a: Number.NaN } }, problem: "invalid_request Parameters.HyperParameters.a" },
    { options: { hyperparameters: input.object, miniBatchSize: 3 }, problem: "conflicting_options miniBatchSize" },
    {
      options: { hyperparameters: { mini_batch_size: 1 }, miniBatchSize: 3 },
      problem: "conflicting_options miniBatchSize",
    },
    {
      options: { waitForCompletion: true, integrationPattern: "RUN_JOB" },
      problem: "conflicting_options integrationPattern",
    },
    { options: { experimentConfig: "x" }, problem: "invalid_request Parameters.ExperimentConfig" },
    { options: { parameters: [] }, problem: "invalid_template Parameters" },
  ])("$problem", ({ options, problem }) => {
    expect(problemsOf(training(options))).toContain(problem);
  });
});

describe("hyperparameters are texts", () => {
  const given = {
    number: 0.1,
    flag: true,
    text: "on",
    object: { a: [1, "b"] },
    refText: text,
    refNumber: input.count,
    refFlag: input.flag,
    refObject: input.object,
    listWithRef: [1, text],
    left: undefined,
  };

  test("whatever they are given as", async () => {
    const { HyperParameters } = await requestOf(training({ hyperparameters: given }));
    expect(HyperParameters).toEqual({
      number: "0.1",
      flag: "true",
      text: "on",
      object: '{"a":[1,"b"]}',
      "refText.$": path,
      "refNumber.$": `States.Format('{}', ${ofInput("count")})`,
      "refFlag.$": `States.Format('{}', ${ofInput("flag")})`,
      "refObject.$": `States.JsonToString(${ofInput("object")})`,
      "listWithRef.$": `States.JsonToString(States.Array(1, ${path}))`,
    });
  });

  test("the step's stand over the estimator's", async () => {
    const estimator = plain({ hyperparameters: { epochs: 3, lr: 0.1 } });
    const { HyperParameters } = await requestOf(training({ estimator, hyperparameters: { epochs: 9 } }));
    expect(HyperParameters).toEqual({ epochs: "9", lr: "0.1" });
  });

  test("none are written where there are none", async () => {
    const request = await requestOf(training({ estimator: plain({ hyperparameters: {} }) }));
    expect(request).not.toHaveProperty("HyperParameters");
  });
});

test("tags of the estimator and of the step are merged", async () => {
  const step = training({ estimator: plain({ tags: [{ Key: "a", Value: "1" }] }), tags: { a: "2", b: "3" } });
  expect(await requestOf(step)).toMatchObject({
    Tags: [
      { Key: "a", Value: "2" },
      { Key: "b", Value: "3" },
    ],
  });
});

describe("the model of a training step", () => {
  const modelOf = async (estimator: object, name?: string) => {
    const step = new TrainingStep("T", {
      estimator,
      jobName: "job",
      data: "s3://b/t",
    } as never) as never as TrainingStep<DescribeTrainingJobResult>;
    const save = new ModelStep("Save", { model: step.expectedModel(name) });
    const { definition } = await compileResolved(step.next(save));
    return (definition.States["Save"] as TaskState).Parameters;
  };

  test("has what the estimator has, and where the job writes it", async () => {
    const estimator = plain({ environment: { A: "1" }, subnets: ["s-1"], securityGroupIds: ["sg-1"] });
    expect(await modelOf(estimator)).toEqual({
      ModelName: "job",
      ExecutionRoleArn: role,
      PrimaryContainer: {
        Image: base.imageUri,
        "ModelDataUrl.$": "$['ModelArtifacts']['S3ModelArtifacts']",
        Environment: { A: "1" },
      },
      VpcConfig: { Subnets: ["s-1"], SecurityGroupIds: ["sg-1"] },
    });
    expect(await modelOf(estimator, "other")).toMatchObject({ ModelName: "other" });
  });

  test.each([undefined, uniqueName("t")])("is named after a job whose name is made at run time", async (jobName) => {
    const step = training({ jobName }) as unknown as TrainingStep<DescribeTrainingJobResult>;
    const { definition } = await compileResolved(step.next(new ModelStep("Save", { model: step.expectedModel() })));
    expect((definition.States["Save"] as TaskState).Parameters).toMatchObject({
      "ModelName.$": "$['TrainingJobName']",
    });
  });

  test("is refused where there is no estimator", () => {
    const step = new TrainingStep("T", {} as never) as never as TrainingStep<DescribeTrainingJobResult>;
    expect(() => step.expectedModel()).toThrow("[invalid_estimator] estimator: expected an Estimator, got undefined");
  });

  test("nor a copy, which does not know its estimator", () => {
    const copy = prefixStates("Left ", new TrainingStep("Train", { estimator: plain(), data: "s3://b/t" }));
    expect(() => copy.expectedModel()).toThrow('[invalid_argument] "Left Train" is a copy');
  });

  test.each(["resultSelector", "resultPath", "outputPath"] as const)("nor a step shaped by %s", (option) => {
    const step = new TrainingStep("Train", {
      estimator: plain(),
      data: "s3://b/t",
      [option]: option === "resultSelector" ? {} : "$.a",
    });
    expect(() => step.expectedModel()).toThrow(`[invalid_argument] ${option}: the output of "Train" is shaped`);
  });

  test("of a framework has the image that serves it, and its script", async () => {
    const { PrimaryContainer } = (await modelOf(
      new SKLearn({
        ...base,
        imageUri: undefined,
        entryPoint: "t.py",
        sourceDir: "s3://b/s.tar.gz",
        frameworkVersion: "1.2-1",
        environment: { A: "1" },
      } as never),
    )) as { PrimaryContainer: object };
    expect(PrimaryContainer).toMatchObject({
      Image: "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3",
      Environment: {
        A: "1",
        SAGEMAKER_PROGRAM: "t.py",
        SAGEMAKER_SUBMIT_DIRECTORY: "s3://b/s.tar.gz",
        SAGEMAKER_CONTAINER_LOG_LEVEL: "20",
        SAGEMAKER_REGION: "us-east-1",
      },
    });
  });
});

test.each([
  { options: { baseJobName: 5 }, problem: "invalid_job_name estimator.baseJobName" },
  { options: { baseJobName: input.text }, problem: "invalid_job_name estimator.baseJobName" },
  { options: { modelChannelName: "m" }, problem: "invalid_estimator estimator.modelChannelName" },
  { options: { hyperparameters: { a: new Map() } }, problem: "invalid_request Parameters.HyperParameters.a" },
  { options: { hyperparameters: { a: [Number.NaN] } }, problem: "invalid_request Parameters.HyperParameters.a" },
  {
    options: { hyperparameters: { a: [input.text, [undefined]] } },
    problem: "invalid_request Parameters.HyperParameters.a",
  },
])("an option that would be lost is refused: $problem", ({ options, problem }) => {
  expect(problemsOf(training({ estimator: plain(options) }))).toContain(problem);
});
