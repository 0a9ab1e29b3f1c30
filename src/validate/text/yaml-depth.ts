type Yaml = typeof import("yaml");

/** Levels that the parser surely has the stack for; definitions have some tens. */
const mostLevels = 300;

/**
 * Whether a text of YAML nests too deep to be read. To be asked before the parser reads it, which is recursive: V8 ends the whole
 * process when a regular expression is compiled near the end of the stack, and nobody can catch that.
 */
export function nestsTooDeep(yaml: Yaml, text: string): boolean {
  return (
    widestStart(text) > 2 * mostLevels ||
    (hasBrackets(text, mostLevels) && flowDepth(yaml, text, mostLevels) > mostLevels)
  );
}

/** Columns before the first word of a line, indicators such as `- ` within: each level in block style takes two, mostly. */
function widestStart(text: string): number {
  let widest = 0;
  for (let start = 0; start < text.length; ) {
    let at = start;
    while (" \t-?:".includes(text[at] ?? "x")) at++;
    widest = Math.max(widest, at - start);
    const end = text.indexOf("\n", at);
    start = end === -1 ? text.length : end + 1;
  }
  return widest;
}

/** Whether there are enough brackets for so many levels: mostly there are not, and the tokens need not be read. */
function hasBrackets(text: string, levels: number): boolean {
  let count = 0;
  for (let at = 0; at < text.length; at++) if ((text[at] === "[" || text[at] === "{") && ++count > levels) return true;
  return false;
}

function flowDepth(yaml: Yaml, text: string, levels: number): number {
  let depth = 0;
  for (const token of new yaml.Lexer().lex(text)) {
    if ((token === "[" || token === "{") && ++depth > levels) break;
    if ((token === "]" || token === "}") && depth > 0) depth--;
  }
  return depth;
}
