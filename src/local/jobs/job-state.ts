import type { Json, JsonObject } from "../../language/json.js";

/** ProcessingJobStatus and TrainingJobStatus. */
export type JobStatus = "InProgress" | "Completed" | "Failed" | "Stopping" | "Stopped";

/** How a job has ended. */
export interface JobOutcome {
  readonly status: "Completed" | "Failed" | "Stopped";
  readonly failureReason?: string;
  readonly exitMessage?: string;
  /** The time of the job was over. */
  readonly isLate?: boolean;
  /** What the description of a job of this kind says besides. */
  readonly details?: JsonObject;
}

/** A part of a job's time, such as `Downloading`. */
export interface JobPhase {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly began: number;
}

/** A job while it changes. Times are milliseconds since 1970. */
export interface JobState<Request> {
  readonly request: Request;
  readonly arn: string;
  readonly created: number;
  readonly phases: JobPhase[];
  status: JobStatus;
  modified: number;
  /** When its processes were about to start. */
  started?: number;
  ended?: number;
  outcome?: JobOutcome;
}

const longestText = 1024;

/** A member of a description: left out where there is no value; texts have the length that AWS allows. */
export function optional(name: string, value: Json | undefined): JsonObject {
  if (value === undefined || value === "") return {};
  return { [name]: typeof value === "string" ? value.slice(0, longestText) : value };
}

/** As SageMaker gives dates; `undefined` where there is none yet. */
export function seconds(ms: number): number;
export function seconds(ms: number | undefined): number | undefined;
export function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}
