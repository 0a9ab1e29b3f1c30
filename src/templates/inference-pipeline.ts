import { throwIssues } from "../language/errors.js";
import type { GraphOptions, GraphPicture } from "../picture/graph-picture.js";
import { Model } from "../sagemaker/hosting/model.js";
import { ModelStep } from "../sagemaker/hosting/model-step.js";
import { PipelineModel } from "../sagemaker/hosting/pipeline-model.js";
import { TransformStep } from "../sagemaker/hosting/transform-step.js";
import { Transformer } from "../sagemaker/hosting/transformer.js";
import type { LateText } from "../sagemaker/request/late-value.js";
import { Estimator, type Hyperparameters } from "../sagemaker/training/estimator.js";
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
import { noEstimator } from "./training-pipeline.js";

/** Options of {@link InferencePipeline}. */
export interface InferencePipelineOptions extends PipelineOptions, EndpointOptions {
  /** What prepares the data: it is trained first, and its model transforms what the estimator then learns from. */
  readonly preprocessor: Estimator;
  /** What is trained on the prepared data. Its session is the pipeline's, unless there is another one. */
  readonly estimator: Estimator;
  /** The training data: the S3 URI of the channel `train`. */
  readonly inputs: { readonly train: string };
  /** Name of the bucket that models and prepared data are written to. */
  readonly s3Bucket: string;
  /** How the training data are compressed. */
  readonly compressionType?: "None" | "Gzip";
  /** MIME type of the training data. */
  readonly contentType?: string;
}

/** Options of an execution of {@link InferencePipeline}. */
export interface InferencePipelineExecution {
  /** Name of the execution, the model and the endpoint: at most 50 letters, digits and inner hyphens; default `inference-pipeline-{time}` in UTC, for a second one in the same second with `-2`. */
  readonly jobName?: string;
  /** Instead of the estimator's hyperparameters, in this execution alone. */
  readonly hyperparameters?: Hyperparameters;
  /** Told about each file: that it was uploaded, or was there already. Default: nobody is told. */
  readonly onProgress?: DeployProgress;
}

/**
 * Trains a preprocessor and, on what it has prepared, a model, and serves both one after the other: Train Preprocessor → Create Preprocessor Model →
 * Transform Input → Training → Create Pipeline Model → Configure Endpoint → Deploy. Each state takes its request from the execution's input.
 *
 * @throws {@link DefinitionError} `invalid_argument`, `invalid_estimator`, `unknown_option`; at `create()` and `execute()` what the steps find.
 * @example
 * const pipeline = new InferencePipeline({ preprocessor, estimator, role, inputs: { train: "s3://bucket/train/" }, s3Bucket: "bucket", contentType: "text/csv" });
 * await pipeline.create();
 * const execution = await pipeline.execute({ jobName: "churn-1" });
 */
export class InferencePipeline {
  /** The state machine: to update, look at, delete. */
  readonly workflow: Workflow<PipelineInput>;
  readonly #options: InferencePipelineOptions;
  readonly #runs: Runs;

  constructor(options: InferencePipelineOptions) {
    this.#options = givenOptions("InferencePipeline", "invalid_argument", options);
    throwIssues([...unknownOptions("InferencePipeline", options, names), ...bucketIssues(options.s3Bucket)]);
    const { estimator, preprocessor, role, pipelineName } = options;
    if (!Estimator.is(preprocessor)) throw noEstimator("preprocessor", preprocessor);
    if (!Estimator.is(estimator)) throw noEstimator("estimator", estimator);
    const session = sessionOf(options.session, estimator.session);
    const name = pipelineName ?? timedName("inference-pipeline", session);
    const steps = stepsOf(options, template(name));
    this.workflow = pipelineWorkflow(name, { session, role }, steps);
    this.#runs = new Runs(this.workflow, steps, "inference-pipeline", session);
  }

