import type { JsonObject } from "../../language/json.js";
import type { JobOutcome, JobState } from "./job-state.js";
import type { JobSurroundings } from "./run-hosts.js";
import type { StopSignal } from "./stop-signal.js";

/** A job that is to be run. */
export interface JobRun<Request> {
  readonly request: Request;
  readonly arn: string;
  /** Scratch folder of the job; it exists. */
  readonly folder: string;
  readonly stop: StopSignal;
  /** Called when the processes are about to start. */
  readonly onStart: () => void;
  /** Called when a part of the job's time begins. */
  readonly onPhase: (name: string) => void;
}

/** What processing jobs and training jobs have each in a way of their own. */
export interface JobKind<Request extends { readonly name: string }> {
  /** As in ARNs: `processing-job`. */
  readonly resource: string;
  /** Member of the answer to a creation. */
  readonly arnMember: string;
  /** What AWS says of a name that another job has. */
  nameTaken(arn: string): string;
  /** What AWS says of a name that no job has. */
  notFound(name: string): string;
  /** Throws `ServiceError`. */
  read(input: JsonObject): Request;
  run(surroundings: JobSurroundings, run: JobRun<Request>): Promise<JobOutcome>;
  /** The answer of the operation that describes a job, times in seconds since 1970. */
  describe(state: JobState<Request>): JsonObject;
  /** An entry of the operation that lists jobs. */
  summarize(state: JobState<Request>): JsonObject;
}
