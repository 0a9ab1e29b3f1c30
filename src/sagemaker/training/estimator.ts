import type { TrainingInstanceType } from "@aws-sdk/client-sagemaker";
import type { Param } from "../../expression/placeholder.js";
import { DefinitionError, issue, shown } from "../../language/errors.js";
import type { Deferred } from "../../states/deferred.js";
import { givenOptions } from "../../states/given-options.js";
import { Model, type ModelOptions } from "../hosting/model.js";
import { trainedBy } from "../hosting/model-kind.js";
import type { ContainerArguments } from "../processing/processing-step.js";
import { withoutUndefined } from "../request/late-value.js";
import { isPlainData } from "../request/members.js";
import type { Tags } from "../request/tags.js";
import { Session } from "../session/session.js";
import type { DebuggerHookConfig, ProfilerConfig, ProfilerRule, Rule, TensorBoardOutputConfig } from "./debugger.js";
import { estimatorKind } from "./estimator-kind.js";
import type { Distribution, FrameworkSettings, SpecialSettings } from "./framework-settings.js";

/** Hyperparameters by their names. The API takes texts: numbers and booleans are written as they print, objects and lists as JSON; null is refused. */
export interface Hyperparameters {
  readonly [name: string]: unknown;
}

/** A metric that SageMaker finds in the job's log. */
export interface MetricDefinition {
  readonly Name: Param<string>;
  /** Regular expression whose group is the metric's value. */
  readonly Regex: Param<string>;
}

/** Options of {@link Estimator}. Every leaf may be a placeholder. */
export interface EstimatorOptions {
  /** ARN or name of the role that SageMaker runs the job as; a name is looked up at deployment. */
  readonly role: Param<string>;
  /** URI of the container's image, at most 255 characters. */
  readonly imageUri: Param<string> | Deferred<string>;
  readonly instanceCount: Param<number>;
  /** A type of SageMaker's, which starts with `ml.`: for example `ml.m5.xlarge`. */
  readonly instanceType: Param<TrainingInstanceType | (string & {})>;
  /** Default `new Session()`. */
  readonly session?: Session;
  readonly hyperparameters?: Hyperparameters;
  /** S3 URI under which the model is written; default `s3://{default bucket}/{prefix}`. */
  readonly outputPath?: Param<string>;
  /** KMS key of the model. */
  readonly outputKmsKey?: Param<string>;
  /** `NONE` writes the model's files as they are; default `GZIP`, one `model.tar.gz`. */
  readonly outputCompressionType?: Param<"GZIP" | "NONE">;
  /** What generated job names begin with; default the image's name. */
  readonly baseJobName?: string;
  /** Gigabytes of each instance's volume; default 30. */
  readonly volumeSizeInGb?: Param<number>;
  /** KMS key of the instances' volumes. */
  readonly volumeKmsKey?: Param<string>;
  /** Seconds after which the job is stopped; default 86400, a day. */
  readonly maxRunSeconds?: Param<number>;
  /** Seconds of the job with its waiting for spot instances; not less than `maxRunSeconds`. */
  readonly maxWaitSeconds?: Param<number>;
  readonly useSpotInstances?: Param<boolean>;
  /** Where checkpoints are kept in S3. */
  readonly checkpointS3Uri?: Param<string>;
  /** Where the program writes checkpoints; SageMaker's default is `/opt/ml/checkpoints`. */
  readonly checkpointLocalPath?: Param<string>;
  /** 1 to 16; together with `securityGroupIds`. */
  readonly subnets?: Param<readonly string[]>;
  /** 1 to 5; together with `subnets`. */
  readonly securityGroupIds?: Param<readonly string[]>;
  /** How data comes into the container; default `File`. */
  readonly inputMode?: Param<"File" | "Pipe" | "FastFile">;
  /** S3 URI of a model to start from; a channel of its own. */
  readonly modelUri?: Param<string>;
  /** Name of the channel of `modelUri`; default `model`. */
  readonly modelChannelName?: string;
  /** Tags of the jobs, at most 50. */
  readonly tags?: Tags;
  /** At most 40. */
  readonly metricDefinitions?: readonly MetricDefinition[];
  /** Whether SageMaker keeps the job's metrics as time series. */
  readonly enableSageMakerMetrics?: Param<boolean>;
  /** Environment of the container, at most 100 entries. */
  readonly environment?: Param<{ readonly [name: string]: string }>;
  /** Tries after a fault within SageMaker, 1 to 30. */
  readonly maxRetryAttempts?: Param<number>;
  /** What the debugger saves; `false` for nothing, where a framework's estimator has something. */
  readonly debuggerHookConfig?: DebuggerHookConfig | false;
  readonly rules?: readonly (Rule | ProfilerRule)[];
  readonly profilerConfig?: ProfilerConfig;
  readonly tensorBoardOutputConfig?: TensorBoardOutputConfig;
  /** Whether the container has no network. */
  readonly enableNetworkIsolation?: Param<boolean>;
  /** Whether the instances of a job talk to each other encrypted. */
  readonly encryptInterContainerTraffic?: Param<boolean>;
  /** What the container runs instead of the image's own entrypoint; 1 to 100 texts. */
  readonly containerEntrypoint?: Param<readonly string[]>;
  readonly containerArguments?: ContainerArguments;
  /** Seconds for which the instances are kept for the next job, at most 21600. */
  readonly keepAlivePeriodInSeconds?: Param<number>;
}

