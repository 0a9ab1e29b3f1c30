import { type Json, setOwn } from "../../language/json.js";
import type { Evaluation } from "./evaluation.js";
import { Callable, isList, isMembers, type List, type Members, type Value } from "./value.js";

/** Stands for what is no JSON: a function, or what holds one. */
export const unsupported = Symbol("unsupported");

/**
 * The value of an expression as JSON. Numbers that JSON has not become texts, as AWS writes them. What needs no change is not copied.
 *
 * @param value - not `undefined`
 */
export function toJson(value: Value, evaluation: Evaluation, level = 0): Json | typeof unsupported {
  switch (typeof value) {
    case "string":
      evaluation.spend(1);
      return value;
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : String(value);
    default:
      evaluation.checkLevel(level);
      if (isList(value)) return listToJson(value, evaluation, level);
      if (isMembers(value)) return objectToJson(value, evaluation, level);
      return value instanceof Callable ? unsupported : null;
  }
}

function listToJson(list: List, evaluation: Evaluation, level: number): Json | typeof unsupported {
  let copy: Json[] | undefined = list.sequence === true || list.cons === true ? [] : undefined;
  evaluation.spend(list.length);
  for (let index = 0; index < list.length; index++) {
    const item = toJson(list[index], evaluation, level + 1);
    if (item === unsupported) return unsupported;
    if (copy === undefined && item !== list[index]) copy = list.slice(0, index) as Json[];
    copy?.push(item as Json);
  }
  return copy ?? (list as Json[]);
}

function objectToJson(object: Members, evaluation: Evaluation, level: number): Json | typeof unsupported {
  let copy: Record<string, Json> | undefined;
  for (const key of Object.keys(object)) {
    const member = toJson(object[key], evaluation, level + 1);
    if (member === unsupported) return unsupported;
    if (member === object[key]) continue;
    copy ??= { ...(object as Record<string, Json>) };
    setOwn(copy, key, member as Json);
  }
  return copy ?? (object as Record<string, Json>);
}
