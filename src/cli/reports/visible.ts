import { characterCode } from "../../language/character-code.js";

/** What a terminal would obey or not show: control characters, marks that turn the direction of writing, halves of characters. */
const odd =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are looked for.
  /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]|\p{Surrogate}/gu;

/** A text in which nothing moves the cursor, colours or hides anything. */
export function visible(text: string): string {
  return text.replace(odd, (found) => {
    const code = found.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? "\u2421" : characterCode(found);
  });
}

/** A text of at most `most` code units, with a mark where more was. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, endOf(text, most))}…`;
}

/** Not in the middle of a character. */
export function endOf(text: string, at: number): number {
  const isHalved = /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(at - 1, at + 1));
  return isHalved ? at - 1 : at;
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const noWidth = /\p{Mark}/u;

/** Columns that a text takes at a terminal. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += noWidth.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return width;
}
