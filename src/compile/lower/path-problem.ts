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
