import type { StateType } from "../language/asl.js";
import type { JsonObject } from "../language/json.js";

/** The types of events that the engine records. Source: the Step Functions API model. */
export type HistoryEventType =
  | `${StateType}StateEntered`
  | `${Exclude<StateType, "Fail">}StateExited`
  | "ExecutionStarted"
  | "ExecutionSucceeded"
  | "ExecutionFailed"
  | "ExecutionTimedOut"
  | "ExecutionAborted"
  | "TaskScheduled"
  | "TaskStarted"
  | "TaskSubmitted"
  | "TaskSucceeded"
  | "TaskFailed"
  | "TaskTimedOut";

/** One line of the history of an execution. */
export interface HistoryEvent {
  /** From 1, without gaps. */
  readonly id: number;
  /** The event that led to this one; 0 for the first state. */
  readonly previousEventId: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly type: HistoryEventType;
  /** The one member that AWS adds for this type, and what stands in it. */
  readonly details?: { readonly member: string; readonly fields: JsonObject };
}
