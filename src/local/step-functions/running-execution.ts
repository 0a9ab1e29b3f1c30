import type { Effect, StepInput } from "../../interpreter/effect.js";
import type { HistoryEvent } from "../../interpreter/history-event.js";
import type { Plan } from "../../interpreter/plan.js";
import type { Snapshot } from "../../interpreter/snapshot.js";
import { canAdvance, step } from "../../interpreter/step.js";
import type { Clock } from "../clock.js";
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

/** Steps between two looks at the rest of the process. */
const stepsPerSlice = 200;

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
  private driving = false;
  private readonly onEnd: () => void;

  constructor(
    around: Surroundings,
    start: {
      readonly plan: Plan;
      readonly snapshot: Snapshot;
      readonly record: ExecutionRecord;
      readonly onEnd: () => void;
    },
  ) {
    this.around = around;
    this.plan = start.plan;
    this.snapshot = start.snapshot;
    this.record = start.record;
    this.onEnd = start.onEnd;
  }

  /** Does what a step asked for that is already kept, and goes on. */
  resume(effects: readonly Effect[]): void {
    for (const effect of effects) this.apply(effect);
    void this.drive();
  }

  /** Hands in what has happened. Settles once that and what follows from it at once is kept; never rejects. */
  post(input: StepInput): Promise<void> {
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
        if (canAdvance(this.snapshot)) await nextTurnOfTheLoop();
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
    const effects: Effect[] = [];
    const handled: Posted[] = [];
    for (let count = 0; count < stepsPerSlice; count++) {
      const posted = this.inbox.shift();
      if (posted === undefined && !canAdvance(this.snapshot)) break;
      for (const effect of this.step(posted?.input ?? { kind: "advance" })) effects.push(effect);
      if (posted !== undefined) handled.push(posted);
    }
    await this.keep(effects);
    for (const effect of effects) this.apply(effect);
    for (const { done } of handled) done();
  }

  private step(input: StepInput): readonly Effect[] {
    try {
      return this.take(input);
    } catch (problem) {
      this.around.onProblem(problem);
      const text = problem instanceof Error ? problem.message : String(problem);
      return this.take({ kind: "crash", cause: `The embedded engine failed: ${text}` });
    }
  }

  private take(input: StepInput): readonly Effect[] {
    const [next, effects] = step(this.plan, this.snapshot, input, this.around.clock.now());
    this.snapshot = next;
    return effects;
  }

  private async keep(effects: readonly Effect[]): Promise<void> {
    const events = eventsOf(effects);
    if (events.length === 0) return;
    this.record = ended(this.record, effects, this.around.clock.now());
    await this.around.store.commit(this.record, events);
  }

  private apply(effect: Effect): void {
    switch (effect.kind) {
      case "record":
        this.around.onEvent?.(this.record.arn, effect.event);
        break;
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
        this.cancelTask(effect.token);
        break;
      case "end":
        this.onEnd();
    }
  }

  private setTimer(timer: string, at: number): void {
    const cancel = this.around.clock.setTimer(at - this.around.clock.now(), () => {
      this.timers.delete(timer);
      void this.post({ kind: "timer", timer });
    });
    this.timers.set(timer, cancel);
  }

  private startTask({ token, state, resource, parameters }: Extract<Effect, { kind: "startTask" }>): void {
    const request = {
      resourceType: resource.service,
      resource: resource.action,
      parameters: parameters.value,
      token,
      executionArn: this.record.arn,
      stateName: state,
    };
    // A runner may report before it returns: then there is nothing left to cancel.
    this.tasks.set(token, { cancel() {} });
    const task = this.run(request, this.reportOf(token));
    if (this.tasks.has(token)) this.tasks.set(token, task);
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

  private cancelTask(token: string): void {
    const task = this.tasks.get(token);
    this.tasks.delete(token);
    try {
      task?.cancel();
    } catch (problem) {
      // The execution goes on without the task; that it may still run is said.
      this.around.onProblem(problem);
    }
  }

  private reportOf(token: string): TaskReport {
    const end = (input: StepInput): void => {
      this.tasks.delete(token);
      void this.post(input);
    };
    return {
      submitted: (output) => void this.post({ kind: "taskSubmitted", token, output }),
      succeeded: (output) => end({ kind: "taskSucceeded", token, output }),
      failed: (error, cause) => end({ kind: "taskFailed", token, error, ...(cause === undefined ? {} : { cause }) }),
    };
  }

  /** Nothing can be kept any more: whatever still runs is ended, and whoever waits is let go. */
  private abandon(): void {
    for (const cancel of this.timers.values()) cancel();
    for (const token of [...this.tasks.keys()]) this.cancelTask(token);
    for (const { done } of this.inbox.splice(0)) done();
    this.onEnd();
  }
}

/** The events among what a step asks for. */
export function eventsOf(effects: readonly Effect[]): readonly HistoryEvent[] {
  return effects.flatMap((effect) => (effect.kind === "record" ? [effect.event] : []));
}

function ended(record: ExecutionRecord, effects: readonly Effect[], now: number): ExecutionRecord {
  const end = effects.find((effect) => effect.kind === "end");
  if (end === undefined) return record;
  const { kind: _, ...result } = end;
  return { ...record, ...result, stoppedAt: now };
}

function nextTurnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
