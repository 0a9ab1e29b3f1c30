import type { Json, JsonObject } from "../../language/json.js";
import { isList, isObject } from "../data.js";

/** Why a function refuses its arguments; the caller names the function. */
export class Refusal {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

const names = ["first", "second", "third"];

function refuse(args: readonly Json[], index: number, wanted: string): Refusal {
  const shown = JSON.stringify(args[index] ?? null);
  const short = shown.length > 80 ? `${shown.slice(0, 77)}...` : shown;
  return new Refusal(`the ${names[index] ?? "next"} argument must be ${wanted}, got ${short}`);
}

/** The text among the arguments at `index`. */
export function textAt(args: readonly Json[], index: number): string | Refusal {
  const value = args[index];
  return typeof value === "string" ? value : refuse(args, index, "a string");
}

/** The list among the arguments at `index`. */
export function listAt(args: readonly Json[], index: number): readonly Json[] | Refusal {
  const value = args[index];
  return isList(value) ? value : refuse(args, index, "an array");
}

/** The object among the arguments at `index`. */
export function objectAt(args: readonly Json[], index: number): JsonObject | Refusal {
  const value = args[index];
  return isObject(value) ? value : refuse(args, index, "an object");
}

/** A whole number of 32 bits; fractions are rounded half up, as `Math.round` of Java does. */
export function integerAt(args: readonly Json[], index: number): number | Refusal {
  const value = args[index];
  if (typeof value !== "number") return refuse(args, index, "a number");
  const rounded = Math.round(value);
  if (rounded < -2_147_483_648 || rounded > 2_147_483_647) return refuse(args, index, "a number of 32 bits");
  // No minus zero.
  return rounded + 0;
}
