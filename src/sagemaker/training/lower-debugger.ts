import { described } from "../../expression/described.js";
import type { Path, Problems } from "../../services/problems.js";
import { isLate, withoutUndefined } from "../request/late-value.js";
import {
  CollectionConfig,
  type CollectionConfigOptions,
  DebuggerHookConfig,
  type DebuggerHookConfigOptions,
  type ProfilerConfig,
  ProfilerRule,
  type ProfilerRuleOptions,
  Rule,
  type RuleOptions,
  type TensorBoardOutputConfig,
} from "./debugger.js";

const hookNames = {
  s3OutputPath: true,
  containerLocalOutputPath: true,
  hookParameters: true,
  collectionConfigs: true,
} as const satisfies { [K in keyof DebuggerHookConfigOptions]-?: true };
const collectionNames = { name: true, parameters: true } as const satisfies {
  [K in keyof CollectionConfigOptions]-?: true;
};
const profilerRuleNames = {
  name: true,
  imageUri: true,
  ruleToInvoke: true,
  sourceS3Uri: true,
  ruleParameters: true,
  instanceType: true,
  volumeSizeInGb: true,
  containerLocalOutputPath: true,
  s3OutputPath: true,
} as const satisfies { [K in keyof ProfilerRuleOptions]-?: true };
const ruleNames = { ...profilerRuleNames, collectionsToSave: true } as const satisfies {
  [K in keyof RuleOptions]-?: true;
};
const profilerNames = {
  s3OutputPath: true,
  systemMonitorIntervalMillis: true,
  profilingParameters: true,
  disableProfiler: true,
} as const satisfies { [K in keyof ProfilerConfig]-?: true };
const tensorBoardNames = { s3OutputPath: true, containerLocalOutputPath: true } as const satisfies {
  [K in keyof TensorBoardOutputConfig]-?: true;
};

/** What an estimator says of debugger and profiler. */
export interface Observers {
  /** `false` for none. */
  readonly debuggerHookConfig?: unknown;
  readonly rules?: unknown;
  readonly profilerConfig?: unknown;
  readonly tensorBoardOutputConfig?: unknown;
}

/** Writes the members of a training job's request that watch the job. */
export function lowerObservers(
  observers: Observers,
  outputPath: unknown,
  path: Path,
  problems: Problems,
): Record<string, unknown> {
  const { rules, debugRules, profilerRules, collections } = sortedRules(observers.rules, path, problems);
  const hook = lowerHook(observers.debuggerHookConfig, collections, outputPath, [...path, "DebugHookConfig"], problems);
  return {
    DebugHookConfig: hook,
    DebugRuleConfigurations: rules && debugRules.length > 0 ? debugRules : undefined,
    ProfilerConfig: lowerProfiler(observers.profilerConfig, outputPath, [...path, "ProfilerConfig"], problems),
    ProfilerRuleConfigurations: rules && profilerRules.length > 0 ? profilerRules : undefined,
    TensorBoardOutputConfig: lowerTensorBoard(
      observers.tensorBoardOutputConfig,
      [...path, "TensorBoardOutputConfig"],
      problems,
    ),
  };
}

function sortedRules(given: unknown, root: Path, problems: Problems) {
  const path = [...root, "DebugRuleConfigurations"];
  const debugRules: object[] = [];
  const profilerRules: object[] = [];
  const collections: CollectionConfig[] = [];
  const rules = listOf(given, "rules", path, problems);
  rules?.forEach((rule, index) => {
    const at = [...path, index];
    if (ProfilerRule.is(rule)) {
      problems.addUnknown("ProfilerRule", rule.options, profilerRuleNames, at);
      profilerRules.push(lowerRule(rule.options, at, problems));
    } else if (Rule.is(rule)) {
      problems.addUnknown("Rule", rule.options, ruleNames, at);
      debugRules.push(lowerRule(rule.options, at, problems));
      collections.push(
        ...((listOf(rule.options.collectionsToSave, "collections", at, problems) ?? []) as typeof collections),
      );
    } else refuse("a Rule or a ProfilerRule", rule, at, problems);
  });
  return { rules, debugRules, profilerRules, collections };
}

