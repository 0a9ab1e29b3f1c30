import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { JsonObject } from "../../language/json.js";
import { type Clock, realClock } from "../clock.js";
import type { LocalIdentity } from "../identity.js";
import type { LogStore } from "../logs/log-store.js";
import { type Root, temporaryName } from "../root.js";
import type { ObjectStore } from "../storage/object-store.js";
import { ServiceError } from "../wire.js";
import { chooseIsolation, type Isolation, type IsolationKind } from "./isolation.js";
import { describeJob, type JobOutcome, type JobState, summarizeJob } from "./job-state.js";
import { readProcessingJobRequest } from "./processing-job-request.js";
import { runJob } from "./run-job.js";
import { createStopSignal, type StopSignal } from "./stop-signal.js";

/** What processing jobs run with. */
export interface ProcessingJobsOptions {
  readonly root: Root;
  readonly identity: LocalIdentity;
  readonly storage: ObjectStore;
  readonly logs: LogStore;
  /** Time limits of the processes. Default: those of this machine, also where the service has a clock of its own. */
  readonly clock?: Clock;
  /** What the time is, in milliseconds since 1970. Default: as `clock` says. */
  readonly now?: () => number;
  /** Default: `auto`, the namespace where it works, else a scratch folder. */
  readonly isolation?: IsolationKind | "auto";
  /** Variables by which a script reaches the local service, for example `AWS_ENDPOINT_URL`. Default: none. */
  readonly environment?: { readonly [name: string]: string };
  /** Seconds from SIGTERM to SIGKILL. Default: 5; 120 on AWS. */
  readonly graceSeconds?: number;
}

/** Processing jobs that run on this machine. They are known as long as the service runs. */
export interface ProcessingJobs {
  /** Starts a job. Throws `ServiceError`: `ValidationException`, `ResourceInUse`. */
  create(request: JsonObject): Promise<{ readonly ProcessingJobArn: string }>;
  /** The answer of DescribeProcessingJob, times in seconds since 1970. Throws `ServiceError`. */
  describe(name: string): JsonObject;
  /** Gives {@link describe} when the job is Completed, Failed or Stopped. */
  ended(name: string): Promise<JsonObject>;
  /** Ends a job early; nothing happens when it has ended. Throws `ServiceError` when there is no such job. */
  stop(name: string): void;
  /** Entries of ListProcessingJobs, newest first. */
  list(): readonly JsonObject[];
  /** How jobs see `/opt/ml` here, and why so. */
  isolation(): Promise<Isolation>;
  /** Stops all jobs, waits until nothing of them is left and takes no new ones. */
  close(): Promise<void>;
}

interface Job {
  readonly state: JobState;
  readonly stop: StopSignal;
  readonly ended: Promise<JsonObject>;
}

/** Opens the runner of processing jobs. */
export function createProcessingJobs(options: ProcessingJobsOptions): ProcessingJobs {
  const jobs = new Map<string, Job>();
  const now = timeOf(options);
  let isClosed = false;
  let isolation: Promise<Isolation> | undefined;
  const chosen = () => {
    isolation ??= chooseIsolation(options.root, options.isolation ?? "auto");
    return isolation;
  };
  return {
    async create(input) {
      const request = readProcessingJobRequest(input);
      if (isClosed) throw new ServiceError("ServiceUnavailable", "the local service is closing", 503);
      const arn = arnOf(options.identity, request.name);
      if (jobs.has(request.name)) throw nameTaken(arn);
      const created = now();
      const state: JobState = { request, arn, created, modified: created, status: "InProgress" };
      const stop = createStopSignal();
      jobs.set(request.name, { state, stop, ended: run(options, state, stop, chosen) });
      return { ProcessingJobArn: arn };
    },
    describe: (name) => describeJob(existing(jobs, name).state),
    ended: (name) => existing(jobs, name).ended,
    stop(name) {
      stopJob(options, existing(jobs, name));
    },
    list: () => [...jobs.values()].reverse().map(({ state }) => summarizeJob(state)),
    isolation: chosen,
    async close() {
      isClosed = true;
      for (const job of jobs.values()) stopJob(options, job);
      await Promise.all([...jobs.values()].map(({ ended }) => ended));
    },
  };
}

async function run(
  options: ProcessingJobsOptions,
  state: JobState,
  stop: StopSignal,
  chosen: () => Promise<Isolation>,
): Promise<JsonObject> {
  const now = timeOf(options);
  const outcome = await outcomeOf(options, state, stop, chosen);
  state.outcome = outcome;
  state.status = outcome.status;
  state.ended = now();
  state.modified = state.ended;
  return describeJob(state);
}

/** Never rejects: what goes wrong here is the job's failure. */
async function outcomeOf(
  options: ProcessingJobsOptions,
  state: JobState,
  stop: StopSignal,
  chosen: () => Promise<Isolation>,
): Promise<JobOutcome> {
  const { root, storage, logs, environment = {}, graceSeconds = 5, clock = realClock } = options;
  const folder = join(root.jobs, temporaryName(state.request.name));
  try {
    const isolation = await chosen();
    await mkdir(folder);
    const now = timeOf(options);
    const surroundings = { storage, logs, now, clock, isolation, environment, graceMs: graceSeconds * 1000 };
    const onStart = () => {
      state.started = now();
    };
    return await runJob(surroundings, { request: state.request, arn: state.arn, folder, stop, onStart });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { status: "Failed", failureReason: `InternalServerError: ${reason}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function timeOf({ now, clock = realClock }: ProcessingJobsOptions): () => number {
  return now ?? (() => clock.now());
}

function stopJob(options: ProcessingJobsOptions, { state, stop }: Job): void {
  if (state.status !== "InProgress") return;
  state.status = "Stopping";
  state.modified = timeOf(options)();
  stop.set();
}

function existing(jobs: ReadonlyMap<string, Job>, name: string): Job {
  const job = jobs.get(name);
  if (job !== undefined) return job;
  throw new ServiceError("ValidationException", `Could not find requested job with name: ${name}`);
}

function arnOf({ partition, region, account }: LocalIdentity, name: string): string {
  return `arn:${partition}:sagemaker:${region}:${account}:processing-job/${name.toLowerCase()}`;
}

function nameTaken(arn: string): ServiceError {
  const message = `Job name must be unique within an AWS account and region, and a job with this name already exists (${arn})`;
  return new ServiceError("ResourceInUse", message);
}
