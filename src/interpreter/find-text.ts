/** Up to this length of what is looked for, the search of the platform takes time in proportion to the text. */
const shortest = 250;

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
