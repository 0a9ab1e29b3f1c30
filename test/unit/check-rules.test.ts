import { expect, test } from "vitest";
import { EndpointConfigStep } from "../../src/sagemaker/hosting/endpoint-config-step.js";
import { CategoricalParameter } from "../../src/sagemaker/training/parameter-range.js";
import { HyperparameterTuner } from "../../src/sagemaker/training/tuner.js";
import { TuningStep } from "../../src/sagemaker/training/tuning-step.js";
import { type Options, plain, problemsOf, scripted, session, training } from "./training-request.js";

const waiting = "invalid_request Parameters.StoppingCondition.MaxWaitTimeInSeconds";
const config = (options: Options) =>
  new EndpointConfigStep("C", { session, endpointConfigName: "c", modelName: "m", ...options } as never) as never;
const tuning = (options: Options, estimator = plain()) =>
  new TuningStep("T", {
    tuner: new HyperparameterTuner({
      estimator,
      objectiveMetricName: "m",
      hyperparameterRanges: { a: new CategoricalParameter(["b"]) },
      ...options,
    } as never),
    jobName: "job",
  } as never) as never;
const serverlessConfig = { MemorySizeInMB: 2048, MaxConcurrency: 5 };

const cases = [
  {
    name: "waiting without spot instances",
    step: training({ estimator: plain({ maxWaitSeconds: 90_000 }) }),
    found: [waiting],
  },
  {
    name: "waiting for less than the day that a job runs unless told otherwise",
    step: training({ estimator: plain({ maxWaitSeconds: 3600, useSpotInstances: true }) }),
    found: [waiting],
  },
  {
    name: "spot instances without a bound for the waiting",
    step: training({ estimator: plain({ useSpotInstances: true }) }),
    found: [waiting],
  },
  {
    name: "a variant with neither instances nor a serverless configuration",
    step: config({}),
    found: ["invalid_request Parameters.ProductionVariants.0"],
  },
  {
    name: "waiting, where the parameters ask for spot instances",
    step: training({
      estimator: plain({ maxWaitSeconds: 90_000 }),
      parameters: { EnableManagedSpotTraining: true },
    }),
    found: [],
  },
  {
    name: "two channels for models",
    step: training({ estimator: plain({ modelUri: "s3://b/m" }), data: { model: "s3://b/d" } }),
    found: ["invalid_request Parameters.InputDataConfig.1"],
  },
  {
    name: "two channels for code",
    step: training({ estimator: scripted({ enableNetworkIsolation: true }), data: { code: "s3://b/d" } }),
    found: ["invalid_request Parameters.InputDataConfig.1"],
  },
  {
    name: "more jobs at once than there are",
    step: tuning({ maxJobs: 2, maxParallelJobs: 3 }),
    found: ["invalid_request Parameters.HyperParameterTuningJobConfig.ResourceLimits.MaxParallelTrainingJobs"],
  },
  {
    name: "training jobs of a tuning job",
    step: tuning({}, plain({ maxWaitSeconds: 90_000 })),
    found: ["invalid_request Parameters.TrainingJobDefinition.StoppingCondition.MaxWaitTimeInSeconds"],
  },
  {
    name: "a variant with instances and without",
    step: config({ serverlessConfig, instanceType: "ml.m5.large" }),
    found: ["invalid_request Parameters.ProductionVariants.0.ServerlessConfig"],
  },
  { name: "a serverless variant", step: config({ serverlessConfig }), found: [] },
  {
    name: "a member misspelt by its capitals, told once",
    step: training({ experimentConfig: { experimentName: "x" } }),
    found: ["invalid_request Parameters.ExperimentConfig.experimentName"],
  },
  {
    name: "a member misspelt by one letter",
    step: training({ parameters: { TrainingJobNam: "x" } }),
    found: ["invalid_request Parameters.TrainingJobNam"],
  },
  {
    name: "a member that is newer than the model of the API",
    step: training({ parameters: { Novelty: 1 } }),
    found: [],
  },
  {
    name: "too many tags, told once",
    step: training({ tags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, "v"])) }),
    found: ["invalid_request Parameters.Tags"],
  },
];

test.each(cases)("$name", ({ step, found }) => expect(problemsOf(step)).toEqual(found));
