import { States } from "../../expression/intrinsics.js";
import { isPlaceholder, type Ref, schemasOf } from "../../expression/placeholder.js";
import { describeSchema } from "../../expression/schema.js";
import { isPlainObject, setOwn } from "../../language/json.js";
import type { Path, Problems } from "../../services/problems.js";
import { type Deferred, deferred, isDeferred } from "../../states/deferred.js";
import { asText } from "../processing/settings.js";
import { isLate } from "../request/late-value.js";

/** How a container reads its hyperparameters: as texts, or, in the containers of frameworks, as JSON. */
export type Encoding = "text" | "json";

/**
 * Hyperparameters as the API takes them, all texts: numbers and booleans as they print, objects and lists as JSON.
 * What has no text, such as null, stays as it is for the check of the request to refuse.
 */
export function lowerHyperparameters(
  given: unknown,
  encoding: Encoding,
  path: Path,
  problems: Problems,
): Record<string, unknown> | undefined {
  if (given === undefined) return undefined;
  if (!isPlainObject(given) || isLate(given)) {
    problems.add("invalid_estimator", path, "expected an object of hyperparameters", "give { name: value }");
    return undefined;
  }
  const texts: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) setOwn<unknown>(texts, name, hyperparameterText(value, encoding));
  }
  return texts;
}

/** One value as the text of a hyperparameter. */
export function hyperparameterText(value: unknown, encoding: Encoding): unknown {
  if (isPlaceholder(value)) return placeholderText(value);
  if (isDeferred(value)) return encoding === "text" ? value : jsonLater(value);
  if (typeof value === "string") return encoding === "text" ? value : JSON.stringify(value);
  if (typeof value !== "object" || value === null) return asText(value);
  // The check of the request refuses what is no text.
  if (!isJson(value)) return value;
  // A list or object with placeholders has its text made by the state machine.
  return jsonText(value) ?? States.jsonToString(value);
}

/** A text stays one: containers of frameworks take what is no JSON as it is. */
function placeholderText(placeholder: Ref<unknown>): unknown {
  const kinds = schemasOf(placeholder)?.map((schema) => describeSchema(schema)) ?? [];
  return kinds.some((kind) => typeof kind === "object" || kind === "array" || kind === "record")
    ? States.jsonToString(placeholder)
    : asText(placeholder);
}

/** Whether all that is known now in a value can be written as JSON without becoming something else, as `new Map()` and `NaN` would. */
function isJson(value: object): boolean {
  const seen = new Set<unknown>();
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === "number" && !Number.isFinite(next)) return false;
    if (typeof next !== "object" || next === null || isLate(next) || seen.has(next)) continue;
    seen.add(next);
    if (!Array.isArray(next) && !isPlainObject(next) && !("toJSON" in next)) return false;
    if (Array.isArray(next) && next.includes(undefined)) return false;
    waiting.push(...Object.values(next));
  }
  return true;
}

function jsonText(value: object): string | undefined {
  try {
    return JSON.stringify(value, (_, member: unknown) => {
      if (isDeferred(member) || typeof member === "function") throw new TypeError("no JSON");
      return member;
    });
  } catch {
    // A placeholder refuses to become a text; so do bigints and what holds itself.
    return undefined;
  }
}

/** The JSON text of a value that is known at deployment. */
export function jsonLater({ label, resolve, deploy }: Deferred): Deferred<string> {
  return deferred(label, async () => JSON.stringify(await resolve()), deploy);
}
