import { type Issue, issue, shown, throwIssues } from "./errors.js";
import { isPlainObject } from "./json.js";

/** Partition of a region, from its prefix; regions that AWS does not know belong to `aws`. */
export function partitionOf(region: string): string {
  for (const [prefix, partition] of partitions) if (region.startsWith(prefix)) return partition;
  return "aws";
}

const partitions: readonly (readonly [prefix: string, partition: string])[] = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["us-isob-", "aws-iso-b"],
  ["us-isof-", "aws-iso-f"],
  ["eu-isoe-", "aws-iso-e"],
  ["us-iso-", "aws-iso"],
  ["eusc-", "aws-eusc"],
];

/**
 * How a state works with the service that it calls.
 *
 * - `REQUEST_RESPONSE`: goes on after the service's answer
 * - `RUN_JOB`: waits until the job has ended (`.sync`)
 * - `WAIT_FOR_TASK_TOKEN`: waits until somebody sends the task token back (`.waitForTaskToken`)
 */
export type IntegrationPattern = "REQUEST_RESPONSE" | "RUN_JOB" | "WAIT_FOR_TASK_TOKEN";

const suffixes = { REQUEST_RESPONSE: "", RUN_JOB: ".sync", WAIT_FOR_TASK_TOKEN: ".waitForTaskToken" } as const;

/**
 * ARN of a service integration, as it stands in `Resource`.
 *
 * @throws {@link DefinitionError} `invalid_argument`
 * @example
 * integrationArn({ service: "sagemaker", action: "createProcessingJob", pattern: "RUN_JOB" });
 * // arn:aws:states:::sagemaker:createProcessingJob.sync
 */
export function integrationArn(options: {
  /** Default `aws`. */
  readonly partition?: string | undefined;
  readonly service: string;
  readonly action: string;
  readonly pattern?: IntegrationPattern | undefined;
  /** A version of the pattern: `2` gives `.sync:2`. */
  readonly version?: number | undefined;
}): string {
  throwIssues(integrationProblems(options));
  const version = options.version === undefined ? "" : `:${options.version}`;
  const suffix = suffixes[options.pattern ?? "REQUEST_RESPONSE"];
  return `arn:${options.partition ?? "aws"}:states:::${options.service}:${options.action}${suffix}${version}`;
}

function integrationProblems(options: unknown): readonly Issue[] {
  const hint = "give service, action and the pattern of the call";
  if (!isPlainObject(options)) {
    const message = `integrationArn() takes an object of options, got ${shown(options)}`;
    return [issue("invalid_argument", [], message, hint)];
  }
  const { service, action, pattern, partition, version } = options;
  const texts = Object.entries({ service, action, ...(partition === undefined ? {} : { partition }) });
  const issues = texts
    .filter(([, text]) => typeof text !== "string" || text === "")
    .map(([name, text]) => issue("invalid_argument", [name], `expected a text, got ${shown(text)}`, hint));
  if (pattern !== undefined && !Object.hasOwn(suffixes, String(pattern))) {
    const message = `expected one of ${Object.keys(suffixes).join(", ")}, got ${shown(pattern)}`;
    issues.push(issue("invalid_argument", ["pattern"], message, "write one of these words"));
  }
  if (version !== undefined && !Number.isInteger(version)) {
    issues.push(issue("invalid_argument", ["version"], `expected a whole number, got ${shown(version)}`, hint));
  }
  return issues;
}

export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** All that follows the account, colons and slashes included. */
  readonly resource: string;
}

/** The parts of an ARN; `undefined` when `text` is none. */
export function parseArn(text: string): Arn | undefined {
  const parts = text.split(":");
  const [arn, partition, service, region, account] = parts;
  if (arn !== "arn" || parts.length < 6 || !partition || !service || region === undefined || account === undefined) {
    return undefined;
  }
  return { partition, service, region, account, resource: parts.slice(5).join(":") };
}
