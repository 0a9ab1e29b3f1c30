import type { HyperParameterTuningJobStrategyConfig, TuningJobCompletionCriteria } from "@aws-sdk/client-sagemaker";
import type { Param } from "../../expression/placeholder.js";
import { givenOptions } from "../../states/given-options.js";
import type { Tags } from "../request/tags.js";
import type { Estimator, MetricDefinition } from "./estimator.js";
import type { ParameterRange } from "./parameter-range.js";

/** What one kind of training jobs of a tuning job is tried with. */
export interface TuningDefinition {
  readonly estimator: Estimator;
  /** Name of the metric that is to be best; one that the algorithm has, or one of the `metricDefinitions`. */
  readonly objectiveMetricName: Param<string>;
  /** Default `Maximize`. */
  readonly objectiveType?: Param<"Maximize" | "Minimize">;
  /** What is tried, by the names of hyperparameters; others stay as the estimator has them. At most 30. */
  readonly hyperparameterRanges: { readonly [name: string]: ParameterRange };
  /** Instead of the estimator's; at most 40. */
  readonly metricDefinitions?: readonly MetricDefinition[];
  /** Hyperparameters for which SageMaker finds ranges itself, with a value to start from. */
  readonly autoParameters?: { readonly [name: string]: Param<string | number | boolean> };
}

/** What holds for a whole tuning job. */
export interface TunerSettings {
  /** How values are chosen; default `Bayesian`. */
  readonly strategy?: Param<"Bayesian" | "Random" | "Hyperband" | "Grid">;
  /** Settings of the strategy `Hyperband`. */
  readonly strategyConfig?: Param<HyperParameterTuningJobStrategyConfig>;
  /** Training jobs in all; default 1. */
  readonly maxJobs?: Param<number>;
  /** Training jobs at the same time; default 1. */
  readonly maxParallelJobs?: Param<number>;
  /** Seconds of the whole tuning job, 120 to 15768000. */
  readonly maxRuntimeInSeconds?: Param<number>;
  /** `Auto` stops training jobs that will not be best; default `Off`. */
  readonly earlyStoppingType?: Param<"Off" | "Auto">;
  /** When the tuning job is done before its limits. */
  readonly completionCriteriaConfig?: Param<TuningJobCompletionCriteria>;
  /** The same seed gives the same choices. */
  readonly randomSeed?: Param<number>;
  /** Whether SageMaker chooses ranges, strategy and the like where they are not given. */
  readonly autotune?: boolean;
  /** What earlier tuning jobs have found out. */
  readonly warmStartConfig?: WarmStartConfig;
  /** What generated job names begin with; default the estimator's base name, or its image's. */
  readonly baseTuningJobName?: string;
  /** Tags of the tuning job and its training jobs, at most 50. */
  readonly tags?: Tags;
}

/** Options of {@link HyperparameterTuner}. */
export interface HyperparameterTunerOptions extends TunerSettings, TuningDefinition {}

const tunerBrand = Symbol.for("sfn-ds.tuner");

/**
 * Finds the hyperparameters with which an estimator trains best. A tuner never changes.
 *
 * @throws {@link DefinitionError} at `compile()`: `invalid_estimator`, `invalid_request`, `unknown_option`.
 * @example
 * const tuner = new HyperparameterTuner({
 *   estimator, objectiveMetricName: "validation:auc", hyperparameterRanges: { eta: new ContinuousParameter(0.01, 0.2) }, maxJobs: 20,
 * });
 * new TuningStep("Tune", { tuner, data: { train, validation } });
 */
export class HyperparameterTuner {
  readonly [tunerBrand] = true;
  readonly options: TunerSettings & Partial<TuningDefinition>;
  /** Several kinds of training jobs by their names; `undefined` for the one of the options. */
  readonly definitions: { readonly [name: string]: TuningDefinition } | undefined;

  constructor(options: HyperparameterTunerOptions) {
    this.options = givenOptions("HyperparameterTuner", "invalid_estimator", options);
    this.definitions = undefined;
  }

  /**
   * A tuner of several estimators, of which each is tried with its own ranges.
   *
   * @param definitions - By their names, 1 to 10.
   * @example
   * HyperparameterTuner.create({ forest: { estimator: forest, … }, boosted: { estimator: boosted, … } }, { maxJobs: 20 });
   * // "TrainingJobDefinitions": [{ "DefinitionName": "forest", … }, { "DefinitionName": "boosted", … }]
   */
  static create(
    definitions: { readonly [name: string]: TuningDefinition },
    settings: TunerSettings = {},
  ): HyperparameterTuner {
    const given = givenOptions("HyperparameterTuner.create", "invalid_estimator", definitions);
    const tuner = new HyperparameterTuner(settings as HyperparameterTunerOptions);
    return Object.assign(tuner, { definitions: given });
  }

  /** Whether `value` is a tuner, also one of another copy of this package. */
  static is(value: unknown): value is HyperparameterTuner {
    return typeof value === "object" && value !== null && tunerBrand in value;
  }
}

/** Options of {@link WarmStartConfig}. */
export interface WarmStartConfigOptions {
  /** `TransferLearning` lets data, algorithm and ranges differ from those of the earlier jobs. */
  readonly warmStartType: Param<"IdenticalDataAndAlgorithm" | "TransferLearning">;
  /** Names of earlier tuning jobs, 1 to 5. */
  readonly parents: readonly Param<string>[];
}

const warmStartBrand = Symbol.for("sfn-ds.warm-start-config");

/**
 * Lets a tuning job begin with what others have found out.
 *
 * @example
 * new WarmStartConfig({ warmStartType: "TransferLearning", parents: ["tune-1"] });
 * // { "WarmStartType": "TransferLearning", "ParentHyperParameterTuningJobs": [{ "HyperParameterTuningJobName": "tune-1" }] }
 */
export class WarmStartConfig {
  readonly [warmStartBrand] = true;
  readonly options: WarmStartConfigOptions;

  constructor(options: WarmStartConfigOptions) {
    this.options = givenOptions("WarmStartConfig", "invalid_estimator", options);
  }

  /** Whether `value` is a warm start, also one of another copy of this package. */
  static is(value: unknown): value is WarmStartConfig {
    return typeof value === "object" && value !== null && warmStartBrand in value;
  }
}
