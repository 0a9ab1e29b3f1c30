import { type IntegrationPattern, integrationArn, partitionOf } from "../language/arn.js";
import { shown } from "../language/errors.js";
import type { Problems } from "../services/problems.js";
import { type Deferred, deferred } from "../states/deferred.js";
import { type Partitioned, partitioned } from "../states/partitioned.js";
import { isLate } from "./request/late-value.js";
import type { Session } from "./session/session.js";

/** How a step that starts a job works with it. */
export interface JobPattern<
  Wait extends boolean = boolean,
  Pattern extends IntegrationPattern | undefined = IntegrationPattern | undefined,
> {
  /** Whether the state waits for the job's end; default true. The same as `integrationPattern`, under the Python SDK's name; one of the two. */
  readonly waitForCompletion?: Wait;
  /**
   * `RUN_JOB` waits for the job's end (`.sync`); the default. `REQUEST_RESPONSE` goes on once the job was created. `WAIT_FOR_TASK_TOKEN` waits until somebody sends
   * `context.task.token` back, which the job has to be given; SageMaker has it through `aws-sdk` alone.
   */
  readonly integrationPattern?: Pattern;
}

/** What a step that starts a job gives on: by its pattern, what the job is at its end, what was answered when it was created, or what was sent with the token. */
export type JobOutput<
  Wait extends boolean,
  Pattern extends IntegrationPattern | undefined,
  Ended,
  Created,
> = Pattern extends "WAIT_FOR_TASK_TOKEN"
  ? unknown
  : Pattern extends "REQUEST_RESPONSE"
    ? Created
    : Wait extends true
      ? Ended
      : Created;

/** How a step that makes something at once works with SageMaker. */
export interface CallPattern<Pattern extends CallPatterns = CallPatterns> {
  /** `REQUEST_RESPONSE` goes on after SageMaker's answer; the default. `WAIT_FOR_TASK_TOKEN` waits until somebody sends `context.task.token` back. */
  readonly integrationPattern?: Pattern;
}

/** What a step that makes something at once gives on: what was answered, or what was sent with the token. */
export type CallOutput<Pattern extends CallPatterns, Answered> = Pattern extends "WAIT_FOR_TASK_TOKEN"
  ? unknown
  : Answered;

/** The patterns of calls that start no job. */
export type CallPatterns = "REQUEST_RESPONSE" | "WAIT_FOR_TASK_TOKEN";

const jobPatterns = ["RUN_JOB", "REQUEST_RESPONSE", "WAIT_FOR_TASK_TOKEN"] as const;
const callPatterns = ["REQUEST_RESPONSE", "WAIT_FOR_TASK_TOKEN"] as const;

/** The pattern of a step that starts a job. */
export function jobPatternOf(
  options: { readonly waitForCompletion?: unknown; readonly integrationPattern?: unknown },
  problems: Problems,
): IntegrationPattern {
  const { waitForCompletion: waits, integrationPattern } = options;
  if (waits !== undefined && integrationPattern !== undefined) {
    const message = "waitForCompletion and integrationPattern are both set";
    problems.add("conflicting_options", ["integrationPattern"], message);
  }
  if (waits !== undefined && typeof waits !== "boolean") {
    const message = `expected true or false, got ${isLate(waits) ? "a placeholder" : shown(waits)}`;
    problems.add("invalid_argument", ["waitForCompletion"], message);
  }
  return known(integrationPattern, jobPatterns, waits === false ? "REQUEST_RESPONSE" : "RUN_JOB", problems);
}

/** The pattern of a step that makes something at once. */
export function callPatternOf(
  options: { readonly integrationPattern?: unknown },
  problems: Problems,
): IntegrationPattern {
  return known(options.integrationPattern, callPatterns, "REQUEST_RESPONSE", problems);
}

function known<P extends IntegrationPattern>(given: unknown, patterns: readonly P[], otherwise: P, problems: Problems) {
  if (given === undefined || patterns.includes(given as P)) return (given as P | undefined) ?? otherwise;
  const message = `expected ${patterns.map(shown).join(" or ")}, got ${isLate(given) ? "a placeholder" : shown(given)}`;
  problems.add("invalid_argument", ["integrationPattern"], message);
  return otherwise;
}

/** `Resource` of a call to SageMaker; its partition is that of the session's region, or without a session the workflow's. */
export function sageMakerResource(
  session: Session | undefined,
  action: string,
  pattern: IntegrationPattern,
): string | Deferred<string> | Partitioned {
  const service = pattern === "WAIT_FOR_TASK_TOKEN" ? "aws-sdk:sagemaker" : "sagemaker";
  const resource = (partition: string) => integrationArn({ partition, service, action, pattern });
  if (session === undefined) return partitioned(resource);
  const { knownRegion } = session;
  if (knownRegion !== undefined) return resource(partitionOf(knownRegion));
  return deferred("the ARN of the integration with SageMaker", async () => resource(await session.partition()));
}
