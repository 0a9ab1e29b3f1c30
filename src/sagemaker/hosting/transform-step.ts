import type {
  BatchDataCaptureConfig,
  CompressionType,
  CreateTransformJobRequest,
  ExperimentConfig,
  JoinSource,
  ModelClientConfig,
  S3DataType,
  SplitType,
} from "@aws-sdk/client-sagemaker";
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
import type { CreateTransformJobResult, DescribeTransformJobResult } from "../answer.js";
import type { Overrides } from "../overrides.js";
import type { Tags } from "../request/tags.js";
import { sageMakerTask } from "../sagemaker-call.js";
import { type JobOutput, type JobPattern, jobPatternOf } from "../sagemaker-task.js";
import { buildTransformRequest } from "./build-transform-request.js";
import { Transformer } from "./transformer.js";

/** Options of {@link TransformStep}. */
export interface TransformStepOptions<
  Wait extends boolean = boolean,
  Pattern extends IntegrationPattern | undefined = IntegrationPattern | undefined,
> extends TaskFields,
    JobPattern<Wait, Pattern> {
  readonly transformer: Transformer;
  /** 1 to 63 letters, digits and inner hyphens, unique in account and region; default {@link uniqueName} of the transformer's base name. */
  readonly jobName?: Param<string>;
  /** The model; default the transformer's. */
  readonly modelName?: Param<string>;
  /** What is transformed: an S3 URI, or a local file or folder, which is uploaded at deployment. */
  readonly data: Param<string>;
  /** `S3Prefix` for all objects below `data`, the default; `ManifestFile` where `data` lists them. */
  readonly dataType?: Param<S3DataType>;
  /** MIME type of the data. */
  readonly contentType?: Param<string>;
  readonly compressionType?: Param<CompressionType>;
  /** How a file is split into records; default `None`: a file is one record. */
  readonly splitType?: Param<SplitType>;
  /** JSONPath of what of each record the model is given; default all. */
  readonly inputFilter?: Param<string>;
  /** JSONPath of what of each result, or record and result, is written; default all. */
  readonly outputFilter?: Param<string>;
  /** `Input` writes each record together with its result. */
  readonly joinSource?: Param<JoinSource>;
  /** Time limit and retries of the requests to the model. */
  readonly modelClientConfig?: Param<ModelClientConfig>;
  /** Where requests are kept for later looks. */
  readonly batchDataCaptureConfig?: Param<BatchDataCaptureConfig>;
  readonly experimentConfig?: Param<ExperimentConfig>;
  /** Tags of the job, beside the transformer's; the step's value of a key counts. */
  readonly tags?: Tags;
  /** Merged over the generated request: objects are merged, everything else, lists too, is replaced. */
  readonly parameters?: Overrides<CreateTransformJobRequest>;
}

/** What a transform step gives on. */
export type TransformStepOutput<
  Wait extends boolean,
  Pattern extends IntegrationPattern | undefined = undefined,
> = JobOutput<Wait, Pattern, DescribeTransformJobResult, CreateTransformJobResult>;

/** A step that runs a SageMaker batch transform job; made by `new TransformStep(name, options)`. */
export interface TransformStep<Output = unknown> extends FlowStep<Output> {}

interface TransformStepConstructor {
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
      TransformStepOptions<Wait, Pattern>,
      TransformStepOutput<Wait, Pattern>,
      Selector,
      Path,
      Out,
      Made
    >,
  ): TransformStep<StateOutput<TransformStepOutput<Wait, Pattern>, Selector, Path, Out, Made>>;
}

/**
 * Runs a SageMaker batch transform job: a model makes a result of each record of a data set.
 *
 * @param name - State name, unique in the workflow; 1 to 80 characters.
 * @throws {@link DefinitionError} at `compile()`: `invalid_model`, `missing_option`, `missing_file`, `invalid_request`, `conflicting_options`, `unknown_option`.
 * @example
 * new TransformStep("Score", { transformer, modelName: input.ModelName, data: "s3://bucket/rows/", contentType: "text/csv", splitType: "Line" });
 * // { "Type": "Task", "Resource": "arn:aws:states:::sagemaker:createTransformJob.sync", "Parameters": { "ModelName.$": "…", "TransformInput": { … }, … } }
 */
export const TransformStep: TransformStepConstructor = class TransformStep extends FlowStep {
  constructor(name: string, options: TransformStepOptions) {
    const given = givenOptions("TransformStep", "invalid_model", options);
    const problems = new Problems();
    super(name, "Task", readResult(fieldsOf(name, given, problems)), { problems: problems.issues });
  }
} as TransformStepConstructor;

const names = {
  transformer: true,
  jobName: true,
  modelName: true,
  data: true,
  dataType: true,
  contentType: true,
  compressionType: true,
  splitType: true,
  inputFilter: true,
  outputFilter: true,
  joinSource: true,
  modelClientConfig: true,
  batchDataCaptureConfig: true,
  experimentConfig: true,
  tags: true,
  waitForCompletion: true,
  integrationPattern: true,
  parameters: true,
} as const satisfies { [K in Exclude<keyof TransformStepOptions, keyof TaskFields>]-?: true };

function fieldsOf(name: string, options: TransformStepOptions, problems: Problems): object {
  const { transformer } = options;
  const isTransformer = Transformer.is(transformer);
  if (!isTransformer) {
    problems.add("invalid_model", ["transformer"], `expected a Transformer, got ${described(transformer)}`);
  }
  const request = isTransformer ? buildTransformRequest(transformer, options, name, problems) : undefined;
  const session = isTransformer ? transformer.session : undefined;
  const pattern = jobPatternOf(options, problems);
  const call = { step: "TransformStep", names, operation: "CreateTransformJob", session, pattern } as const;
  return sageMakerTask(call, options, request, problems);
}
