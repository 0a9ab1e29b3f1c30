import type { JsonObject } from "../../language/json.js";
import { type JobState, optional, seconds } from "../jobs/job-state.js";
import type { ProcessingJobRequest } from "./processing-job-request.js";

/** The answer of DescribeProcessingJob, which has no tags; times in seconds since 1970. */
export function describeProcessingJob(state: JobState<ProcessingJobRequest>): JsonObject {
  const { request, arn, status, outcome } = state;
  const { Tags: _, ...members } = request.members;
  return {
    ...members,
    ProcessingJobArn: arn,
    ProcessingJobStatus: status,
    ...optional("ExitMessage", outcome?.exitMessage),
    ...optional("FailureReason", outcome?.failureReason),
    CreationTime: seconds(state.created),
    LastModifiedTime: seconds(state.modified),
    ...optional("ProcessingStartTime", seconds(state.started)),
    ...optional("ProcessingEndTime", seconds(state.ended)),
  };
}

/** One entry of ListProcessingJobs. */
export function summarizeProcessingJob(state: JobState<ProcessingJobRequest>): JsonObject {
  const { request, arn, status, outcome } = state;
  return {
    ProcessingJobName: request.name,
    ProcessingJobArn: arn,
    CreationTime: seconds(state.created),
    ...optional("ProcessingEndTime", seconds(state.ended)),
    LastModifiedTime: seconds(state.modified),
    ProcessingJobStatus: status,
    ...optional("FailureReason", outcome?.failureReason),
    ...optional("ExitMessage", outcome?.exitMessage),
  };
}
