import { characterCode } from "../language/character-code.js";
import { shown } from "../language/errors.js";

/** Line ends and tabs are no danger in a `<pre>`; what steers a terminal, or turns the direction of a text, is written as its code. */
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are looked for.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;

/** A text of somebody else's without what steers. */
export function printable(text: string): string {
  return text.replace(unprintable, characterCode);
}

/** A text of somebody else's as one line. */
export function oneLine(text: string): string {
  return printable(text).replace(/[\n\t]/g, characterCode);
}

/** A member of somebody else's data in a label: a text as it is, nothing where there is nothing, else its JSON. */
export function wordOf(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : shown(value);
}

/** Characters of a label that are shown; the whole stands in the definition or the history. */
const longest = 60;

/** A text of somebody else's as one line of a readable length. */
export function shortened(text: string): string {
  const characters = [...oneLine(text)];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : characters.join("");
}
