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

/** The inputs of the child executions: the items in order, in groups as large as the limits allow. */
export function batchesOf(items: readonly Json[], batcher: Batcher): readonly JsonObject[] | Failure {
  const { maxItems = Number.POSITIVE_INFINITY, maxInputBytes = limits.payloadBytes } = batcher;
  const mostBytes = Math.min(maxInputBytes, limits.payloadBytes);
  const emptyBytes = jsonBytes(batchOf(batcher, []));
  const batches: JsonObject[] = [];
  let group: Json[] = [];
  let bytes = emptyBytes;
  for (const [index, item] of items.entries()) {
    // A value that holds the same part many times is told by its size before its text is made.
    const itemBytes = textSize(item, mostBytes) > mostBytes ? Number.POSITIVE_INFINITY : jsonBytes(item);
    if (emptyBytes + itemBytes > mostBytes) return itemTooLarge(index, mostBytes);
    // All but the first of a group have a comma in front.
    if (group.length > 0 && (group.length >= maxItems || bytes + 1 + itemBytes > mostBytes)) {
      batches.push(batchOf(batcher, group));
      group = [];
      bytes = emptyBytes;
    }
    bytes += itemBytes + (group.length > 0 ? 1 : 0);
    group.push(item);
  }
  if (group.length > 0) batches.push(batchOf(batcher, group));
  return batches;
}

function batchOf({ batchInput }: Batcher, items: readonly Json[]): JsonObject {
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
