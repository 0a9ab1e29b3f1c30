import type { Segment } from "../../expression/tree.js";
import { type Json, setOwn } from "../../language/json.js";
import { isList, isObject } from "../data.js";
import { type Failure, locatedFailure } from "../failure.js";
import type { Path } from "./path.js";

/**
 * The raw input with the result at `ResultPath`; the input itself is left as it is.
 *
 * @param path - `undefined` for `$`, which gives the result; `null` drops the result
 */
export function putResult(path: Path | null | undefined, input: Json, result: Json): Json | Failure {
  if (path === null) return input;
  if (path === undefined || path.segments.length === 0) return result;
  const put = putAt(input, path.segments, 0, result);
  return (
    put ??
    locatedFailure(
      "States.ResultPathMatchFailure",
      `Unable to apply ReferencePath ${path.text} to input ${JSON.stringify(input)}`,
    )
  );
}

/** Recursion is bounded by the length of a path in the definition. */
function putAt(target: Json | undefined, segments: readonly Segment[], at: number, result: Json): Json | undefined {
  const segment = segments[at];
  if (segment === undefined) return result;
  if (typeof segment === "number") {
    if (!isList(target) || segment < 0 || segment >= target.length) return undefined;
    const inner = putAt(target[segment], segments, at + 1, result);
    return inner === undefined ? undefined : target.with(segment, inner);
  }
  if (target !== undefined && !isObject(target)) return undefined;
  const present = target !== undefined && Object.hasOwn(target, segment);
  const inner = putAt(present ? target[segment] : undefined, segments, at + 1, result);
  if (inner === undefined) return undefined;
  const copy: Record<string, Json> = { ...target };
  setOwn(copy, segment, inner);
  return copy;
}
