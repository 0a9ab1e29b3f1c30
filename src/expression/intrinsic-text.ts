import type { Json } from "../language/json.js";

/**
 * JSON as an argument of an intrinsic function. Objects and lists have no literal form there:
 * a list is made by `States.Array`, an object is read from its JSON text.
 */
export function printIntrinsicText(value: Json): string {
  if (typeof value === "string") return quote(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `States.Array(${value.map(printIntrinsicText).join(", ")})`;
  return `States.StringToJson(${quote(JSON.stringify(value))})`;
}

/** Text in single quotes, with the characters escaped that intrinsic functions reserve. */
export function quote(text: string): string {
  return `'${text.replace(/['{}\\]/g, "\\$&")}'`;
}

/** The text that `States.Format` fills: the pieces with a `{}` between each two. */
export function printFormatText(pieces: readonly string[]): string {
  return `'${pieces.map((piece) => quote(piece).slice(1, -1)).join("{}")}'`;
}
