import type { Json } from "../../language/json.js";
import { isList, isObject } from "../data.js";
import { Refusal } from "./argument.js";

/**
 * Cuts a template at its `{}`.
 *
 * @param raw - the template with its escapes, where it stands in the definition; a value of the data has none
 * @returns one text more than there are places; refused where a bracket has no other
 */
export function templatePieces(raw: string): readonly string[] | Refusal {
  const pieces: string[] = [];
  let piece = "";
  for (let index = 0; index < raw.length; index++) {
    const character = raw[index] ?? "";
    if (character === "\\" && "'{}\\".includes(raw[index + 1] ?? " ")) {
      piece += raw[++index] ?? "";
    } else if (character === "{") {
      if (raw[index + 1] !== "}") return new Refusal("matching '}' not found for '{'.", "template");
      pieces.push(piece);
      piece = "";
      index++;
    } else if (character === "}") return new Refusal("matching '{' not found for '}'.", "template");
    else piece += character;
  }
  return [...pieces, piece];
}

/** Fills the places between the pieces; their numbers must agree. */
export function format(pieces: readonly string[], values: readonly Json[]): string | Refusal {
  const places = pieces.length - 1;
  if (places !== values.length) return new Refusal("number of arguments do not match the occurrences of {}.");
  return pieces.map((piece, index) => (index < places ? piece + javaText(values[index] ?? null) : piece)).join("");
}

/** A value as AWS prints it: `{a=1, b=[]}`, without quotes. Depth is bounded where data is taken in. */
function javaText(value: Json): string {
  if (typeof value === "string") return value;
  if (isList(value)) return `[${value.map(javaText).join(", ")}]`;
  if (!isObject(value)) return String(value);
  return `{${Object.entries(value)
    .map(([key, member]) => `${key}=${javaText(member)}`)
    .join(", ")}}`;
}
