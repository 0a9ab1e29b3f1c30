import type { CreateProcessingJobRequest, ExperimentConfig } from "@aws-sdk/client-sagemaker";
import { described } from "../../expression/described.js";
import type { Param, Ref } from "../../expression/placeholder.js";
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
import type { CreateProcessingJobResult, DescribeProcessingJobResult } from "../answer.js";
import { assetUri, bundleUri } from "../assets/asset.js";
import { knownImage } from "../images/image.js";
import type { Overrides } from "../overrides.js";
import { jobNameBase } from "../request/job-name.js";
import type { Tags } from "../request/tags.js";
import { sageMakerTask } from "../sagemaker-call.js";
import { type JobOutput, type JobPattern, jobPatternOf } from "../sagemaker-task.js";
import { uniqueName } from "../unique-name.js";
import { buildProcessingRequest } from "./build-processing-request.js";
import { readLocation } from "./code-location.js";
import { outputPlace } from "./default-output.js";
import type { ProcessingInput } from "./processing-input.js";
import type { ProcessingOutput } from "./processing-output.js";
import { Processor } from "./processor.js";

/** Arguments of a container: a list, or a placeholder of one. Numbers and booleans are written as text. */
export type ContainerArguments = Ref<readonly string[]> | readonly Param<string | number | boolean>[];

/** Options of {@link ProcessingStep}. */
export interface ProcessingStepOptions<
  Wait extends boolean = boolean,
  Pattern extends IntegrationPattern | undefined = IntegrationPattern | undefined,
> extends TaskFields,
    JobPattern<Wait, Pattern> {
  readonly processor: Processor;
  /** 1 to 63 letters, digits and inner hyphens, unique in account and region; default {@link uniqueName} of the processor's base name. */
  readonly jobName?: Param<string>;
  /**
   * What a processor's command runs: a file or a folder (path or `file://` URL), which is uploaded at deployment, or its `s3://` URI.
   * A folder, or an archive `….tar.gz` in S3, has its program in `entryPoint`; it is the working directory, and its `requirements.txt` is installed.
   */
  readonly code?: Param<string>;
  /** The program in the folder that `code` names. */
  readonly entryPoint?: Param<string>;
  /** The folder of the code, or its `s3://` URI; then `code` is the program in it. */
  readonly sourceDir?: Param<string>;
  /** Local files and folders that are put beside the code under their own names. */
  readonly dependencies?: readonly string[];
  readonly inputs?: readonly ProcessingInput[];
  /** A text is the folder of an output in the container, below `/opt/ml/processing`. */
  readonly outputs?: readonly (ProcessingOutput | string)[];
  /** Arguments of the container, at most 100; none is empty. */
  readonly arguments?: ContainerArguments;
  /** The same as `arguments`, under the Python SDK's name; one of the two. */
  readonly containerArguments?: ContainerArguments;
  /** What the container runs; default the processor's command and the script, or its entrypoint. */
  readonly containerEntrypoint?: Param<readonly string[]>;
  /** KMS key of the outputs; default the processor's. */
  readonly kmsKeyId?: Param<string>;
  /** KMS key of files that the deployment uploads; default the bucket's own. */
  readonly uploadKmsKeyId?: string;
  readonly experimentConfig?: Param<ExperimentConfig>;
  /** Tags of the job, beside the processor's; the step's value of a key counts. */
  readonly tags?: Tags;
  /** Merged over the generated request: objects are merged, everything else, lists too, is replaced. */
  readonly parameters?: Overrides<CreateProcessingJobRequest>;
}

/** What a processing step gives on. */
export type ProcessingStepOutput<
  Wait extends boolean,
  Pattern extends IntegrationPattern | undefined = undefined,
> = JobOutput<Wait, Pattern, DescribeProcessingJobResult, CreateProcessingJobResult>;

/** A step that runs a SageMaker processing job; made by `new ProcessingStep(name, options)`. */
export interface ProcessingStep<Output = unknown> extends FlowStep<Output> {}

