import type { Path, Problems } from "../../services/problems.js";
import { lowerArguments } from "../processing/settings.js";
import { defaultFolder } from "../request/default-folder.js";
import { type LateText, withoutUndefined } from "../request/late-value.js";
import { roleArn } from "../request/role-arn.js";
import { lowerChannels } from "./channels.js";
import type { Estimator, EstimatorDescription } from "./estimator.js";
import { isFramework } from "./estimator-kind.js";
import { checkEstimator } from "./estimator-names.js";
import { type LoweredFramework, lowerFramework } from "./framework.js";
import type { FrameworkEstimator } from "./framework-estimator.js";
import { type Encoding, lowerHyperparameters } from "./hyperparameters.js";

/** What a training job is made of that a tuning job's training jobs are made of as well. */
export interface LoweredTraining {
  /** Members of the request. */
  readonly members: Record<string, unknown>;
  /** The estimator's own, with those that a framework's container reads. */
  readonly hyperparameters: Record<string, unknown> | undefined;
  readonly encoding: Encoding;
  /** Where the model is written. */
  readonly outputPath: LateText;
}

/** Whose jobs: the author's words that count for the members of both kinds of jobs. */
export interface TrainingParts {
  readonly jobName: unknown;
  readonly data?: unknown;
  /** Instead of the estimator's. */
  readonly outputPath?: unknown;
}

const day = 86_400;
const standardVolume = 30;

/** Writes what an estimator and its data say of a job. `at` is where the estimator stands for its author. */
export function lowerTraining(
  estimator: Estimator,
  parts: TrainingParts,
  root: Path,
  problems: Problems,
  at: Path = ["estimator"],
): LoweredTraining {
  const { options, session } = estimator;
  checkEstimator(estimator, at, problems);
  const encoding = isFramework(estimator) ? "json" : "text";
  const own = lowerHyperparameters(options.hyperparameters, encoding, [...at, "hyperparameters"], problems);
  const outputPath = (parts.outputPath ?? options.outputPath ?? defaultFolder(session, undefined, "/")) as LateText;
  const framework = isFramework(estimator)
    ? lowerFramework(estimator as FrameworkEstimator, parts.jobName, outputPath, at, problems)
    : undefined;
  const { modelUri } = options;
  const data = [
    ...(lowerChannels(parts.data, session, [...root, "InputDataConfig"], problems) ?? []),
    ...(modelUri === undefined ? [] : [modelChannel(options)]),
    ...(framework?.codeChannel === undefined ? [] : [framework.codeChannel]),
  ];
  const members = {
    AlgorithmSpecification: lowerAlgorithm(options, framework, [...root, "AlgorithmSpecification"], problems),
    RoleArn: roleArn(options.role, session),
    InputDataConfig: parts.data === undefined && data.length === 0 ? undefined : data,
    OutputDataConfig: withoutUndefined({
      S3OutputPath: outputPath,
      KmsKeyId: options.outputKmsKey,
      CompressionType: options.outputCompressionType,
    }),
    ...lowerMachines(options),
  };
  for (const name of Object.keys(framework?.hyperparameters ?? {}).filter((one) => Object.hasOwn(own ?? {}, one))) {
    const message = `${name} is the container's own, and is set by the options of the estimator`;
    problems.add("conflicting_options", [...at, "hyperparameters", name], message, "leave it out");
  }
  const hyperparameters = framework === undefined ? own : { ...own, ...framework.hyperparameters };
  return { members: withoutUndefined(members), hyperparameters, encoding, outputPath };
}

function lowerAlgorithm(
  options: EstimatorDescription,
  framework: LoweredFramework | undefined,
  path: Path,
  problems: Problems,
): object {
  return withoutUndefined({
    TrainingImage: framework === undefined ? options.imageUri : framework.image,
    TrainingInputMode: options.inputMode ?? "File",
    MetricDefinitions: options.metricDefinitions,
    EnableSageMakerMetricsTimeSeries: options.enableSageMakerMetrics,
    ContainerEntrypoint: options.containerEntrypoint,
    ContainerArguments: lowerArguments(options.containerArguments, [...path, "ContainerArguments"], problems),
  });
}

/** What a job runs on, for how long, and within which bounds. */
function lowerMachines(options: EstimatorDescription): Record<string, unknown> {
  const { subnets, securityGroupIds, checkpointS3Uri, checkpointLocalPath, maxRetryAttempts } = options;
  const hasVpc = subnets !== undefined || securityGroupIds !== undefined;
  const hasCheckpoints = checkpointS3Uri !== undefined || checkpointLocalPath !== undefined;
  return {
    ResourceConfig: withoutUndefined({
      InstanceCount: options.instanceCount,
      InstanceType: options.instanceType,
      VolumeSizeInGB: options.volumeSizeInGb ?? standardVolume,
      VolumeKmsKeyId: options.volumeKmsKey,
      KeepAlivePeriodInSeconds: options.keepAlivePeriodInSeconds,
    }),
    StoppingCondition: withoutUndefined({
      MaxRuntimeInSeconds: options.maxRunSeconds ?? day,
      MaxWaitTimeInSeconds: options.maxWaitSeconds,
    }),
    VpcConfig: hasVpc ? withoutUndefined({ Subnets: subnets, SecurityGroupIds: securityGroupIds }) : undefined,
    EnableManagedSpotTraining: options.useSpotInstances,
    EnableNetworkIsolation: options.enableNetworkIsolation,
    EnableInterContainerTrafficEncryption: options.encryptInterContainerTraffic,
    CheckpointConfig: hasCheckpoints
      ? withoutUndefined({ S3Uri: checkpointS3Uri, LocalPath: checkpointLocalPath })
      : undefined,
    Environment: options.environment,
    RetryStrategy: maxRetryAttempts === undefined ? undefined : { MaximumRetryAttempts: maxRetryAttempts },
  };
}

function modelChannel({ modelUri, modelChannelName = "model" }: EstimatorDescription): Record<string, unknown> {
  return {
    DataSource: {
      S3DataSource: { S3DataType: "S3Prefix", S3Uri: modelUri, S3DataDistributionType: "FullyReplicated" },
    },
    ContentType: "application/x-sagemaker-model",
    InputMode: "File",
    ChannelName: modelChannelName,
  };
}
