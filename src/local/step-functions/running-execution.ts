import type { Effect, Ending, StepInput } from "../../interpreter/effect.js";
import type { HistoryEvent } from "../../interpreter/history-event.js";
import type { Plan } from "../../interpreter/plan.js";
import type { Snapshot } from "../../interpreter/snapshot.js";
import { canAdvance, type Stepped, step } from "../../interpreter/step.js";
import type { Clock } from "../clock.js";
import { type MapRunServices, MapRuns } from "./map-runs.js";
import type { Pace } from "./pace.js";
import type { ExecutionRecord, Store } from "./store.js";
import type { TaskReport, TaskRequest, Tasks } from "./tasks.js";

/** What an execution needs from the service around it. */
export interface Surroundings {
  readonly store: Store;
  readonly clock: Clock;
  readonly tasks: Tasks;
  /** Told after an event is kept. */
  readonly onEvent?: ((executionArn: string, event: HistoryEvent) => void) | undefined;
  /** Told of what must not happen: the store refuses, or the engine itself fails. */
  readonly onProblem: (problem: unknown) => void;
}

/** Turns between two looks at the clock, at most. */
const mostTurns = 8;

/** Milliseconds up to which a step was brief: the next one may take more turns. */
const briefMs = 1;

interface Posted {
  readonly input: StepInput;
  readonly done: () => void;
}

/** An execution at work: takes what happens to it in order, keeps what follows, then does it. */
export class RunningExecution {
  private readonly around: Surroundings;
  private readonly plan: Plan;
  private snapshot: Snapshot;
  private record: ExecutionRecord;
  private readonly inbox: Posted[] = [];
  private readonly timers = new Map<string, () => void>();
  private readonly tasks = new Map<string, { cancel(): void }>();
  private readonly mapRuns: MapRuns;
  private readonly pace: Pace;
  private driving = false;
  private isAbandoned = false;
  /** Turns of the next step. */
  private turns = 1;
  private readonly onEnd: (ending: Ending | undefined) => void;

  constructor(
    around: Surroundings,
    start: {
      readonly plan: Plan;
      readonly snapshot: Snapshot;
      readonly record: ExecutionRecord;
      readonly pace: Pace;
      readonly mapRuns: MapRunServices;
      /** Told how it ended; of nothing where that could not be kept. May be told twice. */
      readonly onEnd: (ending: Ending | undefined) => void;
    },
  ) {
    this.around = around;
    this.plan = start.plan;
    this.snapshot = start.snapshot;
    this.record = start.record;
    this.pace = start.pace;
    this.onEnd = start.onEnd;
    const post = (input: StepInput) => void this.post(input);
    this.mapRuns = new MapRuns(start.mapRuns, { record: start.record, post });
  }

  /** Does what a step asked for that is already kept, and goes on. */
  resume(events: readonly HistoryEvent[], effects: readonly Effect[]): void {
    this.carryOut(events, effects);
    void this.drive();
  }

  /** Hands in what has happened. Settles once that and what follows from it at once is kept; never rejects. */
  post(input: StepInput): Promise<void> {
    if (this.isAbandoned) return Promise.resolve();
    return new Promise((done) => {
      this.inbox.push({ input, done });
      void this.drive();
    });
  }

  private async drive(): Promise<void> {
    if (this.driving) return;
    this.driving = true;
    try {
      while (this.inbox.length > 0 || canAdvance(this.snapshot)) {
        await this.slice();
        // A burst of posts is worked off in microtasks: without a pause nothing else would have a turn.
        if (canAdvance(this.snapshot) || (this.inbox.length > 0 && this.pace.isOver)) await this.pace.nextTurn();
      }
    } catch (problem) {
      this.around.onProblem(problem);
      this.abandon();
    } finally {
      this.driving = false;
    }
  }

  /** Some steps, kept together. */
  private async slice(): Promise<void> {
    const events: HistoryEvent[] = [];
    const effects: Effect[] = [];
    const handled: Posted[] = [];
    const end = this.pace.turnEnd;
    do {
      const posted = this.inbox.shift();
      if (posted === undefined && !canAdvance(this.snapshot)) break;
      const start = performance.now();
      const made = this.step(posted?.input ?? { kind: "advance", turns: this.turns });
      this.turns = performance.now() - start < briefMs ? Math.min(this.turns * 2, mostTurns) : 1;
      for (const event of made.events) events.push(event);
      for (const effect of made.effects) effects.push(effect);
      if (posted !== undefined) handled.push(posted);
    } while (performance.now() < end);
    try {
      await this.keep(events, effects);
      this.carryOut(events, effects);
    } finally {
      for (const { done } of handled) done();
    }
  }

