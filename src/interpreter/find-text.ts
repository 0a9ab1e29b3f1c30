/** Up to this length of what is looked for, the search of the platform takes time in proportion to the text. */
const shortest = 250;

/** Below this length the platform stops at each first character of it. */
const tiny = 7;

/**
 * Where `part` stands in `text`, from `from` on; -1 where it does not. As `indexOf`, but never slower than the two are long together:
 * the platform takes seconds for `a…ab a…a` in 256 KiB of `a`.
 */
export function findText(text: string, part: string, from = 0): number {
  if (part.length <= shortest) return text.indexOf(part, from);
  const borders = bordersOf(part);
  let matched = 0;
  for (let index = from; index < text.length; index++) {
    const code = text.charCodeAt(index);
    while (matched > 0 && part.charCodeAt(matched) !== code) matched = borders[matched - 1] ?? 0;
    if (part.charCodeAt(matched) === code) matched++;
    if (matched === part.length) return index - matched + 1;
  }
  return -1;
}

/** For each beginning of `part`, how long the longest shorter text is that it both begins and ends with. */
function bordersOf(part: string): Int32Array {
  const borders = new Int32Array(part.length);
  let length = 0;
  for (let index = 1; index < part.length; index++) {
    const code = part.charCodeAt(index);
    while (length > 0 && part.charCodeAt(length) !== code) length = borders[length - 1] ?? 0;
    if (part.charCodeAt(length) === code) length++;
    borders[index] = length;
  }
  return borders;
}

/** Units of work, of 100 nanoseconds each, that it takes at the most to find these parts in a text, one behind the other. */
export function searchCost(parts: readonly string[]): (text: string) => number {
  const longest = parts.reduce((length, part) => Math.max(length, part.length), 0);
  const charactersForUnit = longest > shortest ? 8 : longest >= tiny ? 24 : 64;
  const firsts = new Uint8Array(256);
  for (const part of parts) if (part !== "" && part.length < tiny) firsts[part.charCodeAt(0) & 0xff] = 1;
  const hasTiny = firsts.includes(1);
  return (text) => {
    const cost = (parts.length >> 1) + text.length / charactersForUnit;
    return hasTiny && text.length > 1_000 ? cost + countOf(firsts, text) / 7 : cost;
  };
}

/** How many characters have one of these lowest bytes. */
function countOf(bytes: Uint8Array, text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index++) count += bytes[text.charCodeAt(index) & 0xff] ?? 0;
  return count;
}
