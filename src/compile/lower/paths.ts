import { looksLikeIntrinsic } from "../../expression/intrinsic-parser.js";
import { isPathProblem, parseJsonPath } from "../../expression/jsonpath.js";
import { expressionOf } from "../../expression/tree.js";
import { issue, shown } from "../../language/errors.js";
import type { Json } from "../../language/json.js";
import type { Path } from "../path.js";
import { evaluatedProblem, pathProblem } from "./path-problem.js";
import type { Place } from "./template.js";

/** A path that reads: a text that begins with `$`, a placeholder, or null for an empty object. */
export function lowerPath(value: unknown, place: Place, path: Path): Json {
  if (value === null) return null;
  const expression = expressionOf(value);
  if (expression?.kind === "call") {
    const hint = 'compute the value in a step before, or set `queryLanguage: "JSONata"` for this step';
    const message = `a path finds what is there, and does not compute what ${expression.name} gives`;
    place.issues.push(issue("unsupported_in_jsonpath", path.keys, message, hint));
    return null;
  }
  if (expression !== undefined) return place.print(expression, path) ?? null;
  const problem =
    typeof value === "string" ? pathProblem(value) : `expected a path, a placeholder or null, got ${shown(value)}`;
  if (problem !== undefined) place.issues.push(issue("invalid_path", path.keys, problem));
  return typeof value === "string" ? value : null;
}

/** As {@link lowerPath}, for the fields of Fail, which may be intrinsic functions too. */
export function lowerPathOrCall(value: unknown, place: Place, path: Path): Json {
  const expression = expressionOf(value);
  if (expression !== undefined) return place.print(expression, path) ?? null;
  if (typeof value !== "string" || !looksLikeIntrinsic(value)) return lowerPath(value, place, path);
  const problem = evaluatedProblem(value);
  if (problem !== undefined) place.issues.push(issue("invalid_path", path.keys, problem));
  return value;
}

/** What stands at a path, as JSONata; `undefined` after having reported why it cannot be said. */
export function lowerPathInJsonata(value: unknown, place: Place, path: Path): string | undefined {
  if (value === null) return "{}";
  const expression = expressionOf(value) ?? (typeof value === "string" ? parseJsonPath(value) : undefined);
  if (expression !== undefined && !("message" in expression)) return place.print(expression, path);
  const why = expression === undefined ? "" : `: ${expression.message}`;
  const message = `${shown(value)} is no reference path and cannot be written in JSONata${why}`;
  place.issues.push(
    issue("unsupported_in_jsonata", path.keys, message, "give a placeholder or jsonata`...`, or use JSONPath"),
  );
  return undefined;
}

/** Where a result is put: into the state's own input, at one definite place. */
export function lowerResultPath(value: unknown, place: Place, path: Path): string | null {
  if (value === null) return null;
  const parsed = typeof value === "string" ? parseJsonPath(value) : undefined;
  if (parsed === undefined) {
    place.issues.push(issue("invalid_path", path.keys, `expected a reference path or null, got ${shown(value)}`));
  } else if (isPathProblem(parsed)) {
    const message = `expected a reference path, got ${shown(value)}: ${parsed.message} at character ${parsed.at}`;
    place.issues.push(issue("invalid_path", path.keys, message));
  } else if (parsed.root.kind !== "stateInput") {
    const message = `a result can be put into the state's data alone, got ${shown(value)}`;
    place.issues.push(issue("invalid_path", path.keys, message));
  }
  return typeof value === "string" ? value : null;
}
