import type { JsonObject } from "../../language/json.js";
import type { HostCommand } from "../jobs/local-commands.js";
import { listAt, mapAt, objectAt, refused, textAt, textsAt } from "../jobs/request-parts.js";
import { withoutEffect } from "../jobs/without-effect.js";

/** Throws `ValidationException` for what AWS refuses beyond its shapes, and for what does not run locally, by name. */
export function checkRunsHere(members: JsonObject): void {
  const algorithm = objectAt(members, "AlgorithmSpecification");
  const images = ["TrainingImage", "AlgorithmName"].filter((name) => textAt(algorithm, name) !== "");
  if (images.length !== 1) throw refused("expected one of TrainingImage and AlgorithmName in AlgorithmSpecification");
  if (members["ServerlessJobConfig"] !== undefined) throw refused("ServerlessJobConfig does not run locally");
  checkResources(members);
  const names = listAt(members, "InputDataConfig").map((channel) => textAt(channel, "ChannelName"));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw refused(`expected channels of different names, got "${twice}" twice`);
  for (const channel of listAt(members, "InputDataConfig"))
    checkChannel(channel, textAt(algorithm, "TrainingInputMode"));
  const texts = [
    ...[...mapAt(members, "HyperParameters")].flat(),
    ...mapAt(members, "Environment").values(),
    ...textsAt(algorithm, "ContainerEntrypoint"),
    ...textsAt(algorithm, "ContainerArguments"),
  ];
  if (texts.some((text) => text.includes("\0"))) {
    throw refused("a hyperparameter, variable or word of the command has a NUL character, which no process takes");
  }
}

function checkResources(members: JsonObject): void {
  const resources = objectAt(members, "ResourceConfig");
  if (resources["InstanceGroups"] !== undefined) {
    throw refused("InstanceGroups do not run locally; use InstanceCount and InstanceType");
  }
  if (resources["InstanceCount"] === undefined || resources["InstanceType"] === undefined) {
    throw refused("expected InstanceCount and InstanceType in ResourceConfig");
  }
  const { MaxRuntimeInSeconds = 0, MaxWaitTimeInSeconds } = objectAt(members, "StoppingCondition");
  const isSpot = members["EnableManagedSpotTraining"] === true;
  if (isSpot && !(Number(MaxWaitTimeInSeconds) >= Number(MaxRuntimeInSeconds))) {
    const rule = "It must be present and be greater than or equal to MaxRuntimeInSeconds";
    throw refused(`Invalid MaxWaitTimeInSeconds. ${rule}`);
  }
  if (!isSpot && MaxWaitTimeInSeconds !== undefined) {
    throw refused("Invalid MaxWaitTimeInSeconds. It can be specified only for managed spot training");
  }
}

function checkChannel(channel: JsonObject, jobMode: string): void {
  const name = textAt(channel, "ChannelName");
  const data = objectAt(channel, "DataSource");
  const mode = textAt(channel, "InputMode") || jobMode;
  if (name === "." || name === "..") throw refused(`the channel ${JSON.stringify(name)} would have no folder`);
  for (const source of ["FileSystemDataSource", "DatasetSource"]) {
    if (data[source] !== undefined) throw refused(`${source} of channel "${name}" does not run locally`);
  }
  if (data["S3DataSource"] === undefined) throw refused(`channel "${name}" has no S3DataSource`);
  if (objectAt(data, "S3DataSource")["S3DataType"] === "AugmentedManifestFile") {
    throw refused(`S3DataType AugmentedManifestFile of channel "${name}" does not run locally`);
  }
  if (mode === "Pipe") throw refused(`input mode Pipe of channel "${name}" does not run locally; use File or FastFile`);
  if (channel["CompressionType"] === "Gzip") {
    throw refused(`CompressionType Gzip of channel "${name}" does not run locally; use None`);
  }
}

/** What the request asks for and a local run does otherwise, a line each. */
export function trainingNotes(members: JsonObject, command: HostCommand | undefined): string[] {
  const algorithm = objectAt(members, "AlgorithmSpecification");
  const channels = listAt(members, "InputDataConfig");
  const image = textAt(algorithm, "TrainingImage") || textAt(algorithm, "AlgorithmName");
  const runs = command === undefined ? "the script" : `the command ${JSON.stringify(command.words)}`;
  const modes = [algorithm["TrainingInputMode"], ...channels.map((channel) => channel["InputMode"])];
  const told = [
    [modes.includes("FastFile"), "FastFile: the files are copied before the job begins"],
    [channels.some((channel) => channel["RecordWrapperType"] === "RecordIO"), "RecordIO: files are left as they are"],
    [members["CheckpointConfig"] !== undefined, "checkpoints are uploaded at the end, not continuously"],
  ] as const;
  const lines = told.flatMap(([holds, line]) => (holds ? [line] : []));
  const sources = channels.map((channel) => objectAt(objectAt(channel, "DataSource"), "S3DataSource"));
  const undone = [
    ...withoutEffect(members, done.members),
    ...withoutEffect(algorithm, done.algorithm),
    ...withoutEffect(objectAt(members, "OutputDataConfig"), done.output),
    ...withoutEffect(objectAt(members, "ResourceConfig"), done.resources),
    ...withoutEffect(objectAt(members, "StoppingCondition"), done.stopping),
    ...channels.flatMap((channel) => withoutEffect(channel, done.channel)),
    ...sources.flatMap((source) => withoutEffect(source, done.source)),
  ];
  return [`the image ${image} is not used: ${runs} runs on this machine`, ...lines, ...new Set(undone)];
}

/** What a local run does, or tells in words of its own. */
const done = {
  members: [
    "TrainingJobName",
    "HyperParameters",
    "AlgorithmSpecification",
    "RoleArn",
    "InputDataConfig",
    "OutputDataConfig",
    "ResourceConfig",
    "StoppingCondition",
    "Tags",
    "CheckpointConfig",
    "Environment",
  ],
  algorithm: [
    "TrainingImage",
    "AlgorithmName",
    "TrainingInputMode",
    "MetricDefinitions",
    "ContainerEntrypoint",
    "ContainerArguments",
  ],
  output: ["S3OutputPath", "CompressionType"],
  // A volume is as large as the disk of this machine.
  resources: ["InstanceType", "InstanceCount", "VolumeSizeInGB"],
  stopping: ["MaxRuntimeInSeconds"],
  channel: ["ChannelName", "DataSource", "ContentType", "CompressionType", "RecordWrapperType", "InputMode"],
  source: ["S3DataType", "S3Uri", "S3DataDistributionType"],
} as const;
