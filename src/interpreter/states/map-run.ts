import type { Json } from "../../language/json.js";
import { amountOf } from "../amount.js";
import { Data } from "../data.js";
import { selectedInput } from "../data-flow.js";
import type { ReadRequest, ReturnedChild } from "../effect.js";
import { Failure } from "../failure.js";
import { batchesOf } from "../map/batches.js";
import { maxInputBytesPerBatch, maxItems, maxItemsPerBatch } from "../map/map-numbers.js";
import { defaultLabel, mapRunArn } from "../map/map-run.js";
import { mostItems, stateData } from "../map/read-items.js";
import type { ReadItems } from "../map/reading.js";
import type { EndedChild } from "../map/result-files.js";
import { exceeds, thresholdExceeded } from "../map/tolerance.js";
import type { Outcome } from "../outcome.js";
import { reasons } from "../run.js";
import type { MapRun, MapRunPhase, Visit } from "../snapshot.js";
import type { Turn } from "../turn.js";
import { type Distribution, fill, type PlannedBatcher } from "./distribution.js";
import type { MapWork, PlannedMap } from "./map.js";
import { childWork, gathered, itemAt, itemsIn } from "./map-items.js";
import { iterationData } from "./map-iteration.js";
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

/** The items are there: the first child executions begin. */
export function takeItems(
  state: PlannedMap,
  distribution: Distribution,
  turn: Turn,
  phase: MapRunPhase,
  parts: readonly ReadItems[],
): Outcome {
  if (phase.mapRun.stage !== "reading") return phase;
  const { items, sources } = gathered(parts);
  const { batcher } = distribution;
  const work = batcher === undefined ? items : batched(state, batcher, turn, phase.visit, items, sources);
  if (work instanceof Failure) return cancel(state, turn, phase, work);
  const mapRun: MapRun = { ...phase.mapRun, stage: "running", items: work, sources, total: items.length };
  turn.effect({ kind: "countItems", mapRun: mapRun.id, items: items.length, children: work.length });
  return goOn(state, distribution, turn, { ...phase, mapRun });
}

/** The items as the child executions get them, in batches. */
export function batched(
  state: PlannedMap,
  { maxItems: most, maxInputBytes: bytes, batchInput: template }: PlannedBatcher,
  turn: Turn,
  visit: Visit,
  items: readonly Json[],
  sources: MapRun["sources"],
): readonly Json[] | Failure {
  const input = selectedInput(state.flow, turn, visit);
  if (input instanceof Failure) return input;
  const mostItemsPerBatch = amountOf(most, maxItemsPerBatch, turn, visit, input);
  if (mostItemsPerBatch instanceof Failure) return mostItemsPerBatch;
  const mostBytes = amountOf(bytes, maxInputBytesPerBatch, turn, visit, input);
  if (mostBytes instanceof Failure) return mostBytes;
  const batchInput = template === undefined ? undefined : fill(template, turn, visit, input, "ItemBatcher/BatchInput");
  if (batchInput instanceof Failure) return batchInput;
  const selected: Json[] = [];
  for (const index of items.keys()) {
    turn.renew();
    const data = iterationData(state, turn, visit, itemAt(items, sources, index));
    if (data instanceof Failure) return data;
    selected.push(data.value);
  }
  return batchesOf(selected, { maxItems: mostItemsPerBatch, maxInputBytes: mostBytes, batchInput });
}

/** Items that one turn works on: the input of each is made then. */
const itemsAtOnce = 100;

/** The turn of a Map run: more child executions begin, or those that never will are noted. */
export function goOn(state: PlannedMap, distribution: Distribution, turn: Turn, phase: MapRunPhase): Outcome {
  switch (phase.mapRun.stage) {
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
  for (const end = nextItem + itemsAtOnce; nextItem < end && mayStart(); nextItem++, running++) {
    turn.renew();
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
  return beginChildren(state, distribution, turn, next);
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
  for (const end = Math.min(nextItem + itemsAtOnce, mapRun.items.length); nextItem < end; nextItem++) {
    turn.renew();
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
