import type { Effect, Ending, StepInput } from "../../interpreter/effect.js";
import {
  type ChildStatus,
  childArn,
  type MapRunCounts,
  mapStateMachineArn,
  moved,
  pendingCounts,
  written,
} from "../../interpreter/map/map-run.js";
import type { EndedChild } from "../../interpreter/map/result-files.js";
import type { ExecutionFacts, ExecutionStatus } from "../../interpreter/snapshot.js";
import type { Clock } from "../clock.js";
import type { Pace } from "./pace.js";
import type { ExecutionRecord, MachineRecord, MapRunRecord, Store } from "./store.js";

type EffectOf<Kind extends Effect["kind"]> = Extract<Effect, { kind: Kind }>;
type StartChild = EffectOf<"startChild">;

/** Starts a child execution and stops it. */
export interface Children {
  /** Settles once its first event is kept; `onEnd` is told how it ended, or nothing where that could not be kept. */
  start(child: ChildStart): Promise<void>;
  stop(arn: string): Promise<void>;
}

/** A child execution to be started. */
export interface ChildStart {
  readonly machine: MachineRecord;
  readonly facts: Omit<ExecutionFacts, "seed" | "mostEvents">;
  readonly itemCount: number;
  readonly onEnd: (ending: Ending | undefined) => void;
}

/** What a Map run needs from around it. */
export interface MapRunSurroundings {
  readonly store: Store;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly children: Children;
  readonly newId: () => string;
  readonly onProblem: (problem: unknown) => void;
}

/** The execution that a Map run belongs to. */
export interface Parent {
  readonly record: ExecutionRecord;
  readonly post: (input: StepInput) => void;
}

/** Child executions of one Map run that are at work at the same time, whatever `MaxConcurrency` says: the others wait here. */
export const mostAtWork = 100;

/** One distributed Map at work: starts its child executions, and keeps count of them. */
export class MapRunAtWork {
  private readonly around: MapRunSurroundings;
  private readonly parent: Parent;
  private readonly name: string;
  private record: MapRunRecord;
  private queue: StartChild[] = [];
  /** Of the queue, so many have been started. */
  private taken = 0;
  private readonly atWork = new Set<string>();
  private starting = false;
  private cancelled = false;

  constructor(around: MapRunSurroundings, parent: Parent, begun: EffectOf<"startMapRun">, order: number) {
    this.around = around;
    this.parent = parent;
    this.name = begun.mapRun;
    this.record = {
      arn: begun.arn,
      order,
      executionArn: parent.record.arn,
      stateMachineArn: machineOf(parent.record, begun.arn).arn,
      type: begun.type,
      status: "RUNNING",
      startedAt: around.clock.now(),
      maxConcurrency: begun.maxConcurrency,
      toleratedFailureCount: begun.tolerance.count ?? 0,
      toleratedFailurePercentage: begun.tolerance.percentage ?? 0,
      itemCounts: pendingCounts(0),
      executionCounts: pendingCounts(0),
    };
    this.save();
  }

  countItems(items: number, children: number): void {
    this.record = { ...this.record, itemCounts: pendingCounts(items), executionCounts: pendingCounts(children) };
    this.save();
  }

  /** Starts a child execution when its turn comes. */
  add(child: StartChild): void {
    this.queue.push(child);
    void this.startWaiting();
  }

  /** What waits is returned, what runs is stopped. */
  cancel(): void {
    if (this.cancelled) return;
    this.cancelled = true;
    const children = this.queue.slice(this.taken).map(({ index, input }) => ({ index, input }));
    this.queue = [];
    this.taken = 0;
    if (children.length > 0) this.report({ kind: "childrenReturned", mapRun: this.name, children });
    for (const arn of this.atWork) void this.around.children.stop(arn);
  }

  /** The Map run is over. */
  end(status: Exclude<MapRunRecord["status"], "RUNNING">): void {
    if (this.record.status !== "RUNNING") return;
    const { itemCounts, executionCounts } = this.record;
    const counted = status === "SUCCEEDED" ? written : (counts: MapRunCounts) => counts;
    this.record = {
      ...this.record,
      status,
      stoppedAt: this.around.clock.now(),
      itemCounts: counted(itemCounts),
      executionCounts: counted(executionCounts),
    };
    this.save();
    this.cancel();
  }

