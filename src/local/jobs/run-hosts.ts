import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../clock.js";
import type { LogStore } from "../logs/log-store.js";
import type { ObjectStore } from "../storage/object-store.js";
import { scriptsWithContainerPaths } from "./container-scripts.js";
import { commandProblem } from "./find-command.js";
import { hostPath } from "./host-path.js";
import type { Isolation } from "./isolation.js";
import { jobEnvironment, mlRootVariable } from "./job-environment.js";
import { JobFailure } from "./job-failure.js";
import { type JobLog, openJobLog } from "./job-log.js";
import type { JobOutcome } from "./job-state.js";
import type { HostCommand } from "./local-commands.js";
import { inNamespace } from "./namespace.js";
import type { JobInput } from "./request-parts.js";
import { type HostEnd, type HostProcess, startHost } from "./run-host.js";
import { inScratch } from "./scratch-paths.js";
import { stageInput } from "./stage-inputs.js";
import type { StopSignal } from "./stop-signal.js";
import { type HostsEnd, waitForHosts } from "./wait-for-hosts.js";

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
export interface Host {
  /** For example `algo-1`. */
  readonly name: string;
  /** Holds `ml`, `work` and `tmp`. */
  readonly folder: string;
  readonly ml: string;
  readonly log: JobLog;
}

/** What the hosts of a job do, whatever kind of job it is. */
export interface HostsWork {
  readonly inputs: readonly JobInput[];
  /** Lines for the log that say what is different from AWS. */
  readonly notes: readonly string[];
  readonly maxRuntimeSeconds: number;
  /** What to do where this machine does not have the command. */
  readonly fix: string;
  /** Writes what the container finds below `/opt/ml` before its inputs. */
  writeFiles(host: Host, hosts: readonly string[]): Promise<void>;
  /** Finishes the folder, once the inputs are there, and gives what is to be run in it. */
  command(host: Host): Promise<HostCommand>;
  /** Variables of the container; `/opt/ml` in their values is rewritten where that is necessary. */
  environment(host: Host): ReadonlyMap<string, string>;
}

/** Makes the hosts of a job in its scratch folder. */
export function openHosts(
  surroundings: JobSurroundings,
  job: { readonly name: string; readonly logGroup: string; readonly instanceCount: number; readonly folder: string },
): readonly Host[] {
  const epochSeconds = Math.floor(surroundings.now() / 1000);
  return Array.from({ length: job.instanceCount }, (_, index) => {
    const name = `algo-${index + 1}`;
    const log = openJobLog(surroundings.logs, job.logGroup, `${job.name}/${name}-${epochSeconds}`);
    return { name, folder: join(job.folder, name), ml: join(job.folder, name, "ml"), log };
  });
}

/**
 * Lays out the inputs of a job and runs its command on each host.
 *
 * @param options.onStart - Called when the processes are about to start.
 * @returns How they ended; `undefined` when the job was stopped before they began.
 * @throws {@link JobFailure}
 */
export async function runHosts(
  surroundings: JobSurroundings,
  work: HostsWork,
  options: { readonly hosts: readonly Host[]; readonly stop: StopSignal; readonly onStart: () => void },
): Promise<HostsEnd | undefined> {
  const { hosts, stop } = options;
  await layOut(surroundings, work, hosts);
  const commands = await Promise.all(hosts.map(async (host) => ({ host, command: await work.command(host) })));
  if (surroundings.isolation.kind === "scratch") {
    for (const { host, command } of commands) await warnOfContainerPaths(host, work, command);
  }
  if (stop.isSet) return undefined;
  options.onStart();
  const processes = await startAll(surroundings, work, commands);
  const logs = hosts.map(({ log }) => log);
  return waitForHosts({ ...surroundings, maxRuntimeSeconds: work.maxRuntimeSeconds, stop, processes, logs });
}

