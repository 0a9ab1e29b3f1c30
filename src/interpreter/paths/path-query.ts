import type { PathProblem } from "../../expression/jsonpath.js";
import type { PathStep, PathSyntax } from "../../expression/path-syntax.js";
import type { Segment } from "../../expression/tree.js";
import { type Json, type JsonObject, setOwn } from "../../language/json.js";
import { child, isList, isObject } from "../data.js";
import { type InnerPath, passes, planFilter, type Reading, type Test } from "./path-filter.js";
import { type PathFunction, planFunction } from "./path-functions.js";

/** Adds to `found` what a step finds in one value. Stops early where the budget ends. */
type Take = (value: Json, found: Json[], reading: Reading) => void;

/** What follows the definite way of a path. */
export interface Query {
  readonly takes: readonly Take[];
  /** Whether there is one value at most: it is given as it is, not in a list. */
  readonly isDefinite: boolean;
  /** The function at the end. */
  readonly finish: { readonly call: PathFunction; readonly takesAll: boolean } | undefined;
}

/** Plans the steps of a path. What the engine does not evaluate is a problem that names it. */
export function planQuery(steps: readonly PathStep[]): Query | PathProblem {
  const takes: Take[] = [];
  let finish: Query["finish"];
  const isDeep = steps.some((step) => step.kind === "deep");
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index] as PathStep;
    const isLast = index === steps.length - 1;
    if (step.kind === "function") {
      if (!isLast) return { message: `what follows ${step.name}() in a path is not run`, at: step.at };
      const call = planFunction(step, isDeep, planInner);
      if (typeof call !== "function") return call;
      finish = { call, takesAll: isDeep };
      continue;
    }
    // `..` and the step behind it are one.
    const target = step.kind === "deep" ? steps[++index] : step;
    const take =
      target === undefined || target.kind === "deep" || target.kind === "function"
        ? nothing
        : planTake(target, index === steps.length - 1, step.kind === "deep");
    if (typeof take !== "function") return take;
    takes.push(take);
  }
  return { takes, isDefinite: steps.every((step, index) => isDefinite(step, index === steps.length - 1)), finish };
}

function nothing(): void {}

function isDefinite(step: PathStep, isLast: boolean): boolean {
  if (step.kind === "function") return true;
  return step.kind === "pick" && (step.segments.length === 1 || (isLast && typeof step.segments[0] === "string"));
}

/** Plans a path within a filter or an argument. */
function planInner({ head, steps }: PathSyntax): InnerPath | PathProblem {
  if (steps.length === 0) return { read: (start) => walk(head, start), isDefinite: true };
  const query = planQuery(steps);
  if ("message" in query) return query;
  return { read: (start, reading) => runQuery(query, walk(head, start), reading), isDefinite: query.isDefinite };
}

/** Goes a definite way. This is where most paths spend their time: it makes nothing and asks for ownership where it matters alone. */
export function walk(segments: readonly Segment[], start: Json | undefined): Json | undefined {
  let value = start;
  for (let index = 0; index < segments.length; index++) {
    if (typeof value !== "object" || value === null) return undefined;
    const segment = segments[index] as Segment;
    if (isList(value))
      value = typeof segment === "number" ? value[segment < 0 ? value.length + segment : segment] : undefined;
    else if (typeof segment === "number") return undefined;
    else {
      const members = value as JsonObject;
      value = members[segment];
      // What objects inherit is functions and `__proto__`; data have no functions.
      const isSuspect = typeof value === "function" || segment === "__proto__";
      if (isSuspect && !Object.hasOwn(members, segment)) return undefined;
    }
  }
  return value;
}

/** What the steps find: a list in order, or one value of a definite path. Where the budget ends, that is not all. */
export function runQuery(query: Query, start: Json | undefined, reading: Reading): Json | undefined {
  let found: Json[] = start === undefined ? [] : [start];
  for (const take of query.takes) {
    const next: Json[] = [];
    for (const value of found) {
      if (!reading.budget.spend(1)) break;
      take(value, next, reading);
    }
    found = next;
  }
  const { finish } = query;
  if (finish?.takesAll) return finish.call(found, reading) ?? [];
  if (finish !== undefined) {
    const results: Json[] = [];
    for (const value of found) {
      const result = finish.call(value, reading);
      // One value of which a function makes nothing leaves the whole path without any, as an exception of Jayway does.
      if (result === undefined) return query.isDefinite ? undefined : [];
      results.push(result);
    }
    found = results;
  }
  return query.isDefinite ? found[0] : found;
}

