import type { JsonObject } from "../../language/json.js";
import { type JobState, optional, seconds } from "../jobs/job-state.js";
import type { TrainingJobRequest } from "./training-job-request.js";

const messages: { readonly [phase: string]: string } = {
  Starting: "Preparing the instances for training",
  Downloading: "Downloading input data",
  Training: "Training in-progress",
  Uploading: "Uploading generated training model",
  Stopping: "Stopping the training job",
  Stopped: "Training job stopped",
  MaxRuntimeExceeded: "Training job runtime exceeded MaxRuntimeInSeconds provided",
  Completed: "Training job completed",
  Failed: "Training job failed",
};

/** The answer of DescribeTrainingJob, which has no tags; times in seconds since 1970. */
export function describeTrainingJob(state: JobState<TrainingJobRequest>): JsonObject {
  const { request, arn, status, outcome, started, ended } = state;
  const { Tags: _, ...members } = request.members;
  const duration = started === undefined || ended === undefined ? undefined : Math.ceil((ended - started) / 1000);
  return {
    ...members,
    TrainingJobArn: arn,
    TrainingJobStatus: status,
    SecondaryStatus: secondaryStatus(state),
    ...optional("FailureReason", outcome?.failureReason),
    CreationTime: seconds(state.created),
    LastModifiedTime: seconds(state.modified),
    ...optional("TrainingStartTime", seconds(started)),
    ...optional("TrainingEndTime", seconds(ended)),
    ...optional("TrainingTimeInSeconds", duration),
    ...optional("BillableTimeInSeconds", duration),
    SecondaryStatusTransitions: transitions(state),
    ...outcome?.details,
  };
}

/** One entry of ListTrainingJobs. */
export function summarizeTrainingJob(state: JobState<TrainingJobRequest>): JsonObject {
  return {
    TrainingJobName: state.request.name,
    TrainingJobArn: state.arn,
    CreationTime: seconds(state.created),
    ...optional("TrainingEndTime", seconds(state.ended)),
    LastModifiedTime: seconds(state.modified),
    TrainingJobStatus: state.status,
    SecondaryStatus: secondaryStatus(state),
  };
}

function secondaryStatus({ status, outcome, phases }: JobState<TrainingJobRequest>): string {
  if (status === "InProgress") return phases.at(-1)?.name ?? "Starting";
  return outcome?.isLate === true ? "MaxRuntimeExceeded" : status;
}

function transitions(state: JobState<TrainingJobRequest>): JsonObject[] {
  const { phases, ended } = state;
  const all = [{ name: "Starting", began: state.created }, ...phases];
  if (ended !== undefined) all.push({ name: secondaryStatus(state), began: ended });
  return all.map(({ name, began }, index) => ({
    Status: name,
    StartTime: seconds(began),
    ...optional("EndTime", seconds(all[index + 1]?.began ?? ended)),
    ...optional("StatusMessage", messages[name]),
  }));
}
