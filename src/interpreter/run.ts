import type { JsonObject } from "../language/json.js";
import type { Effect, Ending } from "./effect.js";
import type { EventDetails, HistoryEvent, HistoryEventType } from "./history-event.js";
import { cancelPhase, isReady } from "./phase.js";
import { Random } from "./random.js";
import type { ExecutionFacts, ExecutionStatus, MapItem, Phase, Snapshot, Thread } from "./snapshot.js";
import { Threads } from "./threads.js";
import { Turn } from "./turn.js";

/** Name of the timer of the whole machine. */
export const machineTimer = "machine";

/** Work after which a step takes no further turn, in parts of what one piece of work may cost. */
export const mostWork = 0.1;

/** What counts the work of queries and expressions. */
interface Meter {
  /** The part that is used up of what one piece of work may cost. */
  readonly share: number;
}

/** What a step gives. The events are to be kept with the snapshot before any effect is carried out. */
export interface Stepped {
  readonly snapshot: Snapshot;
  readonly events: readonly HistoryEvent[];
  readonly effects: readonly Effect[];
}

/** The working copy of a snapshot during one step: what is recorded, what the shell is to do. */
export class Run {
  readonly facts: ExecutionFacts;
  readonly now: number;
  private readonly events: HistoryEvent[] = [];
  private readonly effects: Effect[] = [];
  private readonly before: Threads;
  /** Threads that this step has touched. */
  private readonly turns = new Map<number, Turn>();
  private readonly gone = new Set<number>();
  private readonly ready: number[];
  private firstReady = 0;
  private nextThreadId: number;
  private status: ExecutionStatus;
  private lastEventId: number;
  private full = false;
  private work = 0;
  /** Meters of the piece of work at hand. */
  private readonly meters: Meter[] = [];

  constructor(snapshot: Snapshot, now: number) {
    this.facts = snapshot.facts;
    this.now = now;
    this.status = snapshot.status;
    this.lastEventId = snapshot.lastEventId;
    this.before = snapshot.threads;
    this.ready = [...snapshot.ready];
    this.nextThreadId = snapshot.nextThreadId;
  }

  get isRunning(): boolean {
    return this.status === "RUNNING" && !this.full;
  }

  /** Counts what is spent, until the piece of work is done. */
  meter<T extends Meter>(meter: T): T {
    this.meters.push(meter);
    return meter;
  }

  /**
   * Whether so much was evaluated that the shell is to have a turn before the next piece of work. Goes by units of work and not by time,
   * and changes nothing but the size of the step.
   */
  get isTired(): boolean {
    this.tally();
    return this.work > mostWork;
  }

  /** Counts what was spent since the last look. What is metered until now must not be spent from any more. */
  tally(): number {
    let spent = 0;
    for (const { share } of this.meters) spent += share;
    this.meters.length = 0;
    this.work += spent;
    return spent;
  }

  /** Adds an event to the history. The last place is kept for the failure that says that the history is full. */
  record(type: HistoryEventType, previousEventId: number, details?: EventDetails): number {
    if (this.lastEventId >= this.facts.mostEvents - 1) this.full = true;
    return this.full ? this.lastEventId : this.add(type, previousEventId, details);
  }

  private add(type: HistoryEventType, previousEventId: number, details?: EventDetails): number {
    const id = ++this.lastEventId;
    const { now: timestamp } = this;
    this.events.push(
      details === undefined
        ? { id, previousEventId, timestamp, type }
        : { id, previousEventId, timestamp, type, details },
    );
    return id;
  }

  /** The id that the next event gets. */
  get nextEventId(): number {
    return this.lastEventId + 1;
  }

  effect(effect: Effect): void {
    if (!this.full) this.effects.push(effect);
  }

  /** The thread, to be changed; `undefined` where it has ended. */
  turnOf(id: number): Turn | undefined {
    const touched = this.turns.get(id);
    if (touched !== undefined) return touched;
    const thread = this.gone.has(id) ? undefined : this.before.get(id);
    if (thread === undefined) return undefined;
    const turn = new Turn(this, thread);
    this.turns.set(id, turn);
    return turn;
  }

