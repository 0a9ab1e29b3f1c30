import { posix } from "node:path";
import type { Json, JsonObject } from "../../language/json.js";
import { type FindCommand, type HostCommand, howToName, noCommands } from "../jobs/local-commands.js";
import {
  type JobInput,
  type JobOutput,
  listAt,
  mapAt,
  objectAt,
  refused,
  s3Place,
  textAt,
  textsAt,
} from "../jobs/request-parts.js";
import { withoutEffect } from "../jobs/without-effect.js";
import { readRequest } from "../protocols/shape.js";
import { processingJobShape } from "./processing-job-shape.js";

/** A request of CreateProcessingJob, read. */
export interface ProcessingJobRequest {
  readonly name: string;
  /** The request with the defaults that the service fills in. */
  readonly members: JsonObject;
  readonly command: HostCommand;
  readonly environment: ReadonlyMap<string, string>;
  readonly inputs: readonly JobInput[];
  readonly outputs: readonly JobOutput[];
  readonly instanceCount: number;
  readonly instanceType: string;
  readonly maxRuntimeSeconds: number;
  /** What the request asks for and a local run does otherwise, a line each. */
  readonly notes: readonly string[];
}

const processingFolder = "/opt/ml/processing/";
const defaultMaxRuntimeSeconds = 86_400;

/**
 * Reads a request of CreateProcessingJob.
 *
 * @param findCommand - Commands that stand for the entrypoints of images.
 * @throws `ValidationException` for what AWS refuses, and for what does not run locally, by name.
 */
export function readProcessingJobRequest(
  input: JsonObject,
  findCommand: FindCommand = noCommands,
): ProcessingJobRequest {
  const members = withDefaults(readRequest(processingJobShape, input));
  const app = objectAt(members, "AppSpecification");
  const cluster = objectAt(objectAt(members, "ProcessingResources"), "ClusterConfig");
  return {
    name: textAt(members, "ProcessingJobName"),
    members,
    command: commandOf(app, findCommand(textAt(app, "ImageUri"), textAt(members, "ProcessingJobName"))),
    environment: mapAt(members, "Environment"),
    inputs: listAt(members, "ProcessingInputs").map(readInput),
    outputs: listAt(objectAt(members, "ProcessingOutputConfig"), "Outputs").map(readOutput),
    instanceCount: Number(cluster["InstanceCount"]),
    instanceType: textAt(cluster, "InstanceType"),
    maxRuntimeSeconds: Number(objectAt(members, "StoppingCondition")["MaxRuntimeInSeconds"]),
    notes: notesOf(members),
  };
}

function withDefaults(request: JsonObject): JsonObject {
  const inputs = listAt(request, "ProcessingInputs").map((input) => ({
    AppManaged: false,
    ...input,
    ...(input["S3Input"] === undefined ? {} : { S3Input: { ...s3InputDefaults, ...objectAt(input, "S3Input") } }),
  }));
  const config = objectAt(request, "ProcessingOutputConfig");
  const outputs = listAt(config, "Outputs").map((output) => ({ AppManaged: false, ...output }));
  return {
    ...request,
    ...(request["ProcessingInputs"] === undefined ? {} : { ProcessingInputs: inputs }),
    ...(request["ProcessingOutputConfig"] === undefined
      ? {}
      : { ProcessingOutputConfig: { ...config, Outputs: outputs } }),
    StoppingCondition: { MaxRuntimeInSeconds: defaultMaxRuntimeSeconds, ...objectAt(request, "StoppingCondition") },
  };
}

const s3InputDefaults = { S3InputMode: "File", S3DataDistributionType: "FullyReplicated", S3CompressionType: "None" };

/** The request's own entrypoint replaces the one of the image, for which a local command stands. */
function commandOf(app: JsonObject, named: HostCommand | undefined): HostCommand {
  const [first, ...rest] = textsAt(app, "ContainerEntrypoint");
  const command = first === undefined ? named : { words: [first, ...rest] as const };
  if (command === undefined) {
    throw refused(
      `AppSpecification.ContainerEntrypoint is needed: the image is not run locally, so its own entrypoint is not known. ${howToName(textAt(app, "ImageUri"))}`,
    );
  }
  const {
    words: [program, ...own],
  } = command;
  const words = [program, ...own, ...textsAt(app, "ContainerArguments")] as const;
  if (words.some((word) => word.includes("\0")))
    throw refused("the command has a NUL character, which no process takes");
  return { ...command, words };
}

