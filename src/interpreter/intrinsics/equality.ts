import type { Json } from "../../language/json.js";
import { isList, isObject } from "../data.js";

/** Whether two JSON values are equal: numbers by value, objects without regard to the order of keys. */
export function sameValue(left: Json, right: Json): boolean {
  const pairs: [Json, Json][] = [[left, right]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [one, other] = pair;
    if (one === other) continue;
    const inner = innerPairs(one, other);
    if (inner === undefined) return false;
    for (const next of inner) pairs.push(next);
  }
  return true;
}

/** The pairs that must be equal too; `undefined` where the values already differ. */
function innerPairs(one: Json, other: Json): readonly [Json, Json][] | undefined {
  if (isList(one)) {
    if (!isList(other) || other.length !== one.length) return undefined;
    return one.map((item, index) => [item, other[index] ?? null]);
  }
  if (!isObject(one) || !isObject(other)) return undefined;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length || !keys.every((key) => Object.hasOwn(other, key))) return undefined;
  return keys.map((key) => [one[key] ?? null, other[key] ?? null]);
}

/** A text that is the same for equal values alone. Depth is bounded where data is taken in. */
export function canonicalText(value: Json): string {
  if (isList(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalText(value[key] ?? null)}`);
  return `{${members.join(",")}}`;
}
