import type { Json } from "../../language/json.js";
import { Failure, runtimeFailure } from "../failure.js";
import { mostItems } from "./read-items.js";
import { itemReaderFailed } from "./reader-failure.js";

/**
 * `MaxConcurrency` by a path or by JSONata.
 *
 * @param found - what the path or the expression gives
 * @param path - as it stands in the definition; `undefined` for JSONata
 */
export function maxConcurrency(found: Json, path: string | undefined): number | Failure {
  return notNegative(found, "MaxConcurrency", path);
}

/** `ToleratedFailureCount` by a path or by JSONata. */
export function toleratedFailureCount(found: Json, path: string | undefined): number | Failure {
  return notNegative(found, "ToleratedFailureCount", path);
}

/** `ToleratedFailurePercentage` by a path or by JSONata; fractions are taken. */
export function toleratedFailurePercentage(found: Json, path: string | undefined): number | Failure {
  const percentage = readNumber(found, /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i);
  if (percentage === undefined) return notA("float", found, "ToleratedFailurePercentage", path);
  if (percentage < 0 || percentage > 100)
    return runtimeFailure("ToleratedFailurePercentage must be between 0 and 100.");
  return percentage;
}

/** `MaxItems`, by a path or given: items to read at most. Zero stands for all, as AWS is recorded to take it. */
export function maxItems(found: Json, path: string | undefined): number | Failure {
  const most = whole(found, "MaxItems", path);
  if (most instanceof Failure) return most;
  if (most < 0) return itemReaderFailed("field MaxItems must be positive");
  return most === 0 ? mostItems : Math.min(most, mostItems);
}

/** `MaxItemsPerBatch` by a path or by JSONata. */
export function maxItemsPerBatch(found: Json, path: string | undefined): number | Failure {
  return positive(found, "MaxItemsPerBatch", path);
}

/** `MaxInputBytesPerBatch` by a path or by JSONata. */
export function maxInputBytesPerBatch(found: Json, path: string | undefined): number | Failure {
  return positive(found, "MaxInputBytesPerBatch", path);
}

function notNegative(found: Json, field: string, path: string | undefined): number | Failure {
  const number = whole(found, field, path);
  return typeof number === "number" && number < 0 ? runtimeFailure(`${field} cannot be negative.`) : number;
}

function positive(found: Json, field: string, path: string | undefined): number | Failure {
  const number = whole(found, field, path);
  return typeof number === "number" && number <= 0 ? runtimeFailure(`${field} must be positive.`) : number;
}

function whole(found: Json, field: string, path: string | undefined): number | Failure {
  const number = readNumber(found, /^[+-]?\d+$/);
  return number !== undefined && Number.isSafeInteger(number) ? number : notA("integer", found, field, path);
}

/** AWS reads the text of what is there, so that a number may be in quotes. */
function readNumber(found: Json, pattern: RegExp): number | undefined {
  const text = textOf(found);
  return pattern.test(text) ? Number(text) : undefined;
}

function textOf(found: Json): string {
  return typeof found === "string" ? found : JSON.stringify(found);
}

function notA(kind: "integer" | "float", found: Json, field: string, path: string | undefined): Failure {
  if (path === undefined)
    return runtimeFailure(
      `The ${field} field must be ${kind === "integer" ? "an integer" : "a number"}, got ${textOf(found)}`,
    );
  return runtimeFailure(
    `The ${field}Path field refers to value "${textOf(found)}" which is not a valid ${kind}: ${path}`,
  );
}
