import type { Json } from "../language/json.js";
import { quoteInJsonata } from "./jsonata-literal.js";
import type { ValueType } from "./tree.js";

/** A part of a JSONata expression. */
export interface Operand {
  readonly text: string;
  /** Whether it needs brackets beside an operator. */
  readonly isLoose: boolean;
  readonly type?: ValueType | undefined;
  /** The value, where it is written. */
  readonly constant?: Json;
  /** Whether it is a list in brackets, which JSONata keeps whole within another list. */
  readonly isList?: boolean;
}

/** The text for a place beside an operator. */
export function operandText({ text, isLoose }: Operand): string {
  return isLoose ? `(${text})` : text;
}

/** The text for an item of a list: JSONata would pour the items of an inner list into the outer one. */
export function printItem(operand: Operand): string {
  const { text, type, isList } = operand;
  if (isList === true) return text;
  if (type === "list") return `[${text}]`;
  if (type !== undefined) return text;
  return `$type(${text}) = 'array' ? [[${text}]] : ${operandText(operand)}`;
}

/** A whole number: fractions are rounded half up, as the intrinsic functions of JSONPath round. */
export function printWhole(operand: Operand): string {
  if (typeof operand.constant === "number") return String(Math.round(operand.constant) + 0);
  return operand.type === "integer" ? operandText(operand) : `$floor(${operandText(operand)} + 0.5)`;
}

/** A text of pieces with values between them; `&` makes texts of numbers and booleans. */
export function printText(pieces: readonly string[], values: readonly Operand[]): Operand {
  const parts: (string | Operand)[] = [];
  for (const [index, piece] of pieces.entries()) {
    addText(parts, piece);
    const value = values[index];
    if (value === undefined) continue;
    if (isWritten(value)) addText(parts, String(value.constant));
    else parts.push(value);
  }
  const texts = parts.map((part) => (typeof part === "string" ? quoteInJsonata(part) : operandText(part)));
  const [only] = parts;
  if (parts.length > 1) return { text: texts.join(" & "), isLoose: true, type: "text" };
  if (only === undefined || typeof only === "string") return { text: texts[0] ?? "''", isLoose: false, type: "text" };
  return only.type === "text" ? only : { text: `$string(${only.text})`, isLoose: false, type: "text" };
}

function isWritten({ constant }: Operand): boolean {
  return constant !== undefined && (constant === null || typeof constant !== "object");
}

function addText(parts: (string | Operand)[], text: string): void {
  const last = parts.at(-1);
  if (typeof last === "string") parts[parts.length - 1] = last + text;
  else if (text !== "") parts.push(text);
}
