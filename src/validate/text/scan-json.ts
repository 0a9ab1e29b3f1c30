const space = 0x20;
const quote = 0x22;
const colon = 0x3a;
const openList = 0x5b;
const backslash = 0x5c;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

/** Counts the members of all objects of a text that is JSON; those given twice are counted twice. */
export function membersOfText(text: string): number {
  let members = 0;
  for (let at = text.indexOf('"'); at >= 0; ) {
    const end = endOfString(text, at);
    let next = end + 1;
    while (text.charCodeAt(next) <= space) next++;
    if (text.charCodeAt(next) === colon) members++;
    at = text.indexOf('"', next);
  }
  return members;
}

/** Offset of the first bracket of a text that is JSON within `depth` others. */
export function bracketBelow(text: string, depth: number): number {
  let open = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === closeObject || code === closeList) open--;
    else if ((code === openObject || code === openList) && ++open > depth) return at;
  }
  return text.length;
}

/** Offset of the quote that closes the string whose first quote stands at `start`. */
export function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === backslash) before--;
    if ((end - before) % 2 === 1) return end;
  }
}

/** Offset behind the object or list that begins at `start`. */
export function behindBrackets(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= space) continue;
    if (code === quote) at = endOfString(text, at);
    else if (code === openObject || code === openList) depth++;
    else if ((code === closeObject || code === closeList) && --depth === 0) return at + 1;
  }
  return text.length;
}

/** What one walk over parsed JSON tells. */
interface DataSize {
  /** Members of all objects. */
  readonly members: number;
  /** Levels of objects and lists. */
  readonly depth: number;
}

/** Counts the members of parsed JSON, and its levels. */
export function sizeOfData(value: unknown): DataSize {
  let members = 0;
  let depth = 0;
  let level: unknown[] = typeof value === "object" && value !== null ? [value] : [];
  for (; level.length > 0; depth++) {
    const below: unknown[] = [];
    for (const container of level) {
      if (Array.isArray(container)) {
        for (const item of container) if (typeof item === "object" && item !== null) below.push(item);
        continue;
      }
      // Parsed JSON has no keys but its own.
      for (const key in container as object) {
        members++;
        const inner = (container as Record<string, unknown>)[key];
        if (typeof inner === "object" && inner !== null) below.push(inner);
      }
    }
    level = below;
  }
  return { members, depth };
}
