import type { ProcessingInstanceType } from "@aws-sdk/client-sagemaker";
import type { Param } from "../../expression/placeholder.js";
import { DefinitionError, issue, shown } from "../../language/errors.js";
import type { Deferred } from "../../states/deferred.js";
import { givenOptions } from "../../states/given-options.js";
import type { Tags } from "../request/tags.js";
import { Session } from "../session/session.js";
import type { NetworkConfig } from "./network-config.js";
import { type ListJobsOptions, ProcessingJob } from "./processing-job.js";
import { type ProcessorKind, processorKind } from "./processor-kind.js";
import { type RunOptions, runNamePrefix, runProcessingJob } from "./run-processing-job.js";

/** Options of {@link Processor}. Every one may be a placeholder in a step; a job that `run()` starts needs values. */
export interface ProcessorOptions {
  /** ARN or name of the role that SageMaker runs the job as; a name is looked up at deployment. */
  readonly role: Param<string>;
  /** URI of the container's image, at most 255 characters. */
  readonly imageUri: Param<string> | Deferred<string>;
  /** 1 to 100. */
  readonly instanceCount: Param<number>;
  /** A type of SageMaker's, which starts with `ml.`: for example `ml.m5.xlarge`. */
  readonly instanceType: Param<ProcessingInstanceType | (string & {})>;
  /** What the container runs instead of the image's own entrypoint; 1 to 100 texts. */
  readonly entrypoint?: Param<readonly string[]>;
  /** Gigabytes of each instance's volume, 1 to 16384; default 30. */
  readonly volumeSizeInGb?: Param<number>;
  /** KMS key of the instances' volumes. */
  readonly volumeKmsKey?: Param<string>;
  /** KMS key of the outputs. */
  readonly outputKmsKey?: Param<string>;
  /** Seconds after which a job is stopped, 1 to 777600; SageMaker's default is a day. */
  readonly maxRuntimeInSeconds?: Param<number>;
  /** What generated job names begin with; default the image's name. */
  readonly baseJobName?: string;
  /** Default `new Session()`. */
  readonly session?: Session;
  /** Environment of the container, at most 100 entries. */
  readonly env?: Param<{ readonly [name: string]: string }>;
  /** Tags of the jobs, at most 50. */
  readonly tags?: Tags;
  readonly networkConfig?: NetworkConfig;
  /**
   * S3 URI of a folder: code and local files are uploaded there, each under a key made of its contents, and what is there already is not uploaded again.
   * Default: steps upload to the session's bucket in the same way; `run()` uploads below the job's name, as the Python SDK does.
   */
  readonly codeLocation?: string;
}

/** The options of a processor of any kind. */
interface GivenOptions extends Omit<ProcessorOptions, "imageUri"> {
  readonly imageUri?: ProcessorOptions["imageUri"];
  readonly command?: readonly Param<string>[];
  readonly framework?: string;
  readonly frameworkVersion?: string;
  readonly pyVersion?: string;
  readonly baseFrameworkVersion?: string;
}

/**
 * What SageMaker runs processing jobs on and with. A processor never changes.
 *
 * @throws {@link DefinitionError} at `compile()` or `run()`: `invalid_processor`, `invalid_number`, `unknown_option`.
 * @example
 * const processor = new Processor({ role, imageUri, instanceCount: 1, instanceType: "ml.m5.xlarge" });
 * const job = await processor.run({ arguments: ["--rows", 10], wait: false, logs: false });
 */
export class Processor {
  /** As given. */
  readonly options: GivenOptions;
  readonly session: Session;
  readonly [processorKind]: ProcessorKind = "Processor";

  constructor(options: ProcessorOptions) {
    this.options = givenOptions("Processor", "invalid_processor", options);
    const { session = new Session() } = options;
    if (!Session.is(session)) {
      const message = `expected a Session, got ${shown(session)}`;
      throw new DefinitionError([issue("invalid_processor", ["session"], message)]);
    }
    this.session = session;
  }

  /** Whether `value` is a processor, also one of another copy of this package. */
  static is(value: unknown): value is Processor {
    return typeof value === "object" && value !== null && processorKind in value;
  }

  /**
   * Runs a job: uploads what is local, creates the job, and waits for its end unless told otherwise.
   *
   * @throws {@link DefinitionError} with everything that is wrong with the options.
   * @throws {@link JobFailedError}, {@link StoppedJobError}
   * @throws {@link SfnDsError} `conflicting_wait`, `wait_aborted`, `unreadable_file`.
   */
  run(options: RunOptions = {}): Promise<ProcessingJob> {
    return runProcessingJob(this, options);
  }

  /**
   * The jobs that `run()` has started under the processor's base name, newest first: what SageMaker knows, also of other programs and days.
   * A processor keeps no list of its own, as it never changes.
   */
  async *jobs(options: Omit<ListJobsOptions, "nameContains"> = {}): AsyncGenerator<ProcessingJob, void> {
    const { maxItems = Number.POSITIVE_INFINITY, ...wanted } = options;
    const nameContains = runNamePrefix(this);
    let left = maxItems;
    for await (const job of ProcessingJob.list(this.session, { ...wanted, nameContains })) {
      if (!job.name.startsWith(nameContains)) continue;
      if (left-- <= 0) return;
      yield job;
    }
  }

  /** The newest of {@link jobs}; `undefined` when there is none. */
  async latestJob(): Promise<ProcessingJob | undefined> {
    for await (const job of this.jobs()) return job;
    return undefined;
  }
}
