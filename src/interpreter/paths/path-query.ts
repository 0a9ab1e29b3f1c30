import { isPathProblem, type PathProblem, parseJsonPath } from "../../expression/jsonpath.js";
import type { Reference, Segment } from "../../expression/tree.js";
import type { Json } from "../../language/json.js";
import { child, isList, isObject } from "../data.js";
import { type Filter, matches, parseFilter } from "./path-filter.js";
import type { QueryBudget } from "./query-budget.js";

/** A part of a path that may find many values. */
export type QueryStep =
  | { readonly kind: "pick"; readonly segments: readonly Segment[] }
  | { readonly kind: "all" }
  | { readonly kind: "slice"; readonly from: number | undefined; readonly to: number | undefined; readonly by: number }
  | { readonly kind: "deep" }
  | { readonly kind: "filter"; readonly filter: Filter };

/** Whether a text that is no reference may be a query. */
export function isQuery(text: string): boolean {
  return /\*|\.\.|[[,:]/.test(text);
}

/** Reads a path with wildcards, slices, unions, filters or `..`; `root` is where it begins. */
export function parseQuery(
  text: string,
): { readonly root: Reference; readonly steps: readonly QueryStep[] } | PathProblem {
  const head = /^\$\$?[^.[\s]*/.exec(text)?.[0] ?? "";
  const root = parseJsonPath(head);
  if (isPathProblem(root)) return root;
  const steps: QueryStep[] = [];
  let position = head.length;
  while (position < text.length) {
    const piece = pieceAt(text, position);
    if (piece === undefined) return { message: "expected . or [", at: position };
    const step = stepOf(piece);
    if ("message" in step) return { message: step.message, at: position };
    steps.push(step);
    position += piece.length;
  }
  return { root, steps };
}

/** `..`, `.*`, `.name`, `name` or `[ ... ]`, as it stands. */
function pieceAt(text: string, start: number): string | undefined {
  if (text[start] === "[") return bracketAt(text, start);
  const rest = text.slice(start);
  if (rest.startsWith("..")) return "..";
  const afterDeep = start >= 2 && text.slice(start - 2, start) === "..";
  return (afterDeep ? /^\.?(?:\*|[^.[\s]+)/ : /^\.(?:\*|[^.[\s]+)/).exec(rest)?.[0];
}

function bracketAt(text: string, start: number): string | undefined {
  let depth = 0;
  let quote: string | undefined;
  for (let index = start; index < text.length; index++) {
    const character = text[index];
    if (quote !== undefined) {
      if (character === "\\") index++;
      else if (character === quote) quote = undefined;
    } else if (character === "'" || character === '"') quote = character;
    else if (character === "[") depth++;
    else if (character === "]" && --depth === 0) return text.slice(start, index + 1);
  }
  return undefined;
}

function stepOf(piece: string): QueryStep | { readonly message: string } {
  if (piece === "..") return { kind: "deep" };
  if (piece === ".*" || piece === "*" || /^\[\s*\*\s*\]$/.test(piece)) return { kind: "all" };
  if (!piece.startsWith("[")) return pick([piece.startsWith(".") ? piece : `.${piece}`]);
  const inner = piece.slice(1, -1).trim();
  if (inner.startsWith("?")) {
    const filter = parseFilter(inner.slice(1).trim());
    return "message" in filter ? filter : { kind: "filter", filter };
  }
  const slice = /^(-?\d{1,9})?\s*:\s*(-?\d{1,9})?(?:\s*:\s*(\d{1,9})?)?$/.exec(inner);
  if (slice !== null) return sliceOf(slice);
  return pick(splitUnion(inner).map((part) => `[${part.trim()}]`));
}

function sliceOf([, from, to, by]: RegExpExecArray): QueryStep | { readonly message: string } {
  if (by !== undefined && Number(by) === 0) return { message: "expected a step of a slice above 0" };
  return { kind: "slice", from: whole(from), to: whole(to), by: whole(by) ?? 1 };
}

function whole(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

function splitUnion(inner: string): readonly string[] {
  return inner.match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^,]+/g)?.filter((part) => part.trim() !== "") ?? [];
}

function pick(parts: readonly string[]): QueryStep | { readonly message: string } {
  const segments: Segment[] = [];
  for (const part of parts) {
    const reference = parseJsonPath(`$${part}`);
    if (isPathProblem(reference)) return reference;
    segments.push(...reference.path);
  }
  return { kind: "pick", segments };
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
