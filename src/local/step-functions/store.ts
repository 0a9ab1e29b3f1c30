import type { HistoryEvent } from "../../interpreter/history-event.js";
import type { MapRunCounts } from "../../interpreter/map/map-run.js";
import type { ExecutionStatus } from "../../interpreter/snapshot.js";
import type { JsonObject } from "../../language/json.js";

/** A state machine as it was created or last updated. Dates are milliseconds since 1970. */
export interface MachineRecord {
  readonly arn: string;
  readonly name: string;
  /** The text that was sent, to the byte. */
  readonly definition: string;
  readonly roleArn: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Set by the first update. */
  readonly revisionId?: string;
  readonly loggingConfiguration: JsonObject;
  readonly tracingConfiguration: JsonObject;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

/** An execution as its callers see it. Dates are milliseconds since 1970. */
export interface ExecutionRecord {
  readonly arn: string;
  readonly name: string;
  /** Grows by one with every execution. */
  readonly order: number;
  /** The machine as it was when the execution began: an update does not change what runs. */
  readonly machine: MachineRecord;
  readonly status: ExecutionStatus;
  readonly startedAt: number;
  readonly stoppedAt?: number;
  readonly input: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly traceHeader?: string;
  /** Of a child execution of a distributed Map. */
  readonly mapRunArn?: string;
  /** How many items a child execution works on. */
  readonly itemCount?: number;
}

/** A distributed Map at work. Dates are milliseconds since 1970. */
export interface MapRunRecord {
  readonly arn: string;
  /** Grows by one with every Map run. */
  readonly order: number;
  /** The execution that runs the Map. */
  readonly executionArn: string;
  /** What its child executions are executions of. */
  readonly stateMachineArn: string;
  readonly type: "STANDARD" | "EXPRESS";
  readonly status: "RUNNING" | "SUCCEEDED" | "FAILED" | "ABORTED";
  readonly startedAt: number;
  readonly stoppedAt?: number;
  readonly maxConcurrency: number;
  readonly toleratedFailureCount: number;
  readonly toleratedFailurePercentage: number;
  readonly itemCounts: MapRunCounts;
  readonly executionCounts: MapRunCounts;
}

/** Which events of a history are asked for. */
export interface HistoryQuery {
  /** Id of the event after which it goes on, in the order asked for; `undefined` for the start. */
  readonly after: number | undefined;
  readonly count: number;
  readonly newestFirst: boolean;
}

/**
 * What the service keeps. Every method may wait: nothing outside of the store may assume that it is memory.
 * What a method has answered is kept.
 */
export interface Store {
  machine(arn: string): Promise<MachineRecord | undefined>;
  /** At most `count` machines in the order of their ARNs, from behind `after` on. */
  machines(after: string, count: number): Promise<readonly MachineRecord[]>;
  saveMachine(record: MachineRecord): Promise<void>;
  removeMachine(arn: string): Promise<void>;

  execution(arn: string): Promise<ExecutionRecord | undefined>;
  /** At most `count` executions of a machine or a Map run, newest first, from below order `before` on. */
  executions(query: {
    readonly of: string;
    readonly status: string | undefined;
    readonly before: number;
    readonly count: number;
  }): Promise<readonly ExecutionRecord[]>;
  /** Keeps the record and adds the events to the history, both or none. */
  commit(record: ExecutionRecord, events: readonly HistoryEvent[]): Promise<void>;
  history(executionArn: string, query: HistoryQuery): Promise<readonly HistoryEvent[]>;

  mapRun(arn: string): Promise<MapRunRecord | undefined>;
  /** At most `count` Map runs of an execution, newest first, from below order `before` on. */
  mapRuns(executionArn: string, before: number, count: number): Promise<readonly MapRunRecord[]>;
  saveMapRun(record: MapRunRecord): Promise<void>;
}

/** A store that forgets everything with the process. */
export class MemoryStore implements Store {
  private readonly machinesByArn = new Map<string, MachineRecord>();
  private readonly executionsByArn = new Map<string, ExecutionRecord>();
  /** Of machines and of Map runs. */
  private readonly executionsOf = new Map<string, string[]>();
  private readonly histories = new Map<string, HistoryEvent[]>();
  private readonly mapRunsByArn = new Map<string, MapRunRecord>();
  private readonly mapRunsOf = new Map<string, string[]>();

  async machine(arn: string): Promise<MachineRecord | undefined> {
    return this.machinesByArn.get(arn);
  }

  async machines(after: string, count: number): Promise<readonly MachineRecord[]> {
    const arns = [...this.machinesByArn.keys()].filter((arn) => arn > after).sort();
    return arns.slice(0, count).flatMap((arn) => this.machinesByArn.get(arn) ?? []);
  }

  async saveMachine(record: MachineRecord): Promise<void> {
    this.machinesByArn.set(record.arn, record);
  }

  async removeMachine(arn: string): Promise<void> {
    this.machinesByArn.delete(arn);
  }

  async execution(arn: string): Promise<ExecutionRecord | undefined> {
    return this.executionsByArn.get(arn);
  }

  async executions({
    of,
    status,
    before,
    count,
  }: Parameters<Store["executions"]>[0]): Promise<readonly ExecutionRecord[]> {
    const found: ExecutionRecord[] = [];
    const arns = this.executionsOf.get(of) ?? [];
    for (let index = arns.length - 1; index >= 0 && found.length < count; index--) {
      const record = this.executionsByArn.get(arns[index] ?? "");
      if (record !== undefined && record.order < before && (status ?? record.status) === record.status)
        found.push(record);
    }
    return found;
  }

  async commit(record: ExecutionRecord, events: readonly HistoryEvent[]): Promise<void> {
    if (!this.executionsByArn.has(record.arn)) {
      append(this.executionsOf, record.mapRunArn ?? record.machine.arn, record.arn);
    }
    this.executionsByArn.set(record.arn, record);
    const history = this.histories.get(record.arn) ?? [];
    for (const event of events) history.push(event);
    this.histories.set(record.arn, history);
  }

  async history(executionArn: string, { after, count, newestFirst }: HistoryQuery): Promise<readonly HistoryEvent[]> {
    // Ids have no gaps: the event 1 stands at 0.
    const events = this.histories.get(executionArn) ?? [];
    if (!newestFirst) return events.slice(after ?? 0, (after ?? 0) + count);
    const end = after === undefined ? events.length : Math.max(0, after - 1);
    return events.slice(Math.max(0, end - count), end).reverse();
  }

  async mapRun(arn: string): Promise<MapRunRecord | undefined> {
    return this.mapRunsByArn.get(arn);
  }

  async mapRuns(executionArn: string, before: number, count: number): Promise<readonly MapRunRecord[]> {
    const all = (this.mapRunsOf.get(executionArn) ?? []).flatMap((arn) => this.mapRunsByArn.get(arn) ?? []);
    return all
      .filter(({ order }) => order < before)
      .reverse()
      .slice(0, count);
  }

  async saveMapRun(record: MapRunRecord): Promise<void> {
    if (!this.mapRunsByArn.has(record.arn)) append(this.mapRunsOf, record.executionArn, record.arn);
    this.mapRunsByArn.set(record.arn, record);
  }
}

function append(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key) ?? [];
  list.push(value);
  lists.set(key, list);
}
