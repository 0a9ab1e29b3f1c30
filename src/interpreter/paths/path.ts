import type { PathProblem } from "../../expression/jsonpath.js";
import { readPathSyntax } from "../../expression/path-reader.js";
import type { Segment } from "../../expression/tree.js";
import type { Json } from "../../language/json.js";
import { child, isList } from "../data.js";
import { type Failure, runtimeFailure } from "../failure.js";
import { planQuery, type Query, runQuery, walk } from "./path-query.js";
import { ownLimit } from "./query-budget.js";
import type { Scope } from "./scope.js";

/** A JSONPath, read once when the machine is planned. */
export interface Path {
  readonly kind: "path";
  /** As it stands in the definition. */
  readonly text: string;
  readonly root: "input" | "context" | "variable";
  /** Name of the variable where the root is one. */
  readonly variable: string;
  /** The way to one value. */
  readonly segments: readonly Segment[];
  /** What follows, from the first step on that may find many values. */
  readonly query?: Query;
}

/** Reads a path. What the engine does not evaluate is a problem that names it. */
export function planPath(text: string): Path | PathProblem {
  const syntax = readPathSyntax(text);
  if ("message" in syntax) return syntax;
  const { root, variable, head, steps } = syntax;
  const path: Path = { kind: "path", text, root, variable, segments: head };
  if (steps.length === 0) return path;
  const query = planQuery(steps);
  return "message" in query ? query : { ...path, query };
}

/**
 * The value at a path; `undefined` where there is none. A query that may find many values gives a list, of nothing where
 * nothing matches; a failure where it looks at more than a step may.
 */
export function readPath(path: Path, scope: Scope): Json | undefined | Failure {
  const document = path.root === "input" ? scope.input : rootValue(path, scope);
  const value = path.segments.length === 0 ? document : walk(path.segments, document);
  return path.query === undefined ? value : readQuery(path, path.query, document, value, scope);
}

function readQuery(
  { text }: Path,
  query: Query,
  document: Json | undefined,
  start: Json | undefined,
  { budget }: Scope,
): Json | undefined | Failure {
  const found = runQuery(query, start, { document: document ?? null, budget });
  const isWhole = found === undefined ? !budget.isSpent : budget.spendText(found);
  return isWhole ? found : runtimeFailure(`The JSONPath '${text}' finds too much ${ownLimit}`);
}

function rootValue(path: Path, scope: Scope): Json | undefined {
  if (path.root === "input") return scope.input;
  if (path.root === "context") return scope.context();
  return Object.hasOwn(scope.variables, path.variable) ? scope.variables[path.variable] : undefined;
}

/** Whether a path that found nothing ends with an index that its list does not have: in a template AWS takes that for `null`. */
export function endsOutsideOfList(path: Path, scope: Scope): boolean {
  if (path.query !== undefined || typeof path.segments.at(-1) !== "number") return false;
  return isList(walk(path.segments.slice(0, -1), rootValue(path, scope)));
}

/** AWS's words for a path that found nothing: whether its last part is missing or one before. */
export function whyMissing(path: Path, scope: Scope): string {
  let value = rootValue(path, scope);
  let reached = "$";
  for (const [index, segment] of path.segments.entries()) {
    if (value === undefined) break;
    value = child(value, segment);
    reached += typeof segment === "number" ? `[${segment}]` : `['${segment}']`;
    const isLast = index === path.segments.length - 1 && path.query === undefined;
    if (value === undefined && !isLast) return `Missing property in path ${reached}`;
  }
  return `No results for path: ${reached}`;
}
