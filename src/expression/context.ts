import { placeholderOf, type Ref } from "./placeholder.js";

function field<T>(...path: readonly string[]): Ref<T> {
  return path.reduce<object>(
    (at, key) => Reflect.get(at, key) as object,
    placeholderOf({ kind: "context" }, undefined),
  ) as Ref<T>;
}

/**
 * The Context Object: what Step Functions knows of the execution.
 * Source: Step Functions developer guide, "Accessing execution data from the Context object".
 *
 * @example
 * new Pass("A", { parameters: { run: context.execution.name } });
 * // "Parameters": { "run.$": "$$.Execution.Name" }
 */
export const context = {
  execution: {
    /** ARN of the execution. */
    id: field<string>("Execution", "Id"),
    name: field<string>("Execution", "Name"),
    roleArn: field<string>("Execution", "RoleArn"),
    /** ISO 8601, UTC, with milliseconds. */
    startTime: field<string>("Execution", "StartTime"),
    redriveCount: field<number>("Execution", "RedriveCount"),
  },
  state: {
    name: field<string>("State", "Name"),
    /** ISO 8601, UTC, with milliseconds. */
    enteredTime: field<string>("State", "EnteredTime"),
    /** Retries of this visit, from 0; in tasks alone. */
    retryCount: field<number>("State", "RetryCount"),
  },
  stateMachine: { id: field<string>("StateMachine", "Id"), name: field<string>("StateMachine", "Name") },
  /** For calls that wait until somebody sends the token back. */
  task: { token: field<string>("Task", "Token") },
} as const;
