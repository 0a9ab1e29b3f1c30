import { shown } from "../../language/errors.js";
import type { JsonObject } from "../../language/json.js";
import { ServiceError } from "../wire.js";

/** A text member that must be there. Throws `code`. */
export function requiredText(input: JsonObject, member: string, code = "ValidationException"): string {
  const value = optionalText(input, member);
  if (value !== undefined) return value;
  throw new ServiceError(
    code,
    `1 validation error detected: Value at '${lowerFirst(member)}' failed to satisfy constraint: Member must not be null`,
  );
}

/** A text member; `undefined` when it is not there or null. Throws `SerializationException`. */
export function optionalText(input: JsonObject, member: string): string | undefined {
  const value = Object.hasOwn(input, member) ? input[member] : undefined;
  if (value === undefined || value === null || typeof value === "string") return value ?? undefined;
  throw new ServiceError("SerializationException", `expected a text as ${member}, got ${shown(value)}`);
}

/** A number member; `undefined` when it is not there or null. Throws `SerializationException`. */
export function optionalNumber(input: JsonObject, member: string): number | undefined {
  const value = Object.hasOwn(input, member) ? input[member] : undefined;
  if (value === undefined || value === null || typeof value === "number") return value ?? undefined;
  throw new ServiceError("SerializationException", `expected a number as ${member}, got ${shown(value)}`);
}

/** Cuts one page out of a list, by a limit and a token in the request. The token is an index. */
export function page<Item>(
  items: readonly Item[],
  input: JsonObject,
  names: { readonly limit: string; readonly token: string; readonly most: number },
): { readonly items: readonly Item[]; readonly next: string | undefined } {
  const limit = Math.min(optionalNumber(input, names.limit) ?? names.most, names.most);
  const token = optionalText(input, names.token) ?? "0";
  if (!Number.isInteger(limit) || limit < 1 || !/^\d{1,12}$/.test(token)) {
    throw new ServiceError(
      "ValidationException",
      `expected ${names.limit} from 1 and a ${names.token} of an earlier answer`,
    );
  }
  const end = Number(token) + limit;
  return { items: items.slice(Number(token), end), next: end < items.length ? String(end) : undefined };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
