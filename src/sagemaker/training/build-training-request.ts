import type { Path, Problems } from "../../services/problems.js";
import { isLate } from "../request/late-value.js";
import { mergeTags } from "../request/tags.js";
import { DebuggerHookConfig } from "./debugger.js";
import type { Estimator } from "./estimator.js";
import { isFramework } from "./estimator-kind.js";
import { hyperparameterText, lowerHyperparameters } from "./hyperparameters.js";
import { lowerObservers } from "./lower-debugger.js";
import { type LoweredTraining, lowerTraining } from "./training-members.js";

/** A training job as its author described it; nothing in it has been checked. */
export interface TrainingDescription {
  readonly estimator: Estimator;
  readonly jobName: unknown;
  readonly data?: unknown;
  readonly hyperparameters?: unknown;
  readonly miniBatchSize?: unknown;
  readonly outputPath?: unknown;
  readonly experimentConfig?: unknown;
  readonly tags?: unknown;
}

/**
 * Builds the request of CreateTrainingJob: placeholders and deferred values stand where they were given.
 * Everything that is wrong is added to `problems`.
 */
export function buildTrainingRequest(
  job: TrainingDescription,
  root: Path,
  problems: Problems,
): Record<string, unknown> {
  const { estimator } = job;
  const { options } = estimator;
  const lowered = lowerTraining(estimator, job, root, problems);
  return {
    TrainingJobName: job.jobName,
    ...lowered.members,
    HyperParameters: allHyperparameters(job, lowered, [...root, "HyperParameters"], problems),
    ...lowerObservers({ ...options, debuggerHookConfig: hookOf(estimator) }, lowered.outputPath, root, problems),
    ExperimentConfig: job.experimentConfig,
    Tags: mergeTags(options.tags, job.tags, [...root, "Tags"], problems),
  };
}

/** The containers of frameworks save tensors unless told otherwise; not with parameter servers, and not in the regions that are cut off. */
function hookOf(estimator: Estimator): unknown {
  const { debuggerHookConfig, distribution } = estimator.options;
  const isCutOff = estimator.session.knownRegion?.startsWith("us-iso") === true;
  const hasDebugger = !isCutOff && distribution?.parameterServer?.enabled !== true;
  return debuggerHookConfig ?? (isFramework(estimator) && hasDebugger ? new DebuggerHookConfig() : undefined);
}

/** The estimator's hyperparameters with the step's over them; one placeholder stands for all of them. */
function allHyperparameters(
  { estimator, hyperparameters, miniBatchSize }: TrainingDescription,
  { hyperparameters: ofEstimator, encoding }: LoweredTraining,
  path: Path,
  problems: Problems,
): unknown {
  if (isLate(hyperparameters)) {
    if (miniBatchSize !== undefined) {
      const message = "miniBatchSize cannot be put into hyperparameters that are a placeholder";
      problems.add("conflicting_options", ["miniBatchSize"], message, "give it in one of the two");
    }
    if (isFramework(estimator)) {
      const message =
        "expected an object, got a placeholder, which would take away what tells the container its script";
      problems.add("invalid_estimator", path, message, "give { name: placeholder }");
    }
    return hyperparameters;
  }
  const ofStep = lowerHyperparameters(hyperparameters, encoding, path, problems);
  if (miniBatchSize !== undefined && ofStep !== undefined && Object.hasOwn(ofStep, "mini_batch_size")) {
    const message = "miniBatchSize and the hyperparameter mini_batch_size are both set";
    problems.add("conflicting_options", ["miniBatchSize"], message);
  }
  const texts = {
    ...ofEstimator,
    ...ofStep,
    ...(miniBatchSize === undefined ? {} : { mini_batch_size: hyperparameterText(miniBatchSize, encoding) }),
  };
  return Object.keys(texts).length === 0 ? undefined : texts;
}
