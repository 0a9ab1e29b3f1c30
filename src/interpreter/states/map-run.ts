import type { Json } from "../../language/json.js";
import { amountOf } from "../amount.js";
import { Data, isList, isObject } from "../data.js";
import { selectedInput } from "../data-flow.js";
import type { ReadRequest } from "../effect.js";
import { Failure, runtimeFailure } from "../failure.js";
import { batchesOf } from "../map/batches.js";
import { maxInputBytesPerBatch, maxItems, maxItemsPerBatch } from "../map/map-numbers.js";
import { defaultLabel, mapRunArn } from "../map/map-run.js";
import { mostItems, stateData } from "../map/read-items.js";
import type { ReadItems } from "../map/reading.js";
import { type ChildResult, type EndedChild, inlineOutput, type PendingChild } from "../map/result-files.js";
import { exceeds, thresholdExceeded } from "../map/tolerance.js";
import type { Outcome } from "../outcome.js";
import { reasons } from "../run.js";
import { inOrder, type MapItem, type MapRun, type Phase, type Visit } from "../snapshot.js";
import type { Turn } from "../turn.js";
import { type Distribution, fill, type PlannedBatcher } from "./distribution.js";
import type { MapWork, PlannedMap } from "./map.js";
import { failMap, leaveMap } from "./map-exit.js";
import { iterationData } from "./map-iteration.js";

type MapRunPhase = Extract<Phase, { kind: "mapRun" }>;

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
    isStarting: false,
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

type Sources = MapRun["sources"];

function gathered(parts: readonly ReadItems[]): { readonly items: readonly Json[]; readonly sources: Sources } {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined)
    return { items: first.items, sources: [{ from: 0, source: first.source }] };
  const items: Json[] = [];
  const sources = parts.map((part) => {
    const from = items.length;
    for (const item of part.items) items.push(item);
    return { from, source: part.source };
  });
  return { items, sources };
}

