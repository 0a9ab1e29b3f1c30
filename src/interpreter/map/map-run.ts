import { partitionOf } from "../../language/arn.js";
import { Random } from "../random.js";

/** Where a Map run belongs. */
export interface MapRunHome {
  readonly region: string;
  readonly account: string;
  /** Name of the state machine. */
  readonly machine: string;
}

/** What tells a Map run from others. */
export interface MapRunName {
  /** `Label` of the state or its {@link defaultLabel}. */
  readonly label: string;
  readonly uuid: string;
}

/** ARN of a Map run. */
export function mapRunArn(home: MapRunHome, { label, uuid }: MapRunName): string {
  return arn(home, `mapRun:${home.machine}/${label}:${uuid}`);
}

/** ARN of the state machine that the child executions of a Map run belong to. */
export function mapStateMachineArn(home: MapRunHome, label: string): string {
  return arn(home, `stateMachine:${home.machine}/${label}`);
}

/** ARN of a child execution. An Express one has a further UUID, of its run. */
export function childArn(home: MapRunHome, label: string, name: string, expressRun?: string): string {
  if (expressRun === undefined) return arn(home, `execution:${home.machine}/${label}:${name}`);
  return arn(home, `express:${home.machine}/${label}:${name}:${expressRun}`);
}

function arn({ region, account }: MapRunHome, resource: string): string {
  return `arn:${partitionOf(region)}:states:${region}:${account}:${resource}`;
}

/** What AWS makes up for a state without a `Label`: a UUID, the same for all runs of a state of one machine. */
export function defaultLabel({ region, account, machine }: MapRunHome, state: string): string {
  return new Random(JSON.stringify([region, account, machine, state])).uuid();
}

/** How a child execution, or an item in one, may stand. */
export type ChildStatus = "pending" | "running" | "succeeded" | "failed" | "timedOut" | "aborted";

/** `itemCounts` or `executionCounts` of `DescribeMapRun`. */
export interface MapRunCounts extends Readonly<Record<ChildStatus, number>> {
  readonly resultsWritten: number;
  readonly total: number;
}

/** Counts of a Map run that has not started any of `total` yet. */
export function pendingCounts(total: number): MapRunCounts {
  return { ...noCounts, pending: total, total };
}

const noCounts: MapRunCounts = {
  aborted: 0,
  failed: 0,
  pending: 0,
  resultsWritten: 0,
  running: 0,
  succeeded: 0,
  timedOut: 0,
  total: 0,
};

/** Counts after `size` of them have gone from one status to another. */
export function moved(counts: MapRunCounts, from: ChildStatus, to: ChildStatus, size = 1): MapRunCounts {
  if (from === to) return counts;
  return { ...counts, [from]: counts[from] - size, [to]: counts[to] + size };
}

/** Counts at the end, when the results of all that ran are in the output or in files. AWS counts them in either case. */
export function written(counts: MapRunCounts): MapRunCounts {
  return { ...counts, resultsWritten: counts.succeeded + counts.failed + counts.timedOut + counts.aborted };
}