  private carryOut(events: readonly HistoryEvent[], effects: readonly Effect[]): void {
    for (const event of events) this.around.onEvent?.(this.record.arn, event);
    for (const effect of effects) this.apply(effect);
  }

  private step(input: StepInput): Stepped {
    try {
      return this.take(input);
    } catch (problem) {
      this.around.onProblem(problem);
      const text = problem instanceof Error ? problem.message : String(problem);
      return this.take({ kind: "crash", cause: `The embedded engine failed: ${text}` });
    }
  }

  private take(input: StepInput): Stepped {
    const made = step(this.plan, this.snapshot, input, this.around.clock.now());
    this.snapshot = made.snapshot;
    return made;
  }

  private async keep(events: readonly HistoryEvent[], effects: readonly Effect[]): Promise<void> {
    const last = events.at(-1);
    if (last === undefined) return;
    this.record = ended(this.record, effects, last.timestamp);
    await this.around.store.commit(this.record, events);
  }

  private apply(effect: Effect): void {
    switch (effect.kind) {
      case "setTimer":
        this.setTimer(effect.timer, effect.at);
        break;
      case "cancelTimer":
        this.timers.get(effect.timer)?.();
        this.timers.delete(effect.timer);
        break;
      case "startTask":
        this.startTask(effect);
        break;
      case "cancelTask":
        this.cancelTask(effect.task);
        break;
      case "end":
        this.onEnd(effect);
        break;
      default:
        this.mapRuns.apply(effect);
    }
  }

  private setTimer(timer: string, at: number): void {
    const cancel = this.around.clock.setTimer(at - this.around.clock.now(), () => {
      this.timers.delete(timer);
      void this.post({ kind: "timer", timer });
    });
    this.timers.set(timer, cancel);
  }

  private startTask({ task: name, token, state, resource, parameters }: Extract<Effect, { kind: "startTask" }>): void {
    const request = {
      resourceType: resource.service,
      resource: resource.action,
      parameters: parameters.value,
      ...(token === undefined ? {} : { token }),
      executionArn: this.record.arn,
      stateName: state,
    };
    // A runner may report before it returns: then there is nothing left to cancel.
    this.tasks.set(name, { cancel() {} });
    const task = this.run(request, this.reportOf(name));
    if (this.tasks.has(name)) this.tasks.set(name, task);
  }

  private run(request: TaskRequest, report: TaskReport): { cancel(): void } {
    try {
      const runner = this.around.tasks.runnerOf(request.resourceType, request.resource);
      if (runner !== undefined) return runner.start(request, report);
      report.failed("States.Runtime", `nothing runs ${request.resourceType}:${request.resource}`);
    } catch (problem) {
      this.around.onProblem(problem);
      report.failed("States.Runtime", problem instanceof Error ? problem.message : String(problem));
    }
    return { cancel() {} };
  }

  private cancelTask(name: string): void {
    const task = this.tasks.get(name);
    this.tasks.delete(name);
    try {
      task?.cancel();
    } catch (problem) {
      // The execution goes on without the task; that it may still run is said.
      this.around.onProblem(problem);
    }
  }

  private reportOf(task: string): TaskReport {
    const end = (input: StepInput): void => {
      this.tasks.delete(task);
      void this.post(input);
    };
    return {
      submitted: (output) => void this.post({ kind: "taskSubmitted", task, output }),
      succeeded: (output) => end({ kind: "taskSucceeded", task, output }),
      failed: (error, cause) => end({ kind: "taskFailed", task, error, ...(cause === undefined ? {} : { cause }) }),
    };
  }

  /** Nothing can be kept any more: whatever still runs is ended, and whoever waits is let go. */
  private abandon(): void {
    this.isAbandoned = true;
    for (const cancel of this.timers.values()) cancel();
    for (const task of [...this.tasks.keys()]) this.cancelTask(task);
    this.mapRuns.abort();
    for (const { done } of this.inbox.splice(0)) done();
    this.onEnd(undefined);
  }
}

function ended(record: ExecutionRecord, effects: readonly Effect[], stoppedAt: number): ExecutionRecord {
  const end = effects.find((effect) => effect.kind === "end");
  if (end === undefined) return record;
  const { kind: _, output, ...result } = end;
  return { ...record, ...result, ...(output === undefined ? {} : { output: output.text }), stoppedAt };
}
