/** What a Task calls, as its `Resource` says. */
export interface TaskResource {
  /** As it stands in the definition. */
  readonly text: string;
  /** The service: `sagemaker`, `aws-sdk:s3`. */
  readonly service: string;
  /** The call with its pattern: `createProcessingJob.sync`. */
  readonly action: string;
  /** Answers come in two steps: the job is submitted, later it has ended. Such a task has a token in its context. */
  readonly submits: boolean;
}

const integration =
  /^arn:[a-z0-9-]+:states:[a-z0-9-]*:\d*:((?:aws-sdk:)?[a-zA-Z0-9-]+):([a-zA-Z0-9]+)(\.sync(?::2)?|\.waitForTaskToken)?$/;

/** Reads the ARN of a service integration; `undefined` for anything else, such as a Lambda function or an activity. */
export function parseTaskResource(text: string): TaskResource | undefined {
  const [, service, call, pattern = ""] = integration.exec(text) ?? [];
  if (service === undefined || call === undefined || service === "activity" || service === "stateMachine")
    return undefined;
  return { text, service, action: call + pattern, submits: pattern !== "" };
}
