import type { Json } from "../language/json.js";
import type { Data } from "./data.js";
import type { ReaderConfig } from "./map/reader-config.js";
import type { ReadItems } from "./map/reading.js";
import type { ChildResult, EndedChild, WriterConfig } from "./map/result-files.js";
import type { Tolerance } from "./map/tolerance.js";
import type { ChildFacts, ExecutionStatus } from "./snapshot.js";
import type { TaskResource } from "./task-resource.js";

/** What the shell is to do, in this order, once the new snapshot and the events are kept. */
export type Effect =
  | {
      readonly kind: "startTask";
      /** Name of the attempt, unique in the execution; answers name it. */
      readonly task: string;
      readonly state: string;
      readonly resource: TaskResource;
      readonly parameters: Data;
      /** What `$$.Task.Token` says; only where something outside may answer. */
      readonly token?: string;
      /** The role that `Credentials` names. */
      readonly roleArn?: string;
    }
  | { readonly kind: "cancelTask"; readonly task: string }
  /** `at`: milliseconds since 1970. */
  | { readonly kind: "setTimer"; readonly timer: string; readonly at: number }
  | { readonly kind: "cancelTimer"; readonly timer: string }
  /** A distributed Map begins: its items are to be fetched where it has a reader. */
  | {
      readonly kind: "startMapRun";
      readonly mapRun: string;
      readonly arn: string;
      readonly type: "STANDARD" | "EXPRESS";
      /** As the state says it; 0 where it says nothing. */
      readonly maxConcurrency: number;
      readonly tolerance: Tolerance;
      readonly read?: ReadRequest;
    }
  /** The items of a distributed Map are known: so many child executions work on them. */
  | { readonly kind: "countItems"; readonly mapRun: string; readonly items: number; readonly children: number }
  | {
      readonly kind: "startChild";
      readonly mapRun: string;
      readonly index: number;
      /** How many items it works on: more than one in a batch. */
      readonly items: number;
      readonly input: Data;
      readonly type: "STANDARD" | "EXPRESS";
      readonly child: ChildFacts;
    }
  | { readonly kind: "writeResults"; readonly mapRun: string; readonly write: WriteRequest }
  /** Whatever still runs of a distributed Map is to be stopped, and what has not begun to be returned. */
  | { readonly kind: "cancelMapRun"; readonly mapRun: string }
  /** A distributed Map is over. */
  | { readonly kind: "endMapRun"; readonly mapRun: string; readonly status: "SUCCEEDED" | "FAILED" | "ABORTED" }
  | ({ readonly kind: "end" } & Ending);

/** How an execution ended. */
export interface Ending {
  readonly status: Exclude<ExecutionStatus, "RUNNING">;
  readonly output?: Data;
  readonly error?: string;
  readonly cause?: string;
}

/** Where the items of a distributed Map come from. */
export interface ReadRequest {
  /** As it stands in the definition. */
  readonly resource: string;
  readonly config: ReaderConfig;
  readonly parameters: Json;
  /** At most this many items. */
  readonly maxItems: number;
}

/** Where the results of a distributed Map go. */
export interface WriteRequest {
  /** As it stands in the definition. */
  readonly resource: string;
  readonly config: WriterConfig;
  readonly parameters: Json;
  readonly mapRunArn: string;
  readonly results: readonly ChildResult[];
}

/** A child execution that was handed out and never begun. */
export interface ReturnedChild {
  readonly index: number;
  readonly input: Data;
}

/** What happens to an execution from outside. What does not fit any more, such as a timer already cancelled, changes nothing. */
export type StepInput =
  /** Goes on with what is ready, for at most so many turns. */
  | { readonly kind: "advance"; readonly turns: number }
  | { readonly kind: "timer"; readonly timer: string }
  /** There is such an activity, and workers can take it. */
  | { readonly kind: "taskScheduled"; readonly task: string }
  /** There is not, as the cause says. */
  | { readonly kind: "taskRefused"; readonly task: string; readonly cause: string }
  /** A worker has taken an activity. */
  | { readonly kind: "taskStarted"; readonly task: string; readonly workerName?: string }
  | { readonly kind: "taskSubmitted"; readonly task: string; readonly output: Json }
  | { readonly kind: "taskSucceeded"; readonly task: string; readonly output: Json }
  | { readonly kind: "taskFailed"; readonly task: string; readonly error?: string; readonly cause?: string }
  | { readonly kind: "taskHeartbeat"; readonly task: string }
  | { readonly kind: "itemsRead"; readonly mapRun: string; readonly parts: readonly ReadItems[] }
  | { readonly kind: "childEnded"; readonly mapRun: string; readonly index: number; readonly result: EndedChild }
  /** The Map run was cancelled before the turn of these came. */
  | { readonly kind: "childrenReturned"; readonly mapRun: string; readonly children: readonly ReturnedChild[] }
  | { readonly kind: "resultsWritten"; readonly mapRun: string; readonly output: Json }
  /** Items could not be read, or results not be written. */
  | { readonly kind: "mapRunFailed"; readonly mapRun: string; readonly error: string; readonly cause?: string }
  | { readonly kind: "stop"; readonly error?: string; readonly cause?: string }
  /** The shell cannot go on. */
  | { readonly kind: "crash"; readonly cause: string };
