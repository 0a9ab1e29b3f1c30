import { describe, expect, test } from "vitest";
import { DebuggerHookConfig } from "../../src/sagemaker/training/debugger.js";
import {
  CategoricalParameter,
  ContinuousParameter,
  IntegerParameter,
} from "../../src/sagemaker/training/parameter-range.js";
import {
  HyperparameterTuner,
  type HyperparameterTunerOptions,
  WarmStartConfig,
  type WarmStartConfigOptions,
} from "../../src/sagemaker/training/tuner.js";
import { TuningStep, type TuningStepOptions } from "../../src/sagemaker/training/tuning-step.js";
import type { FlowStep } from "../../src/states/chain.js";
import type { TaskFields } from "../../src/states/task.js";
import {
  expectRow,
  input,
  type Options,
  ofInput,
  plain,
  problemsOf,
  type Row,
  requestOf,
  scripted,
  stateOf,
} from "./training-request.js";

type Table<T> = { readonly [K in keyof Required<T>]: Row };

const estimator = plain({ hyperparameters: { epochs: 3, lr: 0.1, flag: "on" } });
const ranges = { lr: new ContinuousParameter(0.01, 0.2) };
const tuner = (options: Options = {}): HyperparameterTuner =>
  new HyperparameterTuner({ estimator, objectiveMetricName: "auc", hyperparameterRanges: ranges, ...options } as never);
const tuning = (options: Options = {}): FlowStep<unknown> =>
  new TuningStep("T", { tuner: tuner(), jobName: "tune", ...options } as never);
const text = input.text;
const path = ofInput("text");
const config = (member: object) => ({ HyperParameterTuningJobConfig: member });

test("the least that a tuning job needs", async () => {
  expect(await requestOf(tuning())).toEqual({
    HyperParameterTuningJobName: "tune",
    HyperParameterTuningJobConfig: {
      Strategy: "Bayesian",
      ResourceLimits: { MaxNumberOfTrainingJobs: 1, MaxParallelTrainingJobs: 1 },
      TrainingJobEarlyStoppingType: "Off",
      HyperParameterTuningJobObjective: { Type: "Maximize", MetricName: "auc" },
      ParameterRanges: {
        ContinuousParameterRanges: [{ Name: "lr", MinValue: "0.01", MaxValue: "0.2", ScalingType: "Auto" }],
        CategoricalParameterRanges: [],
        IntegerParameterRanges: [],
      },
    },
    TrainingJobDefinition: {
      AlgorithmSpecification: { TrainingImage: "x.dkr.ecr/train:1", TrainingInputMode: "File" },
      OutputDataConfig: { S3OutputPath: "s3://b/models" },
      ResourceConfig: { InstanceCount: 1, InstanceType: "ml.m5.xlarge", VolumeSizeInGB: 30 },
      RoleArn: "arn:aws:iam::123456789012:role/SageMaker",
      StaticHyperParameters: { epochs: "3", flag: "on" },
      StoppingCondition: { MaxRuntimeInSeconds: 86_400 },
    },
  });
});

