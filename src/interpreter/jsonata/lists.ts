import type { Evaluation } from "./evaluation.js";
import { isList, isMembers, type List, sequence, type Value } from "./value.js";

/** The members of a value that come under a name; of a list those of its items, in one sequence. */
export function member(value: Value, name: string, evaluation: Evaluation): Value {
  if (isMembers(value)) return Object.hasOwn(value, name) ? value[name] : undefined;
  if (!isList(value)) return undefined;
  const found = sequence();
  collectMembers(value, name, found, evaluation, 0);
  return found;
}

function collectMembers(list: List, name: string, found: List, evaluation: Evaluation, level: number): void {
  evaluation.checkLevel(level);
  for (const item of list) {
    if (isList(item)) collectMembers(item, name, found, evaluation, level + 1);
    else if (isMembers(item) && Object.hasOwn(item, name)) pour(item[name], found, evaluation);
    else evaluation.spend(1);
  }
}

/** Adds a value to a list; of a list its items; nothing for nothing. */
export function pour(value: Value, into: List, evaluation: Evaluation): void {
  if (isList(value)) for (const item of value) evaluation.push(into, item);
  else if (value !== undefined) evaluation.push(into, value);
}

/** Two values as one list. What is nothing leaves the other value as it is. */
export function append(first: Value, second: Value, evaluation: Evaluation): Value {
  if (first === undefined) return second;
  if (second === undefined) return first;
  const start = isList(first) ? first : [first];
  const end = isList(second) ? second : [second];
  evaluation.makeList(start.length + end.length);
  return start.concat(end);
}

/** All that stands in a list and in the lists within it. */
export function flatten(value: Value, into: List, evaluation: Evaluation, level = 0): void {
  if (!isList(value)) {
    evaluation.push(into, value);
    return;
  }
  evaluation.checkLevel(level);
  for (const item of value) flatten(item, into, evaluation, level + 1);
}

/** `*`: the values of all members, with the items of lists in place of these. */
export function wildcard(input: Value, evaluation: Evaluation): Value {
  const value = isList(input) && input.outer === true && input.length > 0 ? input[0] : input;
  const found = sequence();
  if (!isList(value) && !isMembers(value)) return found;
  evaluation.checkLevel(0);
  let hasList = false;
  for (const item of isList(value) ? value : Object.values(value)) {
    hasList ||= isList(item);
    flatten(item, found, evaluation);
  }
  // The items of a list make a list of all, also where it is only one.
  if (hasList) delete found.sequence;
  return found;
}

/** `**`: a value and all that is within it, without the lists themselves. */
export function descendants(input: Value, evaluation: Evaluation): Value {
  if (input === undefined) return undefined;
  const found = sequence();
  collectDescendants(input, found, evaluation, 0);
  return found.length === 1 ? found[0] : found;
}

function collectDescendants(value: Value, found: List, evaluation: Evaluation, level: number): void {
  evaluation.checkLevel(level);
  if (!isList(value)) evaluation.push(found, value);
  if (!isList(value) && !isMembers(value)) return;
  for (const inner of isList(value) ? value : Object.values(value)) {
    collectDescendants(inner, found, evaluation, level + 1);
  }
}

/** Whether two values are the same JSON; functions are the same as themselves alone. */
export function isSame(first: Value, second: Value, evaluation: Evaluation, level = 0): boolean {
  if (first === second) return true;
  if (typeof first !== "object" || typeof second !== "object" || first === null || second === null) return false;
  evaluation.checkLevel(level);
  if (isList(first) && isList(second)) {
    return (
      first.length === second.length && first.every((item, index) => isSame(item, second[index], evaluation, level + 1))
    );
  }
  if (!isMembers(first) || !isMembers(second)) return false;
  const keys = Object.keys(first);
  evaluation.spend(keys.length);
  return (
    keys.length === Object.keys(second).length &&
    keys.every((key) => Object.hasOwn(second, key) && isSame(first[key], second[key], evaluation, level + 1))
  );
}
