import type { StateType } from "../language/asl.js";
import type { Json, JsonObject } from "../language/json.js";
import { contextObject } from "./context-object.js";
import type { Data } from "./data.js";
import type { Effect } from "./effect.js";
import type { Failure } from "./failure.js";
import type { HistoryEventType } from "./history-event.js";
import type { Exit } from "./outcome.js";
import type { Scope } from "./paths/scope.js";
import { detailsMember, type Run } from "./run.js";
import type { Phase, Thread, Visit } from "./snapshot.js";

/** One thread's part in a step. */
export class Turn {
  readonly run: Run;
  phase: Phase;
  private readonly id: number;
  private lastEventId: number;
  private variables: JsonObject;

  constructor(run: Run, thread: Thread) {
    this.run = run;
    this.id = thread.id;
    this.phase = thread.phase;
    this.lastEventId = thread.lastEventId;
    this.variables = thread.variables;
  }

  /** Adds an event after the last one of this thread. */
  record(type: HistoryEventType, fields?: JsonObject, member = detailsMember(type)): void {
    this.lastEventId = this.run.record(type, this.lastEventId, fields === undefined ? undefined : { member, fields });
  }

  /** Region of the execution, out of its ARN. */
  get region(): string {
    return this.run.facts.arn.split(":")[3] ?? "";
  }

  effect(effect: Effect): void {
    this.run.effect(effect);
  }

  /** Sets a timer under a name that no other timer of the execution has. */
  setTimer(what: string, afterSeconds: number): string {
    const timer = `${what}:${this.run.nextEventId}`;
    this.effect({ kind: "setTimer", timer, at: this.run.now + Math.round(afterSeconds * 1000) });
    return timer;
  }

  /** What the fields of a state see. */
  scope(visit: Visit, input: Json): Scope {
    const { facts, random, budget } = this.run;
    return { input, variables: this.variables, random, budget, context: () => contextObject(facts, visit) };
  }

  enter(type: StateType, state: string, input: Data): Visit {
    const enteredEventId = this.run.nextEventId;
    const fields = { name: state, input: input.text, inputDetails: { truncated: false } };
    this.record(`${type}StateEntered`, fields, "stateEnteredEventDetails");
    return { state, input, enteredEventId, enteredAt: this.run.now, retries: [] };
  }

  /** Leaves a state: for the next one, or for the end of the scope. */
  exit(type: Exclude<StateType, "Fail">, visit: Visit, { output, assigned, next }: Exit): void {
    this.record(`${type}StateExited`, exitedDetails(visit, output, assigned), "stateExitedEventDetails");
    if (assigned !== undefined) this.variables = { ...this.variables, ...assigned };
    if (next !== undefined) {
      this.phase = { kind: "ready", state: next, input: output };
      return;
    }
    this.phase = { kind: "ended" };
    this.run.succeed(output, this.lastEventId);
  }

  /** Ends the thread with a failure that nothing caught. */
  fail(visit: Visit, failure: Failure): void {
    this.phase = { kind: "ended" };
    this.run.fail(failure.shownError, failure.causeIn(visit.state, visit.enteredEventId), this.lastEventId);
  }

  toThread(): Thread {
    return { id: this.id, lastEventId: this.lastEventId, variables: this.variables, phase: this.phase };
  }
}

function exitedDetails(visit: Visit, output: Data, assigned: JsonObject | undefined): JsonObject {
  const details = { name: visit.state, output: output.text, outputDetails: { truncated: false } };
  if (assigned === undefined) return details;
  const texts = Object.entries(assigned).map(([name, value]) => [name, JSON.stringify(value)]);
  return { ...details, assignedVariables: Object.fromEntries(texts), assignedVariablesDetails: { truncated: false } };
}
