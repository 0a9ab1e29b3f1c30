import { shown } from "../../language/errors.js";
import { isPlainObject, setOwn } from "../../language/json.js";
import type { Path, Problems } from "../../services/problems.js";
import { isLate } from "./late-value.js";

/** How deep the two are walked together; what lies deeper is replaced whole. Requests of SageMaker are far shallower. */
const maxDepth = 20;

type Data = Record<string, unknown>;

/**
 * Puts the author's parameters over generated ones: objects are merged, everything else, lists too, is replaced.
 * `key` and `key.$` are one field to AWS, so the author's drops the other.
 */
export function mergeParameters(generated: Data, given: Data, depth = 0): Data {
  const result: Data = { ...generated };
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const other = key.endsWith(".$") ? key.slice(0, -2) : `${key}.$`;
    if (Object.hasOwn(result, other)) delete result[other];
    const before = Object.hasOwn(result, key) ? result[key] : undefined;
    const merged =
      isData(before) && isData(value) && depth < maxDepth ? mergeParameters(before, value, depth + 1) : value;
    setOwn<unknown>(result, key, merged);
  }
  return result;
}

/** {@link mergeParameters} with what an author gave as `parameters`, if anything. */
export function withParameters(request: Data, parameters: unknown, path: Path, problems: Problems): Data {
  if (parameters === undefined) return request;
  if (isData(parameters)) return mergeParameters(request, parameters);
  const given = isLate(parameters) ? "a placeholder" : shown(parameters);
  problems.add("invalid_template", path, `expected an object of parameters, got ${given}`);
  return request;
}

function isData(value: unknown): value is Data {
  return !isLate(value) && isPlainObject(value);
}
