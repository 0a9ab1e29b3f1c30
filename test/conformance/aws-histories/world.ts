import type { Data } from "../../../src/interpreter/data.js";
import type { Effect, Ending, StepInput } from "../../../src/interpreter/effect.js";
import { childArn, mapStateMachineArn } from "../../../src/interpreter/map/map-run.js";
import type { EndedChild } from "../../../src/interpreter/map/result-files.js";
import type { Plan } from "../../../src/interpreter/plan.js";
import type { ExecutionFacts, Snapshot } from "../../../src/interpreter/snapshot.js";
import { begin, canAdvance, type Stepped, step } from "../../../src/interpreter/step.js";
import type { JsonObject } from "../../../src/language/json.js";
import { wireEvent } from "../../../src/local/operations/get-execution-history.js";

type EffectOf<Kind extends Effect["kind"]> = Extract<Effect, { kind: Kind }>;

/** What answers to the effects that go out into the world. */
export interface Answers {
  task(effect: EffectOf<"startTask">): readonly StepInput[];
  items(effect: EffectOf<"startMapRun">): readonly StepInput[];
  written(effect: EffectOf<"writeResults">): readonly StepInput[];
}

/** Executions of one machine on one virtual clock. */
export class World {
  now: number;
  private readonly plan: Plan;
  private readonly answers: Answers;
  private running: Running[] = [];

  constructor(plan: Plan, answers: Answers, now: number) {
    this.plan = plan;
    this.answers = answers;
    this.now = now;
  }

  start(facts: ExecutionFacts, onEnd: (ending: Ending) => void = () => undefined): Running {
    const execution = new Running(this, this.plan, this.answers, facts, onEnd);
    this.running.push(execution);
    return execution;
  }

  /** Runs until nothing more happens by itself. */
  run(): void {
    for (;;) {
      if (this.running.some((execution) => execution.goOn())) continue;
      this.running = this.running.filter(({ ending }) => ending === undefined);
      const next = this.running
        .flatMap((execution) => execution.nextTimer() ?? [])
        .sort((one, other) => one.at - other.at)[0];
      if (next === undefined) return;
      this.now = Math.max(this.now, next.at);
      next.ring();
    }
  }
}

/** One execution, and what a shell keeps of it. */
export class Running {
  readonly events: JsonObject[] = [];
  ending: Ending | undefined;
  private readonly world: World;
  private readonly plan: Plan;
  private readonly answers: Answers;
  private readonly facts: ExecutionFacts;
  private readonly onEnd: (ending: Ending) => void;
  private readonly timers = new Map<string, number>();
  private readonly inputs: StepInput[] = [];
  private readonly children = new Map<string, Running[]>();
  private snapshot: Snapshot;

  constructor(world: World, plan: Plan, answers: Answers, facts: ExecutionFacts, onEnd: (ending: Ending) => void) {
    this.world = world;
    this.plan = plan;
    this.answers = answers;
    this.facts = facts;
    this.onEnd = onEnd;
    const begun = begin(plan, facts);
    this.snapshot = begun.snapshot;
    this.take(begun);
  }

  get status(): string {
    return this.snapshot.status;
  }

  /** Takes one step, if there is any to take without waiting. */
  goOn(): boolean {
    if (this.ending !== undefined) return false;
    const input: StepInput | undefined = canAdvance(this.snapshot)
      ? { kind: "advance", turns: 1000 }
      : this.inputs.shift();
    if (input === undefined) return false;
    this.step(input);
    return true;
  }

  nextTimer(): { readonly at: number; readonly ring: () => void } | undefined {
    const [first] = [...this.timers].sort(([, one], [, other]) => one - other);
    if (first === undefined || this.ending !== undefined) return undefined;
    const [timer, at] = first;
    const ring = (): void => {
      this.timers.delete(timer);
      this.step({ kind: "timer", timer });
    };
    return { at, ring };
  }

  private step(input: StepInput): void {
    const stepped = step(this.plan, this.snapshot, input, this.world.now);
    this.snapshot = stepped.snapshot;
    this.take(stepped);
  }

  private take({ events, effects }: Stepped): void {
    for (const event of events) this.events.push(wireEvent(event));
    for (const effect of effects) this.carryOut(effect);
  }

  private carryOut(effect: Effect): void {
    switch (effect.kind) {
      case "setTimer":
        this.timers.set(effect.timer, effect.at);
        break;
      case "cancelTimer":
        this.timers.delete(effect.timer);
        break;
      case "startTask":
        this.inputs.push(...this.answers.task(effect));
        break;
      case "startMapRun":
        this.inputs.push(...this.answers.items(effect));
        break;
      case "startChild":
        this.startChild(effect);
        break;
      case "writeResults":
        this.inputs.push(...this.answers.written(effect));
        break;
      case "cancelMapRun":
        for (const child of this.children.get(effect.mapRun) ?? []) child.stop();
        break;
      case "end":
        this.ending = effect;
        this.onEnd(effect);
        break;
      default: // An answer to a task that was cancelled changes nothing.
    }
  }

  private stop(): void {
    if (this.ending === undefined) this.step({ kind: "stop" });
  }

  private startChild({ mapRun, index, input, type, child }: EffectOf<"startChild">): void {
    const facts = this.childFacts(index, input, type, child);
    const onEnd = (ending: Ending): void => {
      this.inputs.push({ kind: "childEnded", mapRun, index, result: this.resultOf(facts, ending) });
    };
    const running = this.world.start(facts, onEnd);
    this.children.set(mapRun, [...(this.children.get(mapRun) ?? []), running]);
  }

  private childFacts(
    index: number,
    input: Data,
    type: "STANDARD" | "EXPRESS",
    child: NonNullable<ExecutionFacts["child"]>,
  ): ExecutionFacts {
    const { stateMachineName: machine, arn, seed } = this.facts;
    const [, , , region = "", account = ""] = arn.split(":");
    const [label = ""] = child.mapRunArn.slice(child.mapRunArn.lastIndexOf("/") + 1).split(":");
    const home = { region, account, machine };
    const name = `child-${index}`;
    return {
      ...this.facts,
      arn: childArn(home, label, name),
      name,
      type,
      startedAt: this.world.now,
      input,
      stateMachineArn: mapStateMachineArn(home, label),
      stateMachineName: `${machine}/${label}`,
      seed: `${seed}:${child.mapRunArn}:${index}`,
      child,
    };
  }

  private resultOf({ arn, name, stateMachineArn, input, startedAt }: ExecutionFacts, ending: Ending): EndedChild {
    const { status, output, error, cause } = ending;
    return {
      status,
      executionArn: arn,
      stateMachineArn,
      name,
      input,
      output,
      error,
      cause,
      startDate: new Date(startedAt).toISOString(),
      stopDate: new Date(this.world.now).toISOString(),
    };
  }
}
