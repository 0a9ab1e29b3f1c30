import type { MemberOf, ResponseOf } from "../operation.js";
import { makeSteps, type StepsOf } from "../service-step.js";

/**
 * Runs a Glue job, and waits for its end: `glue:startJobRun`.
 *
 * @example
 * new GlueStartJobRunStep("Clean", { parameters: { JobName: "clean", Arguments: { "--day": input.day } } });
 * // { "Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync",
 * //   "Parameters": { "JobName": "clean", "Arguments": { "--day.$": "$$.Execution.Input['day']" } }, "End": true }
 */
export const GlueStartJobRunStep: StepsOf<
  "glue",
  "startJobRun",
  ResponseOf<"glue", "StartJobRun"> & { readonly JobName: string },
  MemberOf<"glue", "GetJobRun", "JobRun">,
  "waitForCompletion"
> = makeSteps("GlueStartJobRunStep", "glue", "startJobRun", "waitForCompletion");

/** Runs a Glue DataBrew job, and waits for its end: `databrew:startJobRun`. */
export const GlueDataBrewStartJobRunStep: StepsOf<"databrew", "startJobRun"> = makeSteps(
  "GlueDataBrewStartJobRunStep",
  "databrew",
  "startJobRun",
);
