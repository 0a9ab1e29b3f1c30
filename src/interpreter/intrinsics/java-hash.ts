import type { Json } from "../../language/json.js";
import { isList, isObject } from "../data.js";
import { hashOfText, hashOrder } from "../hash-order.js";
import { canonicalText } from "./canonical-text.js";

/**
 * The values without repetitions, in the order in which a `HashSet` of Java gives them: AWS keeps `[3, 1, 3]` as `[1, 3]`. Told from
 * what AWS was seen to give; equal values are those that are equal in JSON.
 */
export function inJavaSet(values: readonly Json[]): readonly Json[] {
  const unique = new Map<string, Json>();
  for (const value of values) {
    const text = canonicalText(value);
    if (!unique.has(text)) unique.set(text, value);
  }
  const items = [...unique.values()];
  return hashOrder(items.map(javaHash)).map((place) => items[place] ?? null);
}

/** `hashCode()` of the value as Java holds it. Depth is bounded where data is taken in. */
function javaHash(value: Json): number {
  if (value === null) return 0;
  if (typeof value === "boolean") return value ? 1231 : 1237;
  if (typeof value === "number") return hashOfNumber(value);
  if (typeof value === "string") return hashOfText(value);
  if (isList(value)) return value.reduce((hash: number, item) => (Math.imul(31, hash) + javaHash(item)) | 0, 1);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce((hash, [key, member]) => (hash + (hashOfText(key) ^ javaHash(member))) | 0, 0);
}

/** Of an `Integer`, a `Long` or a `Double`. */
function hashOfNumber(value: number): number {
  if (value === (value | 0)) return value;
  const bits = new DataView(new ArrayBuffer(8));
  if (Number.isSafeInteger(value)) bits.setBigInt64(0, BigInt(value));
  else bits.setFloat64(0, value);
  return bits.getInt32(0) ^ bits.getInt32(4);
}
