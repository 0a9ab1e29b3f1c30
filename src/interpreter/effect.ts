import type { Json } from "../language/json.js";
import type { Data } from "./data.js";
import type { HistoryEvent } from "./history-event.js";
import type { ExecutionStatus } from "./snapshot.js";
import type { TaskResource } from "./task-resource.js";

/** What the shell is to do, in this order, once the new snapshot is kept. */
export type Effect =
  | { readonly kind: "record"; readonly event: HistoryEvent }
  | {
      readonly kind: "startTask";
      readonly token: string;
      readonly state: string;
      readonly resource: TaskResource;
      readonly parameters: Data;
    }
  | { readonly kind: "cancelTask"; readonly token: string }
  /** `at`: milliseconds since 1970. */
  | { readonly kind: "setTimer"; readonly timer: string; readonly at: number }
  | { readonly kind: "cancelTimer"; readonly timer: string }
  | {
      readonly kind: "end";
      readonly status: Exclude<ExecutionStatus, "RUNNING">;
      readonly output?: string;
      readonly error?: string;
      readonly cause?: string;
    };

/** What happens to an execution from outside. What does not fit any more, such as a timer already cancelled, changes nothing. */
export type StepInput =
  /** Goes on with what is ready. */
  | { readonly kind: "advance" }
  | { readonly kind: "timer"; readonly timer: string }
  | { readonly kind: "taskSubmitted"; readonly token: string; readonly output: Json }
  | { readonly kind: "taskSucceeded"; readonly token: string; readonly output: Json }
  | { readonly kind: "taskFailed"; readonly token: string; readonly error: string; readonly cause?: string }
  | { readonly kind: "taskHeartbeat"; readonly token: string }
  | { readonly kind: "stop"; readonly error?: string; readonly cause?: string }
  /** The shell cannot go on. */
  | { readonly kind: "crash"; readonly cause: string };
