import { described } from "../../expression/described.js";
import { isPlainObject } from "../../language/json.js";
import type { Path, Problems } from "../../services/problems.js";
import { isLate, withoutUndefined } from "../request/late-value.js";
import { mergeTags } from "../request/tags.js";
import { Estimator, type EstimatorOptions } from "./estimator.js";
import { lowerRanges } from "./parameter-ranges.js";
import { lowerTraining } from "./training-members.js";
import {
  type HyperparameterTuner,
  type TunerSettings,
  type TuningDefinition,
  WarmStartConfig,
  type WarmStartConfigOptions,
} from "./tuner.js";

/** A tuning job as its author described it; nothing in it has been checked. */
export interface TuningDescription {
  readonly tuner: HyperparameterTuner;
  readonly jobName: unknown;
  readonly data?: unknown;
  readonly tags?: unknown;
}

const settingNames = {
  strategy: true,
  strategyConfig: true,
  maxJobs: true,
  maxParallelJobs: true,
  maxRuntimeInSeconds: true,
  earlyStoppingType: true,
  completionCriteriaConfig: true,
  randomSeed: true,
  autotune: true,
  warmStartConfig: true,
  baseTuningJobName: true,
  tags: true,
} as const satisfies { [K in keyof TunerSettings]-?: true };

const definitionNames = {
  estimator: true,
  objectiveMetricName: true,
  objectiveType: true,
  hyperparameterRanges: true,
  metricDefinitions: true,
  autoParameters: true,
} as const satisfies { [K in keyof TuningDefinition]-?: true };

/** What a training job has, and the training jobs of a tuning job have not. */
const withoutTuning = [
  "debuggerHookConfig",
  "rules",
  "profilerConfig",
  "tensorBoardOutputConfig",
  "containerEntrypoint",
  "containerArguments",
  "enableSageMakerMetrics",
] as const satisfies readonly (keyof EstimatorOptions)[];

/** Builds the request of CreateHyperParameterTuningJob. Everything that is wrong is added to `problems`. */
export function buildTuningRequest(job: TuningDescription, root: Path, problems: Problems): Record<string, unknown> {
  const { tuner } = job;
  const { options } = tuner;
  const at = ["tuner"];
  const names = tuner.definitions === undefined ? { ...settingNames, ...definitionNames } : settingNames;
  problems.addUnknown("HyperparameterTuner", options, names, at);
  if (options.autotune !== undefined && typeof options.autotune !== "boolean") {
    refuse("true or false", options.autotune, [...at, "autotune"], problems);
  }
  const parts =
    tuner.definitions === undefined ? onlyDefinition(job, root, problems) : allDefinitions(job, root, problems);
  const { objective, ...definitions } = parts;
  const ofTuner = mergeTags(parts.tags, options.tags, [...root, "Tags"], problems);
  return {
    HyperParameterTuningJobName: job.jobName,
    HyperParameterTuningJobConfig: lowerConfig(options, objective),
    ...definitions.members,
    WarmStartConfig: lowerWarmStart(options.warmStartConfig, [...at, "warmStartConfig"], problems),
    Autotune: options.autotune === true ? { Mode: "Enabled" } : undefined,
    Tags: mergeTags(ofTuner, job.tags, [...root, "Tags"], problems),
  };
}

interface LoweredDefinitions {
  /** Members of the job's config that only a single definition has. */
  readonly objective: Record<string, unknown>;
  readonly members: Record<string, unknown>;
  /** Those of the estimators. */
  readonly tags: unknown;
}

function lowerConfig(options: TunerSettings, objective: Record<string, unknown>): Record<string, unknown> {
  return withoutUndefined({
    Strategy: options.strategy ?? "Bayesian",
    StrategyConfig: options.strategyConfig,
    ResourceLimits: withoutUndefined({
      MaxNumberOfTrainingJobs: options.maxJobs ?? 1,
      MaxParallelTrainingJobs: options.maxParallelJobs ?? 1,
      MaxRuntimeInSeconds: options.maxRuntimeInSeconds,
    }),
    TrainingJobEarlyStoppingType: options.earlyStoppingType ?? "Off",
    ...objective,
    TuningJobCompletionCriteria: options.completionCriteriaConfig,
    RandomSeed: options.randomSeed,
  });
}

function onlyDefinition(job: TuningDescription, root: Path, problems: Problems): LoweredDefinitions {
  const definition = job.tuner.options as TuningDefinition;
  const place = [...root, "TrainingJobDefinition"];
  const { member, objective, ranges } = lowerDefinition(definition, job, job.data, place, ["tuner"], problems);
  return {
    objective: { HyperParameterTuningJobObjective: objective, ParameterRanges: ranges },
    members: { TrainingJobDefinition: member },
    tags: Estimator.is(definition.estimator) ? definition.estimator.options.tags : undefined,
  };
}

