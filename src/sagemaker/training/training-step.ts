import type { CreateTrainingJobRequest, ExperimentConfig } from "@aws-sdk/client-sagemaker";
import { described } from "../../expression/described.js";
import { isPlaceholder, type Param, type Placeholder, type Ref } from "../../expression/placeholder.js";
import type { IntegrationPattern } from "../../language/arn.js";
import { DefinitionError, type Issue, issue, shown, throwIssues } from "../../language/errors.js";
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
import type { CreateTrainingJobResult, DescribeTrainingJobResult } from "../answer.js";
import type { Model, ModelOptions } from "../hosting/model.js";
import type { Overrides } from "../overrides.js";
import { jobNameBase } from "../request/job-name.js";
import { isOfOneState } from "../request/of-one-state.js";
import type { Tags } from "../request/tags.js";
import { sageMakerTask } from "../sagemaker-call.js";
import { type JobOutput, type JobPattern, jobPatternOf } from "../sagemaker-task.js";
import { Session } from "../session/session.js";
import { uniqueName } from "../unique-name.js";
import { buildTrainingRequest } from "./build-training-request.js";
import { Estimator, type Hyperparameters } from "./estimator.js";
import type { TrainingData } from "./training-input.js";

/** Options of {@link TrainingStep}. */
export interface TrainingStepOptions<
  Wait extends boolean = boolean,
  Pattern extends IntegrationPattern | undefined = IntegrationPattern | undefined,
> extends TaskFields,
    JobPattern<Wait, Pattern> {
  readonly estimator: Estimator;
  /** 1 to 63 letters, digits and inner hyphens, unique in account and region; default {@link uniqueName} of the estimator's base name. */
  readonly jobName?: Param<string>;
  /** One channel, which is named `training`, or several by their names. */
  readonly data?: TrainingData;
  /** Over the estimator's, name by name; one placeholder stands for all of them. */
  readonly hyperparameters?: Hyperparameters | Ref<unknown>;
  /** Of the algorithms of SageMaker: the hyperparameter `mini_batch_size`. */
  readonly miniBatchSize?: Param<number>;
  /** S3 URI under which the model is written; default the estimator's `outputPath`. */
  readonly outputDataConfigPath?: Param<string>;
  readonly experimentConfig?: Param<ExperimentConfig>;
  /** Tags of the job, beside the estimator's; the step's value of a key counts. */
  readonly tags?: Tags;
  /** Merged over the generated request: objects are merged, everything else, lists too, is replaced. */
  readonly parameters?: Overrides<CreateTrainingJobRequest>;
}

/** What a training step gives on. */
export type TrainingStepOutput<
  Wait extends boolean,
  Pattern extends IntegrationPattern | undefined = undefined,
> = JobOutput<Wait, Pattern, DescribeTrainingJobResult, CreateTrainingJobResult>;

/** A step that trains a model with SageMaker; made by `new TrainingStep(name, options)`. */
export interface TrainingStep<Output = unknown> extends FlowStep<Output> {
  /**
   * The model that the job makes, for a ModelStep: image, role and environment are the estimator's. A step whose output is shaped, or that does not wait, does not
   * give the model's place on as it is: take the estimator's `createModel()` there.
   *
   * @param name - Default the job's name.
   * @throws {@link DefinitionError} `invalid_estimator` where the step has no estimator.
   * @example
   * new ModelStep("Save", { model: train.expectedModel() });
   * // "PrimaryContainer": { "ModelDataUrl.$": "$['ModelArtifacts']['S3ModelArtifacts']", … }
   */
  expectedModel(this: { readonly output: Placeholder<DescribeTrainingJobResult> }, name?: Param<string>): Model;
}

interface TrainingStepConstructor {
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
      TrainingStepOptions<Wait, Pattern>,
      TrainingStepOutput<Wait, Pattern>,
      Selector,
      Path,
      Out,
      Made
    >,
  ): TrainingStep<StateOutput<TrainingStepOutput<Wait, Pattern>, Selector, Path, Out, Made>>;
}

