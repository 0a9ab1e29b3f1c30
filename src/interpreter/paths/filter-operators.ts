import type { Json } from "../../language/json.js";
import { isList, isObject } from "../data.js";
import { findText } from "../find-text.js";
import type { QueryBudget } from "./query-budget.js";

type Value = Json | undefined;

/** Compares two values of a filter; `undefined` where Jayway finds no sense in the comparison, which fails the whole filter. */
export type Operator = (left: Value, right: Value, budget: QueryBudget) => boolean | undefined;

/** The operators that run. A value that is not there equals nothing, not even another one. */
export const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ["==", equal],
  ["!=", (left, right, budget) => !equal(left, right, budget)],
  ["===", sameTypeAndEqual],
  ["!==", (left, right, budget) => !sameTypeAndEqual(left, right, budget)],
  ["<", ordered((order) => order < 0)],
  ["<=", ordered((order) => order <= 0)],
  [">", ordered((order) => order > 0)],
  [">=", ordered((order) => order >= 0)],
  ["in", isIn],
  ["nin", (left, right, budget) => negated(isIn(left, right, budget))],
  ["contains", contains],
  ["all", all],
  ["size", hasSize],
  ["empty", isEmpty],
  ["exists", exists],
  ["subsetof", ofLists((left, right, budget) => left.every((item) => has(right, item, budget)))],
  ["anyof", ofLists((left, right, budget) => left.some((item) => has(right, item, budget)))],
  ["noneof", ofLists((left, right, budget) => !left.some((item) => has(right, item, budget)))],
]);

function negated(result: boolean | undefined): boolean | undefined {
  return result === undefined ? undefined : !result;
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A text equals a number that it is written as. */
function equal(left: Value, right: Value, budget: QueryBudget): boolean {
  if (left === undefined || right === undefined) return false;
  if (typeof left === "string" && typeof right === "number") return left === String(right);
  if (typeof left === "number" && typeof right === "string") return decimal.test(right) && Number(right) === left;
  return left === right || (typeof left === "object" && sameValue(left, right, budget));
}

function sameTypeAndEqual(left: Value, right: Value, budget: QueryBudget): boolean {
  return typeof left === typeof right && equal(left, right, budget);
}

/** Whether two values are equal at every depth: objects without regard to the order of keys. Nothing is equal where the budget ends. */
function sameValue(left: Json, right: Json, budget: QueryBudget): boolean {
  const pairs: [Value, Value][] = [[left, right]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [one, other] = pair;
    if (one === other) continue;
    if (isList(one)) {
      if (!isList(other) || other.length !== one.length || !budget.spend(one.length)) return false;
      for (const [index, item] of one.entries()) pairs.push([item, other[index]]);
    } else if (isObject(one)) {
      if (!isObject(other)) return false;
      const keys = Object.keys(one);
      if (keys.length !== Object.keys(other).length || !budget.spend(2 + 2 * keys.length)) return false;
      for (const key of keys) pairs.push([one[key], Object.hasOwn(other, key) ? other[key] : undefined]);
    } else return false;
  }
  return true;
}

/** Numbers by value, texts by their UTF-16 units; a number and a text as texts. Nothing else has an order. */
function ordered(holds: (order: number) => boolean): Operator {
  return (left, right) => {
    if (typeof left === "number" && typeof right === "number") return holds(left - right);
    const one = typeof left === "number" ? String(left) : left;
    const other = typeof right === "number" ? String(right) : right;
    if (typeof one !== "string" || typeof other !== "string") return false;
    return holds(one < other ? -1 : one > other ? 1 : 0);
  };
}

function has(list: readonly Json[], wanted: Value, budget: QueryBudget): boolean {
  if (wanted === undefined) return false;
  if (list.length >= longList && (typeof wanted !== "object" || wanted === null)) {
    const contents = contentsOf(list, budget);
    if (contents !== undefined) return budget.spend(1) && contents.has(wanted);
  }
  return budget.spend(list.length) && list.some((item) => equal(wanted, item, budget));
}

/** Items from which on a list is not gone through for each value that is looked for. */
const longList = 16;

/** What it costs to keep an item for {@link contentsOf}. */
const keepingCost = 4;

/** Contents of the lists that were looked through before with the same budget; `undefined` after the first time, as most are needed once. */
const looked = new WeakMap<QueryBudget, WeakMap<readonly Json[], ReadonlySet<Json> | undefined>>();

/** All scalars that an item of the list equals, where the list is looked through again. */
function contentsOf(list: readonly Json[], budget: QueryBudget): ReadonlySet<Json> | undefined {
  const known = looked.get(budget) ?? new WeakMap<readonly Json[], ReadonlySet<Json> | undefined>();
  looked.set(budget, known);
  let contents = known.get(list);
  if (contents === undefined && known.has(list) && budget.spend(keepingCost * list.length)) contents = scalarsIn(list);
  known.set(list, contents);
  return contents;
}

function scalarsIn(list: readonly Json[]): ReadonlySet<Json> {
  const scalars = new Set<Json>();
  for (const item of list) {
    if (typeof item === "object" && item !== null) continue;
    scalars.add(item);
    if (typeof item === "number") scalars.add(String(item));
    else if (typeof item === "string" && decimal.test(item)) scalars.add(Number(item));
  }
  return scalars;
}

/** A list; `false` for an object, with which nothing is compared item by item; `undefined` for what holds no items at all. */
function itemsOf(value: Value): readonly Json[] | false | undefined {
  if (isList(value)) return value;
  return isObject(value) ? false : undefined;
}

function isIn(left: Value, right: Value, budget: QueryBudget): boolean | undefined {
  const items = itemsOf(right);
  return items === undefined ? undefined : items !== false && has(items, left, budget);
}

function contains(left: Value, right: Value, budget: QueryBudget): boolean {
  if (typeof left === "string" && typeof right === "string") {
    return budget.spend((left.length + right.length) >> 3) && findText(left, right) >= 0;
  }
  return isList(left) && has(left, right, budget);
}

function all(left: Value, right: Value, budget: QueryBudget): boolean | undefined {
  const required = itemsOf(right);
  if (required === undefined || required === false) return undefined;
  const items = itemsOf(left);
  // Of an object Jayway says that it has all.
  if (items === undefined || items === false) return items === false;
  return required.every((item) => has(items, item, budget));
}

function hasSize(left: Value, right: Value): boolean {
  if (typeof right !== "number") return false;
  return (typeof left === "string" || isList(left)) && left.length === Math.trunc(right);
}

function isEmpty(left: Value, right: Value): boolean | undefined {
  if (typeof left !== "string" && (typeof left !== "object" || left === null)) return false;
  if (typeof right !== "boolean") return undefined;
  return ((isObject(left) ? Object.keys(left).length : left.length) === 0) === right;
}

function exists(left: Value, right: Value): boolean | undefined {
  return typeof left === "boolean" && typeof right === "boolean" ? left === right : undefined;
}

function ofLists(holds: (left: readonly Json[], right: readonly Json[], budget: QueryBudget) => boolean): Operator {
  return (left, right, budget) => {
    const items = itemsOf(left);
    const others = itemsOf(right);
    if (items === undefined || others === undefined) return undefined;
    return items !== false && others !== false && holds(items, others, budget);
  };
}
