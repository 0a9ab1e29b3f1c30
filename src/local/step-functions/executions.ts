import type { Data } from "../../interpreter/data.js";
import type { Ending } from "../../interpreter/effect.js";
import type { Plan } from "../../interpreter/plan.js";
import { type ExecutionFacts, mostEventsOf } from "../../interpreter/snapshot.js";
import { begin } from "../../interpreter/step.js";
import { MapObjects, type MapStorage } from "./map-objects.js";
import type { ChildStart } from "./map-run-at-work.js";
import type { MapRunServices } from "./map-runs.js";
import { Pace } from "./pace.js";
import { RunningExecution, type Surroundings } from "./running-execution.js";
import type { ExecutionRecord, MachineRecord } from "./store.js";

/** What StartExecution asks for, checked. */
export interface StartRequest {
  readonly machine: MachineRecord;
  readonly plan: Plan;
  readonly arn: string;
  readonly name: string;
  readonly input: Data;
  readonly traceHeader: string | undefined;
}

/** An execution to be begun. */
interface Launch {
  readonly plan: Plan;
  readonly machine: MachineRecord;
  readonly facts: Omit<ExecutionFacts, "seed" | "mostEvents">;
  readonly more: Pick<ExecutionRecord, "traceHeader" | "mapRunArn" | "itemCount">;
  readonly onEnd?: (ending: Ending | undefined) => void;
}

/** The executions that run in this process. */
export class Executions {
  private readonly around: Surroundings;
  private readonly newId: () => string;
  private readonly running = new Map<string, RunningExecution>();
  private readonly pace = new Pace();
  private readonly objects: MapObjects;
  private children = 0;
  private started = 0;
  private mapRunsStarted = 0;

  constructor(around: Surroundings, storage: MapStorage, newId: () => string) {
    this.around = around;
    this.newId = newId;
    this.objects = new MapObjects(storage, () => this.pace.nextTurn());
  }

  /** How many executions have not ended, child executions of distributed Maps aside. */
  get count(): number {
    return this.running.size - this.children;
  }

  /** Starts an execution; its first event is kept when this settles. */
  start({ machine, plan, arn, name, input, traceHeader }: StartRequest): Promise<ExecutionRecord> {
    return this.launch({
      plan,
      machine,
      facts: {
        arn,
        name,
        roleArn: machine.roleArn,
        type: "STANDARD",
        startedAt: this.around.clock.now(),
        input,
        stateMachineArn: machine.arn,
        stateMachineName: machine.name,
      },
      more: traceHeader === undefined ? {} : { traceHeader },
    });
  }

  /** Aborts an execution, its tasks and timers. Does nothing where it has ended already. */
  async stop(arn: string, error?: string, cause?: string): Promise<void> {
    await this.running
      .get(arn)
      ?.post({ kind: "stop", ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) });
  }

  /**
   * Aborts all executions.
   *
   * @returns how many there were, child executions of distributed Maps aside
   */
  async close(): Promise<number> {
    const { count } = this;
    // Children that were just being started come in the second round.
    for (let left = Number.POSITIVE_INFINITY; this.running.size > 0 && this.running.size < left; ) {
      left = this.running.size;
      const arns = [...this.running.keys()];
      await Promise.all(arns.map((arn) => this.stop(arn, undefined, "The embedded service was closed.")));
    }
    return count;
  }

  private async startChild(plan: Plan, { machine, facts, itemCount, onEnd }: ChildStart): Promise<void> {
    this.children++;
    const ended = (ending: Ending | undefined): void => {
      this.children--;
      onEnd(ending);
    };
    const mapRunArn = facts.child?.mapRunArn ?? "";
    await this.launch({ plan, machine, facts, more: { mapRunArn, itemCount }, onEnd: ended });
  }

  private async launch({ plan, machine, facts, more, onEnd }: Launch): Promise<ExecutionRecord> {
    const { arn, name, startedAt, input } = facts;
    const { snapshot, events, effects } = begin(plan, {
      ...facts,
      seed: this.newId(),
      mostEvents: mostEventsOf(facts.type),
    });
    const order = ++this.started;
    const record: ExecutionRecord = {
      arn,
      name,
      order,
      machine,
      status: "RUNNING",
      startedAt,
      input: input.text,
      ...more,
    };
    await this.around.store.commit(record, events);
    const execution = new RunningExecution(this.around, {
      plan,
      snapshot,
      record,
      pace: this.pace,
      mapRuns: this.mapRunServices(plan),
      onEnd: (ending) => {
        if (this.running.delete(arn)) onEnd?.(ending);
      },
    });
    this.running.set(arn, execution);
    execution.resume(events, effects);
    return record;
  }

  private mapRunServices(plan: Plan): MapRunServices {
    return {
      ...this.around,
      pace: this.pace,
      objects: this.objects,
      newId: this.newId,
      nextOrder: () => ++this.mapRunsStarted,
      children: { start: (child) => this.startChild(plan, child), stop: (arn) => this.stop(arn) },
    };
  }
}