/** The options of an estimator of any kind. */
export interface EstimatorDescription
  extends Omit<EstimatorOptions, "imageUri">,
    Partial<FrameworkSettings>,
    SpecialSettings {
  readonly imageUri?: EstimatorOptions["imageUri"];
  readonly distribution?: Distribution;
}

/**
 * What SageMaker trains on and with. An estimator never changes.
 *
 * @throws {@link DefinitionError} at `compile()`: `invalid_estimator`, `invalid_request`, `unknown_option`.
 * @example
 * const estimator = new Estimator({ role, imageUri, instanceCount: 1, instanceType: "ml.m5.xlarge", hyperparameters: { epochs: 3 } });
 * new TrainingStep("Train", { estimator, data: "s3://bucket/train/" });
 */
export class Estimator {
  readonly [estimatorKind]: "Estimator" | "FrameworkEstimator" = "Estimator";
  /** As given. */
  readonly options: EstimatorDescription;
  readonly session: Session;

  constructor(options: EstimatorOptions);
  constructor(options: EstimatorDescription) {
    this.options = givenOptions("Estimator", "invalid_estimator", options);
    const { session = new Session() } = options;
    if (!Session.is(session)) {
      const message = `expected a Session, got ${shown(session)}`;
      throw new DefinitionError([issue("invalid_estimator", ["session"], message)]);
    }
    this.session = session;
  }

  /** Whether `value` is an estimator, also one of another copy of this package. */
  static is(value: unknown): value is Estimator {
    return typeof value === "object" && value !== null && estimatorKind in value;
  }

  /**
   * A model of what the estimator has trained, with its image, role, environment and network; each can be given another value.
   * That of a framework takes AWS's image that serves such models, chosen by the `instanceType` of the ModelStep, and has the script in its environment.
   *
   * @param options.modelData - Where the model is, mostly `step.output.ModelArtifacts.S3ModelArtifacts`.
   */
  createModel(options: ModelOptions): Model {
    const { imageUri, role, environment, subnets, securityGroupIds, enableNetworkIsolation } = this.options;
    const given = withoutUndefined({
      imageUri,
      role,
      env: environment,
      vpcConfig: subnets && securityGroupIds && { Subnets: subnets, SecurityGroupIds: securityGroupIds },
      enableNetworkIsolation,
    });
    const made = { session: this.session, ...given, ...options, [trainedBy]: this };
    return new Model(made);
  }

  /** An estimator like this one with more hyperparameters; a name that both have takes the new value. Private members (`#name`) of a class of your own are not copied. */
  withHyperparameters(hyperparameters: Hyperparameters): this {
    const { hyperparameters: own = {} } = this.options;
    // What cannot be spread is told when the job is described.
    if (!isPlainData(own)) return this;
    return withOnlyHyperparameters(
      this,
      isPlainData(hyperparameters) ? { ...own, ...hyperparameters } : hyperparameters,
    );
  }
}

/** An estimator like `estimator` whose hyperparameters are these alone. The constructor of its class, which may take other options, is not run again. */
export function withOnlyHyperparameters<T extends Estimator>(estimator: T, hyperparameters: Hyperparameters): T {
  const options = Object.freeze({ ...estimator.options, hyperparameters });
  const { options: own, ...members } = Object.getOwnPropertyDescriptors(estimator);
  return Object.create(Object.getPrototypeOf(estimator), { ...members, options: { ...own, value: options } });
}
