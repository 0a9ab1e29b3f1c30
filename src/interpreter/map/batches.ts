import type { Json, JsonObject } from "../../language/json.js";
import { limits } from "../../language/limits.js";
import { textSize } from "../data.js";
import { Failure } from "../failure.js";

/** `ItemBatcher` with its values. */
export interface Batcher {
  readonly maxItems?: number | undefined;
  /** Bytes of UTF-8 of the whole input of a child execution; AWS takes no more than a payload has in any case. */
  readonly maxInputBytes?: number | undefined;
  readonly batchInput?: Json | undefined;
}

/** A {@link Batcher} with what its batches take before any item is in them. */
export interface SizedBatcher {
  readonly maxItems?: number | undefined;
  readonly batchInput?: Json | undefined;
  readonly mostBytes: number;
  readonly emptyBytes: number;
}

/** An item and the bytes that it takes. */
export interface SizedItem {
  readonly value: Json;
  readonly bytes: number;
}

/** The inputs of the child executions: the items in order, in groups as large as the limits allow. */
export function batchesOf(items: readonly Json[], batcher: Batcher): readonly JsonObject[] | Failure {
  const sized = sizedBatcher(batcher);
  const sizedItems: SizedItem[] = [];
  for (const [index, value] of items.entries()) {
    const item = sizedItem(sized, value, index);
    if (item instanceof Failure) return item;
    sizedItems.push(item);
  }
  return groups(sizedItems, sized);
}

/** What a batcher says, so that each item can be looked at alone. */
export function sizedBatcher({ maxItems, maxInputBytes = limits.payloadBytes, batchInput }: Batcher): SizedBatcher {
  const mostBytes = Math.min(maxInputBytes, limits.payloadBytes);
  return { maxItems, batchInput, mostBytes, emptyBytes: jsonBytes(batchOf({ batchInput }, [])) };
}

/** An item with its size; a failure where no batch can hold it. */
export function sizedItem({ mostBytes, emptyBytes }: SizedBatcher, value: Json, index: number): SizedItem | Failure {
  // A value that holds the same part many times is told by its size before its text is made.
  const bytes = textSize(value, mostBytes) > mostBytes ? Number.POSITIVE_INFINITY : jsonBytes(value);
  return emptyBytes + bytes > mostBytes ? itemTooLarge(index, mostBytes) : { value, bytes };
}

/** The batches of items whose sizes are known. */
export function groups(items: readonly SizedItem[], batcher: SizedBatcher): readonly JsonObject[] {
  const { maxItems = Number.POSITIVE_INFINITY, mostBytes, emptyBytes } = batcher;
  const batches: JsonObject[] = [];
  let group: Json[] = [];
  let bytes = emptyBytes;
  for (const item of items) {
    // All but the first of a group have a comma in front.
    if (group.length > 0 && (group.length >= maxItems || bytes + 1 + item.bytes > mostBytes)) {
      batches.push(batchOf(batcher, group));
      group = [];
      bytes = emptyBytes;
    }
    bytes += item.bytes + (group.length > 0 ? 1 : 0);
    group.push(item.value);
  }
  if (group.length > 0) batches.push(batchOf(batcher, group));
  return batches;
}

function batchOf({ batchInput }: Pick<Batcher, "batchInput">, items: readonly Json[]): JsonObject {
  return batchInput === undefined ? { Items: items } : { BatchInput: batchInput, Items: items };
}

/** Bytes of a value as JSON in UTF-8. */
function jsonBytes(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value), "utf8");
}

function itemTooLarge(index: number, most: number): Failure {
  return new Failure(
    "States.DataLimitExceeded",
    `The item at index ${index} does not fit into a batch of ${most} bytes.`,
  );
}
