import type { Json } from "../../language/json.js";
import { effectiveInput, leaveWithResult, selectedInput } from "../data-flow.js";
import { Failure, InnerFailure } from "../failure.js";
import { batchesOf } from "../map/batches.js";
import { itemsOf as readItems } from "../map/read-items.js";
import { exceeds, thresholdExceeded } from "../map/tolerance.js";
import type { Outcome } from "../outcome.js";
import { recover } from "../recovery.js";
import type { Visit } from "../snapshot.js";
import { concurrencyOf, itemsOf, type MapWork, type PlannedMap, workOf } from "../states/map.js";
import { batcherOf } from "../states/map-batching.js";
import { failMap, leaveMap } from "../states/map-exit.js";
import { iterationData } from "../states/map-iteration.js";
import { readRequest } from "../states/map-run.js";
import { failParallel, type PlannedParallel } from "../states/parallel.js";
import type { Turn } from "../turn.js";
import type { Notes } from "./notes.js";
import { invalidRequest, type Refusal } from "./request.js";
import { answerTo, type Tested } from "./tested.js";

/** A Parallel whose branches have given what the mock says. */
export function runParallelOf(tested: Tested, state: PlannedParallel, turn: Turn, visit: Visit): Outcome {
  const input = effectiveInput(state.flow, turn, visit);
  if (input instanceof Failure) return failParallel(state, turn, visit, input);
  const answer = mockOf(tested);
  if (answer instanceof Failure) return failParallel(state, turn, visit, answer);
  const exit = leaveWithResult(state.flow, turn, visit, answer, state.next);
  return exit instanceof Failure ? recover(state.recovery, turn, visit, exit) : exit;
}

/** A Map whose iterations have given what the mock says. */
export function runMapOf(tested: Tested, state: PlannedMap, turn: Turn, visit: Visit, notes: Notes): Outcome | Refusal {
  const begun = beginMap(tested, state, turn, visit, notes);
  if (begun instanceof Failure) return failMap(state, turn, visit, begun);
  const failed = tested.request.stateConfiguration?.mapIterationFailureCount ?? 0;
  if (failed > begun.iterations) {
    return invalidRequest("Map iteration failure count must be less than or equal to the number of Map iterations");
  }
  const answer = mockOf(tested);
  if (answer instanceof Failure) return failMap(state, turn, visit, answer);
  if (hasTooManyFailed(begun.work, failed, begun.iterations)) return failMap(state, turn, visit, thresholdExceeded());
  return leaveMap(state, turn, visit, answer, turn.lastEventId);
}

function mockOf(tested: Tested): Json | Failure {
  const answer = answerTo(tested) ?? { result: null };
  return "result" in answer ? answer.result : new InnerFailure(answer.error, answer.cause);
}

/** Where the state says nothing of failures, TestState takes any number of them: a Map run would not. */
function hasTooManyFailed({ toleratedCount, toleratedPercentage }: MapWork, failed: number, total: number): boolean {
  if (toleratedCount === undefined && toleratedPercentage === undefined) return false;
  return exceeds({ count: toleratedCount, percentage: toleratedPercentage }, failed, total);
}

interface BegunMap {
  readonly work: MapWork;
  readonly iterations: number;
}

/** All that a Map does before its first iteration begins. */
function beginMap(tested: Tested, state: PlannedMap, turn: Turn, visit: Visit, notes: Notes): BegunMap | Failure {
  const input = selectedInput(state.flow, turn, visit);
  if (input instanceof Failure) return input;
  const items = itemsGiven(tested, state, turn, visit, input);
  if (items instanceof Failure) return items;
  const concurrency = concurrencyOf(state, turn, visit, input);
  if (concurrency instanceof Failure) return concurrency;
  const work = workOf(state, turn, visit, input, { items, concurrency });
  if (work instanceof Failure) return work;
  notes.bounds = boundsOf(work);
  const inputs = inputsOf(state, turn, visit, items);
  return inputs instanceof Failure ? inputs : { work, iterations: inputs.length };
}

function boundsOf({ concurrency, toleratedCount, toleratedPercentage }: MapWork): Notes["bounds"] {
  return {
    maxConcurrency: concurrency,
    ...(toleratedCount === undefined ? {} : { toleratedFailureCount: toleratedCount }),
    ...(toleratedPercentage === undefined ? {} : { toleratedFailurePercentage: toleratedPercentage }),
  };
}

function itemsGiven(
  { request }: Tested,
  state: PlannedMap,
  turn: Turn,
  visit: Visit,
  input: Json,
): readonly Json[] | Failure {
  const read = state.distribution === undefined ? undefined : readRequest(state.distribution, turn, visit);
  if (read instanceof Failure) return read;
  if (read === undefined) return itemsOf(state, turn, visit, input);
  const text = request.stateConfiguration?.mapItemReaderData ?? "";
  const items = readItems(read.config, text, read.maxItems);
  if (items instanceof Failure) return items;
  // A manifest names objects that a test does not have: their names are all there is to iterate over.
  const found = "fetch" in items ? items.fetch.map(({ Bucket, Key }) => ({ Bucket, Key })) : items;
  if (read.config.pointer.length > 0) turn.note("afterItemsPointer", found);
  return found;
}

/** The inputs of the iterations, or of the child executions. */
function inputsOf(state: PlannedMap, turn: Turn, visit: Visit, items: readonly Json[]): readonly Json[] | Failure {
  const selected: Json[] = [];
  for (const [index, value] of items.entries()) {
    const data = iterationData(state, turn, visit, { index, value });
    if (data instanceof Failure) return data;
    selected.push(data.value);
  }
  if (state.selector !== undefined) turn.note("afterItemSelector", selected);
  const planned = state.distribution?.batcher;
  if (planned === undefined) return selected;
  const batcher = batcherOf(state, planned, turn, visit);
  if (batcher instanceof Failure) return batcher;
  const batches = batchesOf(selected, batcher);
  if (!(batches instanceof Failure)) turn.note("afterItemBatcher", batches);
  return batches;
}