describe("each option of a HyperparameterTuner is emitted or refused", () => {
  const warm = {
    WarmStartType: "TransferLearning",
    ParentHyperParameterTuningJobs: [{ HyperParameterTuningJobName: "a" }],
  };
  const rows: Table<HyperparameterTunerOptions> = {
    estimator: {
      value: plain({ imageUri: text, tags: { a: "b" } }),
      gives: {
        TrainingJobDefinition: { AlgorithmSpecification: { "TrainingImage.$": path } },
        Tags: [{ Key: "a", Value: "b" }],
      },
    },
    objectiveMetricName: {
      value: text,
      gives: config({ HyperParameterTuningJobObjective: { "MetricName.$": path } }),
    },
    objectiveType: {
      value: "Best",
      refused: "invalid_request Parameters.HyperParameterTuningJobConfig.HyperParameterTuningJobObjective.Type",
    },
    hyperparameterRanges: {
      value: { epochs: new IntegerParameter(1, input.count, "Logarithmic") },
      gives: config({
        ParameterRanges: {
          IntegerParameterRanges: [
            {
              Name: "epochs",
              MinValue: "1",
              "MaxValue.$": `States.Format('{}', ${ofInput("count")})`,
              ScalingType: "Logarithmic",
            },
          ],
        },
      }),
    },
    metricDefinitions: {
      value: [{ Name: "auc", Regex: "auc=(.*)" }],
      gives: {
        TrainingJobDefinition: {
          AlgorithmSpecification: {
            TrainingInputMode: "File",
            MetricDefinitions: [{ Name: "auc", Regex: "auc=(.*)" }],
          },
        },
      },
    },
    autoParameters: {
      value: { epochs: 4 },
      gives: {
        ...config({ ParameterRanges: { AutoParameters: [{ Name: "epochs", ValueHint: "4" }] } }),
        TrainingJobDefinition: { StaticHyperParameters: { flag: "on" } },
      },
    },
    strategy: { value: "Random", gives: config({ Strategy: "Random" }) },
    strategyConfig: {
      value: { HyperbandStrategyConfig: { MinResource: 1, MaxResource: input.count } },
      gives: config({
        StrategyConfig: { HyperbandStrategyConfig: { MinResource: 1, "MaxResource.$": ofInput("count") } },
      }),
    },
    maxJobs: {
      value: input.count,
      gives: config({ ResourceLimits: { "MaxNumberOfTrainingJobs.$": ofInput("count") } }),
    },
    maxParallelJobs: {
      value: 2,
      beside: { maxJobs: 2 },
      gives: config({ ResourceLimits: { MaxParallelTrainingJobs: 2 } }),
    },
    maxRuntimeInSeconds: { value: 600, gives: config({ ResourceLimits: { MaxRuntimeInSeconds: 600 } }) },
    earlyStoppingType: { value: "Auto", gives: config({ TrainingJobEarlyStoppingType: "Auto" }) },
    completionCriteriaConfig: {
      value: { TargetObjectiveMetricValue: 0.9 },
      gives: config({ TuningJobCompletionCriteria: { TargetObjectiveMetricValue: 0.9 } }),
    },
    randomSeed: { value: 7, gives: config({ RandomSeed: 7 }) },
    autotune: { value: true, gives: { Autotune: { Mode: "Enabled" } } },
    warmStartConfig: {
      value: new WarmStartConfig({ warmStartType: "TransferLearning", parents: ["a"] }),
      gives: { WarmStartConfig: warm },
    },
    baseTuningJobName: { value: "named", gives: { HyperParameterTuningJobName: "tune" } },
    tags: { value: { a: text }, gives: { Tags: [{ Key: "a", "Value.$": path }] } },
  };
  test.each(Object.entries(rows))("%s", (name, row) =>
    expectRow(row, (options) => tuning({ tuner: tuner(options) }), name),
  );

  const warmRows: Table<WarmStartConfigOptions> = {
    warmStartType: { value: "Same", refused: "invalid_request Parameters.WarmStartConfig.WarmStartType" },
    parents: {
      value: [text],
      gives: { WarmStartConfig: { ParentHyperParameterTuningJobs: [{ "HyperParameterTuningJobName.$": path }] } },
    },
  };
  const warmed = (options: Options) => {
    const given = { warmStartType: "TransferLearning", parents: ["a"], ...options };
    return tuning({ tuner: tuner({ warmStartConfig: new WarmStartConfig(given as never) }) });
  };
  test.each(Object.entries(warmRows))("WarmStartConfig: %s", (name, row) => expectRow(row, warmed, name));

  test("a base name is what a generated job name begins with, of 32 characters at most", async () => {
    const request = await requestOf(tuning({ tuner: tuner({ baseTuningJobName: "named" }), jobName: undefined }));
    expect(JSON.stringify(request)).toContain('"HyperParameterTuningJobName.$":"States.Format(\'named-');
  });

  const limits = "tuner.hyperparameterRanges.lr";
  test.each([
    {
      options: { objectiveMetricName: undefined },
      problem: "invalid_request Parameters.HyperParameterTuningJobConfig.HyperParameterTuningJobObjective.MetricName",
    },
    { options: { estimator: {} }, problem: "invalid_estimator tuner.estimator" },
    { options: { jobs: 3 }, problem: "unknown_option tuner.jobs" },
    { options: { autotune: "on" }, problem: "invalid_estimator tuner.autotune" },
    { options: { warmStartConfig: {} }, problem: "invalid_estimator tuner.warmStartConfig" },
    { options: { hyperparameterRanges: [] }, problem: "invalid_estimator tuner.hyperparameterRanges" },
    { options: { hyperparameterRanges: {} }, problem: "invalid_estimator tuner.hyperparameterRanges" },
    { options: { hyperparameterRanges: { lr: [0, 1] } }, problem: `invalid_estimator ${limits}` },
    {
      options: { hyperparameterRanges: { lr: new ContinuousParameter(2, 1) } },
      problem: `invalid_estimator ${limits}`,
    },
    { options: { hyperparameterRanges: { lr: new IntegerParameter(0.5, 1) } }, problem: `invalid_estimator ${limits}` },
    {
      options: { maxJobs: 0 },
      problem: "invalid_request Parameters.HyperParameterTuningJobConfig.ResourceLimits.MaxNumberOfTrainingJobs",
    },
    {
      options: { estimator: plain({ debuggerHookConfig: new DebuggerHookConfig() }) },
      problem: "invalid_estimator tuner.estimator.debuggerHookConfig",
    },
    {
      options: { estimator: plain({ containerArguments: ["x"] }) },
      problem: "invalid_estimator tuner.estimator.containerArguments",
    },
  ])("$problem", ({ options, problem }) => {
    expect(problemsOf(tuning({ tuner: tuner(options) }))).toContain(problem);
  });
});

