import { setOwn } from "../../../language/json.js";
import type { Evaluation } from "../evaluation.js";
import { unitsOfMember } from "../evaluation.js";
import { member } from "../lists.js";
import { QueryError } from "../query-error.js";
import { clone } from "../transform.js";
import { isList, isMembers, type List, type Members, sequence, type Value } from "../value.js";
import { define, defineOver, type Functions } from "./define.js";

/** Objects; and what ends an evaluation. */
export const objectFunctions: Functions = {
  keys: define("<x-:a<s>>", ([value], evaluation) => {
    const found = new Set<string>();
    collectKeys(value, found, evaluation, 0);
    const keys = sequence();
    for (const key of isList(value) ? asKeys(found) : found) evaluation.push(keys, key);
    return keys;
  }),
  lookup: define("<x-s:x>", ([value, key], evaluation) => member(value, String(key), evaluation)),
  spread: define("<x-:a<o>>", ([value], evaluation) => {
    if (!isList(value) && !isMembers(value)) return value;
    // What comes out of a list is a list of all, also where it is only one.
    const found: List = isList(value) && value.length > 0 ? [] : sequence();
    spread(value, found, evaluation, 0);
    return found;
  }),
  merge: defineOver<readonly Members[]>("<a<o>:o>", (list, _args, evaluation) => {
    const merged: Record<string, Value> = {};
    for (const members of list) {
      const keys = Object.keys(members ?? {});
      evaluation.spend(1);
      for (const key of keys) {
        evaluation.spend(unitsOfMember);
        setOwn(merged, key, members[key]);
      }
    }
    return merged;
  }),
  clone: define("<(oa)-:o>", ([value], evaluation) => clone(value, evaluation)),
  error: define("<s?:x>", ([message]) => {
    throw new QueryError("D3137", { message: String(message || "$error() function evaluated") });
  }),
  assert: define("<bs?:x>", ([condition, message]) => {
    if (condition === true) return undefined;
    throw new QueryError("D3141", { message: String(message || "$assert() statement failed") });
  }),
};

function collectKeys(value: Value, found: Set<string>, evaluation: Evaluation, level: number): void {
  evaluation.checkLevel(level);
  if (isList(value)) for (const item of value) collectKeys(item, found, evaluation, level + 1);
  else if (isMembers(value)) {
    for (const key of Object.keys(value)) {
      evaluation.spend(unitsOfMember);
      found.add(key);
    }
  }
}

/** Keys in the order in which an object has them: whole numbers first. */
function asKeys(found: ReadonlySet<string>): readonly string[] {
  const members: Record<string, true> = {};
  for (const key of found) setOwn(members, key, true);
  return Object.keys(members);
}

function spread(value: Value, found: List, evaluation: Evaluation, level: number): void {
  evaluation.checkLevel(level);
  if (isList(value)) for (const item of value) spread(item, found, evaluation, level + 1);
  else if (!isMembers(value)) {
    if (value !== undefined) evaluation.push(found, value);
  } else {
    for (const key of Object.keys(value)) {
      const single: Record<string, Value> = {};
      setOwn(single, key, value[key]);
      evaluation.spend(unitsOfMember);
      evaluation.push(found, single);
    }
  }
}
