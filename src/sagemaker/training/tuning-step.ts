import type { CreateHyperParameterTuningJobRequest } from "@aws-sdk/client-sagemaker";
import { described } from "../../expression/described.js";
import type { Param } from "../../expression/placeholder.js";
import type { IntegrationPattern } from "../../language/arn.js";
import { Problems } from "../../services/problems.js";
import { FlowStep } from "../../states/chain.js";
import { givenOptions } from "../../states/given-options.js";
import { readResult } from "../../states/result-fields.js";
import type {
  OutputPathOption,
  ResultPathOption,
  SelectorOption,
  ShapedOptions,
  StateOutput,
} from "../../states/state-output.js";
import type { TaskFields } from "../../states/task.js";
import type { CreateTuningJobResult, DescribeTuningJobResult } from "../answer.js";
import type { Overrides } from "../overrides.js";
import { jobNameBase } from "../request/job-name.js";
import type { Tags } from "../request/tags.js";
import { sageMakerTask } from "../sagemaker-call.js";
import { type JobOutput, type JobPattern, jobPatternOf } from "../sagemaker-task.js";
import { Session } from "../session/session.js";
import { uniqueName } from "../unique-name.js";
import { buildTuningRequest } from "./build-tuning-request.js";
import { Estimator } from "./estimator.js";
import type { TrainingData } from "./training-input.js";
import { HyperparameterTuner } from "./tuner.js";

/** Options of {@link TuningStep}. */
export interface TuningStepOptions<
  Wait extends boolean = boolean,
  Pattern extends IntegrationPattern | undefined = IntegrationPattern | undefined,
> extends TaskFields,
    JobPattern<Wait, Pattern> {
  readonly tuner: HyperparameterTuner;
  /** 1 to 32 letters, digits and inner hyphens, unique in account and region; default {@link uniqueName} of the tuner's base name. */
  readonly jobName?: Param<string>;
  /** As of a TrainingStep; of a tuner with several definitions, by their names. */
  readonly data?: TrainingData | { readonly [definition: string]: TrainingData };
  /** Tags of the job, beside those of tuner and estimators; the step's value of a key counts. */
  readonly tags?: Tags;
  /** Merged over the generated request: objects are merged, everything else, lists too, is replaced. */
  readonly parameters?: Overrides<CreateHyperParameterTuningJobRequest>;
}

/** What a tuning step gives on. */
export type TuningStepOutput<
  Wait extends boolean,
  Pattern extends IntegrationPattern | undefined = undefined,
> = JobOutput<Wait, Pattern, DescribeTuningJobResult, CreateTuningJobResult>;

/** A step that runs a SageMaker tuning job; made by `new TuningStep(name, options)`. */
export interface TuningStep<Output = unknown> extends FlowStep<Output> {}

interface TuningStepConstructor {
  new <
    const Wait extends boolean = true,
    const Pattern extends IntegrationPattern | undefined = undefined,
    const Selector extends SelectorOption = undefined,
    const Path extends ResultPathOption = undefined,
    const Out extends OutputPathOption = undefined,
    const Made = undefined,
  >(
    name: string,
    options: ShapedOptions<
      TuningStepOptions<Wait, Pattern>,
      TuningStepOutput<Wait, Pattern>,
      Selector,
      Path,
      Out,
      Made
    >,
  ): TuningStep<StateOutput<TuningStepOutput<Wait, Pattern>, Selector, Path, Out, Made>>;
}

/**
 * Finds the best hyperparameters with a SageMaker tuning job; the best training job stands in `output.BestTrainingJob`.
 *
 * @param name - State name, unique in the workflow; 1 to 80 characters.
 * @throws {@link DefinitionError} at `compile()`: `invalid_estimator`, `invalid_request`, `missing_file`, `unknown_image`, `conflicting_options`, `unknown_option`.
 * @example
 * new TuningStep("Tune", { tuner, data: { train: input.TrainUri } });
 * // { "Type": "Task", "Resource": "arn:aws:states:::sagemaker:createHyperParameterTuningJob.sync", "Parameters": { "HyperParameterTuningJobConfig": { … }, … } }
 */
export const TuningStep: TuningStepConstructor = class TuningStep extends FlowStep {
  constructor(name: string, options: TuningStepOptions) {
    const given = givenOptions("TuningStep", "invalid_estimator", options);
    const problems = new Problems();
    super(name, "Task", readResult(fieldsOf(name, given, problems)), { problems: problems.issues });
  }
} as TuningStepConstructor;

const names = {
  tuner: true,
  jobName: true,
  data: true,
  tags: true,
  waitForCompletion: true,
  integrationPattern: true,
  parameters: true,
} as const satisfies { [K in Exclude<keyof TuningStepOptions, keyof TaskFields>]-?: true };

/** Tuning jobs have shorter names than others. */
const maxLength = 32;

function fieldsOf(name: string, options: TuningStepOptions, problems: Problems): object {
  const { tuner } = options;
  const isTuner = HyperparameterTuner.is(tuner);
  if (!isTuner) {
    problems.add("invalid_estimator", ["tuner"], `expected a HyperparameterTuner, got ${described(tuner)}`);
  }
  const estimator = isTuner ? firstEstimator(tuner) : undefined;
  const request = isTuner ? requestOf(name, options, estimator, problems) : undefined;
  const session = estimator?.session ?? new Session();
  const pattern = jobPatternOf(options, problems);
  const call = { step: "TuningStep", names, operation: "CreateHyperParameterTuningJob", session, pattern } as const;
  return sageMakerTask(call, options, request, problems);
}

function requestOf(
  name: string,
  options: TuningStepOptions,
  estimator: Estimator | undefined,
  problems: Problems,
): Record<string, unknown> {
  const { baseTuningJobName } = options.tuner.options;
  const base = baseTuningJobName ?? estimator?.options.baseJobName;
  const jobName = options.jobName ?? uniqueName(jobNameBase(base, estimator?.options.imageUri, name), { maxLength });
  return buildTuningRequest({ ...options, jobName }, ["Parameters"], problems);
}

/** The estimator whose session and name count for the whole job. */
function firstEstimator({ options, definitions }: HyperparameterTuner): Estimator | undefined {
  const [first] = Object.values(definitions ?? {});
  const estimator: unknown = definitions === undefined ? options.estimator : first?.estimator;
  return Estimator.is(estimator) ? estimator : undefined;
}
