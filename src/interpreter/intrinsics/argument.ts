import type { Json, JsonObject } from "../../language/json.js";
import { isList, isObject } from "../data.js";
import { ownLimit } from "../paths/query-budget.js";

/** Why a function refuses its arguments; the caller names the function. */
export class Refusal {
  readonly reason: string;
  readonly what: "arguments" | "template";

  constructor(reason: string, what: Refusal["what"] = "arguments") {
    this.reason = reason;
    this.what = what;
  }
}

/** Refuses arguments that are more work than is left to the step. */
export const tooMuch = new Refusal(`they are too large ${ownLimit}`);

const names = ["first", "second", "third"];

function refuse(args: readonly Json[], index: number, wanted: string): Refusal {
  return new Refusal(`the ${names[index] ?? "next"} argument must be ${wanted}, got ${brief(args[index] ?? null)}`);
}

/** A value in a message: a scalar as JSON, cut where it is long. */
function brief(value: Json): string {
  if (isList(value)) return `an array of ${value.length} items`;
  if (isObject(value)) return "an object";
  const shown = JSON.stringify(typeof value === "string" ? value.slice(0, 80) : value);
  return shown.length > 80 ? `${shown.slice(0, 77)}...` : shown;
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

/** A whole number of 32 bits; fractions are cut off. The language says that they are rounded: AWS does so in `States.MathAdd` alone. */
export function integerAt(args: readonly Json[], index: number): number | Refusal {
  return wholeAt(args, index, Math.trunc);
}

/** A whole number of 32 bits; fractions are rounded half up, as `Math.round` of Java does. */
export function roundedAt(args: readonly Json[], index: number): number | Refusal {
  return wholeAt(args, index, Math.round);
}

function wholeAt(args: readonly Json[], index: number, toWhole: (value: number) => number): number | Refusal {
  const value = args[index];
  if (typeof value !== "number") return refuse(args, index, "a number");
  const whole = toWhole(value);
  if (!is32Bits(whole)) return refuse(args, index, "a number of 32 bits");
  // No minus zero.
  return whole + 0;
}

/** Whether Java's `int` holds a whole number. */
export function is32Bits(value: number): boolean {
  return value >= -2_147_483_648 && value <= 2_147_483_647;
}
