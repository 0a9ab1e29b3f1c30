import { type Evaluation, memoryLimit, mostCharacters } from "./evaluation.js";
import { QueryError } from "./query-error.js";
import { Callable, isList, isMembers, isNumber, type Value } from "./value.js";

/** A value as text, as `$string` writes it: a text as it is, all else as JSON with numbers of 15 digits. */
export function jsonText(value: Value, evaluation: Evaluation, isPretty = false): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new QueryError("D3001", { value });
    return String(rounded(value));
  }
  if (value instanceof Callable) return "";
  const whole = isList(value) && value.outer === true ? value[0] : value;
  measure(whole, evaluation, isPretty, 0, { characters: 0 });
  return JSON.stringify(whole, writable, isPretty ? 2 : 0) ?? "";
}

function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}

function writable(_key: string, value: Value): Value {
  if (typeof value === "number") return isNumber(value) ? rounded(value) : value;
  return value instanceof Callable ? "" : value;
}

/** What a character takes that is written, and a number that has to be rounded. */
const unitsOfCharacter = 0.5;
const unitsOfFraction = 64;

/** Counts what the text will hold before it is made: a value that holds one part many times may be far larger than it looks. */
function measure(
  value: Value,
  evaluation: Evaluation,
  isPretty: boolean,
  level: number,
  size: { characters: number },
): void {
  evaluation.checkLevel(level);
  if (typeof value === "string") evaluation.spend(value.length * unitsOfCharacter);
  else if (typeof value === "number" && !Number.isInteger(value)) evaluation.spend(unitsOfFraction);
  size.characters += (typeof value === "string" ? value.length : 2) + (isPretty ? 2 * level : 0);
  if (isList(value)) for (const item of value) measure(item, evaluation, isPretty, level + 1, size);
  else if (isMembers(value)) {
    for (const key of Object.keys(value)) {
      size.characters += key.length + 3;
      evaluation.spend(key.length * unitsOfCharacter);
      measure(value[key], evaluation, isPretty, level + 1, size);
    }
  }
  if (size.characters > mostCharacters) throw memoryLimit();
}
