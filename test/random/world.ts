import { Data } from "../../src/interpreter/data.js";
import type { Effect, Ending, StepInput } from "../../src/interpreter/effect.js";
import type { HistoryEvent } from "../../src/interpreter/history-event.js";
import type { EndedChild } from "../../src/interpreter/map/result-files.js";
import type { Plan } from "../../src/interpreter/plan.js";
import { type ExecutionFacts, mostEventsOf, type Snapshot } from "../../src/interpreter/snapshot.js";
import { begin, canAdvance, type Stepped, step } from "../../src/interpreter/step.js";
import type { TaskCatalogue } from "../../src/interpreter/task-catalogue.js";
import { parseTaskResource } from "../../src/interpreter/task-resource.js";
import type { Json } from "../../src/language/json.js";
import { VirtualClock } from "../../src/local/clock.js";
import { Random } from "../fuzz/random.js";
import { type Answer, answersOf } from "./answers.js";

/** Takes every task: the world answers it. */
export const anyTask: TaskCatalogue = {
  find(text) {
    const resource = parseTaskResource(text);
    return resource === undefined ? { refusal: `no task ${text}` } : { resource, requiredParameters: [] };
  },
};

/** A step as it was asked for, and what came of it. */
export interface Taken {
  readonly before: Snapshot;
  readonly input: StepInput;
  readonly now: number;
  readonly made: Stepped;
  /** How long it took on the machine's own clock. */
  readonly milliseconds: number;
}

/** How a world runs an execution. */
export interface WorldOptions {
  readonly input?: Json;
  /** Decides how tasks answer, and all chance in the execution. */
  readonly seed?: number;
  readonly type?: "STANDARD" | "EXPRESS";
  readonly schedule?: "fair" | "shuffled";
  readonly mostEvents?: number;
  /** Turns of one step. */
  readonly turns?: number;
  /** Steps after which the execution is stopped; it runs to its end unless told otherwise. */
  readonly mostSteps?: number;
  /** Asked after each step: whether the execution is to be stopped. */
  readonly isOver?: () => boolean;
  /**
   * When what comes from outside is taken: when nothing else is left to do, so that the size of a step changes nothing; or at any
   * time, by chance.
   */
  readonly delivery?: "idle" | "mixed";
  /** Child executions of one Map run that are at work at the same time; the others wait for their turn. */
  readonly mostAtWork?: number;
  /** What becomes of the snapshot between two steps. */
  readonly between?: (snapshot: Snapshot) => Snapshot;
  readonly watch?: (taken: Taken) => void;
  /** What a reader of items finds. */
  readonly found?: readonly Json[];
  /** What a task says; by chance unless told otherwise. */
  readonly answers?: (task: Extract<Effect, { kind: "startTask" }>) => readonly Answer[];
}

const prefix = "arn:aws:states:us-east-1:111111111111";

function factsOf({ input = {}, seed = 0, type = "STANDARD", ...options }: WorldOptions, now: number): ExecutionFacts {
  return {
    arn: `${prefix}:execution:m:e`,
    name: "e",
    roleArn: "arn:aws:iam::111111111111:role/r",
    type,
    startedAt: now,
    input: new Data(input),
    stateMachineArn: `${prefix}:stateMachine:m`,
    stateMachineName: "m",
    seed: `seed ${seed}`,
    mostEvents: options.mostEvents ?? mostEventsOf(type),
    ...(options.schedule === undefined ? {} : { schedule: options.schedule }),
  };
}

/** A shell that answers for everything outside by chance, always the same for one seed. Time is virtual. */
export class World {
  readonly clock = new VirtualClock();
  /** The execution, and all child executions of its distributed Maps. */
  readonly executions: Execution[] = [];
  readonly plan: Plan;
  readonly options: WorldOptions;
  steps = 0;
  /** Whether it had to be stopped. */
  stopped = false;
  private readonly random: Random;
  private readonly ready: Execution[] = [];
  private readonly inbox: (readonly [Execution, StepInput])[] = [];

  constructor(plan: Plan, options: WorldOptions = {}) {
    this.plan = plan;
    this.options = options;
    this.random = new Random(options.seed ?? 0);
  }

