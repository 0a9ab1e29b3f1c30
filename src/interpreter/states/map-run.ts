import { amountOf } from "../amount.js";
import { Data } from "../data.js";
import type { ReadRequest, ReturnedChild } from "../effect.js";
import { Failure } from "../failure.js";
import { sizedBatcher } from "../map/batches.js";
import { maxItems } from "../map/map-numbers.js";
import { defaultLabel, mapRunArn } from "../map/map-run.js";
import { mostItems, stateData } from "../map/read-items.js";
import type { ReadItems } from "../map/reading.js";
import type { EndedChild } from "../map/result-files.js";
import { exceeds, thresholdExceeded } from "../map/tolerance.js";
import type { Outcome } from "../outcome.js";
import { Portion } from "../portion.js";
import { reasons } from "../run.js";
import type { MapRun, MapRunPhase, Visit } from "../snapshot.js";
import type { Turn } from "../turn.js";
import { type Distribution, fill } from "./distribution.js";
import type { MapWork, PlannedMap } from "./map.js";
import { batcherOf, batchItems, withWork } from "./map-batching.js";
import { childWork, gathered, itemsIn } from "./map-items.js";
import { cancel, failMapRun, writeResults } from "./map-run-end.js";

/** Child executions that run at the same time where `MaxConcurrency` does not say. */
const mostChildren = 10_000;

/** Begins a Map run: reads its items, or goes on with those that it has. */
export function startMapRun(
  state: PlannedMap,
  distribution: Distribution,
  turn: Turn,
  visit: Visit,
  work: MapWork,
): Outcome {
  const { facts } = turn.run;
  const [, , , region = "", account = ""] = facts.arn.split(":");
  const home = { region, account, machine: facts.stateMachineName };
  const label = distribution.label ?? defaultLabel(home, visit.state);
  const arn = mapRunArn(home, { label, uuid: turn.random.uuid() });
  const id = turn.nameOf("mapRun");
  turn.record("MapRunStarted", { mapRunArn: arn });
  const mapRun: MapRun = {
    id,
    arn,
    stage: "reading",
    concurrency: work.concurrency === 0 ? mostChildren : work.concurrency,
    tolerance: { count: work.toleratedCount, percentage: work.toleratedPercentage },
    items: [],
    sources: [],
    nextItem: 0,
    isReady: false,
    running: 0,
    total: 0,
    failed: 0,
    results: undefined,
  };
  const phase: MapRunPhase = { kind: "mapRun", visit, mapRun };
  const read = readRequest(distribution, turn, visit);
  turn.effect({
    kind: "startMapRun",
    mapRun: id,
    arn,
    type: distribution.executionType,
    maxConcurrency: work.concurrency,
    tolerance: mapRun.tolerance,
    ...(read === undefined || read instanceof Failure ? {} : { read }),
  });
  if (read instanceof Failure) return failMapRun(state, turn, phase, read);
  const given = [{ source: stateData, items: work.items }];
  return read === undefined ? takeItems(state, distribution, turn, phase, given) : phase;
}

/** What is to be read for the items; `undefined` where they are in the input. */
export function readRequest({ reader }: Distribution, turn: Turn, visit: Visit): ReadRequest | undefined | Failure {
  if (reader === undefined) return undefined;
  const input = visit.input.value;
  const most = amountOf(reader.maxItems, maxItems, turn, visit, input);
  if (most instanceof Failure) return most;
  const parameters =
    reader.parameters === undefined ? {} : fill(reader.parameters, turn, visit, input, "ItemReader/Arguments");
  if (parameters instanceof Failure) return parameters;
  const { resource, config } = reader;
  return { resource, config, parameters, maxItems: most === undefined || most === 0 ? mostItems : most };
}

/** The items are there: batches of them, or child executions, are made in the turns that follow. */
export function takeItems(
  state: PlannedMap,
  distribution: Distribution,
  turn: Turn,
  phase: MapRunPhase,
  parts: readonly ReadItems[],
): Outcome {
  if (phase.mapRun.stage !== "reading") return phase;
  const { items, sources } = gathered(parts);
  const mapRun: MapRun = { ...phase.mapRun, items, sources, total: items.length };
  if (distribution.batcher === undefined) return { ...phase, mapRun: withWork(turn, mapRun, items) };
  const batcher = batcherOf(state, distribution.batcher, turn, phase.visit);
  if (batcher instanceof Failure) return cancel(state, turn, phase, batcher);
  const batching = { batcher: sizedBatcher(batcher), nextItem: 0, selected: undefined };
  return { ...phase, mapRun: { ...mapRun, stage: "batching", isReady: true, batching } };
}

/** The turn of a Map run: its batches are made, more child executions begin, or those that never will are noted. */
export function goOn(state: PlannedMap, distribution: Distribution, turn: Turn, phase: MapRunPhase): Outcome {
  switch (phase.mapRun.stage) {
    case "batching":
      return batchItems(state, turn, phase);
    case "running":
      return beginChildren(state, distribution, turn, phase);
    case "stopping":
      return noteUnbegun(state, distribution, turn, phase);
    default:
      return phase;
  }
}