interface ProcessingStepConstructor {
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
      ProcessingStepOptions<Wait, Pattern>,
      ProcessingStepOutput<Wait, Pattern>,
      Selector,
      Path,
      Out,
      Made
    >,
  ): ProcessingStep<StateOutput<ProcessingStepOutput<Wait, Pattern>, Selector, Path, Out, Made>>;
}

/**
 * Runs a SageMaker processing job.
 *
 * Local code and inputs are uploaded when the workflow is created or updated, under keys made from their contents.
 *
 * @param name - State name, unique in the workflow; 1 to 80 characters.
 * @throws {@link DefinitionError} at `compile()`: `invalid_job_name`, `invalid_processor`, `invalid_processing_input`, `invalid_processing_output`,
 * `invalid_container_path`, `invalid_code`, `missing_file`, `invalid_number`, `invalid_text`, `invalid_request`, `conflicting_options`, `unknown_option`.
 * @example
 * new ProcessingStep("Preprocess", { processor, code: "./preprocess.py", jobName: input.JobName });
 * // { "Type": "Task", "Resource": "arn:aws:states:::sagemaker:createProcessingJob.sync", "Parameters": { "ProcessingJobName.$": "…", … } }
 */
export const ProcessingStep: ProcessingStepConstructor = class ProcessingStep extends FlowStep {
  constructor(name: string, options: ProcessingStepOptions) {
    const given = givenOptions("ProcessingStep", "invalid_processor", options);
    const problems = new Problems();
    super(name, "Task", readResult(fieldsOf(name, given, problems)), { problems: problems.issues });
  }
} as ProcessingStepConstructor;

const names = {
  processor: true,
  jobName: true,
  code: true,
  entryPoint: true,
  sourceDir: true,
  dependencies: true,
  inputs: true,
  outputs: true,
  arguments: true,
  containerArguments: true,
  containerEntrypoint: true,
  kmsKeyId: true,
  uploadKmsKeyId: true,
  experimentConfig: true,
  tags: true,
  waitForCompletion: true,
  integrationPattern: true,
  parameters: true,
} as const satisfies { [K in Exclude<keyof ProcessingStepOptions, keyof TaskFields>]-?: true };

function fieldsOf(name: string, options: ProcessingStepOptions, problems: Problems): object {
  const { processor } = options;
  const isProcessor = Processor.is(processor);
  if (!isProcessor) {
    problems.add("invalid_processor", ["processor"], `expected a Processor, got ${described(processor)}`);
  }
  const request = isProcessor ? requestOf(name, options, problems) : undefined;
  const session = isProcessor ? processor.session : undefined;
  const pattern = jobPatternOf(options, problems);
  const call = { step: "ProcessingStep", names, operation: "CreateProcessingJob", session, pattern } as const;
  return sageMakerTask(call, options, request, problems);
}

function requestOf(name: string, options: ProcessingStepOptions, problems: Problems): Record<string, unknown> {
  const { processor, containerArguments, containerEntrypoint: entrypoint, uploadKmsKeyId } = options;
  if (options.arguments !== undefined && containerArguments !== undefined) {
    problems.add("conflicting_options", ["arguments"], "arguments and containerArguments are both set");
  }
  const { baseJobName, codeLocation } = processor.options;
  const base = jobNameBase(baseJobName, knownImage(processor), name);
  const jobName = options.jobName ?? uniqueName(base);
  const { session } = processor;
  const assets = { kmsKeyId: uploadKmsKeyId, location: readLocation(codeLocation) };
  return buildProcessingRequest(
    { ...options, jobName, arguments: options.arguments ?? containerArguments, entrypoint },
    {
      root: ["Parameters"],
      file: (file) => assetUri(session, file.path, `the S3 URI of ${file.given}`, assets),
      bundle: (paths, given) => bundleUri(session, paths, `the S3 URI of ${given}`, assets),
      output: outputPlace(session, jobName, base),
    },
    problems,
  );
}
