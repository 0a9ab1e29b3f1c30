import type { RequestOf, ResponseOf } from "../operation.js";
import type { SdkMetadata } from "../sdk-metadata.js";
import { makeSteps, type StepsOf } from "../service-step.js";

/** Sends events to EventBridge: `events:putEvents`. `Detail` may be an object; a failed entry fails the state. */
export const EventBridgePutEventsStep: StepsOf<
  "events",
  "putEvents",
  ResponseOf<"eventbridge", "PutEvents">,
  unknown,
  "waitForCallback",
  RequestOf<"eventbridge", "PutEvents", "Detail">
> = makeSteps("EventBridgePutEventsStep", "events", "putEvents", "waitForCallback");

/** Publishes to an SNS topic: `sns:publish`. `Message` may be an object. */
export const SnsPublishStep: StepsOf<
  "sns",
  "publish",
  ResponseOf<"sns", "Publish"> & SdkMetadata,
  unknown,
  "waitForCallback",
  RequestOf<"sns", "Publish", "Message">
> = makeSteps("SnsPublishStep", "sns", "publish", "waitForCallback");

/**
 * Sends a message to an SQS queue: `sqs:sendMessage`. `MessageBody` may be an object.
 *
 * @example
 * new SqsSendMessageStep("Ask", {
 *   parameters: { QueueUrl: url, MessageBody: { token: context.task.token } },
 *   integrationPattern: "WAIT_FOR_TASK_TOKEN",
 * });
 * // { "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
 * //   "Parameters": { "QueueUrl": "…", "MessageBody": { "token.$": "$$.Task.Token" } }, "End": true }
 */
export const SqsSendMessageStep: StepsOf<
  "sqs",
  "sendMessage",
  ResponseOf<"sqs", "SendMessage"> & SdkMetadata,
  unknown,
  "waitForCallback",
  RequestOf<"sqs", "SendMessage", "MessageBody">
> = makeSteps("SqsSendMessageStep", "sqs", "sendMessage", "waitForCallback");
