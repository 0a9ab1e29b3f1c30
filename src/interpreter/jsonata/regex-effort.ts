/** What bounds the steps of a search by a regular expression: so many at each place, times a power of the length of the text. */
export interface Effort {
  /** One for where a match starts, one for each part that may be there as often as the text allows. Infinite where nothing bounds the steps. */
  readonly power: number;
  /** For each alternative as many as it has parts, times the choices within. */
  readonly steps: number;
}

/**
 * Measures a regular expression. Where a part that varies stands within a part that is repeated, where the text around is looked at, or what was
 * found is referred to, nothing bounds the steps.
 */
export function effortOf(source: string): Effort {
  const hasAlternatives = source.includes("|");
  let power = source.startsWith("^") && !hasAlternatives ? 0 : 1;
  /** Of the alternatives that were read; of the one that is read now. */
  let steps = 0;
  let [parts, choices] = [0, 1];
  /** Whether something varies in the group that is read, and in those around it. */
  let varies = false;
  const groups: boolean[] = [];
  let last: "none" | "part" | "group" | "varying group" = "none";
  for (let at = 0; at < source.length; at++) {
    const character = source[at] as string;
    const quantifier = quantifierAt(source, at);
    if (quantifier !== undefined && last !== "none") {
      at = quantifier.end - 1;
      const { least, most } = quantifier;
      if (last === "varying group") return unbounded;
      // What comes last gives nothing back: it takes what matches.
      const givesBack = at < source.length - 1 || groups.length > 0 || hasAlternatives || last === "group";
      if (most !== Number.POSITIVE_INFINITY) choices *= most - least + 1;
      else if (givesBack) power += 1;
      const written = most === Number.POSITIVE_INFINITY ? Math.max(1, least) : most;
      parts = last === "group" ? parts * Math.max(1, written) : parts + Math.max(1, written) - 1;
      varies = true;
      last = "none";
    } else if (character === "(") {
      if (/^\?[=!<]/.test(source.slice(at + 1, at + 3))) return unbounded;
      groups.push(varies);
      varies = false;
      if (source[at + 1] === "?") at += 2;
      last = "none";
    } else if (character === ")") {
      last = varies ? "varying group" : "group";
      varies = (groups.pop() ?? false) || varies;
    } else if (character === "|") {
      if (groups.length > 0) choices *= 2;
      else {
        steps += Math.max(1, parts) * choices;
        [parts, choices] = [0, 1];
      }
      varies = true;
      last = "none";
    } else {
      if (character === "\\" && /[1-9k]/.test(source[at + 1] ?? "")) return unbounded;
      at = endOfPart(source, at);
      parts += 1;
      last = "part";
    }
  }
  return { power, steps: steps + Math.max(1, parts) * choices };
}

const unbounded: Effort = { power: Number.POSITIVE_INFINITY, steps: 1 };

interface Quantifier {
  readonly least: number;
  readonly most: number;
  readonly end: number;
}

function quantifierAt(source: string, at: number): Quantifier | undefined {
  const found = /^(?:[*+?]|\{(\d+)(,(\d*))?\})\??/.exec(source.slice(at, at + longestQuantifier));
  if (found === null) return undefined;
  const [text, count, range, last] = found;
  const end = at + text.length;
  if (count === undefined) {
    return { least: text[0] === "+" ? 1 : 0, most: text[0] === "?" ? 1 : Number.POSITIVE_INFINITY, end };
  }
  if (range === undefined) return { least: Number(count), most: Number(count), end };
  return { least: Number(count), most: last ? Number(last) : Number.POSITIVE_INFINITY, end };
}

const longestQuantifier = 40;

/** The last place of a part: of a character that is written in two, of a class. */
function endOfPart(source: string, start: number): number {
  if (source[start] === "\\") return start + 1;
  if (source[start] !== "[") return start;
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === "\\") at += 1;
    else if (source[at] === "]") return at;
  }
  return source.length;
}
