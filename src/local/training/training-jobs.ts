import { createJobs, type Jobs, type JobsOptions } from "../jobs/jobs.js";
import type { FindCommand } from "../jobs/local-commands.js";
import { describeTrainingJob, summarizeTrainingJob } from "./describe-training-job.js";
import { runTrainingJob } from "./run-training-job.js";
import { readTrainingJobRequest } from "./training-job-request.js";

/**
 * Opens the runner of training jobs.
 *
 * @param findCommand - The commands of this machine that stand for images or jobs.
 */
export function createTrainingJobs(options: JobsOptions, findCommand: FindCommand): Jobs {
  return createJobs(
    {
      resource: "training-job",
      arnMember: "TrainingJobArn",
      nameTaken: (arn) =>
        `Training job names must be unique within an AWS account and region, and a training job with this name already exists (${arn})`,
      notFound: () => "Requested resource not found.",
      read: (input) => readTrainingJobRequest(input, findCommand),
      run: runTrainingJob,
      describe: describeTrainingJob,
      summarize: summarizeTrainingJob,
    },
    options,
  );
}
