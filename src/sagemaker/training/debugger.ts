import type { Param } from "../../expression/placeholder.js";
import { givenOptions } from "../../states/given-options.js";

/** Options of {@link CollectionConfig}. */
export interface CollectionConfigOptions {
  /** Name of the collection of tensors, for example `gradients`. */
  readonly name: Param<string>;
  /** Parameters of the collection, all texts; at most 20. */
  readonly parameters?: Param<{ readonly [name: string]: string }>;
}

const collectionBrand = Symbol.for("sfn-ds.collection-config");

/**
 * A collection of tensors that the debugger's hook saves.
 *
 * @example
 * new CollectionConfig({ name: "gradients", parameters: { save_interval: "100" } });
 * // { "CollectionName": "gradients", "CollectionParameters": { "save_interval": "100" } }
 */
export class CollectionConfig {
  readonly [collectionBrand] = true;
  readonly options: CollectionConfigOptions;

  constructor(options: CollectionConfigOptions) {
    this.options = givenOptions("CollectionConfig", "invalid_estimator", options);
  }

  /** Whether `value` is a collection config, also one of another copy of this package. */
  static is(value: unknown): value is CollectionConfig {
    return typeof value === "object" && value !== null && collectionBrand in value;
  }
}

/** Options of {@link DebuggerHookConfig}. */
export interface DebuggerHookConfigOptions {
  /** Where tensors are saved; default the job's output path. */
  readonly s3OutputPath?: Param<string>;
  /** Folder in the container; SageMaker's default is `/opt/ml/output/tensors`. */
  readonly containerLocalOutputPath?: Param<string>;
  /** Parameters of the hook, all texts; at most 20. */
  readonly hookParameters?: Param<{ readonly [name: string]: string }>;
  /** At most 20, together with those of the rules. */
  readonly collectionConfigs?: readonly CollectionConfig[];
}

const hookBrand = Symbol.for("sfn-ds.debugger-hook-config");

/**
 * What SageMaker's debugger saves while a job trains.
 *
 * @example
 * new DebuggerHookConfig({ s3OutputPath: "s3://bucket/tensors", hookParameters: { save_interval: "100" } });
 * // "DebugHookConfig": { "S3OutputPath": "s3://bucket/tensors", "HookParameters": { "save_interval": "100" } }
 */
export class DebuggerHookConfig {
  readonly [hookBrand] = true;
  readonly options: DebuggerHookConfigOptions;

  constructor(options: DebuggerHookConfigOptions = {}) {
    this.options = givenOptions("DebuggerHookConfig", "invalid_estimator", options);
  }

  /** Whether `value` is a hook config, also one of another copy of this package. */
  static is(value: unknown): value is DebuggerHookConfig {
    return typeof value === "object" && value !== null && hookBrand in value;
  }
}

/** Options of {@link Rule} and {@link ProfilerRule}. */
export interface ProfilerRuleOptions {
  /** Unique among the rules of the job. */
  readonly name: Param<string>;
  /** Image of the rule's evaluator; AWS's own stands in the developer guide, by region. */
  readonly imageUri: Param<string>;
  /** The rule of the image, for example `VanishingGradient`; one of the `ruleParameters`. */
  readonly ruleToInvoke?: Param<string>;
  /** The source of a rule of one's own, in S3; one of the `ruleParameters`. */
  readonly sourceS3Uri?: Param<string>;
  /** Parameters of the rule, all texts. */
  readonly ruleParameters?: Param<{ readonly [name: string]: string }>;
  /** What the evaluator runs on; AWS's own images need none. */
  readonly instanceType?: Param<string>;
  readonly volumeSizeInGb?: Param<number>;
  readonly containerLocalOutputPath?: Param<string>;
  readonly s3OutputPath?: Param<string>;
}

/** Options of {@link Rule}. */
export interface RuleOptions extends ProfilerRuleOptions {
  /** Collections that the rule reads, which the hook has to save. */
  readonly collectionsToSave?: readonly CollectionConfig[];
}

const ruleBrand = Symbol.for("sfn-ds.debugger-rule");

/**
 * A rule that the debugger holds the saved tensors against.
 *
 * @example
 * new Rule({ name: "vanishing", imageUri, ruleToInvoke: "VanishingGradient" });
 * // "DebugRuleConfigurations": [{ "RuleConfigurationName": "vanishing", …, "RuleParameters": { "rule_to_invoke": "VanishingGradient" } }]
 */
export class Rule {
  readonly [ruleBrand] = "Rule";
  readonly options: RuleOptions;

  constructor(options: RuleOptions) {
    this.options = givenOptions("Rule", "invalid_estimator", options);
  }

  /** Whether `value` is a rule of the debugger, also one of another copy of this package. */
  static is(value: unknown): value is Rule {
    return isOfKind(value, "Rule");
  }
}

/**
 * A rule that the profiler holds the job's use of its machines against.
 *
 * @example
 * new ProfilerRule({ name: "report", imageUri, ruleToInvoke: "ProfilerReport" });
 * // "ProfilerRuleConfigurations": [{ "RuleConfigurationName": "report", …, "RuleParameters": { "rule_to_invoke": "ProfilerReport" } }]
 */
export class ProfilerRule {
  readonly [ruleBrand] = "ProfilerRule";
  readonly options: ProfilerRuleOptions;

  constructor(options: ProfilerRuleOptions) {
    this.options = givenOptions("ProfilerRule", "invalid_estimator", options);
  }

  /** Whether `value` is a rule of the profiler, also one of another copy of this package. */
  static is(value: unknown): value is ProfilerRule {
    return isOfKind(value, "ProfilerRule");
  }
}

function isOfKind(value: unknown, kind: "Rule" | "ProfilerRule"): boolean {
  return (
    typeof value === "object" && value !== null && (value as { readonly [ruleBrand]?: unknown })[ruleBrand] === kind
  );
}

/** How the profiler watches the machines. */
export interface ProfilerConfig {
  /** Where its files go; default the job's output path. */
  readonly s3OutputPath?: Param<string>;
  /** Milliseconds between two readings: 100, 200, 500, 1000, 5000 or 60000; SageMaker's default is 500. */
  readonly systemMonitorIntervalMillis?: Param<number>;
  /** Parameters of the profiling of frameworks, all texts. */
  readonly profilingParameters?: Param<{ readonly [name: string]: string }>;
  readonly disableProfiler?: Param<boolean>;
}

/** Where the job's TensorBoard data go. */
export interface TensorBoardOutputConfig {
  readonly s3OutputPath: Param<string>;
  /** Folder in the container; SageMaker's default is `/opt/ml/output/tensorboard`. */
  readonly containerLocalOutputPath?: Param<string>;
}
