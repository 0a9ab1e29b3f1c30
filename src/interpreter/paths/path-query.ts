import type { PathProblem } from "../../expression/jsonpath.js";
import type { PathStep } from "../../expression/path-syntax.js";
import type { Json } from "../../language/json.js";
import { child, isList, isObject } from "../data.js";
import { type Filter, matches, planFilter } from "./path-filter.js";
import type { QueryBudget } from "./query-budget.js";

/** A part of a path that may find many values. */
export type QueryStep =
  | Exclude<PathStep, { readonly kind: "filter" | "function" }>
  | { readonly kind: "filter"; readonly filter: Filter };

/** Plans the steps of `text` that may find many values. What the engine does not evaluate is a problem that names it. */
export function planQuery(text: string, steps: readonly PathStep[]): readonly QueryStep[] | PathProblem {
  const planned: QueryStep[] = [];
  for (const step of steps) {
    const ready = planStep(text, step);
    if ("message" in ready) return ready;
    planned.push(ready);
  }
  return planned;
}

function planStep(text: string, step: PathStep): QueryStep | PathProblem {
  if (step.kind === "function") {
    return { message: `the embedded engine has no function ${step.name}() of paths yet`, at: step.at };
  }
  if (step.kind === "filter") {
    const filter = planFilter(step.condition);
    if (filter !== undefined) return { kind: "filter", filter };
    const written = JSON.stringify(text.slice(step.at, step.end));
    return { message: `the embedded engine has no filter such as ${written} yet`, at: step.at };
  }
  if (step.kind === "slice" && step.by < 1) {
    return { message: "expected a step of a slice above 0", at: text.length };
  }
  return step;
}

/** The values that the steps find, in order; `undefined` where the budget does not reach. */
export function runQuery(
  steps: readonly QueryStep[],
  start: Json | undefined,
  budget: QueryBudget,
): readonly Json[] | undefined {
  let found: readonly Json[] = start === undefined ? [] : [start];
  for (const step of steps) {
    const next: Json[] = [];
    for (const value of found) if (!take(step, value, next, budget)) return undefined;
    found = next;
  }
  return budget.spendText(found) ? found : undefined;
}

/** Adds to `found` what a step finds in one value; `false` where the budget does not reach. */
function take(step: QueryStep, value: Json, found: Json[], budget: QueryBudget): boolean {
  switch (step.kind) {
    case "all":
      return add(childrenOf(value), found, budget);
    case "slice":
      return add(isList(value) ? sliced(value, step) : [], found, budget);
    case "deep":
      return addDescendants(value, found, budget);
    case "filter": {
      const items = isList(value) ? value : [value];
      const passes = budget.spend(items.length * step.filter.size);
      return (
        passes &&
        add(
          items.filter((item) => matches(step.filter, item)),
          found,
          budget,
        )
      );
    }
    case "pick": {
      const picked = step.segments.map((segment) => child(value, segment)).filter((inner) => inner !== undefined);
      return budget.spend(step.segments.length) && add(picked, found, budget);
    }
  }
}

function add(values: readonly Json[], found: Json[], budget: QueryBudget): boolean {
  if (!budget.spend(values.length + 1)) return false;
  for (const value of values) found.push(value);
  return true;
}

function childrenOf(value: Json): readonly Json[] {
  if (isList(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}

function sliced(
  value: readonly Json[],
  { from, to, by }: { from: number | undefined; to: number | undefined; by: number },
): readonly Json[] {
  const items = value.slice(from, to);
  return by === 1 ? items : items.filter((_, index) => index % by === 0);
}

/** Adds the value and all within it, outer before inner. */
function addDescendants(value: Json, found: Json[], budget: QueryBudget): boolean {
  const pending: Json[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (!add([next], found, budget)) return false;
    for (const inner of childrenOf(next).toReversed()) pending.push(inner);
  }
  return true;
}
