import type { Json, JsonObject } from "../language/json.js";
import { limits } from "../language/limits.js";
import type { Data } from "./data.js";
import type { SizedBatcher, SizedItem } from "./map/batches.js";
import type { ChildResult } from "./map/result-files.js";
import type { Tolerance } from "./map/tolerance.js";
import type { Threads } from "./threads.js";

/** As DescribeExecution says it. Nothing follows after any of the last four. */
export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

/** What never changes while an execution runs. */
export interface ExecutionFacts {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly type: "STANDARD" | "EXPRESS";
  /** Of an Express execution whose caller waits for it: AWS does not show it a count of redrives. */
  readonly isSync?: boolean;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly input: Data;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
  /** Unguessable text from which tokens, delays with jitter and UUIDs are made. */
  readonly seed: string;
  /** Events that the history may have; the last one is the failure that says so. `Number.MAX_SAFE_INTEGER` where there is no limit. */
  readonly mostEvents: number;
  /** Which of several ready branches goes on: each in its turn, or one that the seed picks. */
  readonly schedule?: "fair" | "shuffled";
  /** Of a child execution of a distributed Map: where it begins, and the item that it works on. */
  readonly child?: ChildFacts;
  /** Of a state that is tested: its Context Object, but for the item of a Map. */
  readonly context?: JsonObject;
}

/** Events that the history of an execution may have. AWS counts those of Standard executions alone. */
export function mostEventsOf(type: ExecutionFacts["type"]): number {
  return type === "EXPRESS" ? Number.MAX_SAFE_INTEGER : limits.historyEvents;
}

/** What a child execution of a distributed Map has from its parent. */
export interface ChildFacts {
  readonly startAt: string;
  readonly item: MapItem;
  /** The execution that runs the Map. */
  readonly parentArn: string;
  readonly mapRunArn: string;
}

/** `$$.Map.Item`. */
export interface MapItem {
  readonly index: number;
  readonly value: Json;
  /** Where an item of a distributed Map comes from. */
  readonly source?: string;
}

/** One visit to a state: from its Entered event to its Exited event, all attempts included. */
export interface Visit {
  readonly state: string;
  readonly input: Data;
  readonly enteredEventId: number;
  /** The event that led to the Entered event. */
  readonly cameFrom: number;
  /** Milliseconds since 1970. */
  readonly enteredAt: number;
  /** Attempts after the first; only states that have attempts count them. */
  readonly retryCount?: number | undefined;
  /** For each retrier, how often it has matched. */
  readonly retries: readonly number[];
  /** Of the attempt that runs; only where the pattern waits for more than the service's answer. */
  readonly token?: string;
}

/** What a thread does next, or waits for. */
export type Phase =
  | { readonly kind: "ready"; readonly state: string; readonly input: Data }
  /** A thread of a Map that has not begun: its input is made when its turn comes. */
  | { readonly kind: "iteration"; readonly startAt: string }
  | { readonly kind: "waiting"; readonly visit: Visit; readonly timer: string }
  | { readonly kind: "retrying"; readonly visit: Visit; readonly timer: string }
  | AskingPhase
  | TaskPhase
  | { readonly kind: "joining"; readonly visit: Visit; readonly join: Join }
  | MapRunPhase;

/** An attempt at a task, with all that its fields say. */
export interface Attempt {
  readonly parameters: Data;
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  readonly roleArn: string | undefined;
}

/** The shell is asked whether there is such an activity: AWS tells nothing of a task that it does not have. */
export interface AskingPhase {
  readonly kind: "asking";
  readonly visit: Visit;
  readonly task: string;
  readonly attempt: Attempt;
}

/** A task is at work. */
export interface TaskPhase {
  readonly kind: "task";
  readonly visit: Visit;
  /** Name of the attempt, unique in the execution. */
  readonly task: string;
  /** How far an answer in two steps has come; an activity has started when a worker has taken it. */
  readonly progress: "scheduled" | "started" | "submitted";
  readonly timeoutTimer?: string;
  readonly heartbeatTimer?: string;
  readonly heartbeatSeconds?: number;
}

/** Results in the order in which they came, the last one first: one more costs nothing, however many there are. */
export interface Results<T> {
  readonly index: number;
  readonly result: T;
  readonly before: Results<T> | undefined;
}

/** The results by index; `undefined` where there is none. */
export function inOrder<T>(results: Results<T> | undefined, count: number): readonly (T | undefined)[] {
  const list = new Array<T | undefined>(count).fill(undefined);
  for (let next = results; next !== undefined; next = next.before) list[next.index] = next.result;
  return list;
}

/** A Parallel, or a Map that runs its iterations itself, waits for its threads. */
export interface Join {
  /** Threads that run. */
  readonly running: number;
  readonly results: Results<Data> | undefined;
  /** The items of a Map. */
  readonly items: readonly Json[];
  /** The next item to begin with. */
  readonly nextItem: number;
}

/** A distributed Map is at work. */
export interface MapRunPhase {
  readonly kind: "mapRun";
  readonly visit: Visit;
  readonly mapRun: MapRun;
}

/** A distributed Map waits for its items, its child executions, or for its results to be written. */
export interface MapRun {
  /** Name of the attempt, unique in the execution. */
  readonly id: string;
  readonly arn: string;
  /** `stopping`: it has failed, and its results are written once none of its child executions runs. */
  readonly stage: "reading" | "batching" | "running" | "stopping" | "writing" | "over";
  readonly concurrency: number;
  readonly tolerance: Tolerance;
  /** What the child executions work on: items, or batches of them once these are made. */
  readonly items: readonly Json[];
  /** While batches are made: what goes into them, up to an item. */
  readonly batching?: {
    readonly batcher: SizedBatcher;
    readonly nextItem: number;
    readonly selected: Results<SizedItem> | undefined;
  };
  /** Where the items come from: each from its index on, up to the next one's. */
  readonly sources: readonly { readonly from: number; readonly source: string }[];
  readonly nextItem: number;
  /** There is work to do at once: the thread is ready for it. */
  readonly isReady: boolean;
  /** Child executions that were handed out and have not ended. */
  readonly running: number;
  /** Items, not child executions: a batch may hold many. */
  readonly total: number;
  readonly failed: number;
  /** Why the run has failed, while it is stopped and its results are written. */
  readonly failure?: { readonly error?: string; readonly cause?: string };
  readonly results: Results<ChildResult> | undefined;
}

/** One line of control through one scope: the machine itself, a branch of a Parallel, an iteration of a Map. */
export interface Thread {
  readonly id: number;
  /** The thread that waits for this one; -1 for the machine's own. */
  readonly parent: number;
  /** Which branch or iteration. */
  readonly index: number;
  /** The last event of this thread: the next one points back to it. */
  readonly lastEventId: number;
  readonly variables: JsonObject;
  readonly item?: MapItem | undefined;
  readonly phase: Phase;
}

/** All that an execution is, as plain data: it can be stored and taken up again with the same plan. */
export interface Snapshot {
  readonly facts: ExecutionFacts;
  readonly status: ExecutionStatus;
  readonly lastEventId: number;
  readonly threads: Threads;
  /** Ids of the threads that can go on, in the order in which they became ready. */
  readonly ready: readonly number[];
  readonly nextThreadId: number;
}
