import type { Json } from "../../language/json.js";
import { isList, isObject } from "../data.js";

/** A text that is the same for equal values alone: objects without regard to the order of keys. Depth is bounded where data is taken in. */
export function canonicalText(value: Json): string {
  if (isList(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalText(value[key] ?? null)}`);
  return `{${members.join(",")}}`;
}