/**
 * Trains a model with SageMaker.
 *
 * Local data and source are uploaded when the workflow is created or updated, under keys made from their contents.
 *
 * @param name - State name, unique in the workflow; 1 to 80 characters.
 * @throws {@link DefinitionError} at `compile()`: `invalid_estimator`, `invalid_request`, `missing_file`, `unknown_image`, `conflicting_options`, `unknown_option`.
 * @example
 * new TrainingStep("Train", { estimator, data: { train: input.TrainUri }, hyperparameters: { epochs: input.Epochs } });
 * // { "Type": "Task", "Resource": "arn:aws:states:::sagemaker:createTrainingJob.sync", "Parameters": { "TrainingJobName.$": "…", … } }
 */
export const TrainingStep: TrainingStepConstructor = class TrainingStep extends FlowStep {
  readonly #options: TrainingStepOptions;

  constructor(name: string, options: TrainingStepOptions) {
    const given = givenOptions("TrainingStep", "invalid_estimator", options);
    const problems = new Problems();
    super(name, "Task", readResult(fieldsOf(name, given, problems)), { problems: problems.issues });
    this.#options = given;
  }

  expectedModel(name?: Param<string>): Model {
    if (!(#options in this)) throw new DefinitionError([ofCopy(this)]);
    const { estimator, jobName, ...options } = this.#options;
    if (!Estimator.is(estimator)) throw new DefinitionError([noEstimator(estimator)]);
    throwIssues(shapingIssues(this.name, options));
    const ended = this.output as Placeholder<DescribeTrainingJobResult>;
    const modelData = ended.ModelArtifacts.S3ModelArtifacts;
    // A name that another state would make anew is not that of the job.
    const known = isPlaceholder(jobName) && isOfOneState(jobName) ? undefined : jobName;
    return estimator.createModel({ name: name ?? known ?? ended.TrainingJobName, modelData } as ModelOptions);
  }
} as TrainingStepConstructor;

function ofCopy({ name }: { readonly name: string }): Issue {
  const message = `${shown(name)} is a copy, which does not know its estimator`;
  return issue(
    "invalid_argument",
    [],
    message,
    "ask the step before it is copied, and let the ModelStep be copied with it",
  );
}

const shaping = ["resultSelector", "resultPath", "outputPath", "output"] as const;

/** What the types refuse already, for JavaScript. */
function shapingIssues(name: string, options: object): readonly Issue[] {
  const given = shaping.filter((option) => Object.hasOwn(options, option));
  const hint = "take the estimator's createModel({ modelData }), with the place of the model in this output";
  return given.map((option) =>
    issue(
      "invalid_argument",
      [option],
      `the output of ${shown(name)} is shaped by ${option}: it is not that of the job`,
      hint,
    ),
  );
}

const names = {
  estimator: true,
  jobName: true,
  data: true,
  hyperparameters: true,
  miniBatchSize: true,
  outputDataConfigPath: true,
  experimentConfig: true,
  tags: true,
  waitForCompletion: true,
  integrationPattern: true,
  parameters: true,
} as const satisfies { [K in Exclude<keyof TrainingStepOptions, keyof TaskFields>]-?: true };

function fieldsOf(name: string, options: TrainingStepOptions, problems: Problems): object {
  const { estimator } = options;
  const isEstimator = Estimator.is(estimator);
  if (!isEstimator) {
    problems.issues.push(noEstimator(estimator));
  }
  const request = isEstimator ? requestOf(name, options, problems) : undefined;
  const session = isEstimator ? estimator.session : new Session();
  const pattern = jobPatternOf(options, problems);
  const call = { step: "TrainingStep", names, operation: "CreateTrainingJob", session, pattern } as const;
  return sageMakerTask(call, options, request, problems);
}

function noEstimator(given: unknown): Issue {
  return issue("invalid_estimator", ["estimator"], `expected an Estimator, got ${described(given)}`);
}

function requestOf(name: string, options: TrainingStepOptions, problems: Problems): Record<string, unknown> {
  const { baseJobName, imageUri } = options.estimator.options;
  const jobName = options.jobName ?? uniqueName(jobNameBase(baseJobName, imageUri, name));
  const job = { ...options, jobName, outputPath: options.outputDataConfigPath };
  return buildTrainingRequest(job, ["Parameters"], problems);
}
