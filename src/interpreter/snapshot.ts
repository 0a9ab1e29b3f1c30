import type { JsonObject } from "../language/json.js";
import type { Data } from "./data.js";

/** As DescribeExecution says it. Nothing follows after any of the last four. */
export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

/** What never changes while an execution runs. */
export interface ExecutionFacts {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly input: Data;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
  /** Unguessable text from which tokens, delays with jitter and UUIDs are made. */
  readonly seed: string;
  /** Events that the history may have; the last one is the failure that says so. */
  readonly mostEvents: number;
}

/** One visit to a state: from its Entered event to its Exited event, all attempts included. */
export interface Visit {
  readonly state: string;
  readonly input: Data;
  readonly enteredEventId: number;
  /** Milliseconds since 1970. */
  readonly enteredAt: number;
  /** Attempts after the first; only states that have attempts count them. */
  readonly retryCount?: number;
  /** For each retrier, how often it has matched. */
  readonly retries: readonly number[];
  /** Of the attempt that runs; only where the pattern waits for more than the service's answer. */
  readonly token?: string;
}

/** What a thread does next, or waits for. */
export type Phase =
  | { readonly kind: "ready"; readonly state: string; readonly input: Data }
  | { readonly kind: "waiting"; readonly visit: Visit; readonly timer: string }
  | { readonly kind: "retrying"; readonly visit: Visit; readonly timer: string }
  | {
      readonly kind: "task";
      readonly visit: Visit;
      readonly token: string;
      readonly submitted: boolean;
      readonly timeoutTimer?: string;
      readonly heartbeatTimer?: string;
      readonly heartbeatSeconds?: number;
    }
  | { readonly kind: "ended" };

/** One line of control through one scope: the machine itself; later also each branch of a Parallel and each item of a Map. */
export interface Thread {
  readonly id: number;
  /** The last event of this thread: the next one points back to it. */
  readonly lastEventId: number;
  readonly variables: JsonObject;
  readonly phase: Phase;
}

/** All that an execution is, as plain data: it can be stored and taken up again with the same plan. */
export interface Snapshot {
  readonly facts: ExecutionFacts;
  readonly status: ExecutionStatus;
  readonly lastEventId: number;
  readonly threads: readonly Thread[];
}
