import { posix } from "node:path";
import type { JsonObject } from "../../language/json.js";
import { type FindCommand, type HostCommand, howToName } from "../jobs/local-commands.js";
import {
  type JobInput,
  listAt,
  mapAt,
  objectAt,
  refused,
  type S3Place,
  s3Place,
  textAt,
  textsAt,
} from "../jobs/request-parts.js";
import { readRequest } from "../protocols/shape.js";
import { containerHyperParameters, type HyperParameters, readHyperParameters } from "./hyperparameters.js";
import { trainingJobShape } from "./training-job-shape.js";
import { checkRunsHere, trainingNotes } from "./what-runs-here.js";

/** Where the container finds the code of script mode. */
export const codeFolder = "/opt/ml/code";

/** Where the container finds the files of a channel. */
export const channelFolder = (name: string): string => `/opt/ml/input/data/${name}`;

/** A program of the user's, which the framework containers fetch and start. */
export interface Script {
  /** A `tar.gz` with the program. */
  readonly source: S3Place;
  /** Path within the archive. */
  readonly program: string;
}

/** A request of CreateTrainingJob, read. */
export interface TrainingJobRequest {
  readonly name: string;
  /** The request with the defaults that the service fills in. */
  readonly members: JsonObject;
  /** What stands for the entrypoint of the image; `undefined` when `script` is started as the framework containers do. */
  readonly command: HostCommand | undefined;
  readonly script: Script | undefined;
  readonly hyperParameters: HyperParameters;
  readonly environment: ReadonlyMap<string, string>;
  readonly channels: readonly JobInput[];
  readonly checkpoints: { readonly place: S3Place; readonly localPath: string } | undefined;
  /** Where the output of all jobs goes; that of this one below its name. */
  readonly outputPath: S3Place;
  readonly isCompressed: boolean;
  readonly metrics: readonly { readonly name: string; readonly regex: string }[];
  readonly instanceCount: number;
  readonly instanceType: string;
  readonly maxRuntimeSeconds: number;
  readonly notes: readonly string[];
}

const defaultMaxRuntimeSeconds = 86_400;

/**
 * Reads a request of CreateTrainingJob.
 *
 * @param findCommand - Commands that stand for the entrypoints of images.
 * @throws `ValidationException` for what AWS refuses, and for what does not run locally, by name.
 */
export function readTrainingJobRequest(input: JsonObject, findCommand: FindCommand): TrainingJobRequest {
  const members = withDefaults(readRequest(trainingJobShape, input));
  checkRunsHere(members);
  const algorithm = objectAt(members, "AlgorithmSpecification");
  const resources = objectAt(members, "ResourceConfig");
  const output = objectAt(members, "OutputDataConfig");
  const hyperParameters = readHyperParameters(mapAt(members, "HyperParameters"));
  const command = commandOf(members, findCommand);
  const script = scriptOf(hyperParameters);
  if (command === undefined && script === undefined) throw noCommand(members);
  return {
    name: textAt(members, "TrainingJobName"),
    members,
    command,
    script,
    hyperParameters,
    environment: mapAt(members, "Environment"),
    channels: listAt(members, "InputDataConfig").map(readChannel),
    checkpoints: readCheckpoints(objectAt(members, "CheckpointConfig")),
    outputPath: s3Place(textAt(output, "S3OutputPath"), "the output"),
    isCompressed: textAt(output, "CompressionType") !== "NONE",
    metrics: listAt(algorithm, "MetricDefinitions").map((metric) => ({
      name: textAt(metric, "Name"),
      regex: textAt(metric, "Regex"),
    })),
    instanceCount: Number(resources["InstanceCount"]),
    instanceType: textAt(resources, "InstanceType"),
    maxRuntimeSeconds: Number(objectAt(members, "StoppingCondition")["MaxRuntimeInSeconds"]),
    notes: trainingNotes(members, command),
  };
}