  private async startWaiting(): Promise<void> {
    if (this.starting) return;
    this.starting = true;
    try {
      while (this.taken < this.queue.length && this.atWork.size < mostAtWork) {
        if (this.around.pace.isOver) await this.around.pace.nextTurn();
        const next = this.queue[this.taken++];
        if (next !== undefined) await this.start(next);
      }
    } catch (problem) {
      this.around.onProblem(problem);
      const cause = problem instanceof Error ? problem.message : String(problem);
      this.report({ kind: "mapRunFailed", mapRun: this.name, error: "States.Runtime", cause });
    } finally {
      this.starting = false;
    }
    if (this.taken === this.queue.length) {
      this.queue = [];
      this.taken = 0;
    }
  }

  private async start(child: StartChild): Promise<void> {
    const facts = this.factsOf(child);
    this.atWork.add(facts.arn);
    this.move("pending", "running", child.items);
    await this.around.children.start({
      machine: machineOf(this.parent.record, this.record.arn),
      facts,
      itemCount: child.items,
      onEnd: (ending) => this.childEnded(child, facts, ending),
    });
    // It may have been too early to stop it.
    if (this.cancelled) await this.around.children.stop(facts.arn);
  }

  private factsOf({ input, type, child }: StartChild): ChildStart["facts"] {
    const { arn, machine } = this.parent.record;
    const [, , , region = "", account = ""] = arn.split(":");
    const home = { region, account, machine: machine.name };
    const label = labelOf(this.record.arn);
    const name = this.around.newId();
    return {
      arn: type === "EXPRESS" ? childArn(home, label, name, this.around.newId()) : childArn(home, label, name),
      name,
      roleArn: machine.roleArn,
      type,
      startedAt: this.around.clock.now(),
      input,
      stateMachineArn: this.record.stateMachineArn,
      stateMachineName: `${machine.name}/${label}`,
      child,
    };
  }

  private childEnded(child: StartChild, facts: ChildStart["facts"], ending: Ending | undefined): void {
    this.atWork.delete(facts.arn);
    const { status, output, error, cause } = ending ?? unkept;
    this.move("running", countedAs[status], child.items);
    const result: EndedChild = {
      status,
      executionArn: facts.arn,
      stateMachineArn: facts.stateMachineArn,
      name: facts.name,
      input: facts.input,
      output,
      error,
      cause,
      startDate: new Date(facts.startedAt).toISOString(),
      stopDate: new Date(this.around.clock.now()).toISOString(),
    };
    this.report({ kind: "childEnded", mapRun: this.name, index: child.index, result });
    void this.startWaiting();
  }

  /** Tells the execution, which does not ask for more once the Map run is over. */
  private report(input: StepInput): void {
    if (this.record.status === "RUNNING") this.parent.post(input);
  }

  private move(from: ChildStatus, to: ChildStatus, items: number): void {
    const { itemCounts, executionCounts } = this.record;
    this.record = {
      ...this.record,
      itemCounts: moved(itemCounts, from, to, items),
      executionCounts: moved(executionCounts, from, to),
    };
    this.save();
  }

  private save(): void {
    this.around.store.saveMapRun(this.record).catch(this.around.onProblem);
  }
}

const unkept: Ending = { status: "FAILED", error: "States.Runtime", cause: "The execution could not be kept." };

const countedAs: Readonly<Record<Exclude<ExecutionStatus, "RUNNING">, ChildStatus>> = {
  SUCCEEDED: "succeeded",
  FAILED: "failed",
  TIMED_OUT: "timedOut",
  ABORTED: "aborted",
};

/** The state machine that the child executions of a Map run are executions of. */
function machineOf({ arn, machine }: ExecutionRecord, mapRunArn: string): MachineRecord {
  const [, , , region = "", account = ""] = arn.split(":");
  const label = labelOf(mapRunArn);
  const home = { region, account, machine: machine.name };
  return { ...machine, arn: mapStateMachineArn(home, label), name: `${machine.name}/${label}` };
}

/** `arn:…:mapRun:machine/label:uuid` */
function labelOf(mapRunArn: string): string {
  return mapRunArn.slice(mapRunArn.lastIndexOf("/") + 1, mapRunArn.lastIndexOf(":"));
}
