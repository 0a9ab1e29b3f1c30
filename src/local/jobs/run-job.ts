import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../clock.js";
import type { LogStore } from "../logs/log-store.js";
import type { ObjectStore } from "../storage/object-store.js";
import { collectOutput } from "./collect-outputs.js";
import { hostPath, writeContainerFiles } from "./container-files.js";
import { scriptsWithContainerPaths } from "./container-scripts.js";
import { readExitMessage } from "./exit-message.js";
import { commandProblem } from "./find-command.js";
import type { Isolation } from "./isolation.js";
import { jobEnvironment, mlRootVariable } from "./job-environment.js";
import { JobFailure } from "./job-failure.js";
import { type JobLog, openJobLog } from "./job-log.js";
import type { JobOutcome } from "./job-state.js";
import { inNamespace } from "./namespace.js";
import type { ProcessingJobRequest } from "./processing-job-request.js";
import { type HostEnd, type HostProcess, startHost } from "./run-host.js";
import { inScratch } from "./scratch-paths.js";
import { stageInput } from "./stage-inputs.js";
import type { StopSignal } from "./stop-signal.js";
import { waitForHosts } from "./wait-for-hosts.js";

/** What a job runs with. */
export interface JobSurroundings {
  readonly storage: ObjectStore;
  readonly logs: LogStore;
  /** Milliseconds since 1970, as the service tells the time. */
  readonly now: () => number;
  /** For time limits: the processes live in real time. */
  readonly clock: Clock;
  readonly isolation: Isolation;
  /** Variables by which a script reaches the local service. */
  readonly environment: { readonly [name: string]: string };
  /** Milliseconds from SIGTERM to SIGKILL. */
  readonly graceMs: number;
}

/** One of the machines that a job believes to run on. */
interface Host {
  readonly name: string;
  /** Holds `ml`, `work` and `tmp`. */
  readonly folder: string;
  readonly ml: string;
  readonly log: JobLog;
}

/**
 * Runs a job to its end: lays out its inputs, runs its command on each host and copies its outputs to S3.
 *
 * @param options.folder - Scratch folder of the job; it exists.
 * @param options.onStart - Called when the processes are about to start.
 */
export async function runJob(
  surroundings: JobSurroundings,
  options: {
    readonly request: ProcessingJobRequest;
    readonly arn: string;
    readonly folder: string;
    readonly stop: StopSignal;
    readonly onStart: () => void;
  },
): Promise<JobOutcome> {
  const { request, stop } = options;
  const hosts = openHosts(surroundings, request, options.folder);
  try {
    await layOut(surroundings, options, hosts);
    if (stop.isSet) return { status: "Stopped" };
    options.onStart();
    const processes = await startAll(surroundings, request, hosts);
    const ends = await waitForHosts({
      ...surroundings,
      maxRuntimeSeconds: request.maxRuntimeSeconds,
      stop,
      processes,
      logs: hosts.map(({ log }) => log),
    });
    const exitMessage = (await Promise.all(hosts.map(({ ml }) => readExitMessage(ml)))).join("");
    if (stop.isSet) return { status: "Stopped", exitMessage };
    const failureReason = failureOf(ends, request);
    if (failureReason !== undefined) return { status: "Failed", failureReason, exitMessage };
    for (const host of hosts) {
      if (stop.isSet) return { status: "Stopped", exitMessage };
      await collectOutputs(surroundings, request, host);
    }
    return { status: "Completed", exitMessage };
  } catch (error) {
    if (!(error instanceof JobFailure)) throw error;
    hosts[0]?.log.note(error.message);
    return { status: "Failed", failureReason: error.message };
  }
}

function openHosts(surroundings: JobSurroundings, request: ProcessingJobRequest, folder: string): Host[] {
  const epochSeconds = Math.floor(surroundings.now() / 1000);
  return Array.from({ length: request.instanceCount }, (_, index) => {
    const name = `algo-${index + 1}`;
    const log = openJobLog(surroundings.logs, `${request.name}/${name}-${epochSeconds}`);
    return { name, folder: join(folder, name), ml: join(folder, name, "ml"), log };
  });
}