  /** Runs to the end. */
  run(): Execution {
    const root = this.start(factsOf(this.options, this.clock.now()));
    const { turns = 50, mostSteps = Number.POSITIVE_INFINITY, isOver = () => false } = this.options;
    for (;;) {
      const execution = this.deliversNow() ? undefined : this.nextReady();
      if (execution !== undefined) {
        if (canAdvance(execution.snapshot)) execution.take({ kind: "advance", turns });
        else this.ready.pop();
      } else {
        const posted = this.inbox.shift();
        if (posted !== undefined) {
          const [receiver, input] = posted;
          receiver.take(input);
          this.ready.push(receiver);
        } else if (!this.clock.jump()) return root;
      }
      if (!this.stopped && (this.steps >= mostSteps || isOver())) {
        this.stopped = true;
        root.take({ kind: "stop" });
      }
    }
  }

  private deliversNow(): boolean {
    return this.options.delivery === "mixed" && this.inbox.length > 0 && this.random.isOneOf(2);
  }

  private nextReady(): Execution | undefined {
    const last = this.ready.length - 1;
    if (this.options.delivery === "mixed" && last > 0) {
      const picked = this.random.below(last + 1);
      const [one, other] = [this.ready[picked], this.ready[last]];
      if (one !== undefined && other !== undefined) [this.ready[picked], this.ready[last]] = [other, one];
    }
    return this.ready.at(-1);
  }

  start(facts: ExecutionFacts, onEnd: (execution: Execution, ending: Ending) => void = () => {}): Execution {
    const execution = new Execution(this, facts, onEnd);
    this.executions.push(execution);
    this.ready.unshift(execution);
    return execution;
  }

  post(execution: Execution, input: StepInput): void {
    this.inbox.push([execution, input]);
  }
}

type EffectOf<Kind extends Effect["kind"]> = Extract<Effect, { kind: Kind }>;

interface Cancellable {
  cancel(): void;
}

/** One execution in a world. */
export class Execution {
  readonly facts: ExecutionFacts;
  snapshot: Snapshot;
  readonly events: HistoryEvent[] = [];
  readonly endings: Ending[] = [];
  /** All that was to be done for Map runs, in its order. */
  readonly mapRunEffects: Extract<Effect, { mapRun: string }>[] = [];
  /** What was begun outside and has neither ended nor been cancelled, by kind and name. */
  readonly open = new Map<string, Cancellable>();
  /** Child executions whose turn has not come. */
  private waiting: EffectOf<"startChild">[] = [];
  private readonly atWork = new Map<string, number>();
  private readonly world: World;
  private readonly onEnd: (execution: Execution, ending: Ending) => void;

  constructor(world: World, facts: ExecutionFacts, onEnd: (execution: Execution, ending: Ending) => void) {
    this.world = world;
    this.facts = facts;
    this.onEnd = onEnd;
    const begun = begin(world.plan, facts);
    this.snapshot = begun.snapshot;
    this.keep(begun);
  }

  take(input: StepInput): void {
    const { world } = this;
    const { between, watch } = world.options;
    const before = between === undefined ? this.snapshot : between(this.snapshot);
    const now = world.clock.now();
    const start = performance.now();
    const made = step(world.plan, before, input, now);
    const milliseconds = performance.now() - start;
    world.steps++;
    this.snapshot = made.snapshot;
    watch?.({ before, input, now, made, milliseconds });
    this.keep(made);
  }

  private keep({ events, effects }: Stepped): void {
    for (const event of events) this.events.push(event);
    for (const effect of effects) this.carryOut(effect);
  }

  private carryOut(effect: Effect): void {
    if ("mapRun" in effect) this.mapRunEffects.push(effect);
    switch (effect.kind) {
      case "setTimer":
        this.setTimer(effect.timer, effect.at);
        break;
      case "cancelTimer":
        this.close(`timer ${effect.timer}`);
        break;
      case "startTask":
        this.startTask(effect);
        break;
      case "cancelTask":
        this.close(`task ${effect.task}`);
        break;
      case "startMapRun":
        this.startMapRun(effect);
        break;
      case "startChild":
        this.addChild(effect);
        break;
      case "writeResults":
        this.write(effect);
        break;
      case "cancelMapRun":
        this.cancelMapRun(effect.mapRun);
        break;
      case "end": {
        const { kind: _, ...ending } = effect;
        this.endings.push(ending);
        this.onEnd(this, ending);
      }
    }
  }

  private close(name: string): void {
    this.open.get(name)?.cancel();
    this.open.delete(name);
  }

  private begin(name: string, cancel: () => void): void {
    if (this.open.has(name)) throw new Error(`${name} is begun twice`);
    this.open.set(name, { cancel });
  }