function readInput(input: JsonObject): JobInput {
  const name = textAt(input, "InputName");
  const s3 = objectAt(input, "S3Input");
  if (input["DatasetDefinition"] !== undefined)
    throw refused(`DatasetDefinition of input "${name}" does not run locally`);
  if (input["AppManaged"] === true) throw refused(`AppManaged of input "${name}" does not run locally`);
  if (input["S3Input"] === undefined) throw refused(`input "${name}" has no S3Input`);
  if (s3["S3InputMode"] === "Pipe") throw refused(`S3InputMode Pipe of input "${name}" does not run locally; use File`);
  if (s3["S3CompressionType"] === "Gzip") {
    throw refused(`S3CompressionType Gzip of input "${name}" does not run locally; use None`);
  }
  return {
    name,
    source: s3Place(textAt(s3, "S3Uri"), `input "${name}"`),
    localPath: containerPath(s3["LocalPath"], `input "${name}"`),
    isManifest: s3["S3DataType"] === "ManifestFile",
    isSharded: s3["S3DataDistributionType"] === "ShardedByS3Key",
  };
}

function readOutput(output: JsonObject): JobOutput {
  const name = textAt(output, "OutputName");
  const s3 = objectAt(output, "S3Output");
  if (output["FeatureStoreOutput"] !== undefined) {
    throw refused(`FeatureStoreOutput of output "${name}" does not run locally`);
  }
  if (output["AppManaged"] === true) throw refused(`AppManaged of output "${name}" does not run locally`);
  if (output["S3Output"] === undefined) throw refused(`output "${name}" has no S3Output`);
  return {
    name,
    destination: s3Place(textAt(s3, "S3Uri"), `output "${name}"`),
    localPath: containerPath(s3["LocalPath"], `output "${name}"`),
  };
}

function containerPath(path: Json | undefined, owner: string): string {
  const text = typeof path === "string" ? path : "";
  const plain = posix.normalize(text).replace(/\/$/, "");
  const isBelow = plain.startsWith(processingFolder) && text.replace(/\/$/, "") === plain && !plain.includes("\0");
  if (isBelow) return plain;
  throw refused(
    `the LocalPath of ${owner} is not allowed: expected a plain path below ${processingFolder}, got ${JSON.stringify(path ?? null)}`,
  );
}

function notesOf(request: JsonObject): string[] {
  const config = objectAt(request, "ProcessingOutputConfig");
  const cluster = objectAt(objectAt(request, "ProcessingResources"), "ClusterConfig");
  const continuous = listAt(config, "Outputs").filter((o) => objectAt(o, "S3Output")["S3UploadMode"] === "Continuous");
  const undone = [
    ...withoutEffect(request, done.members),
    ...withoutEffect(objectAt(request, "NetworkConfig"), []),
    ...withoutEffect(config, ["Outputs"]),
    ...withoutEffect(cluster, done.cluster),
  ];
  return [
    `the image ${textAt(objectAt(request, "AppSpecification"), "ImageUri")} is not used: the command runs on this machine`,
    ...undone,
    ...continuous.map((output) => `output "${textAt(output, "OutputName")}" is uploaded at the end, not continuously`),
  ];
}

/** What a local run does, or tells in words of its own. */
const done = {
  members: [
    "ProcessingInputs",
    "ProcessingOutputConfig",
    "ProcessingJobName",
    "ProcessingResources",
    "StoppingCondition",
    "AppSpecification",
    "Environment",
    "NetworkConfig",
    "RoleArn",
    "Tags",
  ],
  // A volume is as large as the disk of this machine.
  cluster: ["InstanceCount", "InstanceType", "VolumeSizeInGB"],
} as const;