describe("each option of a TuningStep is emitted or refused", () => {
  const rows: Table<Omit<TuningStepOptions, keyof TaskFields>> = {
    tuner: { value: tuner({ maxJobs: 5 }), gives: config({ ResourceLimits: { MaxNumberOfTrainingJobs: 5 } }) },
    jobName: { value: "x".repeat(33), refused: "invalid_request Parameters.HyperParameterTuningJobName" },
    data: {
      value: { train: text },
      gives: {
        TrainingJobDefinition: {
          InputDataConfig: [{ ChannelName: "train", DataSource: { S3DataSource: { "S3Uri.$": path } } }],
        },
      },
    },
    tags: { value: { a: "b" }, gives: { Tags: [{ Key: "a", Value: "b" }] } },
    waitForCompletion: { value: 1, refused: "invalid_argument waitForCompletion" },
    integrationPattern: { value: "SYNC", refused: "invalid_argument integrationPattern" },
    parameters: { value: { Autotune: { Mode: "Enabled" } }, gives: { Autotune: { Mode: "Enabled" } } },
  };
  test.each(Object.entries(rows))("%s", (name, row) => expectRow(row, tuning, name));

  test.each([
    { options: {}, resource: "arn:aws:states:::sagemaker:createHyperParameterTuningJob.sync" },
    { options: { waitForCompletion: false }, resource: "arn:aws:states:::sagemaker:createHyperParameterTuningJob" },
  ])("$resource", async ({ options, resource }) => {
    expect((await stateOf(tuning(options))).Resource).toBe(resource);
  });

  test("what is no tuner is refused", () => {
    expect(problemsOf(tuning({ tuner: estimator }))).toContain("invalid_estimator tuner");
    expect(problemsOf(tuning({ name: "x" }))).toContain("unknown_option name");
  });

  test("tags of estimator, tuner and step are merged", async () => {
    const of = tuner({ estimator: plain({ tags: { a: "1", b: "1" } }), tags: { b: "2", c: "2" } });
    expect(await requestOf(tuning({ tuner: of, tags: { c: "3" } }))).toMatchObject({
      Tags: [
        { Key: "a", Value: "1" },
        { Key: "b", Value: "2" },
        { Key: "c", Value: "3" },
      ],
    });
  });
});