/** Begins as many child executions as may run; ends the Map when there is none left. */
function beginChildren(state: PlannedMap, distribution: Distribution, turn: Turn, phase: MapRunPhase): Outcome {
  const { visit, mapRun } = phase;
  let { nextItem, running } = mapRun;
  const mayStart = (): boolean => nextItem < mapRun.items.length && running < mapRun.concurrency;
  for (const portion = new Portion(turn, mapRun.id); mayStart() && !portion.isOver; nextItem++, running++) {
    portion.begin(nextItem);
    const { item, input } = childWork(state, distribution, turn, visit, mapRun, nextItem);
    if (input instanceof Failure) return cancel(state, turn, phase, input);
    turn.effect({
      kind: "startChild",
      mapRun: mapRun.id,
      index: nextItem,
      items: itemsIn(distribution, item.value),
      input,
      type: distribution.executionType,
      child: { startAt: state.startAt, item, parentArn: turn.run.facts.arn, mapRunArn: mapRun.arn },
    });
  }
  const next: MapRunPhase = { ...phase, mapRun: { ...mapRun, nextItem, running, isReady: mayStart() } };
  return running === 0 ? writeResults(state, distribution, turn, next) : next;
}

/** A child execution has ended. */
export function endChild(
  state: PlannedMap,
  distribution: Distribution,
  turn: Turn,
  phase: MapRunPhase,
  index: number,
  result: EndedChild,
): Outcome {
  const { mapRun } = phase;
  if (mapRun.stage !== "running" && mapRun.stage !== "stopping") return phase;
  const hasFailed = result.status === "FAILED" || result.status === "TIMED_OUT";
  const failed = mapRun.failed + (hasFailed ? itemsIn(distribution, mapRun.items[index]) : 0);
  const results = { index, result, before: mapRun.results };
  const next: MapRunPhase = { ...phase, mapRun: { ...mapRun, running: mapRun.running - 1, failed, results } };
  if (mapRun.stage === "stopping") return writeOnceStopped(state, distribution, turn, next);
  if (failed > mapRun.failed && exceeds(mapRun.tolerance, failed, mapRun.total))
    return failTooMany(state, distribution, turn, next);
  // Where more of them begin already, the turn of that will come.
  return mapRun.isReady ? next : beginChildren(state, distribution, turn, next);
}

/** Too many items have failed. Where results are written, all that runs is stopped first, for its results belong to them. */
function failTooMany(state: PlannedMap, distribution: Distribution, turn: Turn, phase: MapRunPhase): Outcome {
  const { error, cause } = thresholdExceeded();
  if (distribution.writer.resource === "") return cancel(state, turn, phase, new Failure(error, cause));
  const { mapRun } = phase;
  turn.effect({ kind: "cancelMapRun", mapRun: mapRun.id });
  const isReady = mapRun.nextItem < mapRun.items.length;
  const stopping: MapRun = { ...mapRun, stage: "stopping", isReady, failure: reasons(error, cause) };
  return writeOnceStopped(state, distribution, turn, { ...phase, mapRun: stopping });
}

/** Of a run that has failed: notes the child executions that were never handed out. */
function noteUnbegun(state: PlannedMap, distribution: Distribution, turn: Turn, phase: MapRunPhase): Outcome {
  const { visit, mapRun } = phase;
  let { nextItem, results } = mapRun;
  const portion = new Portion(turn, mapRun.id);
  for (; nextItem < mapRun.items.length && !portion.isOver; nextItem++) {
    portion.begin(nextItem);
    const { item, input } = childWork(state, distribution, turn, visit, mapRun, nextItem);
    // What it would have got cannot be told: then the item is.
    const told = input instanceof Failure ? new Data(item.value) : input;
    results = { index: nextItem, result: { status: "PENDING", input: told }, before: results };
  }
  const isReady = nextItem < mapRun.items.length;
  const next: MapRunPhase = { ...phase, mapRun: { ...mapRun, nextItem, results, isReady } };
  return writeOnceStopped(state, distribution, turn, next);
}

/** Of a run that was stopped: child executions that waited for their turn have never begun. */
export function takeBack(
  state: PlannedMap,
  distribution: Distribution,
  turn: Turn,
  phase: MapRunPhase,
  children: readonly ReturnedChild[],
): Outcome {
  const { mapRun } = phase;
  if (mapRun.stage !== "stopping") return phase;
  let { results } = mapRun;
  for (const { index, input } of children) results = { index, result: { status: "PENDING", input }, before: results };
  const running = mapRun.running - children.length;
  return writeOnceStopped(state, distribution, turn, { ...phase, mapRun: { ...mapRun, running, results } });
}

function writeOnceStopped(state: PlannedMap, distribution: Distribution, turn: Turn, phase: MapRunPhase): Outcome {
  const { running, isReady } = phase.mapRun;
  return running === 0 && !isReady ? writeResults(state, distribution, turn, phase) : phase;
}