/** A failure of the job is told in its log, and is its outcome. */
export async function failing(hosts: readonly Host[], run: () => Promise<JobOutcome>): Promise<JobOutcome> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof JobFailure)) throw error;
    hosts[0]?.log.note(error.message);
    return { status: "Failed", failureReason: error.message };
  }
}

/**
 * Why a job has failed; `undefined` when all of its hosts ended with 0.
 *
 * @param told - What the job itself says of its failure.
 */
export function failureOf(ends: readonly HostEnd[], { words }: HostCommand, told = ""): string | undefined {
  const allFailed = ends.filter(({ exitCode }) => exitCode !== 0);
  const failed = allFailed.find(({ wasAsked }) => wasAsked === undefined) ?? allFailed[0];
  if (failed === undefined) return undefined;
  if (failed.startProblem === undefined) return `AlgorithmError: ${told}, exit code: ${failed.exitCode}`;
  return `InternalServerError: the command ${JSON.stringify(words[0])} could not be started: ${failed.startProblem}`;
}

async function layOut({ storage, isolation }: JobSurroundings, work: HostsWork, hosts: readonly Host[]): Promise<void> {
  const names = hosts.map(({ name }) => name);
  for (const host of hosts) {
    host.log.note(`isolation "${isolation.kind}": ${isolation.reason}`);
    for (const line of work.notes) host.log.note(line);
    await mkdir(join(host.folder, "work"), { recursive: true });
    await mkdir(join(host.folder, "tmp"));
    await work.writeFiles(host, names);
  }
  for (const input of work.inputs) {
    await stageInput(
      storage,
      input,
      hosts.map(({ ml }) => hostPath(ml, input.localPath)),
    );
  }
}

async function warnOfContainerPaths(
  { ml, log }: Host,
  work: HostsWork,
  { words, directory }: HostCommand,
): Promise<void> {
  const folders = work.inputs.map(({ localPath }) => localPath);
  const places = directory?.startsWith("/opt/ml/") ? [...folders, directory] : folders;
  for (const script of await scriptsWithContainerPaths(ml, { folders: places, words })) {
    const place = `read the folder from the variable ${mlRootVariable}`;
    log.note(`warning: the script ${script} names /opt/ml, which this machine cannot show it: ${place}`);
  }
}

interface HostStart {
  readonly host: Host;
  readonly command: HostCommand;
}

async function startAll(
  surroundings: JobSurroundings,
  work: HostsWork,
  starts: readonly HostStart[],
): Promise<HostProcess[]> {
  const processes: HostProcess[] = [];
  try {
    for (const one of starts) processes.push(await start(surroundings, work, one));
    return processes;
  } catch (error) {
    for (const started of processes) started.kill();
    await Promise.all(processes.map(({ ended }) => ended));
    throw error;
  }
}

async function start(
  { isolation, environment: service }: JobSurroundings,
  work: HostsWork,
  { host, command: { words, directory } }: HostStart,
): Promise<HostProcess> {
  const inside = isolation.kind === "namespace";
  const seenMl = inside ? "/opt/ml" : host.ml;
  const place = { ml: seenMl, temporary: join(host.folder, "tmp"), service };
  const environment = jobEnvironment(work.environment(host), place);
  const [first, ...rest] = words;
  const command = [inScratch(first, seenMl), ...rest.map((word) => inScratch(word, seenMl))] as const;
  const folder = directory === undefined ? join(host.folder, "work") : inScratch(directory, seenMl);
  const onHost = (path: string) => (inside ? hostPath(host.ml, path) : path);
  const problem = await commandProblem(command[0], { path: environment["PATH"] ?? "", folder, onHost });
  if (problem !== undefined) throw new JobFailure(`AlgorithmError: ${problem}: ${work.fix}, exit code: 127`);
  return startHost({
    command: inside ? inNamespace(host.ml, folder, command) : command,
    folder: onHost(folder),
    environment,
    saysReady: inside,
    onLine: host.log.line,
  });
}
