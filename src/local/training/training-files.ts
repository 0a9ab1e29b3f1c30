import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { JsonObject } from "../../language/json.js";
import { hostPath } from "../jobs/host-path.js";
import { listAt, objectAt, textAt } from "../jobs/request-parts.js";
import type { TrainingJobRequest } from "./training-job-request.js";

/** All hosts of a job are this machine. */
export const networkInterface = "lo";

const group = "homogeneousCluster";

/** Writes what a training container finds below `/opt/ml` before its data: the configuration files and empty folders. */
export async function writeTrainingFiles(
  ml: string,
  {
    request,
    host,
    hosts,
  }: { readonly request: TrainingJobRequest; readonly host: string; readonly hosts: readonly string[] },
): Promise<void> {
  const config = join(ml, "input", "config");
  const folders = [config, join(ml, "input", "data"), join(ml, "model"), join(ml, "output", "data"), join(ml, "code")];
  const checkpoints = request.checkpoints === undefined ? [] : [hostPath(ml, request.checkpoints.localPath)];
  for (const folder of [...folders, ...checkpoints]) await mkdir(folder, { recursive: true });
  const files = {
    "hyperparameters.json": Object.fromEntries([...request.hyperParameters].map(([name, { text }]) => [name, text])),
    "inputdataconfig.json": inputDataConfig(request),
    "resourceconfig.json": resourceConfig(request, host, hosts),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(config, name), JSON.stringify(content));
}

/** The channels, by name. */
export function inputDataConfig({ members }: TrainingJobRequest): JsonObject {
  const mode = textAt(objectAt(members, "AlgorithmSpecification"), "TrainingInputMode");
  const channels = listAt(members, "InputDataConfig").map((channel) => {
    const { S3DataDistributionType } = objectAt(objectAt(channel, "DataSource"), "S3DataSource");
    const type = textAt(channel, "ContentType");
    const config: JsonObject = {
      ...(type === "" ? {} : { ContentType: type }),
      TrainingInputMode: textAt(channel, "InputMode") || mode,
      S3DistributionType: S3DataDistributionType ?? "FullyReplicated",
      RecordWrapperType: textAt(channel, "RecordWrapperType") || "None",
    };
    return [textAt(channel, "ChannelName"), config] as const;
  });
  return Object.fromEntries(channels);
}

/** The hosts. */
export function resourceConfig(
  { instanceType }: TrainingJobRequest,
  host: string,
  hosts: readonly string[],
): JsonObject {
  return {
    current_host: host,
    current_instance_type: instanceType,
    current_group_name: group,
    hosts: [...hosts],
    instance_groups: [{ instance_group_name: group, instance_type: instanceType, hosts: [...hosts] }],
    network_interface_name: networkInterface,
  };
}