test("a framework's hyperparameters and values are JSON, and its script is told", async () => {
  const framework = scripted({ hyperparameters: { epochs: 3, name: "x" } });
  const values = { optimizer: new CategoricalParameter(["sgd", 1, text]), epochs: new IntegerParameter(1, 9) };
  const request = await requestOf(tuning({ tuner: tuner({ estimator: framework, hyperparameterRanges: values }) }));
  expect(request).toMatchObject({
    ...config({
      ParameterRanges: {
        CategoricalParameterRanges: [{ Name: "optimizer", "Values.$": `States.Array('"sgd"', '1', ${path})` }],
      },
    }),
    TrainingJobDefinition: {
      StaticHyperParameters: {
        name: '"x"',
        sagemaker_program: '"t.py"',
        sagemaker_job_name: '"tune"',
        model_dir: '"s3://b/models/tune/model"',
      },
    },
  });
  expect(JSON.stringify(request)).not.toContain("DebugHookConfig");
  expect(JSON.stringify(request["TrainingJobDefinition"])).not.toContain("epochs");
});

describe("a tuner of several estimators", () => {
  const definition = { estimator, objectiveMetricName: "auc", hyperparameterRanges: ranges };
  const several = (definitions: Options, settings: Options = {}) =>
    HyperparameterTuner.create(definitions as never, settings as never);

  test("has a definition for each", async () => {
    const second = { ...definition, estimator: plain({ imageUri: "other" }), objectiveType: "Minimize" };
    const of = several({ first: definition, second }, { maxJobs: 4 });
    const request = await requestOf(tuning({ tuner: of, data: { first: "s3://b/t", second: { train: text } } }));
    expect(request).toMatchObject({
      HyperParameterTuningJobConfig: { ResourceLimits: { MaxNumberOfTrainingJobs: 4 } },
      TrainingJobDefinitions: [
        {
          DefinitionName: "first",
          TuningObjective: { Type: "Maximize", MetricName: "auc" },
          HyperParameterRanges: { ContinuousParameterRanges: [{ Name: "lr" }] },
          StaticHyperParameters: { epochs: "3", flag: "on" },
          InputDataConfig: [{ ChannelName: "training" }],
        },
        {
          DefinitionName: "second",
          TuningObjective: { Type: "Minimize" },
          AlgorithmSpecification: { TrainingImage: "other" },
          InputDataConfig: [{ ChannelName: "train", DataSource: { S3DataSource: { "S3Uri.$": path } } }],
        },
      ],
    });
    expect(request["HyperParameterTuningJobConfig"]).not.toHaveProperty("ParameterRanges");
    expect(request).not.toHaveProperty("TrainingJobDefinition");
  });

  test.each([
    { definitions: {}, problem: "invalid_request Parameters.TrainingJobDefinitions" },
    { definitions: { a: 1 }, problem: "invalid_estimator tuner.a" },
    { definitions: { a: { ...definition, estimator: 1 } }, problem: "invalid_estimator tuner.a.estimator" },
    { definitions: { a: { ...definition, metric: "m" } }, problem: "unknown_option tuner.a.metric" },
    {
      definitions: { a: definition },
      settings: { objectiveMetricName: "m" },
      problem: "unknown_option tuner.objectiveMetricName",
    },
    { definitions: { a: definition }, data: "s3://b/t", problem: "invalid_estimator data" },
    { definitions: { a: definition }, data: { b: "s3://b/t" }, problem: "unknown_option data.b" },
  ])("$problem", ({ definitions, settings, data, problem }) => {
    expect(problemsOf(tuning({ tuner: several(definitions, settings), data }))).toContain(problem);
  });
});
