import type { JsonObject } from "../../language/json.js";
import { JobFailure } from "../jobs/job-failure.js";
import type { JobRun } from "../jobs/job-kind.js";
import { trainingLogGroup } from "../jobs/job-log.js";
import type { JobOutcome } from "../jobs/job-state.js";
import type { JobInput } from "../jobs/request-parts.js";
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
import type { HostsEnd } from "../jobs/wait-for-hosts.js";
import { modelUri, saveModel, saveOutput } from "./artifacts.js";
import { readFailure } from "./failure-file.js";
import { findMetrics } from "./final-metrics.js";
import { prepareScript } from "./script-mode.js";
import { trainingEnvironment } from "./training-environment.js";
import { writeTrainingFiles } from "./training-files.js";
import type { TrainingJobRequest } from "./training-job-request.js";

/** Runs a training job to its end: lays out its channels, runs its command on each host and leaves its model in S3. */
export async function runTrainingJob(
  surroundings: JobSurroundings,
  run: JobRun<TrainingJobRequest>,
): Promise<JobOutcome> {
  const { request, onStart, onPhase } = run;
  const hosts = openHosts(surroundings, { ...request, ...run, logGroup: trainingLogGroup });
  return failing(hosts, async () => {
    onPhase("Downloading");
    const work = await workOf(surroundings, run);
    const begin = (): void => {
      onPhase("Training");
      onStart();
    };
    const ran = await runHosts(surroundings, work, { hosts, stop: run.stop, onStart: begin });
    if (ran === undefined) return { status: "Stopped" };
    onPhase("Uploading");
    return finish(surroundings, run, hosts, ran);
  });
}

/** How the job has ended is settled by its processes, before anything is saved. */
async function finish(
  surroundings: JobSurroundings,
  { request, stop }: JobRun<TrainingJobRequest>,
  hosts: readonly Host[],
  ran: HostsEnd,
): Promise<JobOutcome> {
  const outcome: JobOutcome = stop.isSet
    ? { status: "Stopped", isLate: ran.isLate }
    : await ending(request, hosts, ran);
  const metrics = await finalMetrics(surroundings, request, hosts);
  const saved = await failing(hosts, () => saving(hosts, () => save(surroundings, request, hosts, outcome)));
  // What cannot be saved fails a job that would be Completed. Of all others it stands in the log.
  const { details, ...known } = outcome.status === "Completed" ? saved : { ...outcome, details: saved.details };
  const isStoppedLate = stop.isSet && known.status === "Completed";
  return { ...known, ...(isStoppedLate && { status: "Stopped" }), details: { ...details, ...metrics } };
}

async function ending(request: TrainingJobRequest, hosts: readonly Host[], { ends }: HostsEnd): Promise<JobOutcome> {
  const failed = hosts[ends.findIndex(({ exitCode }) => exitCode !== 0)];
  const told = failed === undefined ? "" : await readFailure(failed.ml);
  const failureReason = failureOf(ends, request.command ?? { words: ["python3"] }, told);
  return failureReason === undefined ? { status: "Completed" } : { status: "Failed", failureReason };
}

/** A job that was stopped keeps what it has made, as on AWS; one that has failed has no model. */
async function save(
  surroundings: JobSurroundings,
  request: TrainingJobRequest,
  hosts: readonly Host[],
  outcome: JobOutcome,
): Promise<JobOutcome> {
  await saveOutput(surroundings, request, hosts);
  if (outcome.status === "Failed") return outcome;
  await saveModel(surroundings, request, hosts);
  return { ...outcome, details: { ModelArtifacts: { S3ModelArtifacts: modelUri(request) } } };
}

async function workOf({ storage }: JobSurroundings, { request, arn }: JobRun<TrainingJobRequest>): Promise<HostsWork> {
  const { command, script } = request;
  const names = Array.from({ length: request.instanceCount }, (_, index) => `algo-${index + 1}`);
  return {
    inputs: [...request.channels, ...(await checkpointsOf(storage, request))],
    notes: request.notes,
    maxRuntimeSeconds: request.maxRuntimeSeconds,
    fix: "install it, or name another local command",
    writeFiles: ({ ml, name }, hosts) => writeTrainingFiles(ml, { request, host: name, hosts }),
    async command(host) {
      if (command !== undefined) return command;
      if (script === undefined) throw new JobFailure("InternalServerError: the job has no command");
      return prepareScript(storage, { ...request, script }, host);
    },
    environment: ({ name }) => trainingEnvironment(request, { arn, host: name, hosts: names }),
  };
}

/** Checkpoints of an earlier run, if there are any. */
async function checkpointsOf(
  storage: JobSurroundings["storage"],
  { checkpoints }: TrainingJobRequest,
): Promise<readonly JobInput[]> {
  if (checkpoints === undefined) return [];
  const { place, localPath } = checkpoints;
  const prefix = place.key === "" || place.key.endsWith("/") ? place.key : `${place.key}/`;
  const source = { ...place, key: prefix };
  const keys = (await storage.hasBucket(place.bucket)) ? await storage.keys(place.bucket, prefix) : [];
  if (keys.length === 0) return [];
  return [{ name: "checkpoints", source, localPath, isManifest: false, isSharded: false }];
}

async function finalMetrics(
  { logs }: JobSurroundings,
  { name, metrics: definitions }: TrainingJobRequest,
  hosts: readonly Host[],
): Promise<JsonObject> {
  const streams = (logs.streams(trainingLogGroup) ?? []).filter((stream) => stream.name.startsWith(`${name}/`));
  const lines = streams.flatMap((stream) => stream.lines).filter(({ message }) => !message.startsWith("[sfn-ds] "));
  const { metrics, problems } = await findMetrics(definitions, lines);
  for (const problem of problems) hosts[0]?.log.note(problem);
  if (metrics.length === 0) return {};
  const found = metrics.map((metric) => ({
    MetricName: metric.name,
    Value: metric.value,
    Timestamp: metric.timestamp / 1000,
  }));
  return { FinalMetricDataList: found };
}
