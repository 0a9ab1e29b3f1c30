import type { StateType } from "../language/asl.js";
import type { Json, JsonObject } from "../language/json.js";
import { contextObject } from "./context-object.js";
import type { Data } from "./data.js";
import type { Effect } from "./effect.js";
import { Failure } from "./failure.js";
import { Assigned, type EventDetails, type HistoryEventType } from "./history-event.js";
import type { Inspection, Stage } from "./inspection.js";
import type { Bindings } from "./jsonata/bindings.js";
import { Allowance } from "./jsonata/evaluation.js";
import type { Exit } from "./outcome.js";
import { QueryBudget } from "./paths/query-budget.js";
import type { Scope } from "./paths/scope.js";
import { isReady } from "./phase.js";
import { Random } from "./random.js";
import type { Run } from "./run.js";
import type { MapItem, Phase, Thread, Visit } from "./snapshot.js";

/** One thread's part in a step: its working copy. */
export class Turn {
  readonly run: Run;
  readonly id: number;
  readonly parent: number;
  readonly index: number;
  phase: Phase;
  lastEventId: number;
  variables: JsonObject;
  item: MapItem | undefined;
  /** Set while a state is tested. */
  inspection: Inspection | undefined;
  /** A state is entered in this piece of work, and its fields are being looked at. */
  isEntering = false;
  /** It stands among those that are ready, once. */
  isQueued: boolean;
  private chance: Random | undefined;
  private chanceOf: string | undefined;
  private queries: QueryBudget | undefined;
  private evaluations: Allowance | undefined;

  constructor(run: Run, thread: Thread) {
    this.run = run;
    this.id = thread.id;
    this.parent = thread.parent;
    this.index = thread.index;
    this.phase = thread.phase;
    this.lastEventId = thread.lastEventId;
    this.variables = thread.variables;
    this.item = thread.item;
    this.inspection = undefined;
    this.isQueued = isReady(thread.phase);
  }

  /** Forgets what one piece of work may use up. */
  refresh(): void {
    this.isEntering = false;
    this.renew();
  }

  /**
   * Lets the next item of a list cost as much as one piece of work may.
   *
   * @param name - unique in the execution: the item has chance of its own, whichever turn it comes in
   */
  renew(name?: string): void {
    this.chance = undefined;
    this.chanceOf = name;
    this.queries = undefined;
    this.evaluations = undefined;
  }

  /** Chance for this piece of work: it does not depend on how many turns are taken in one step. */
  get random(): Random {
    const { facts, nextEventId } = this.run;
    this.chance ??= new Random(`${facts.seed}:${this.chanceOf ?? `${this.id}:${nextEventId}`}`);
    return this.chance;
  }

  /** What the queries of this piece of work may cost. */
  get budget(): QueryBudget {
    this.queries ??= this.run.meter(new QueryBudget());
    return this.queries;
  }

  /** What the JSONata of this piece of work may cost. */
  get allowance(): Allowance {
    this.evaluations ??= this.run.meter(new Allowance());
    return this.evaluations;
  }

  /** Tells a test the value after a field; in an execution nobody listens. */
  note(stage: Stage, value: Json | Failure): Json | Failure {
    if (this.inspection !== undefined && !(value instanceof Failure)) this.inspection.value(stage, value);
    return value;
  }

  /** Adds an event after the last one of this thread. */
  record(type: HistoryEventType, details?: EventDetails): void {
    this.lastEventId = this.run.record(type, this.lastEventId, details);
  }

  /** Adds an event that nothing follows: the next one of this thread points back to the one before. */
  recordAside(type: HistoryEventType, details?: EventDetails): number {
    return this.run.record(type, this.lastEventId, details);
  }

  /** Region of the execution, out of its ARN. */
  get region(): string {
    const { arn } = this.run.facts;
    const start = arn.indexOf(":", arn.indexOf(":", arn.indexOf(":") + 1) + 1) + 1;
    return arn.slice(start, arn.indexOf(":", start));
  }

  effect(effect: Effect): void {
    this.run.effect(effect);
  }

  /** Sets a timer under a name that no other timer of the execution has. */
  setTimer(what: string, afterSeconds: number): string {
    const timer = this.nameOf(what);
    this.effect({ kind: "setTimer", timer, at: this.run.now + Math.round(afterSeconds * 1000) });
    return timer;
  }

  /** A name that nothing else in the execution has, and that says which thread it belongs to. */
  nameOf(what: string): string {
    return `${what}:${this.id}:${this.run.nextEventId}`;
  }

  /** What the paths and functions of a state see. */
  scope(visit: Visit, input: Json): Scope {
    return new StateScope(this, visit, input);
  }

  /** What the JSONata of a state sees. */
  bindings(visit: Visit, special: { readonly result?: Json; readonly errorOutput?: Json } = {}): Bindings {
    const { random, variables, run, allowance } = this;
    const context = (): JsonObject => this.context(visit);
    return { input: visit.input.value, context, variables, random, now: run.now, allowance, ...special };
  }

  context(visit: Visit): JsonObject {
    return contextObject(this.run.facts, visit, this.item);
  }

  enter(type: StateType, state: string, input: Data): Visit {
    const { lastEventId: cameFrom, run } = this;
    this.isEntering = true;
    this.record(`${type}StateEntered`, { name: state, input });
    const { lastEventId: enteredEventId } = this;
    const retryCount = type === "Task" || type === "Parallel" || type === "Map" ? 0 : undefined;
    return { state, input, enteredEventId, cameFrom, enteredAt: run.now, retries: noRetries, retryCount };
  }

  /** Leaves a state. */
  exit(type: Exclude<StateType, "Fail">, visit: Visit, { output, assigned }: Exit): void {
    const details = { name: visit.state, output };
    const hasAssigned = assigned !== undefined;
    this.record(
      `${type}StateExited`,
      hasAssigned ? { ...details, assignedVariables: new Assigned(assigned) } : details,
    );
    if (hasAssigned) this.variables = { ...this.variables, ...assigned };
  }

  becomes(phase: Phase): void {
    this.phase = phase;
    if (!isReady(phase) || this.isQueued) return;
    this.isQueued = true;
    this.run.enqueue(this.id);
  }

  toThread(): Thread {
    const { id, parent, index, lastEventId, variables, item, phase } = this;
    return { id, parent, index, lastEventId, variables, item, phase };
  }
}

const noRetries: readonly number[] = [];

class StateScope implements Scope {
  readonly input: Json;
  private readonly turn: Turn;
  private readonly visit: Visit;

  constructor(turn: Turn, visit: Visit, input: Json) {
    this.turn = turn;
    this.visit = visit;
    this.input = input;
  }

  context(): JsonObject {
    return this.turn.context(this.visit);
  }

  get variables(): JsonObject {
    return this.turn.variables;
  }

  get random(): Random {
    return this.turn.random;
  }

  get budget(): QueryBudget {
    return this.turn.budget;
  }
}
