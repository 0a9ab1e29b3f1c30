import type { HistoryEvent } from "@aws-sdk/client-sfn";
import type { Graph } from "./graph.js";

/** How far a state has come. */
export type StateStatus = "succeeded" | "failed" | "caught" | "cancelled" | "running";

/** The marks and words of each status, in the order of the legend. */
export const statuses = {
  running: { mark: "▶", word: "in progress" },
  succeeded: { mark: "✔", word: "succeeded" },
  failed: { mark: "✖", word: "failed" },
  caught: { mark: "!", word: "caught error" },
  cancelled: { mark: "⊘", word: "cancelled" },
} as const satisfies { [S in StateStatus]: { readonly mark: string; readonly word: string } };

/** How far the states of an execution have come; a state that is not there was not entered. */
export type GraphProgress = ReadonlyMap<string, { readonly status: StateStatus; readonly times: number }>;

/** What the events tell of one state. */
interface Traces {
  entered: number;
  exited: number;
  /** Whether the last time that it was left was after an error. */
  wasCaught: boolean;
  /** Whether the last event that belongs to it is an error. */
  hasFailed: boolean;
}

/** How far each state has come, by the history. In a Map, and in loops, a state has run several times: the last one counts. */
export function progressOf(graph: Graph, events: readonly HistoryEvent[]): GraphProgress {
  const { traces, hasEnded } = tracesOf(events);
  const progress = new Map<string, { status: StateStatus; times: number }>();
  const owners = new Map<string, string | undefined>();
  /** States that may still go on: their owners come before them in the walk. */
  const live = new Set<string>();
  const failed: string[] = [];
  for (const item of graph) {
    if (item.kind !== "state") continue;
    const { name, owner } = item.state;
    owners.set(name, owner);
    const found = traces.get(name);
    if (found === undefined) continue;
    const isOpen = found.entered > found.exited;
    if (isOpen && (owner === undefined ? !hasEnded : live.has(owner))) live.add(name);
    progress.set(name, { status: statusOf(found, isOpen, live.has(name)), times: found.entered });
    if (progress.get(name)?.status === "failed") failed.push(name);
  }
  // What a failed state stands in has failed with it, as far as it was not left since.
  for (const name of failed) {
    for (let owner = owners.get(name); owner !== undefined; owner = owners.get(owner)) {
      const above = progress.get(owner);
      if (above?.status !== "cancelled") break;
      above.status = "failed";
    }
  }
  return progress;
}

function statusOf({ wasCaught, hasFailed }: Traces, isOpen: boolean, isLive: boolean): StateStatus {
  if (isLive) return "running";
  if (isOpen) return hasFailed ? "failed" : "cancelled";
  return wasCaught ? "caught" : "succeeded";
}

/** Events follow each other by their ids, so that branches that run together are told apart. */
function tracesOf(events: readonly HistoryEvent[]): {
  readonly traces: ReadonlyMap<string, Traces>;
  readonly hasEnded: boolean;
} {
  const traces = new Map<string, Traces>();
  const names = new Map<number, string>();
  const errors = new Set<number>();
  let hasEnded = false;
  for (const event of events) {
    const { id = 0, previousEventId = 0, type = "" } = event;
    const exited = event.stateExitedEventDetails?.name;
    const name = event.stateEnteredEventDetails?.name ?? exited ?? names.get(previousEventId);
    const isError = /(Failed|TimedOut|Aborted)$|^FailStateEntered$/.test(type);
    if (type.startsWith("Execution")) hasEnded = type !== "ExecutionStarted" && type !== "ExecutionRedriven";
    if (isError) errors.add(id);
    if (name === undefined) continue;
    names.set(id, name);
    const trace = traces.get(name) ?? { entered: 0, exited: 0, wasCaught: false, hasFailed: false };
    traces.set(name, trace);
    if (type.endsWith("StateEntered")) trace.entered++;
    if (exited !== undefined) {
      trace.exited++;
      trace.wasCaught = errors.has(previousEventId);
    }
    // That an execution was stopped is no error of the state in which it stood.
    trace.hasFailed = type === "ExecutionAborted" || type === "ExecutionTimedOut" ? trace.hasFailed : isError;
  }
  return { traces, hasEnded };
}
