import type { Json } from "../../language/json.js";
import { Data, isList, isObject } from "../data.js";
import type { Failure } from "../failure.js";
import type { ReadItems } from "../map/reading.js";
import type { MapItem, MapRun, Visit } from "../snapshot.js";
import type { Turn } from "../turn.js";
import type { Distribution } from "./distribution.js";
import type { PlannedMap } from "./map.js";
import { iterationData } from "./map-iteration.js";

type Sources = MapRun["sources"];

/** All items that were read, and where they are from. */
export function gathered(parts: readonly ReadItems[]): {
  readonly items: readonly Json[];
  readonly sources: Sources;
} {
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
export function itemAt(items: readonly Json[], sources: Sources, index: number): MapItem {
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

/** What a child execution works on, and the input that it gets. */
export function childWork(
  state: PlannedMap,
  { batcher }: Distribution,
  turn: Turn,
  visit: Visit,
  { items, sources }: MapRun,
  index: number,
): { readonly item: MapItem; readonly input: Data | Failure } {
  const isBatch = batcher !== undefined;
  const item = itemAt(items, isBatch ? [] : sources, index);
  return { item, input: isBatch ? new Data(item.value) : iterationData(state, turn, visit, item) };
}

/** How many items a child execution works on. */
export function itemsIn({ batcher }: Distribution, work: Json | undefined): number {
  const items = batcher !== undefined && isObject(work) ? work["Items"] : undefined;
  return isList(items) ? items.length : 1;
}
