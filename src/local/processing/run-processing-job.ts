import { collectOutput } from "../jobs/collect-outputs.js";
import { hostPath } from "../jobs/host-path.js";
import type { JobRun } from "../jobs/job-kind.js";
import { processingLogGroup } from "../jobs/job-log.js";
import type { JobOutcome } from "../jobs/job-state.js";
import {
  failing,
  failureOf,
  type Host,
  type HostsWork,
  type JobSurroundings,
  openHosts,
  runHosts,
} from "../jobs/run-hosts.js";
import { saving } from "../jobs/saving.js";
import { writeContainerFiles } from "./container-files.js";
import { readExitMessage } from "./exit-message.js";
import type { ProcessingJobRequest } from "./processing-job-request.js";

/** Runs a processing job to its end: lays out its inputs, runs its command on each host and copies its outputs to S3. */
export async function runProcessingJob(
  surroundings: JobSurroundings,
  run: JobRun<ProcessingJobRequest>,
): Promise<JobOutcome> {
  const { request, stop } = run;
  const hosts = openHosts(surroundings, { ...request, ...run, logGroup: processingLogGroup });
  return failing(hosts, async () => {
    const ran = await runHosts(surroundings, workOf(request, run.arn), { ...run, hosts });
    if (ran === undefined) return { status: "Stopped" };
    const exitMessage = (await Promise.all(hosts.map(({ ml }) => readExitMessage(ml)))).join("");
    if (stop.isSet) return { status: "Stopped", exitMessage };
    const failureReason = failureOf(ran.ends, request.command);
    if (failureReason !== undefined) return { status: "Failed", failureReason, exitMessage };
    for (const host of hosts) {
      if (stop.isSet) return { status: "Stopped", exitMessage };
      await saving([host], () => collectOutputs(surroundings, request, host));
    }
    return { status: "Completed", exitMessage };
  });
}

function workOf(request: ProcessingJobRequest, arn: string): HostsWork {
  return {
    inputs: request.inputs,
    notes: request.notes,
    maxRuntimeSeconds: request.maxRuntimeSeconds,
    fix: "install it, or give a ContainerEntrypoint that this machine has",
    writeFiles: ({ ml, name }, hosts) => writeContainerFiles(ml, { request, arn, host: name, hosts }),
    command: async () => request.command,
    environment: () => request.environment,
  };
}

async function collectOutputs({ storage }: JobSurroundings, request: ProcessingJobRequest, host: Host): Promise<void> {
  for (const output of request.outputs) {
    const folder = hostPath(host.ml, output.localPath);
    const count = await collectOutput(storage, output, { folder, ml: host.ml, say: host.log.note });
    host.log.note(`output "${output.name}": ${count} files uploaded to ${output.destination.uri}`);
  }
}
