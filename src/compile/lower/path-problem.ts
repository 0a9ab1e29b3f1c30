import { isIntrinsicProblem, looksLikeIntrinsic, parseIntrinsicWith } from "../../expression/intrinsic-parser.js";
import { type PathProblem, parseJsonPath } from "../../expression/jsonpath.js";
import type { Reference } from "../../expression/tree.js";
import { shown } from "../../language/errors.js";

/** Signs of a path that finds many values: those are no references, and their grammar is not checked here. */
const query = /[*?@:,(]|\.\./;

/** Reads a path that an author wrote, as far as it is read here. */
export function readPath(text: string): Reference | { readonly kind: "query" } | PathProblem {
  return text.startsWith("$") && query.test(text) ? { kind: "query" } : parseJsonPath(text);
}

/** What is wrong with a path that an author wrote; `undefined` when nothing is seen to be. */
export function pathProblem(text: string): string | undefined {
  if (!text.startsWith("$")) return `expected a path that begins with $, got ${shown(text)}`;
  const read = readPath(text);
  if (!("message" in read)) return undefined;
  return `expected a path, got ${shown(text)}: ${read.message} at character ${read.at}`;
}

/** What is wrong with a text that is evaluated: a path, or a call of an intrinsic function. */
export function evaluatedProblem(text: string): string | undefined {
  if (!looksLikeIntrinsic(text)) return pathProblem(text);
  const parsed = parseIntrinsicWith(text, readPath);
  return isIntrinsicProblem(parsed)
    ? `expected a path or an intrinsic function, got ${shown(text)}: ${parsed.message}`
    : undefined;
}
