import type { Json, JsonObject } from "../../language/json.js";
import type { ProcessingJobRequest } from "./processing-job-request.js";

/** ProcessingJobStatus. */
export type JobStatus = "InProgress" | "Completed" | "Failed" | "Stopping" | "Stopped";

/** How a job has ended. */
export interface JobOutcome {
  readonly status: "Completed" | "Failed" | "Stopped";
  readonly failureReason?: string;
  readonly exitMessage?: string;
}

/** A job while it changes. Times are milliseconds since 1970. */
export interface JobState {
  readonly request: ProcessingJobRequest;
  readonly arn: string;
  readonly created: number;
  status: JobStatus;
  modified: number;
  started?: number;
  ended?: number;
  outcome?: JobOutcome;
}

const longestText = 1024;

/** The answer of DescribeProcessingJob, which has no tags; times in seconds since 1970. */
export function describeJob(state: JobState): JsonObject {
  const { request, arn, status, outcome } = state;
  const { Tags: _, ...members } = request.members;
  return {
    ...members,
    ProcessingJobArn: arn,
    ProcessingJobStatus: status,
    ...optional("ExitMessage", outcome?.exitMessage?.slice(0, longestText)),
    ...optional("FailureReason", outcome?.failureReason?.slice(0, longestText)),
    CreationTime: seconds(state.created),
    LastModifiedTime: seconds(state.modified),
    ...optional("ProcessingStartTime", state.started === undefined ? undefined : seconds(state.started)),
    ...optional("ProcessingEndTime", state.ended === undefined ? undefined : seconds(state.ended)),
  };
}

/** One entry of ListProcessingJobs. */
export function summarizeJob(state: JobState): JsonObject {
  const { request, arn, status, outcome } = state;
  return {
    ProcessingJobName: request.name,
    ProcessingJobArn: arn,
    CreationTime: seconds(state.created),
    ...optional("ProcessingEndTime", state.ended === undefined ? undefined : seconds(state.ended)),
    LastModifiedTime: seconds(state.modified),
    ProcessingJobStatus: status,
    ...optional("FailureReason", outcome?.failureReason?.slice(0, longestText)),
    ...optional("ExitMessage", outcome?.exitMessage?.slice(0, longestText)),
  };
}

function optional(name: string, value: Json | undefined): JsonObject {
  return value === undefined || value === "" ? {} : { [name]: value };
}

function seconds(ms: number): number {
  return ms / 1000;
}