function lowerRule(rule: ProfilerRuleOptions, path: Path, problems: Problems): object {
  const { ruleToInvoke, sourceS3Uri, ruleParameters } = rule;
  const named = withoutUndefined({ source_s3_uri: sourceS3Uri, rule_to_invoke: ruleToInvoke });
  const isWhole = isLate(ruleParameters) || Object.keys(named).length === 0;
  if (isLate(ruleParameters) && Object.keys(named).length > 0) {
    const message = "ruleParameters are a placeholder, into which ruleToInvoke and sourceS3Uri cannot be put";
    problems.add("conflicting_options", path, message, "give { name: placeholder }");
  }
  return withoutUndefined({
    RuleConfigurationName: rule.name,
    RuleEvaluatorImage: rule.imageUri,
    InstanceType: rule.instanceType,
    VolumeSizeInGB: rule.volumeSizeInGb,
    LocalPath: rule.containerLocalOutputPath,
    S3OutputPath: rule.s3OutputPath,
    RuleParameters: isWhole ? ruleParameters : { ...named, ...ruleParameters },
  });
}

function lowerHook(
  hook: unknown,
  ofRules: readonly CollectionConfig[],
  outputPath: unknown,
  path: Path,
  problems: Problems,
): object | undefined {
  if (hook === false || (hook === undefined && ofRules.length === 0)) return undefined;
  if (hook !== undefined && !DebuggerHookConfig.is(hook)) {
    refuse("a DebuggerHookConfig or false", hook, path, problems);
    return undefined;
  }
  const options = hook?.options ?? {};
  problems.addUnknown("DebuggerHookConfig", options, hookNames, path);
  const { s3OutputPath = outputPath, containerLocalOutputPath, hookParameters, collectionConfigs } = options;
  const at = [...path, "CollectionConfigurations"];
  const own = listOf(collectionConfigs, "collections", at, problems);
  const collections = own === undefined && ofRules.length === 0 ? undefined : [...(own ?? []), ...ofRules];
  return withoutUndefined({
    S3OutputPath: s3OutputPath,
    LocalPath: containerLocalOutputPath,
    HookParameters: hookParameters,
    CollectionConfigurations: collections?.map((one, index) => lowerCollection(one, [...at, index], problems)),
  });
}

function lowerCollection(collection: unknown, path: Path, problems: Problems): object {
  if (!CollectionConfig.is(collection)) {
    refuse("a CollectionConfig", collection, path, problems);
    return {};
  }
  const { name, parameters } = collection.options;
  problems.addUnknown("CollectionConfig", collection.options, collectionNames, path);
  return withoutUndefined({ CollectionName: name, CollectionParameters: parameters });
}

function lowerProfiler(profiler: unknown, outputPath: unknown, path: Path, problems: Problems): object | undefined {
  const given = readOptions<ProfilerConfig>(profiler, "profilerConfig", profilerNames, path, problems);
  if (given === undefined) return undefined;
  const { s3OutputPath, disableProfiler } = given;
  return withoutUndefined({
    // A profiler that is off has nothing to write.
    S3OutputPath: s3OutputPath ?? (disableProfiler === true ? undefined : outputPath),
    ProfilingIntervalInMilliseconds: given.systemMonitorIntervalMillis,
    ProfilingParameters: given.profilingParameters,
    DisableProfiler: disableProfiler,
  });
}

function lowerTensorBoard(config: unknown, path: Path, problems: Problems): object | undefined {
  const given = readOptions<TensorBoardOutputConfig>(
    config,
    "tensorBoardOutputConfig",
    tensorBoardNames,
    path,
    problems,
  );
  if (given === undefined) return undefined;
  return withoutUndefined({ S3OutputPath: given.s3OutputPath, LocalPath: given.containerLocalOutputPath });
}

/** An object of options within others, after its names were checked. */
export function readOptions<T extends object>(
  given: unknown,
  what: string,
  names: { readonly [K in keyof T]-?: true },
  path: Path,
  problems: Problems,
): T | undefined {
  if (given === undefined) return undefined;
  if (typeof given !== "object" || given === null || Array.isArray(given) || isLate(given)) {
    refuse(`an object of options for ${what}`, given, path, problems);
    return undefined;
  }
  problems.addUnknown(what, given, names, path);
  return given as T;
}

function listOf(given: unknown, what: string, path: Path, problems: Problems): readonly unknown[] | undefined {
  if (given === undefined || (Array.isArray(given) && !isLate(given))) return given;
  refuse(`a list of ${what}`, given, path, problems);
  return undefined;
}

function refuse(expected: string, given: unknown, path: Path, problems: Problems): void {
  problems.add("invalid_estimator", path, `expected ${expected}, got ${described(given)}`);
}
