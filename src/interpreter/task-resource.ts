/** What a Task calls, as its `Resource` says. */
export interface TaskResource {
  /** As it stands in the definition. */
  readonly text: string;
  /** Whose events tell of the task. */
  readonly kind: "integration" | "lambda" | "activity";
  /** The service: `sagemaker`, `aws-sdk:s3`. */
  readonly service: string;
  /** The call with its pattern: `createProcessingJob.sync`. */
  readonly action: string;
  /** How the answer comes: at once, in two steps, or from whoever has the token. */
  readonly pattern: "response" | "sync" | "callback";
}

const integration =
  /^arn:[a-z0-9-]+:states:[a-z0-9-]*:\d*:((?:aws-sdk:)?[a-zA-Z0-9-]+):([a-zA-Z0-9]+)(\.sync(?::2)?|\.waitForTaskToken)?$/;
const lambda = /^arn:[a-z0-9-]+:lambda:[a-z0-9-]*:\d*:function:.+$/;
const activity = /^arn:[a-z0-9-]+:states:[a-z0-9-]*:\d*:activity:.+$/;

/** Reads the ARN of a service integration, a Lambda function or an activity; `undefined` for anything else. */
export function parseTaskResource(text: string): TaskResource | undefined {
  if (lambda.test(text)) return { text, kind: "lambda", service: "lambda", action: "function", pattern: "response" };
  if (activity.test(text)) return { text, kind: "activity", service: "activity", action: "", pattern: "callback" };
  const [, service, call, suffix = ""] = integration.exec(text) ?? [];
  if (service === undefined || call === undefined || service === "stateMachine") return undefined;
  const pattern = suffix === "" ? "response" : suffix === ".waitForTaskToken" ? "callback" : "sync";
  return { text, kind: "integration", service, action: call + suffix, pattern };
}