type Target = Exclude<PathStep, { readonly kind: "deep" | "function" }>;

/** A step, and what a `..` in front of it stops at. */
interface Planned {
  readonly take: Take;
  readonly fits: (value: Json, reading: Reading) => boolean;
}

function planTake(step: Target, isLast: boolean, isDeep: boolean): Take | PathProblem {
  const planned = planTarget(step, isLast);
  if ("message" in planned || !isDeep) return "message" in planned ? planned : planned.take;
  return scan(planned, isLast);
}

function planTarget(step: Target, isLast: boolean): Planned | PathProblem {
  switch (step.kind) {
    case "all":
      return { take: takeChildren, fits: () => true };
    case "slice":
      if (step.from === undefined && step.to === undefined) {
        return { message: "expected a slice with a start or an end", at: 0 };
      }
      return { take: slice(step.from, step.to), fits: isList };
    case "filter": {
      const test = planFilter(step.condition, step.at, planInner);
      if (typeof test !== "function") return test;
      return { take: filter(test), fits: (value, reading) => passes(test, value, reading) };
    }
    case "pick":
      return typeof step.segments[0] === "number"
        ? { take: pick(step.segments), fits: isList }
        : planKeys(step.segments as readonly string[], isLast);
  }
}

/** Several keys at the end give one object that has them; before other steps they are gone into one after the other. */
function planKeys(keys: readonly string[], isLast: boolean): Planned {
  const hasAll = (value: Json): boolean => isObject(value) && keys.every((key) => Object.hasOwn(value, key));
  if (keys.length === 1) return { take: pick(keys), fits: hasAll };
  return isLast ? { take: merge(keys), fits: hasAll } : { take: pick(keys), fits: isObject };
}

function pick(segments: readonly Segment[]): Take {
  return (value, found, { budget }) => {
    if (segments.length > 1 && !budget.spend(segments.length)) return;
    for (const segment of segments) {
      const inner = child(value, segment);
      if (inner !== undefined) found.push(inner);
    }
  };
}

function merge(keys: readonly string[]): Take {
  return (value, found, { budget }) => {
    if (!isObject(value) || !budget.spend(keys.length)) return;
    const merged: Record<string, Json> = {};
    for (const key of keys) {
      const member = child(value, key);
      if (member !== undefined) setOwn(merged, key, member);
    }
    found.push(merged);
  };
}

function childrenOf(value: Json): readonly Json[] {
  if (isList(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}

function takeChildren(value: Json, found: Json[], { budget }: Reading): void {
  const children = childrenOf(value);
  if (!budget.spend(children.length)) return;
  for (const inner of children) found.push(inner);
}

/**
 * As Jayway slices: a step is read and not heeded, and between two bounds a negative index counts from the end only when it is
 * looked up, so that `[-1:1]` is the last item and then the first.
 */
function slice(from: number | undefined, to: number | undefined): Take {
  return (value, found, { budget }) => {
    if (!isList(value)) return;
    const { length } = value;
    let first = 0;
    if (from !== undefined) first = Math.max(from, to === undefined && from < 0 ? length + from : -length);
    if (from !== undefined && to === undefined) first = Math.max(0, first);
    const end = Math.min(length, to === undefined ? length : from === undefined && to < 0 ? length + to : to);
    if (first >= end || !budget.spend(end - first)) return;
    for (let index = first; index < end; index++) found.push(value.at(index) as Json);
  };
}

function filter(test: Test): Take {
  return (value, found, reading) => {
    if (isObject(value)) {
      if (passes(test, value, reading)) found.push(value);
    } else if (isList(value)) {
      for (const item of value) {
        if (!reading.budget.spend(1)) return;
        if (passes(test, item, reading)) found.push(item);
      }
    }
  };
}

/**
 * `..`: goes through the value and all within it, outer before inner. As in Jayway, what follows the step is asked of every item of a
 * list that the step fits: `$..[0].a` finds each `a` in the lists.
 */
function scan({ take, fits }: Planned, isLast: boolean): Take {
  return (start, found, reading) => {
    const pending: Json[] = [start];
    for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
      if (typeof value !== "object" || value === null) continue;
      const inner = childrenOf(value);
      if (!reading.budget.spend(inner.length + 1)) return;
      if (fits(value, reading)) (isLast || !isList(value) ? take : takeChildren)(value, found, reading);
      for (let index = inner.length - 1; index >= 0; index--) pending.push(inner[index] as Json);
    }
  };
}
