import type { PathProblem } from "../../expression/jsonpath.js";
import type { PathStep } from "../../expression/path-syntax.js";
import type { Json } from "../../language/json.js";
import { isList, isObject } from "../data.js";
import { type PlanInner, planOperand, type Read, type Reading } from "./path-filter.js";

type Value = Json | undefined;

/** A function behind a path; `undefined` where it finds nothing. */
export type PathFunction = (value: Json, reading: Reading) => Value;

type Apply = (value: Json, args: readonly Value[]) => Value;

const functions: ReadonlyMap<string, Apply> = new Map<string, Apply>([
  ["length", length],
  ["size", length],
  ["keys", (value) => (isObject(value) ? Object.keys(value) : null)],
  ["concat", (value, args) => texts(isList(value) ? value.filter(isText) : []) + texts(args)],
  ["append", (value, args) => (isList(value) ? [...value, ...args.filter(isThere)] : value)],
  ["first", (value) => at(value, 0)],
  ["last", (value) => at(value, -1)],
  ["index", (value, [index]) => (typeof index === "number" ? at(value, Math.trunc(index)) : undefined)],
  ["min", ofNumbers((numbers) => numbers.reduce((least, number) => Math.min(least, number), Number.POSITIVE_INFINITY))],
  ["max", ofNumbers((numbers) => numbers.reduce((most, number) => Math.max(most, number), Number.NEGATIVE_INFINITY))],
  ["sum", ofNumbers(sum)],
  ["avg", ofNumbers((numbers) => sum(numbers) / numbers.length)],
  ["stddev", ofNumbers(deviation)],
]);

/** Functions that take all that a path with `..` finds, where others would take the whole document. */
const takingAll: ReadonlySet<string> = new Set(["min", "max", "sum", "avg", "stddev", "concat"]);

/** Plans the function at the end of a path. `isDeep` tells whether there is a `..` in front of it. */
export function planFunction(
  step: Extract<PathStep, { kind: "function" }>,
  isDeep: boolean,
  planInner: PlanInner,
): PathFunction | PathProblem {
  const apply = functions.get(step.name);
  if (apply === undefined) return { message: `there is no function ${step.name}() of paths`, at: step.at };
  if (isDeep && !takingAll.has(step.name)) {
    return { message: `what ${step.name}() gives behind .. on AWS is not known`, at: step.at };
  }
  const reads: Read[] = [];
  for (const argument of step.arguments) {
    const planned = planOperand(argument, step.at, planInner);
    if ("message" in planned) return planned;
    reads.push(planned.read);
  }
  return (value, reading) => {
    // In an argument `@` is the document too.
    const args = reads.map((read) => read(reading.document, reading));
    const isWithin = reading.budget.spend(sizeOf(value) + args.reduce<number>((size, arg) => size + sizeOf(arg), 1));
    return isWithin ? apply(value, args) : undefined;
  };
}

/** What an argument costs at the most. */
function sizeOf(value: Value): number {
  if (typeof value === "string") return value.length >> 3;
  return isList(value) ? 1 + 2 * value.length : 1;
}

function isThere(value: Value): value is Json {
  return value !== undefined;
}

function isText(value: Json): value is string {
  return typeof value === "string";
}

/** Lists among the values stand for their items. */
function flat(values: readonly Value[]): readonly Value[] {
  return values.flatMap((value): readonly Value[] => (isList(value) ? value : [value]));
}

function texts(values: readonly Value[]): string {
  return flat(values)
    .map((value) => (typeof value === "string" || typeof value === "number" ? String(value) : ""))
    .join("");
}

function length(value: Json): Value {
  if (isList(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : null;
}

function at(value: Json, index: number): Value {
  return isList(value) ? value.at(index) : undefined;
}

/** Numbers of a list and of the arguments; anything else among them is passed over. Of none there is no value. */
function ofNumbers(combine: (numbers: readonly number[]) => number): Apply {
  return (value, args) => {
    const numbers = [...(isList(value) ? value : []), ...flat(args)].filter((item) => typeof item === "number");
    const result = numbers.length === 0 ? Number.NaN : combine(numbers);
    return Number.isFinite(result) ? result : undefined;
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function deviation(numbers: readonly number[]): number {
  const mean = sum(numbers) / numbers.length;
  // Rounding may leave a little less than nothing.
  return Math.sqrt(Math.max(0, sum(numbers.map((number) => number * number)) / numbers.length - mean * mean));
}
