import type { Data } from "./data.js";
import type { Effect } from "./effect.js";
import type { HistoryEvent, HistoryEventType } from "./history-event.js";
import { QueryBudget } from "./paths/query-budget.js";
import { Random } from "./random.js";
import type { ExecutionFacts, ExecutionStatus, Phase, Snapshot, Thread } from "./snapshot.js";

/** Name of the timer of the whole machine. */
export const machineTimer = "machine";

type Details = HistoryEvent["details"];

const endings: ReadonlySet<HistoryEventType> = new Set([
  "ExecutionSucceeded",
  "ExecutionFailed",
  "ExecutionTimedOut",
  "ExecutionAborted",
]);

/** The working copy of a snapshot during one step: what is recorded, what the shell is to do. */
export class Run {
  readonly facts: ExecutionFacts;
  readonly now: number;
  readonly random: Random;
  readonly budget = new QueryBudget();
  private readonly effects: Effect[] = [];
  private readonly threads: Thread[];
  private status: ExecutionStatus;
  private lastEventId: number;
  private full = false;

  constructor(snapshot: Snapshot, now: number) {
    this.facts = snapshot.facts;
    this.now = now;
    this.status = snapshot.status;
    this.lastEventId = snapshot.lastEventId;
    this.threads = [...snapshot.threads];
    this.random = new Random(`${snapshot.facts.seed}:${snapshot.lastEventId}`);
  }

  /** Adds an event to the history. The last place is kept for the failure that says that the history is full. */
  record(type: HistoryEventType, previousEventId: number, details?: Details): number {
    if (this.lastEventId >= this.facts.mostEvents - 1 && !endings.has(type)) this.full = true;
    if (this.full) return this.lastEventId;
    const event: HistoryEvent = {
      id: ++this.lastEventId,
      previousEventId,
      timestamp: this.now,
      type,
      ...(details === undefined ? {} : { details }),
    };
    this.effects.push({ kind: "record", event });
    return event.id;
  }

  /** The id that the next event gets. */
  get nextEventId(): number {
    return this.lastEventId + 1;
  }

  effect(effect: Effect): void {
    if (!this.full) this.effects.push(effect);
  }

  /** The first thread that is ready, or waits for what `wanted` looks for. */
  find(wanted: (phase: Phase) => boolean): Thread | undefined {
    return this.threads.find(({ phase }) => wanted(phase));
  }

  keep(thread: Thread): void {
    const index = this.threads.findIndex(({ id }) => id === thread.id);
    if (index >= 0) this.threads[index] = thread;
  }

  succeed(output: Data, previousEventId: number): void {
    this.end("SUCCEEDED", "ExecutionSucceeded", previousEventId, { output: output.text });
  }

  fail(error: string | undefined, cause: string | undefined, previousEventId: number): void {
    this.end("FAILED", "ExecutionFailed", previousEventId, reasons(error, cause));
  }

  timeOut(): void {
    this.end("TIMED_OUT", "ExecutionTimedOut", this.threads[0]?.lastEventId ?? 0, { error: "States.Timeout" });
  }

  abort(error: string | undefined, cause: string | undefined): void {
    this.end("ABORTED", "ExecutionAborted", 0, reasons(error, cause));
  }

  finish(): readonly [Snapshot, readonly Effect[]] {
    if (this.full && this.status === "RUNNING") this.overflow();
    const { facts, status, lastEventId, threads } = this;
    return [{ facts, status, lastEventId, threads }, this.effects];
  }

  private overflow(): void {
    this.full = false;
    const cause = `The execution reached the maximum number of history events (${this.facts.mostEvents}).`;
    this.fail("States.Runtime", cause, this.lastEventId);
  }

  private end(
    status: Exclude<ExecutionStatus, "RUNNING">,
    type: HistoryEventType,
    previousEventId: number,
    result: { readonly output?: string; readonly error?: string; readonly cause?: string },
  ): void {
    if (this.full) return;
    this.cancelAll();
    const details = result.output === undefined ? result : { ...result, outputDetails: { truncated: false } };
    this.record(type, previousEventId, { member: detailsMember(type), fields: details });
    this.status = status;
    this.effects.push({ kind: "end", status, ...result });
  }

  private cancelAll(): void {
    this.effects.push({ kind: "cancelTimer", timer: machineTimer });
    for (const [index, thread] of this.threads.entries()) {
      this.effects.push(...cancelPhase(thread.phase));
      this.threads[index] = { ...thread, phase: { kind: "ended" } };
    }
  }
}

/** What must be undone when a thread stops waiting. */
export function cancelPhase(phase: Phase): readonly Effect[] {
  if (phase.kind === "waiting" || phase.kind === "retrying") return [{ kind: "cancelTimer", timer: phase.timer }];
  if (phase.kind !== "task") return [];
  const timers = [phase.timeoutTimer, phase.heartbeatTimer].filter((timer) => timer !== undefined);
  return [
    ...timers.map((timer) => ({ kind: "cancelTimer", timer }) as const),
    { kind: "cancelTask", token: phase.token },
  ];
}

function reasons(
  error: string | undefined,
  cause: string | undefined,
): { readonly error?: string; readonly cause?: string } {
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}

/** `ExecutionFailed` has its details in `executionFailedEventDetails`, and so on. */
export function detailsMember(type: HistoryEventType): string {
  return `${type[0]?.toLowerCase()}${type.slice(1)}EventDetails`;
}
