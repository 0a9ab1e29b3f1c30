import type { MemberOf, ResponseOf } from "../operation.js";
import type { SdkMetadata } from "../sdk-metadata.js";
import { makeSteps, type StepsOf } from "../service-step.js";

/**
 * Submits a Batch job, and waits for its end: `batch:submitJob`.
 *
 * @example
 * new BatchSubmitJobStep("Score", { parameters: { JobName: "score", JobQueue: "queue", JobDefinition: "score:3" } });
 * // { "Type": "Task", "Resource": "arn:aws:states:::batch:submitJob.sync", "Parameters": { "JobName": "score", … }, "End": true }
 */
export const BatchSubmitJobStep: StepsOf<
  "batch",
  "submitJob",
  ResponseOf<"batch", "SubmitJob"> & SdkMetadata,
  MemberOf<"batch", "DescribeJobs", "jobs">,
  "waitForCompletion"
> = makeSteps("BatchSubmitJobStep", "batch", "submitJob", "waitForCompletion");
