import type { Data } from "../../interpreter/data.js";
import type { Plan } from "../../interpreter/plan.js";
import { begin } from "../../interpreter/step.js";
import { limits } from "../../language/limits.js";
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

/** The executions that run in this process. */
export class Executions {
  private readonly around: Surroundings;
  private readonly newId: () => string;
  private readonly running = new Map<string, RunningExecution>();
  private started = 0;

  constructor(around: Surroundings, newId: () => string) {
    this.around = around;
    this.newId = newId;
  }

  /** How many executions have not ended. */
  get count(): number {
    return this.running.size;
  }

  /** Starts an execution; its first event is kept when this settles. */
  async start({ machine, plan, arn, name, input, traceHeader }: StartRequest): Promise<ExecutionRecord> {
    const startedAt = this.around.clock.now();
    const { snapshot, events, effects } = begin(plan, {
      arn,
      name,
      roleArn: machine.roleArn,
      type: "STANDARD",
      startedAt,
      input,
      stateMachineArn: machine.arn,
      stateMachineName: machine.name,
      seed: this.newId(),
      mostEvents: limits.historyEvents,
    });
    const record: ExecutionRecord = {
      arn,
      name,
      order: ++this.started,
      machine,
      status: "RUNNING",
      startedAt,
      input: input.text,
      ...(traceHeader === undefined ? {} : { traceHeader }),
    };
    await this.around.store.commit(record, events);
    const execution = new RunningExecution(this.around, {
      plan,
      snapshot,
      record,
      onEnd: () => this.running.delete(arn),
    });
    this.running.set(arn, execution);
    execution.resume(events, effects);
    return record;
  }

  /** Aborts an execution, its tasks and timers. Does nothing where it has ended already. */
  async stop(arn: string, error: string | undefined, cause: string | undefined): Promise<void> {
    await this.running
      .get(arn)
      ?.post({ kind: "stop", ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) });
  }

  /**
   * Aborts all executions.
   *
   * @returns how many there were
   */
  async close(): Promise<number> {
    const arns = [...this.running.keys()];
    await Promise.all(arns.map((arn) => this.stop(arn, undefined, "The embedded service was closed.")));
    return arns.length;
  }
}