  /** Begins a new thread under another. */
  spawn(parent: Turn, index: number, phase: Phase, lastEventId: number, item: MapItem | undefined): void {
    const id = this.nextThreadId++;
    const turn = new Turn(this, {
      id,
      parent: parent.id,
      index,
      lastEventId,
      variables: parent.variables,
      item,
      phase,
    });
    this.turns.set(id, turn);
    this.ready.push(id);
  }

  enqueue(id: number): void {
    this.ready.push(id);
  }

  /** The next thread that can go on. */
  nextReady(): Turn | undefined {
    while (this.firstReady < this.ready.length) {
      if (this.facts.schedule === "shuffled") this.shuffle();
      const turn = this.turnOf(this.ready[this.firstReady++] ?? -1);
      if (this.firstReady === this.ready.length) {
        this.ready.length = 0;
        this.firstReady = 0;
      }
      if (turn === undefined) continue;
      turn.isQueued = false;
      if (isReady(turn.phase)) return turn;
    }
    return undefined;
  }

  /** Brings one of the ready threads to the front. */
  private shuffle(): void {
    const count = this.ready.length - this.firstReady;
    if (count < 2) return;
    const fraction = new Random(`${this.facts.seed}:order:${this.lastEventId}:${count}`).fraction();
    const picked = this.firstReady + Math.floor(fraction * count);
    const [one = 0, other = 0] = [this.ready[this.firstReady], this.ready[picked]];
    this.ready[this.firstReady] = other;
    this.ready[picked] = one;
  }

  /** Takes a thread away. */
  drop(turn: Turn): void {
    this.turns.delete(turn.id);
    this.gone.add(turn.id);
  }

  /** The ids of all threads by the thread that waits for them, in the order in which they began. */
  idsByParent(): ReadonlyMap<number, readonly number[]> {
    const byParent = new Map<number, number[]>();
    for (const { id, parent } of this.allThreads()) {
      const ids = byParent.get(parent);
      if (ids === undefined) byParent.set(parent, [id]);
      else ids.push(id);
    }
    for (const ids of byParent.values()) ids.sort((one, other) => one - other);
    return byParent;
  }

  end(ending: Ending, previousEventId: number): void {
    if (this.full) return;
    const { status, output, error, cause } = ending;
    const details = output === undefined ? reasons(error, cause) : { output };
    for (const { phase } of this.allThreads()) for (const effect of cancelPhase(phase)) this.effects.push(effect);
    this.effects.push({ kind: "cancelTimer", timer: machineTimer });
    this.add(endEvents[status], previousEventId, details);
    this.status = status;
    this.effects.push({ kind: "end", ...ending });
  }

  fail(error: string | undefined, cause: string | undefined, previousEventId: number): void {
    this.end({ status: "FAILED", ...reasons(error, cause) }, previousEventId);
  }

  private *allThreads(): Iterable<Pick<Thread, "id" | "parent" | "phase">> {
    yield* this.turns.values();
    for (const thread of this.before) if (!this.turns.has(thread.id) && !this.gone.has(thread.id)) yield thread;
  }

  finish(): Stepped {
    if (this.full && this.status === "RUNNING") this.overflow();
    const { facts, status, lastEventId, nextThreadId, events, effects } = this;
    const isOver = status !== "RUNNING";
    const ready = isOver ? [] : this.ready.slice(this.firstReady);
    const threads = isOver ? Threads.of([]) : this.threadsAfter();
    return { snapshot: { facts, status, lastEventId, threads, ready, nextThreadId }, events, effects };
  }

  private threadsAfter(): Threads {
    const changes = new Map<number, Thread | undefined>();
    for (const id of this.gone) changes.set(id, undefined);
    for (const [id, turn] of this.turns) changes.set(id, turn.toThread());
    return this.before.with(changes);
  }

  private overflow(): void {
    this.full = false;
    const cause = `The execution reached the maximum number of history events (${this.facts.mostEvents}).`;
    this.fail("States.Runtime", cause, this.lastEventId);
  }
}

const endEvents = {
  SUCCEEDED: "ExecutionSucceeded",
  FAILED: "ExecutionFailed",
  TIMED_OUT: "ExecutionTimedOut",
  ABORTED: "ExecutionAborted",
} as const;

/** The details of an event that tells of a failure; what is not known is left out. */
export function reasons(
  error: string | undefined,
  cause: string | undefined,
): JsonObject & { readonly error?: string; readonly cause?: string } {
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}
