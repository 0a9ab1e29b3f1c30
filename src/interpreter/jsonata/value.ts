import type { Evaluation } from "./evaluation.js";
import { QueryError } from "./query-error.js";

/** What an expression computes with: JSON, functions, nothing (`undefined`), and lists with marks. */
export type Value = unknown;

/** A list. The marks are set on lists that an evaluation made, never on data. */
export interface List extends Array<Value> {
  /** A result of a path or a function: of one item it stands for the item, of none for nothing. */
  sequence?: boolean;
  /** A sequence that stays a list, `[]` having been written. */
  keepSingleton?: boolean;
  /** Written in brackets as a step of a path: it is not poured into the list around it. */
  cons?: boolean;
  /** Its items are tuples: see {@link Tuple}. */
  tuples?: boolean;
  /** Holds the document that is evaluated, which is a list. */
  outer?: boolean;
}

/** One way through a path: the item at `@`, and the names that the steps have bound. */
export type Tuple = ReadonlyMap<string, Value>;

/** An object. */
export type Members = Readonly<Record<string, Value>>;

/** A function: of JSONata, written in the expression, or made of others. */
export abstract class Callable {
  /** How many arguments the functions that take functions give it. */
  abstract readonly arity: number;
}

export function isList(value: Value): value is List {
  return Array.isArray(value);
}

export function isMembers(value: Value): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Callable);
}

/** Whether it is a number to compute with; numbers that JSON has not end the evaluation. */
export function isNumber(value: Value): value is number {
  if (typeof value !== "number" || Number.isNaN(value)) return false;
  if (!Number.isFinite(value)) throw new QueryError("D1001", { value });
  return true;
}

export function isListOf(value: Value, isItem: (item: Value) => boolean): value is List {
  return isList(value) && value.every(isItem);
}

export function isText(value: Value): value is string {
  return typeof value === "string";
}

export function sequence(): List {
  const list: List = [];
  list.sequence = true;
  return list;
}

export function sequenceOf(value: Value): List {
  const list: List = [value];
  list.sequence = true;
  return list;
}

/** The effective truth of a value; of nothing it is nothing. Lists in lists are looked into. */
export function truth(value: Value, evaluation: Evaluation, level = 0): boolean | undefined {
  switch (typeof value) {
    case "undefined":
      return undefined;
    case "boolean":
      return value;
    case "string":
      return value !== "";
    case "number":
      return isNumber(value) && value !== 0;
    default:
      if (!isList(value)) return isMembers(value) && hasMembers(value);
      evaluation.checkLevel(level);
      return value.some((item) => truth(item, evaluation, level + 1));
  }
}

function hasMembers(value: Members): boolean {
  for (const key in value) if (Object.hasOwn(value, key)) return true;
  return false;
}
