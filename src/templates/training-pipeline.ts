import { described } from "../expression/described.js";
import { DefinitionError, issue, throwIssues } from "../language/errors.js";
import type { GraphOptions, GraphPicture } from "../picture/graph-picture.js";
import { ModelStep } from "../sagemaker/hosting/model-step.js";
import type { LateText } from "../sagemaker/request/late-value.js";
import { Estimator, type Hyperparameters } from "../sagemaker/training/estimator.js";
import type { TrainingData } from "../sagemaker/training/training-input.js";
import { type DeployProgress, deferred } from "../states/deferred.js";
import { givenOptions } from "../states/given-options.js";
import type { AnyStep } from "../states/step.js";
import type { Execution } from "../workflow/execution.js";
import type { Workflow } from "../workflow/workflow.js";
import type { DeployOptions } from "../workflow/workflow-calls.js";
import { bucketIssues, runOptions, sessionOf, unknownOptions } from "./options.js";
import { inputOf, type PipelineInput, type PipelineOptions, pipelineWorkflow, timedName } from "./pipeline.js";
import { Runs } from "./runs.js";
import { type EndpointOptions, servingSteps, type Training, trainedModel, trainingStep } from "./train.js";

/** Options of {@link TrainingPipeline}. */
export interface TrainingPipelineOptions extends PipelineOptions, EndpointOptions {
  /** What is trained; its session is the pipeline's, unless there is another one. Values only: what an execution is to be given goes to `execute()`. */
  readonly estimator: Estimator;
  /** Channels of training data, as `data` of a TrainingStep. */
  readonly inputs: TrainingData;
  /** Name of the bucket that models are written to. */
  readonly s3Bucket: string;
}

/** Options of an execution of {@link TrainingPipeline}. */
export interface TrainingPipelineExecution {
  /** Name of the execution, the model and the endpoint: at most 53 letters, digits and inner hyphens; default `training-pipeline-{time}` in UTC, for a second one in the same second with `-2`. */
  readonly jobName?: string;
  /** Instead of the estimator's hyperparameters, in this execution alone. */
  readonly hyperparameters?: Hyperparameters;
  /** Told about each file: that it was uploaded, or was there already. Default: nobody is told. */
  readonly onProgress?: DeployProgress;
}

/**
 * Trains a model and serves it: Training → Create Model → Configure Endpoint → Deploy. Each state takes its request from the execution's input, which
 * {@link TrainingPipeline.execute} writes; executions know nothing of each other.
 *
 * @throws {@link DefinitionError} `invalid_argument`, `invalid_estimator`, `unknown_option`; at `create()` and `execute()` what the steps find.
 * @example
 * const pipeline = new TrainingPipeline({ estimator, role, inputs: { train: "s3://bucket/train/" }, s3Bucket: "bucket" });
 * await pipeline.create();
 * const execution = await pipeline.execute({ jobName: "churn-1", hyperparameters: { epochs: 5 } });
 * // "Training": { "Parameters": { "TrainingJobName.$": "$$.Execution.Input['Training'].TrainingJobName", … } }
 */
export class TrainingPipeline {
  /** The state machine: to update, look at, delete. */
  readonly workflow: Workflow<PipelineInput>;
  readonly #options: TrainingPipelineOptions;
  readonly #runs: Runs;

  constructor(options: TrainingPipelineOptions) {
    this.#options = givenOptions("TrainingPipeline", "invalid_argument", options);
    throwIssues([...unknownOptions("TrainingPipeline", options, names), ...bucketIssues(options.s3Bucket)]);
    const { estimator, role, pipelineName } = options;
    if (!Estimator.is(estimator)) throw noEstimator("estimator", estimator);
    const session = sessionOf(options.session, estimator.session);
    const name = pipelineName ?? timedName("training-pipeline", session);
    const steps = stepsOf(options, template(name));
    this.workflow = pipelineWorkflow(name, { session, role }, steps);
    this.#runs = new Runs(this.workflow, steps, "training-pipeline", session);
  }

  /** Uploads source and data of this machine, and creates the state machine; as `Workflow.create()`. */
  create(options?: DeployOptions): Promise<string> {
    return this.workflow.create(options);
  }

  /** A picture of the states; as `Workflow.renderGraph()`. */
  renderGraph(options?: GraphOptions): Promise<GraphPicture> {
    return this.workflow.renderGraph(options);
  }

  /** The input of an execution, with the pipeline's name where `execute()` puts that of the job. */
  inputTemplate(): Promise<PipelineInput> {
    return inputOf(stepsOf(this.#options, template(this.workflow.name)));
  }

  /**
   * Starts an execution. The model is written to `s3://{bucket}/{pipeline}/models/estimator-{job name}/output/model.tar.gz`.
   *
   * @throws {@link SfnDsError} `workflow_not_created`; {@link DefinitionError} for a name that SageMaker does not take, and `unknown_option`.
   */
  async execute(options: TrainingPipelineExecution = {}): Promise<Execution> {
    const given = runOptions("TrainingPipeline", options, runNames);
    const { jobName: job = this.#runs.nextName(), hyperparameters, onProgress } = given;
    const outputPath = `s3://${this.#options.s3Bucket}/${this.workflow.name}/models`;
    const run: Run = { job, trainingJob: `estimator-${job}`, outputPath, hyperparameters };
    return this.#runs.execute(job, stepsOf(this.#options, run), onProgress);
  }
}

const names = {
  estimator: true,
  role: true,
  inputs: true,
  s3Bucket: true,
  pipelineName: true,
  session: true,
  endpointInstanceCount: true,
  endpointInstanceType: true,
} as const satisfies { [K in keyof TrainingPipelineOptions]-?: true };

const runNames = { jobName: true, hyperparameters: true, onProgress: true } as const;

/** What is of one execution. */
interface Run {
  readonly job: LateText;
  readonly trainingJob: LateText;
  readonly outputPath?: string;
  readonly hyperparameters?: Hyperparameters | undefined;
}

/** Stand-ins, which are never sent; the slash keeps them apart from every name of a job, as in the Python SDK. */
function template(pipeline: string): Run {
  const late = (text: string) => deferred(text, async () => text);
  return { job: late(pipeline), trainingJob: late(`${pipeline}/estimator-source`) };
}

function stepsOf(options: TrainingPipelineOptions, run: Run): readonly AnyStep[] {
  const { estimator, inputs: data } = options;
  const { job, trainingJob: jobName, outputPath, hyperparameters } = run;
  const training: Training = { estimator, jobName, data, outputPath, hyperparameters };
  const instanceType = options.endpointInstanceType ?? estimator.options.instanceType;
  return [
    trainingStep("Training", training),
    new ModelStep("Create Model", { model: trainedModel(training, job), instanceType }),
    ...servingSteps(job, estimator, options),
  ];
}

/** An object that is no estimator is refused at once, as its session is needed. */
export function noEstimator(option: string, given: unknown): DefinitionError {
  return new DefinitionError([issue("invalid_estimator", [option], `expected an Estimator, got ${described(given)}`)]);
}