function allDefinitions(job: TuningDescription, root: Path, problems: Problems): LoweredDefinitions {
  const definitions = Object.entries(job.tuner.definitions ?? {});
  const data = dataOfAll(job, problems);
  const list: Record<string, unknown>[] = [];
  let tags: unknown;
  definitions.forEach(([name, definition], index) => {
    const place = [...root, "TrainingJobDefinitions", index];
    const at = ["tuner", name];
    if (!isPlainObject(definition)) {
      refuse("an object that describes training jobs", definition, at, problems);
      return;
    }
    problems.addUnknown("HyperparameterTuner.create", definition, definitionNames, at);
    const lowered = lowerDefinition(definition, job, data[name], place, at, problems);
    list.push({
      DefinitionName: name,
      TuningObjective: lowered.objective,
      HyperParameterRanges: lowered.ranges,
      ...lowered.member,
    });
    const { estimator } = definition;
    if (Estimator.is(estimator)) tags = mergeTags(tags, estimator.options.tags, [...root, "Tags"], problems);
  });
  return { objective: {}, members: { TrainingJobDefinitions: list }, tags };
}

/** Data by the names of the definitions. */
function dataOfAll({ data, tuner }: TuningDescription, problems: Problems): Readonly<Record<string, unknown>> {
  if (data === undefined) return {};
  if (!isPlainObject(data) || isLate(data)) {
    refuse("an object of data by the names of the definitions", data, ["data"], problems);
    return {};
  }
  const known = Object.fromEntries(Object.keys(tuner.definitions ?? {}).map((name) => [name, true as const]));
  problems.addUnknown("the data of the tuner", data, known, ["data"]);
  return data;
}

interface LoweredDefinition {
  readonly member: Record<string, unknown>;
  readonly objective: Record<string, unknown>;
  readonly ranges: Record<string, unknown>;
}

function lowerDefinition(
  definition: TuningDefinition,
  job: TuningDescription,
  data: unknown,
  place: Path,
  at: Path,
  problems: Problems,
): LoweredDefinition {
  const { estimator, objectiveMetricName, objectiveType = "Maximize", hyperparameterRanges } = definition;
  const objective = withoutUndefined({ Type: objectiveType, MetricName: objectiveMetricName });
  if (!Estimator.is(estimator)) {
    refuse("an Estimator", estimator, [...at, "estimator"], problems);
    return { member: {}, objective, ranges: {} };
  }
  for (const name of withoutTuning) {
    const value = estimator.options[name];
    if (value === undefined || value === false) continue;
    const message = `the training jobs of a tuning job have no ${name}`;
    problems.add(
      "invalid_estimator",
      [...at, "estimator", name],
      message,
      "leave it out, or train with a TrainingStep",
    );
  }
  const parts = { jobName: job.jobName, data };
  const { members, hyperparameters, encoding } = lowerTraining(estimator, parts, place, problems, [...at, "estimator"]);
  const ranges = lowerRanges(
    hyperparameterRanges,
    definition.autoParameters,
    encoding,
    [...at, "hyperparameterRanges"],
    problems,
  );
  const tuned = {
    ...(hyperparameterRanges as object | undefined),
    ...(definition.autoParameters as object | undefined),
  };
  const fixed = Object.entries(hyperparameters ?? {}).filter(([name]) => !Object.hasOwn(tuned, name));
  const algorithm = members["AlgorithmSpecification"] as object;
  const { metricDefinitions } = definition;
  const member = {
    ...members,
    ...(metricDefinitions === undefined
      ? {}
      : { AlgorithmSpecification: { ...algorithm, MetricDefinitions: metricDefinitions } }),
    StaticHyperParameters: Object.fromEntries(fixed),
  };
  return { member, objective, ranges };
}

const warmStartNames = { warmStartType: true, parents: true } as const satisfies {
  [K in keyof WarmStartConfigOptions]-?: true;
};

function lowerWarmStart(config: unknown, path: Path, problems: Problems): object | undefined {
  if (config === undefined) return undefined;
  if (!WarmStartConfig.is(config)) {
    refuse("a WarmStartConfig", config, path, problems);
    return undefined;
  }
  const { warmStartType, parents } = config.options;
  problems.addUnknown("WarmStartConfig", config.options, warmStartNames, path);
  if (!Array.isArray(parents)) refuse("a list of names of tuning jobs", parents, [...path, "parents"], problems);
  return withoutUndefined({
    WarmStartType: warmStartType,
    ParentHyperParameterTuningJobs: Array.isArray(parents)
      ? parents.map((name: unknown) => ({ HyperParameterTuningJobName: name }))
      : undefined,
  });
}

function refuse(expected: string, given: unknown, path: Path, problems: Problems): void {
  problems.add("invalid_estimator", path, `expected ${expected}, got ${described(given)}`);
}