  private setTimer(timer: string, at: number): void {
    const name = `timer ${timer}`;
    const cancel = this.world.clock.setTimer(at - this.world.clock.now(), () => {
      this.open.delete(name);
      this.world.post(this, { kind: "timer", timer });
    });
    this.begin(name, cancel);
  }

  private startTask(effect: Extract<Effect, { kind: "startTask" }>): void {
    const { task, resource } = effect;
    const name = `task ${task}`;
    const { seed = 0, answers: given } = this.world.options;
    const answers = given?.(effect) ?? answersOf(`${seed} ${this.facts.name} ${task}`, task, resource);
    const cancels = answers.map(({ afterMs, input }, index) => {
      const give = (): void => {
        if (index === answers.length - 1) this.open.delete(name);
        this.world.post(this, input);
      };
      return this.world.clock.setTimer(afterMs, give);
    });
    this.begin(name, () => {
      for (const cancel of cancels) cancel();
    });
  }

  private startMapRun({ mapRun, read }: Extract<Effect, { kind: "startMapRun" }>): void {
    if (read === undefined) return;
    const { found = [] } = this.world.options;
    const name = `${mapRun} reading`;
    this.begin(name, () => {});
    const items = found.slice(0, read.maxItems);
    this.world.clock.setTimer(1000, () => {
      if (this.open.delete(name))
        this.world.post(this, { kind: "itemsRead", mapRun, parts: [{ source: "s3://bucket/key", items }] });
    });
  }

  /** Children end, and say so, after they were stopped; what is read or written is not waited for. */
  private cancelMapRun(mapRun: string): void {
    const children = this.waiting.filter((child) => child.mapRun === mapRun);
    this.waiting = this.waiting.filter((child) => child.mapRun !== mapRun);
    if (children.length > 0) this.world.post(this, { kind: "childrenReturned", mapRun, children });
    for (const [name, { cancel }] of [...this.open]) {
      if (name.startsWith(`${mapRun} child `)) cancel();
      else if (name.startsWith(`${mapRun} `)) this.close(name);
    }
  }

  private addChild(child: EffectOf<"startChild">): void {
    this.waiting.push(child);
    this.startWaiting(child.mapRun);
  }

  private startWaiting(mapRun: string): void {
    const { mostAtWork = Number.POSITIVE_INFINITY } = this.world.options;
    const next = this.waiting.find((child) => child.mapRun === mapRun);
    const atWork = this.atWork.get(mapRun) ?? 0;
    if (next === undefined || atWork >= mostAtWork) return;
    this.waiting.splice(this.waiting.indexOf(next), 1);
    this.atWork.set(mapRun, atWork + 1);
    this.startChild(next);
  }

  private startChild(effect: Extract<Effect, { kind: "startChild" }>): void {
    const { mapRun, index, input, type, child } = effect;
    const name = `${mapRun} child ${index}`;
    const arn = `${this.facts.arn}/${index}`;
    const startedAt = this.world.clock.now();
    const facts: ExecutionFacts = {
      ...this.facts,
      arn,
      name: `${this.facts.name}/${index}`,
      type,
      startedAt,
      input,
      child,
    };
    const started = this.world.start(facts, (execution, ending) => {
      if (!this.open.delete(name)) return;
      this.atWork.set(mapRun, (this.atWork.get(mapRun) ?? 1) - 1);
      const result = this.resultOf(execution, ending);
      this.world.post(this, { kind: "childEnded", mapRun, index, result });
      this.startWaiting(mapRun);
    });
    this.begin(name, () => this.world.post(started, { kind: "stop" }));
  }

  private resultOf({ facts }: Execution, ending: Ending): EndedChild {
    const dates = { startDate: new Date(facts.startedAt), stopDate: new Date(this.world.clock.now()) };
    return {
      ...ending,
      executionArn: facts.arn,
      stateMachineArn: facts.stateMachineArn,
      name: facts.name,
      input: facts.input,
      startDate: dates.startDate.toISOString(),
      stopDate: dates.stopDate.toISOString(),
    };
  }

  private write({ mapRun, write }: Extract<Effect, { kind: "writeResults" }>): void {
    const name = `${mapRun} writing`;
    this.begin(name, () => {});
    const output = { MapRunArn: write.mapRunArn, ResultWriterDetails: { Count: write.results.length } };
    this.world.clock.setTimer(1000, () => {
      if (this.open.delete(name)) this.world.post(this, { kind: "resultsWritten", mapRun, output });
    });
  }
}
