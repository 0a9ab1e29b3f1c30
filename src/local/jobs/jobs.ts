import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { JsonObject } from "../../language/json.js";
import { type Clock, realClock } from "../clock.js";
import type { LocalIdentity } from "../identity.js";
import type { LogStore } from "../logs/log-store.js";
import { type Root, temporaryName } from "../root.js";
import { nameKey, resourceArn } from "../sagemaker/resource-arn.js";
import type { ObjectStore } from "../storage/object-store.js";
import { ServiceError } from "../wire.js";
import type { Isolation } from "./isolation.js";
import type { JobKind } from "./job-kind.js";
import type { JobOutcome, JobState } from "./job-state.js";
import { createStopSignal, type StopSignal } from "./stop-signal.js";

/** What jobs run with. */
export interface JobsOptions {
  readonly root: Root;
  readonly identity: LocalIdentity;
  readonly storage: ObjectStore;
  readonly logs: LogStore;
  /** How jobs see `/opt/ml`. */
  readonly isolation: () => Promise<Isolation>;
  /** Time limits of the processes. Default: those of this machine, also where the service has a clock of its own. */
  readonly clock?: Clock;
  /** What the time is, in milliseconds since 1970. Default: as `clock` says. */
  readonly now?: () => number;
  /** Variables by which a script reaches the local service, for example `AWS_ENDPOINT_URL`. Default: none. */
  readonly environment?: { readonly [name: string]: string };
  /** Seconds from SIGTERM to SIGKILL. Default: 5; 120 on AWS. */
  readonly graceSeconds?: number;
}

/** Jobs of one kind that run on this machine. They are known as long as the service runs. */
export interface Jobs {
  /** Starts a job, and gives its ARN as the service does. Throws `ServiceError`: `ValidationException`, `ResourceInUse`. */
  create(request: JsonObject): Promise<JsonObject>;
  /** The job's description, times in seconds since 1970. Throws `ServiceError`. */
  describe(name: string): JsonObject;
  /** Gives {@link describe} when the job is Completed, Failed or Stopped. */
  ended(name: string): Promise<JsonObject>;
  /** Ends a job early; nothing happens when it has ended. Throws `ServiceError` when there is no such job. */
  stop(name: string): void;
  /** Entries of a listing, newest first. */
  list(): readonly JsonObject[];
  /** Stops all jobs, waits until nothing of them is left and takes no new ones. */
  close(): Promise<void>;
}

interface Job<Request> {
  readonly state: JobState<Request>;
  readonly stop: StopSignal;
  readonly ended: Promise<JsonObject>;
}

/** Opens the runner of one kind of jobs. */
export function createJobs<Request extends { readonly name: string }>(
  kind: JobKind<Request>,
  options: JobsOptions,
): Jobs {
  const jobs = new Map<string, Job<Request>>();
  const now = timeOf(options);
  let isClosed = false;
  const existing = (name: string): Job<Request> => {
    const job = jobs.get(nameKey(name));
    if (job !== undefined) return job;
    throw new ServiceError("ValidationException", kind.notFound(name));
  };
  return {
    async create(input) {
      const request = kind.read(input);
      if (isClosed) throw new ServiceError("ServiceUnavailable", "the local service is closing", 503);
      const arn = resourceArn(options.identity, kind.resource, request.name);
      if (jobs.has(nameKey(request.name))) throw new ServiceError("ResourceInUse", kind.nameTaken(arn));
      const created = now();
      const state: JobState<Request> = { request, arn, created, phases: [], modified: created, status: "InProgress" };
      const stop = createStopSignal();
      jobs.set(nameKey(request.name), { state, stop, ended: run(kind, options, state, stop) });
      return { [kind.arnMember]: arn };
    },
    describe: (name) => kind.describe(existing(name).state),
    ended: (name) => existing(name).ended,
    stop: (name) => stopJob(existing(name), now()),
    list: () => [...jobs.values()].reverse().map(({ state }) => kind.summarize(state)),
    async close() {
      isClosed = true;
      for (const job of jobs.values()) stopJob(job, now());
      await Promise.all([...jobs.values()].map(({ ended }) => ended));
    },
  };
}

async function run<Request extends { readonly name: string }>(
  kind: JobKind<Request>,
  options: JobsOptions,
  state: JobState<Request>,
  stop: StopSignal,
): Promise<JsonObject> {
  const outcome = await outcomeOf(kind, options, state, stop);
  state.outcome = outcome;
  state.status = outcome.status;
  state.ended = timeOf(options)();
  state.modified = state.ended;
  return kind.describe(state);
}

/** Never rejects: what goes wrong here is the job's failure. */
async function outcomeOf<Request extends { readonly name: string }>(
  kind: JobKind<Request>,
  options: JobsOptions,
  state: JobState<Request>,
  stop: StopSignal,
): Promise<JobOutcome> {
  const { root, storage, logs, environment = {}, graceSeconds = 5, clock = realClock } = options;
  const { request, arn } = state;
  const folder = join(root.jobs, temporaryName(request.name));
  const now = timeOf(options);
  try {
    const isolation = await options.isolation();
    await mkdir(folder);
    const surroundings = { storage, logs, now, clock, isolation, environment, graceMs: graceSeconds * 1000 };
    const onStart = () => {
      state.started = now();
    };
    const onPhase = (name: string) => {
      state.phases.push({ name, began: now() });
      state.modified = now();
    };
    return await kind.run(surroundings, { request, arn, folder, stop, onStart, onPhase });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { status: "Failed", failureReason: `InternalServerError: ${reason}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function timeOf({ now, clock = realClock }: JobsOptions): () => number {
  return now ?? (() => clock.now());
}

function stopJob({ state, stop }: Job<unknown>, now: number): void {
  if (state.status !== "InProgress") return;
  state.status = "Stopping";
  state.modified = now;
  stop.set();
}
