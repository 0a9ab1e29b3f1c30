import type { Json } from "../../language/json.js";
import { type Failure, runtimeFailure } from "../failure.js";
import { mostItems } from "./read-items.js";
import { itemReaderFailed } from "./reader-failure.js";

/**
 * `MaxConcurrency` by a path.
 *
 * @param found - what the path leads to
 * @param path - as it stands in the definition
 */
export function maxConcurrency(found: Json, path: string): number | Failure {
  return notNegative(found, "MaxConcurrency", path);
}

/** `ToleratedFailureCount` by a path. */
export function toleratedFailureCount(found: Json, path: string): number | Failure {
  return notNegative(found, "ToleratedFailureCount", path);
}

/** `ToleratedFailurePercentage` by a path; fractions are taken. */
export function toleratedFailurePercentage(found: Json, path: string): number | Failure {
  if (typeof found !== "number") return notA("float", found, "ToleratedFailurePercentage", path);
  if (found < 0 || found > 100) return runtimeFailure("ToleratedFailurePercentage must be between 0 and 100.");
  return found;
}

/** `MaxItems`, by a path or given: items to read at most. Zero stands for all, as AWS is recorded to take it. */
export function maxItems(found: Json, path: string): number | Failure {
  if (!isWhole(found)) return notA("integer", found, "MaxItems", path);
  if (found < 0) return itemReaderFailed("field MaxItems must be positive");
  return found === 0 ? mostItems : Math.min(found, mostItems);
}

/** `MaxItemsPerBatch` by a path. */
export function maxItemsPerBatch(found: Json, path: string): number | Failure {
  return positive(found, "MaxItemsPerBatch", path);
}

/** `MaxInputBytesPerBatch` by a path. */
export function maxInputBytesPerBatch(found: Json, path: string): number | Failure {
  return positive(found, "MaxInputBytesPerBatch", path);
}

function notNegative(found: Json, field: string, path: string): number | Failure {
  if (!isWhole(found)) return notA("integer", found, field, path);
  return found < 0 ? runtimeFailure(`${field} cannot be negative.`) : found;
}

function positive(found: Json, field: string, path: string): number | Failure {
  if (!isWhole(found)) return notA("integer", found, field, path);
  return found <= 0 ? runtimeFailure(`${field} must be positive.`) : found;
}

function isWhole(found: Json): found is number {
  return typeof found === "number" && Number.isInteger(found);
}

function notA(kind: "integer" | "float", found: Json, field: string, path: string): Failure {
  const text = typeof found === "string" ? found : JSON.stringify(found);
  return runtimeFailure(`The ${field}Path field refers to value "${text}" which is not a valid ${kind}: ${path}`);
}