/** The item at an index, and where it comes from. */
function itemAt(items: readonly Json[], sources: Sources, index: number): MapItem {
  let low = 0;
  let high = sources.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((sources[middle]?.from ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  const source = sources[low]?.source;
  return { index, value: items[index] ?? null, ...(source === undefined ? {} : { source }) };
}

/** The items as the child executions get them, in batches. */
export function batched(
  state: PlannedMap,
  { maxItems: most, maxInputBytes: bytes, batchInput: template }: PlannedBatcher,
  turn: Turn,
  visit: Visit,
  items: readonly Json[],
  sources: Sources,
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

/** Child executions that begin in one turn: the input of each is made then. */
const startedAtOnce = 100;

/** Begins as many child executions as may run; ends the Map when there is none left. */
export function goOn(state: PlannedMap, distribution: Distribution, turn: Turn, phase: MapRunPhase): Outcome {
  const { visit, mapRun } = phase;
  let { nextItem, running } = mapRun;
  const mayStart = (): boolean => nextItem < mapRun.items.length && running < mapRun.concurrency;
  for (const end = nextItem + startedAtOnce; nextItem < end && mayStart(); nextItem++, running++) {
    turn.renew();
    const isBatch = distribution.batcher !== undefined;
    const item = itemAt(mapRun.items, isBatch ? [] : mapRun.sources, nextItem);
    const input = isBatch ? new Data(item.value) : iterationData(state, turn, visit, item);
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
  const next: MapRunPhase = { ...phase, mapRun: { ...mapRun, nextItem, running, isStarting: mayStart() } };
  return running === 0 ? write(state, distribution, turn, next) : next;
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
  if (mapRun.stage !== "running") return phase;
  const hasFailed = result.status === "FAILED" || result.status === "TIMED_OUT";
  const failed = mapRun.failed + (hasFailed ? itemsIn(distribution, mapRun.items[index]) : 0);
  const results = { index, result, before: mapRun.results };
  const next: MapRunPhase = { ...phase, mapRun: { ...mapRun, running: mapRun.running - 1, failed, results } };
  if (failed > mapRun.failed && exceeds(mapRun.tolerance, failed, mapRun.total)) {
    const { error, cause } = thresholdExceeded();
    if (distribution.writer.resource === "") return cancel(state, turn, next, new Failure(error, cause));
    turn.effect({ kind: "cancelMapRun", mapRun: mapRun.id });
    return write(state, distribution, turn, { ...next, mapRun: { ...next.mapRun, failure: reasons(error, cause) } });
  }
  return goOn(state, distribution, turn, next);
}

/** How many items a child execution works on. */
function itemsIn({ batcher }: Distribution, work: Json | undefined): number {
  const items = batcher !== undefined && isObject(work) ? work["Items"] : undefined;
  return isList(items) ? items.length : 1;
}

function write(state: PlannedMap, distribution: Distribution, turn: Turn, phase: MapRunPhase): Outcome {
  const { writer } = distribution;
  const { visit, mapRun } = phase;
  const ended = inOrder(mapRun.results, mapRun.items.length).filter((result) => result !== undefined);
  const results: readonly ChildResult[] = [...ended, ...pending(state, distribution, turn, phase)];
  if (writer.resource === "") return succeedMapRun(state, turn, phase, inlineOutput(results, writer.config));
  const input = visit.input.value;
  const parameters =
    writer.parameters === undefined ? {} : fill(writer.parameters, turn, visit, input, "ResultWriter/Arguments");
  if (parameters instanceof Failure) return cancel(state, turn, phase, parameters);
  if (!isObject(parameters)) return cancel(state, turn, phase, runtimeFailure("ResultWriter expects an object."));
  const { resource, config } = writer;
  const request = { resource, config, parameters, mapRunArn: mapRun.arn, results };
  turn.effect({ kind: "writeResults", mapRun: mapRun.id, write: request });
  return { ...phase, mapRun: { ...mapRun, stage: "writing" } };
}

/** The child executions that were not begun, of a run that has failed. */
function pending(
  state: PlannedMap,
  distribution: Distribution,
  turn: Turn,
  { visit, mapRun }: MapRunPhase,
): readonly PendingChild[] {
  const children: PendingChild[] = [];
  for (let index = mapRun.nextItem; index < mapRun.items.length; index++) {
    const item = itemAt(mapRun.items, mapRun.sources, index);
    const input = distribution.batcher === undefined ? iterationData(state, turn, visit, item) : new Data(item.value);
    if (!(input instanceof Failure)) children.push({ status: "PENDING", input });
  }
  return children;
}

/** All is written: the result of the Map is `output`, unless its run has failed. */
export function endMapRun(state: PlannedMap, turn: Turn, phase: MapRunPhase, output: Json): Outcome {
  const { failure } = phase.mapRun;
  if (failure !== undefined) return failMapRun(state, turn, phase, new Failure(failure.error, failure.cause));
  return succeedMapRun(state, turn, phase, output);
}

function succeedMapRun(state: PlannedMap, turn: Turn, { visit, mapRun }: MapRunPhase, output: Json): Outcome {
  turn.effect({ kind: "endMapRun", mapRun: mapRun.id, status: "SUCCEEDED" });
  return leaveMap(state, turn, visit, output, turn.recordAside("MapRunSucceeded"));
}

/** What still runs of the Map run is stopped, and the Map has failed. */
export function cancel(state: PlannedMap, turn: Turn, phase: MapRunPhase, failure: Failure): Outcome {
  turn.effect({ kind: "cancelMapRun", mapRun: phase.mapRun.id });
  return failMapRun(state, turn, phase, failure);
}

function failMapRun(state: PlannedMap, turn: Turn, { visit, mapRun }: MapRunPhase, failure: Failure): Outcome {
  turn.effect({ kind: "endMapRun", mapRun: mapRun.id, status: "FAILED" });
  const { error, cause } = failure.placedIn(visit.state, visit.enteredEventId);
  turn.record("MapRunFailed", reasons(error, cause));
  return failMap(state, turn, visit, failure);
}