  /** Uploads source of this machine, and creates the state machine; as `Workflow.create()`. */
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
   * Starts an execution. Models are written below `s3://{bucket}/{pipeline}/models`, prepared data to
   * `s3://{bucket}/{pipeline}/preprocessor-transform-{job name}/transform`.
   *
   * @throws {@link SfnDsError} `workflow_not_created`; {@link DefinitionError} for a name that SageMaker does not take, and `unknown_option`.
   */
  async execute(options: InferencePipelineExecution = {}): Promise<Execution> {
    const given = runOptions("InferencePipeline", options, runNames);
    const { jobName: job = this.#runs.nextName(), hyperparameters, onProgress } = given;
    const folder = `s3://${this.#options.s3Bucket}/${this.workflow.name}`;
    const run: Run = {
      job,
      preprocessorJob: `preprocessor-${job}`,
      estimatorJob: `estimator-${job}`,
      prepared: `${folder}/preprocessor-transform-${job}/transform`,
      outputPath: `${folder}/models`,
      hyperparameters,
    };
    return this.#runs.execute(job, stepsOf(this.#options, run), onProgress);
  }
}

const names = {
  preprocessor: true,
  estimator: true,
  role: true,
  inputs: true,
  s3Bucket: true,
  pipelineName: true,
  session: true,
  compressionType: true,
  contentType: true,
  endpointInstanceCount: true,
  endpointInstanceType: true,
} as const satisfies { [K in keyof InferencePipelineOptions]-?: true };

const runNames = { jobName: true, hyperparameters: true, onProgress: true } as const;

/** What is of one execution. */
interface Run {
  readonly job: LateText;
  readonly preprocessorJob: LateText;
  readonly estimatorJob: LateText;
  /** Where the prepared data are. */
  readonly prepared: LateText;
  readonly outputPath?: string;
  readonly hyperparameters?: Hyperparameters | undefined;
}

/** Stand-ins, which are never sent; the slash keeps them apart from every name of a job, as in the Python SDK. */
function template(pipeline: string): Run {
  const late = (text: string) => deferred(text, async () => text);
  const source = late(`${pipeline}/preprocessor-source`);
  const prepared = late(`s3://${pipeline}/transform`);
  return { job: late(pipeline), preprocessorJob: source, estimatorJob: late(`${pipeline}/estimator-source`), prepared };
}

/** Megabytes of a request to the preprocessor, as in the Python SDK. */
const maxPayload = 20;

function stepsOf(options: InferencePipelineOptions, run: Run): readonly AnyStep[] {
  const { preprocessor, estimator, inputs } = options;
  const { job, preprocessorJob, estimatorJob, prepared, outputPath, hyperparameters } = run;
  const preparing: Training = { estimator: preprocessor, jobName: preprocessorJob, data: inputs, outputPath };
  const data = { train: prepared as string };
  const training: Training = { estimator, jobName: estimatorJob, data, outputPath, hyperparameters };
  const preparedBy = trainedModel(preparing, preprocessorJob);
  const instanceType = preprocessor.options.instanceType;
  return [
    trainingStep("Train Preprocessor", preparing),
    new ModelStep("Create Preprocessor Model", { model: preparedBy, instanceType }),
    transformStep(options, run),
    trainingStep("Training", training),
    new ModelStep("Create Pipeline Model", {
      model: bothModels(preparedBy, trainedModel(training, job), job),
      instanceType: options.endpointInstanceType ?? estimator.options.instanceType,
    }),
    ...servingSteps(job, estimator, options),
  ];
}

function transformStep(options: InferencePipelineOptions, { preprocessorJob, prepared }: Run): AnyStep {
  const { preprocessor, inputs, compressionType, contentType } = options;
  const { instanceCount, instanceType } = preprocessor.options;
  const transformer = new Transformer({
    session: preprocessor.session,
    instanceCount,
    instanceType: instanceType as string,
    maxPayload,
    env: {},
    outputPath: prepared as string,
  });
  const names = { jobName: preprocessorJob as string, modelName: preprocessorJob as string };
  const kinds = { ...(compressionType && { compressionType }), ...(contentType && { contentType }) };
  return new TransformStep("Transform Input", { transformer, ...names, data: inputs.train, ...kinds });
}

/** Both as containers of one model, in the network of the second. */
function bothModels(first: Model, second: Model, name: LateText): PipelineModel {
  const { role, vpcConfig, enableNetworkIsolation } = second.options;
  const inPipeline = ({ options, session }: Model): Model => {
    const { vpcConfig: _, enableNetworkIsolation: __, ...container } = options;
    return new Model({ ...container, session });
  };
  const given = Object.entries({ role, vpcConfig, enableNetworkIsolation }).filter(([, value]) => value !== undefined);
  const models = [inPipeline(first), inPipeline(second)];
  return new PipelineModel({ ...Object.fromEntries(given), session: second.session, name: name as string, models });
}
