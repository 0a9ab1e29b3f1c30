import type { Json } from "../../language/json.js";
import { amountOf } from "../amount.js";
import { selectedInput } from "../data-flow.js";
import { Failure } from "../failure.js";
import { type Batcher, groups, sizedItem } from "../map/batches.js";
import { maxInputBytesPerBatch, maxItemsPerBatch } from "../map/map-numbers.js";
import type { Outcome } from "../outcome.js";
import { Portion } from "../portion.js";
import { inOrder, type MapRun, type MapRunPhase, type Visit } from "../snapshot.js";
import type { Turn } from "../turn.js";
import { fill, type PlannedBatcher } from "./distribution.js";
import type { PlannedMap } from "./map.js";
import { itemAt } from "./map-items.js";
import { iterationData } from "./map-iteration.js";
import { cancel } from "./map-run-end.js";

/** The fields of a batcher, evaluated. */
export function batcherOf(
  state: PlannedMap,
  { maxItems: most, maxInputBytes: bytes, batchInput: template }: PlannedBatcher,
  turn: Turn,
  visit: Visit,
): Batcher | Failure {
  const input = selectedInput(state.flow, turn, visit);
  if (input instanceof Failure) return input;
  const maxItems = amountOf(most, maxItemsPerBatch, turn, visit, input);
  if (maxItems instanceof Failure) return maxItems;
  const maxInputBytes = amountOf(bytes, maxInputBytesPerBatch, turn, visit, input);
  if (maxInputBytes instanceof Failure) return maxInputBytes;
  const batchInput = template === undefined ? undefined : fill(template, turn, visit, input, "ItemBatcher/BatchInput");
  return batchInput instanceof Failure ? batchInput : { maxItems, maxInputBytes, batchInput };
}

/** Makes what goes into the batches, a part of the items in each turn. */
export function batchItems(state: PlannedMap, turn: Turn, phase: MapRunPhase): Outcome {
  const { visit, mapRun } = phase;
  const { items, sources, batching } = mapRun;
  if (batching === undefined) return phase;
  const { batcher } = batching;
  let { nextItem, selected } = batching;
  for (const portion = new Portion(turn, `${mapRun.id}:select`); nextItem < items.length && !portion.isOver; ) {
    portion.begin(nextItem);
    const data = iterationData(state, turn, visit, itemAt(items, sources, nextItem));
    const item = data instanceof Failure ? data : sizedItem(batcher, data.value, nextItem);
    if (item instanceof Failure) return cancel(state, turn, phase, item);
    portion.spend(item.bytes);
    selected = { index: nextItem++, result: item, before: selected };
  }
  if (nextItem < items.length) return { ...phase, mapRun: { ...mapRun, batching: { batcher, nextItem, selected } } };
  const sized = inOrder(selected, items.length).filter((item) => item !== undefined);
  return { ...phase, mapRun: withWork(turn, mapRun, groups(sized, batcher)) };
}

/** The Map run knows what its child executions work on. */
export function withWork(turn: Turn, mapRun: MapRun, work: readonly Json[]): MapRun {
  turn.effect({ kind: "countItems", mapRun: mapRun.id, items: mapRun.total, children: work.length });
  const { batching: _, ...rest } = mapRun;
  return { ...rest, stage: "running", items: work, isReady: true };
}
