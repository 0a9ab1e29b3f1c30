import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { JsonObject } from "../../language/json.js";
import { hostPath } from "../jobs/host-path.js";
import type { ProcessingJobRequest } from "./processing-job-request.js";

const top = [
  "ProcessingJobName",
  "AppSpecification",
  "Environment",
  "ProcessingInputs",
  "ProcessingOutputConfig",
  "ProcessingResources",
  "NetworkConfig",
  "RoleArn",
  "StoppingCondition",
];

/**
 * Writes what a processing container finds below `/opt/ml`: two configuration files, and the folders of its outputs.
 *
 * @param ml - The folder that the host sees as `/opt/ml`.
 * @param host - For example `algo-1`.
 */
export async function writeContainerFiles(
  ml: string,
  options: {
    readonly request: ProcessingJobRequest;
    readonly arn: string;
    readonly host: string;
    readonly hosts: readonly string[];
  },
): Promise<void> {
  const { request, arn, host, hosts } = options;
  const config = join(ml, "config");
  for (const folder of [config, join(ml, "output"), join(ml, "processing")]) await mkdir(folder, { recursive: true });
  for (const { localPath } of request.outputs) await mkdir(hostPath(ml, localPath), { recursive: true });
  await writeFile(join(config, "processingjobconfig.json"), JSON.stringify(jobConfig(request.members, arn)));
  await writeFile(join(config, "resourceconfig.json"), JSON.stringify({ current_host: host, hosts }));
}

/** The request with its ARN; null for what was left out. */
function jobConfig(members: JsonObject, arn: string): JsonObject {
  const app = { ContainerEntrypoint: null, ContainerArguments: null, ...Object(members["AppSpecification"]) };
  const request = Object.fromEntries(top.map((name) => [name, members[name] ?? null]));
  return { ProcessingJobArn: arn, ...request, AppSpecification: app };
}