async function layOut(
  { storage, isolation }: JobSurroundings,
  { request, arn }: { readonly request: ProcessingJobRequest; readonly arn: string },
  hosts: readonly Host[],
): Promise<void> {
  const names = hosts.map(({ name }) => name);
  for (const { name, folder, ml, log } of hosts) {
    log.note(`isolation "${isolation.kind}": ${isolation.reason}`);
    for (const line of request.withoutEffect) log.note(line);
    await mkdir(join(folder, "work"), { recursive: true });
    await mkdir(join(folder, "tmp"));
    await writeContainerFiles(ml, { request, arn, host: name, hosts: names });
  }
  for (const input of request.inputs) {
    await stageInput(
      storage,
      input,
      hosts.map(({ ml }) => hostPath(ml, input.localPath)),
    );
  }
  if (isolation.kind === "scratch") for (const host of hosts) await warnOfContainerPaths(host, request);
}

async function warnOfContainerPaths({ ml, log }: Host, request: ProcessingJobRequest): Promise<void> {
  for (const script of await scriptsWithContainerPaths(ml, request)) {
    const place = `read the folder from the variable ${mlRootVariable}`;
    log.note(`warning: the script ${script} names /opt/ml, which this machine cannot show it: ${place}`);
  }
}

async function startAll(
  surroundings: JobSurroundings,
  request: ProcessingJobRequest,
  hosts: readonly Host[],
): Promise<HostProcess[]> {
  const processes: HostProcess[] = [];
  try {
    for (const host of hosts) processes.push(await start(surroundings, request, host));
    return processes;
  } catch (error) {
    for (const started of processes) started.kill();
    await Promise.all(processes.map(({ ended }) => ended));
    throw error;
  }
}

async function start(surroundings: JobSurroundings, request: ProcessingJobRequest, host: Host): Promise<HostProcess> {
  const { isolation, environment: service } = surroundings;
  const inside = isolation.kind === "namespace";
  const seenMl = inside ? "/opt/ml" : host.ml;
  const work = join(host.folder, "work");
  const environment = jobEnvironment(request, { ml: seenMl, temporary: join(host.folder, "tmp"), service });
  const [first, ...rest] = request.command;
  const command = [inScratch(first, seenMl), ...rest.map((word) => inScratch(word, seenMl))] as const;
  const onHost = (path: string) => (inside ? hostPath(host.ml, path) : path);
  const problem = await commandProblem(command[0], { path: environment["PATH"] ?? "", folder: work, onHost });
  if (problem !== undefined) {
    throw new JobFailure(
      `AlgorithmError: ${problem}: install it, or give a ContainerEntrypoint that this machine has, exit code: 127`,
    );
  }
  return startHost({
    command: inside ? inNamespace(host.ml, command) : command,
    folder: work,
    environment,
    saysReady: inside,
    onLine: host.log.line,
  });
}

function failureOf(ends: readonly HostEnd[], { command }: ProcessingJobRequest): string | undefined {
  const failed = ends.find(({ exitCode }) => exitCode !== 0);
  if (failed === undefined) return undefined;
  if (failed.startProblem === undefined) return `AlgorithmError: , exit code: ${failed.exitCode}`;
  return `InternalServerError: the command ${JSON.stringify(command[0])} could not be started: ${failed.startProblem}`;
}

async function collectOutputs({ storage }: JobSurroundings, request: ProcessingJobRequest, host: Host): Promise<void> {
  for (const output of request.outputs) {
    const folder = hostPath(host.ml, output.localPath);
    const count = await collectOutput(storage, output, { folder, ml: host.ml, say: host.log.note });
    host.log.note(`output "${output.name}": ${count} files uploaded to ${output.destination.uri}`);
  }
}