function withDefaults(request: JsonObject): JsonObject {
  return {
    ...request,
    AlgorithmSpecification: { EnableSageMakerMetricsTimeSeries: false, ...objectAt(request, "AlgorithmSpecification") },
    ...(request["InputDataConfig"] === undefined
      ? {}
      : {
          InputDataConfig: listAt(request, "InputDataConfig").map((channel) => ({
            CompressionType: "None",
            RecordWrapperType: "None",
            ...channel,
          })),
        }),
    OutputDataConfig: { KmsKeyId: "", CompressionType: "GZIP", ...objectAt(request, "OutputDataConfig") },
    StoppingCondition: { MaxRuntimeInSeconds: defaultMaxRuntimeSeconds, ...objectAt(request, "StoppingCondition") },
    EnableNetworkIsolation: request["EnableNetworkIsolation"] ?? false,
    EnableInterContainerTrafficEncryption: request["EnableInterContainerTrafficEncryption"] ?? false,
    EnableManagedSpotTraining: request["EnableManagedSpotTraining"] ?? false,
  };
}

/** The request's own entrypoint replaces the one of the image, for which a local command stands. */
function commandOf(members: JsonObject, findCommand: FindCommand): HostCommand | undefined {
  const algorithm = objectAt(members, "AlgorithmSpecification");
  const [first, ...rest] = textsAt(algorithm, "ContainerEntrypoint");
  const named = findCommand(imageOf(members), textAt(members, "TrainingJobName"));
  const command = first === undefined ? named : { words: [first, ...rest] as const };
  if (command === undefined) return undefined;
  const {
    words: [program, ...own],
  } = command;
  return { ...command, words: [program, ...own, ...textsAt(algorithm, "ContainerArguments")] };
}

function imageOf(members: JsonObject): string {
  const algorithm = objectAt(members, "AlgorithmSpecification");
  return textAt(algorithm, "TrainingImage") || textAt(algorithm, "AlgorithmName");
}

function noCommand(members: JsonObject): Error {
  const image = imageOf(members);
  const what = `the image ${JSON.stringify(image)} of the training job ${JSON.stringify(textAt(members, "TrainingJobName"))}`;
  return refused(
    `${what} is not run locally, and nothing says what to run in its place. ${howToName(image)}. Script mode needs no name: hyperparameters sagemaker_program and sagemaker_submit_directory`,
  );
}

function scriptOf(hyperParameters: HyperParameters): Script | undefined {
  const container = containerHyperParameters(hyperParameters);
  const program = container.get("sagemaker_program")?.value;
  const folder = container.get("sagemaker_submit_directory")?.value;
  if (typeof program !== "string" || typeof folder !== "string" || !folder.startsWith("s3://")) return undefined;
  const plain = posix.normalize(program);
  if (plain !== program || plain.startsWith("/") || plain.startsWith("..") || plain.includes("\0")) {
    throw refused(`the hyperparameter sagemaker_program is no path within the code: ${JSON.stringify(program)}`);
  }
  if (!/\.(py|sh)$/.test(program)) {
    const got = JSON.stringify(program);
    throw refused(`script mode runs a .py or .sh file locally, got the hyperparameter sagemaker_program ${got}`);
  }
  return { program, source: s3Place(folder, "the hyperparameter sagemaker_submit_directory") };
}

function readChannel(channel: JsonObject): JobInput {
  const name = textAt(channel, "ChannelName");
  const source = objectAt(objectAt(channel, "DataSource"), "S3DataSource");
  return {
    name,
    source: s3Place(textAt(source, "S3Uri"), `channel "${name}"`),
    localPath: channelFolder(name),
    isManifest: source["S3DataType"] === "ManifestFile",
    isSharded: source["S3DataDistributionType"] === "ShardedByS3Key",
  };
}

function readCheckpoints(config: JsonObject): TrainingJobRequest["checkpoints"] {
  if (config["S3Uri"] === undefined) return undefined;
  const localPath = textAt(config, "LocalPath") || "/opt/ml/checkpoints";
  const plain = posix.normalize(localPath).replace(/\/$/, "");
  if (!plain.startsWith("/opt/ml/") || plain.includes("\0")) {
    throw refused(`expected a LocalPath below /opt/ml/ in CheckpointConfig, got ${JSON.stringify(localPath)}`);
  }
  return { place: s3Place(textAt(config, "S3Uri"), "CheckpointConfig"), localPath: plain };
}
