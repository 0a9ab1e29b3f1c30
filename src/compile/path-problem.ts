import { isPathProblem, parseJsonPath } from "../expression/jsonpath.js";
import { shown } from "../language/errors.js";

/** Signs of a path that finds many values: those are no references, and their grammar is not checked here. */
const query = /[*?@:,(]|\.\./;

/** What is wrong with a path that an author wrote; `undefined` when nothing is seen to be. */
export function pathProblem(text: string): string | undefined {
  if (!text.startsWith("$")) return `expected a path that begins with $, got ${shown(text)}`;
  if (query.test(text)) return undefined;
  const parsed = parseJsonPath(text);
  if (!isPathProblem(parsed)) return undefined;
  return `expected a path, got ${shown(text)}: ${parsed.message} at character ${parsed.at}`;
}
