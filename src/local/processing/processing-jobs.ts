import { createJobs, type Jobs, type JobsOptions } from "../jobs/jobs.js";
import { type FindCommand, noCommands } from "../jobs/local-commands.js";
import { describeProcessingJob, summarizeProcessingJob } from "./describe-processing-job.js";
import { readProcessingJobRequest } from "./processing-job-request.js";
import { runProcessingJob } from "./run-processing-job.js";

/** Opens the runner of processing jobs. */
export function createProcessingJobs(options: JobsOptions, findCommand: FindCommand = noCommands): Jobs {
  return createJobs(
    {
      resource: "processing-job",
      arnMember: "ProcessingJobArn",
      nameTaken: (arn) =>
        `Job name must be unique within an AWS account and region, and a job with this name already exists (${arn})`,
      notFound: (name) => `Could not find requested job with name: ${name}`,
      read: (input) => readProcessingJobRequest(input, findCommand),
      run: runProcessingJob,
      describe: describeProcessingJob,
      summarize: summarizeProcessingJob,
    },
    options,
  );
}
