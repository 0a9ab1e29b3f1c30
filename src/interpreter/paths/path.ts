import type { PathProblem } from "../../expression/jsonpath.js";
import { readPathSyntax } from "../../expression/path-reader.js";
import type { Segment } from "../../expression/tree.js";
import type { Json } from "../../language/json.js";
import { child } from "../data.js";
import { type Failure, runtimeFailure } from "../failure.js";
import { planQuery, type QueryStep, runQuery } from "./path-query.js";
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
  /** Set where the path may find many values: it gives a list of them. */
  readonly query?: readonly QueryStep[];
}

/** Reads a path. What the engine does not evaluate is a problem that names it. */
export function planPath(text: string): Path | PathProblem {
  const syntax = readPathSyntax(text);
  if ("message" in syntax) return syntax;
  const { root, variable, head, steps } = syntax;
  const path: Path = { kind: "path", text, root, variable, segments: head };
  if (steps.length === 0) return path;
  const query = planQuery(text, steps);
  return "message" in query ? query : { ...path, query };
}

/**
 * The value at a path; `undefined` where there is none. A query gives a list, of nothing where nothing matches; a failure
 * where it looks at more than a step may.
 */
export function readPath(path: Path, scope: Scope): Json | undefined | Failure {
  let value = rootValue(path, scope);
  for (const segment of path.segments) {
    if (value === undefined) break;
    value = child(value, segment);
  }
  if (path.query === undefined) return value;
  return runQuery(path.query, value, scope.budget) ?? runtimeFailure(`The JSONPath '${path.text}' finds too much`);
}

function rootValue(path: Path, scope: Scope): Json | undefined {
  if (path.root === "input") return scope.input;
  if (path.root === "context") return scope.context();
  return Object.hasOwn(scope.variables, path.variable) ? scope.variables[path.variable] : undefined;
}

/** AWS's words for a path that found nothing: whether its last part is missing or one before. */
export function whyMissing(path: Path, scope: Scope): string {
  let value = rootValue(path, scope);
  let reached = "$";
  for (const [index, segment] of path.segments.entries()) {
    if (value === undefined) break;
    value = child(value, segment);
    reached += typeof segment === "number" ? `[${segment}]` : `['${segment}']`;
    if (value === undefined && index < path.segments.length - 1) return `Missing property in path ${reached}`;
  }
  return `No results for path: ${reached}`;
}
