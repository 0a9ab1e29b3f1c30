type Yaml = typeof import("yaml");

/** Levels that the parser surely has the stack for; definitions have some tens. */
export const mostYamlLevels = 300;

/**
 * Whether a text of YAML nests too deep to be read. To be asked before the parser reads it, which is recursive: V8 ends the whole
 * process when a regular expression is compiled near the end of the stack, and nobody can catch that.
 */
export function nestsTooDeep(yaml: Yaml, text: string): boolean {
  return mayNestTooDeep(text) && tokensNestTooDeep(yaml, text);
}

const indicators = /[-?:](?=\s)/g;

/** Levels that there may be at the most: mostly they are few, and the tokens need not be read. */
function mayNestTooDeep(text: string): boolean {
  if (hasBrackets(text, mostYamlLevels)) return true;
  for (let start = 0; start < text.length; ) {
    let at = start;
    while (text[at] === " " || text[at] === "\t") at++;
    const end = text.indexOf("\n", at);
    const next = end === -1 ? text.length : end + 1;
    // Of each column around it a list and a mapping may begin; each indicator opens a level at the most.
    const around = 2 * (at - start);
    const isLong = around + (next - at) / 2 > mostYamlLevels;
    if (isLong && around + (text.slice(at, next).match(indicators)?.length ?? 0) + 2 > mostYamlLevels) return true;
    start = next;
  }
  return false;
}

/** Whether there are more brackets than so many. */
function hasBrackets(text: string, levels: number): boolean {
  let count = 0;
  for (let at = 0; at < text.length; at++) if ((text[at] === "[" || text[at] === "{") && ++count > levels) return true;
  return false;
}

/** Counts brackets, and the columns in which something begins within what began before it; not what stands within texts. */
function tokensNestTooDeep(yaml: Yaml, text: string): boolean {
  const columns: number[] = [];
  let brackets = 0;
  let column = 0;
  /** Whether nothing but indicators came before in the line. */
  let isStart = true;
  /** Colons behind a key, in the line. */
  let colons = 0;
  let isText = false;
  for (const token of new yaml.Lexer().lex(text)) {
    if (token === "\u001f") {
      isText = true;
      continue;
    }
    const kind = isText ? "word" : kindOf(token);
    isText = false;
    if (kind === "open") brackets++;
    else if (kind === "close") brackets = Math.max(0, brackets - 1);
    else if (brackets === 0 && kind === "word" && isStart) place(columns, column);
    else if (brackets === 0 && kind === "item") place(columns, column + 0.5);
    else if (brackets === 0 && kind === "pair" && (isStart || colons++ > 0)) place(columns, column);
    if (columns.length + brackets > mostYamlLevels) return true;
    if (kind === "word" || kind === "open") isStart = false;
    const end = token.lastIndexOf("\n");
    column = end === -1 ? column + token.length : token.length - end - 1;
    if (end >= 0 && column === 0) {
      isStart = true;
      colons = 0;
    }
  }
  return false;
}

/** Something begins in a column: what began there or behind it has ended. Items may stand in the column of their key. */
function place(columns: number[], column: number): void {
  while ((columns.at(-1) ?? -1) >= column) columns.pop();
  columns.push(column);
}

function kindOf(token: string): "open" | "close" | "item" | "pair" | "blank" | "word" {
  if (token === "[" || token === "{") return "open";
  if (token === "]" || token === "}") return "close";
  if (token === "-") return "item";
  if (token === "?" || token === ":") return "pair";
  return token.startsWith("#") || token.trim() === "" ? "blank" : "word";
}
