import type { RequestOf, ResponseOf } from "../operation.js";
import type { SdkMetadata } from "../sdk-metadata.js";
import { makeSteps, type StepsOf } from "../service-step.js";

/**
 * Calls a Lambda function. Its payload may be an object; the payload of its answer comes as data.
 *
 * Source: `lambda:invoke`. Throws at `compile()`, as every service step does: `missing_parameter`, `unknown_parameter`, `invalid_argument`,
 * `conflicting_options`, `unknown_option`.
 *
 * @example
 * new LambdaStep("Count", { parameters: { FunctionName: "count", Payload: { bucket: input.bucket } } });
 * // { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
 * //   "Parameters": { "FunctionName": "count", "Payload": { "bucket.$": "$$.Execution.Input['bucket']" } }, "End": true }
 */
export const LambdaStep: StepsOf<
  "lambda",
  "invoke",
  ResponseOf<"lambda", "Invoke", "Payload"> & SdkMetadata,
  unknown,
  "waitForCallback",
  RequestOf<"lambda", "Invoke", "Payload">
> = makeSteps("LambdaStep", "lambda", "invoke", "waitForCallback");
