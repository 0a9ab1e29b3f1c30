import type { JsonataInspection } from "./inspect-jsonata.js";
import { jsonataBuiltIn } from "./jsonata-built-in.js";

/** Longer expressions go to the parser. */
const longest = 2_000;

/**
 * Reads a plain JSONata expression in one pass, without the `jsonata` package: paths from `$states` and variables, literals, lists, objects,
 * calls, operators between them.
 *
 * @returns what is read, there being no problem in it; `undefined` where only the parser can tell.
 */
export function readSimpleJsonata(source: string): JsonataInspection | undefined {
  const length = source.length;
  if (length > longest) return undefined;
  const member = statesPath.exec(source)?.[1];
  if (member !== undefined) return readingOf(member);
  const scan: Scan = { source, at: 0, open: "", variables: nothing, states: nothing };
  let wantsOperand = true;
  for (skipBlanks(scan); scan.at < length; skipBlanks(scan)) {
    const next: Wanted = wantsOperand ? operand(scan) : operator(scan);
    if (next === undefined) return undefined;
    wantsOperand = next === "operand";
  }
  if (wantsOperand || scan.open !== "") return undefined;
  return { problems: nothing, variables: scan.variables, states: scan.states };
}

/** A path from a member of `$states`, which most expressions are: the engine of regular expressions is faster than the scan below. */
const statesPath =
  /^\$states\.(input|context|result|errorOutput)(?:\.(?!(?:and|or|in|true|false|null|function)(?![A-Za-z0-9_]))[A-Za-z_][A-Za-z0-9_]*|\[-?(?:0|[1-9][0-9]{0,14})\])*$/;

const readings = new Map<string, JsonataInspection>();

/** One object for all expressions that read one member alone. */
function readingOf(member: string): JsonataInspection {
  const known = readings.get(member);
  if (known !== undefined) return known;
  const made = { problems: nothing, variables: nothing, states: [member] };
  readings.set(member, made);
  return made;
}

const nothing: readonly never[] = [];

interface Scan {
  readonly source: string;
  at: number;
  /** What is open, outermost first: `(` of a call, `)` of a group, `[`, `{` before a colon, `}` behind it, `?`. */
  open: string;
  variables: readonly string[];
  states: readonly string[];
}

/** What comes next; `undefined` where the parser is needed. */
type Wanted = "operand" | "operator" | undefined;

function operand(scan: Scan): Wanted {
  const { source } = scan;
  const character = source[scan.at] as string;
  switch (character) {
    case "$":
      return variable(scan);
    case "'":
    case '"':
      return text(scan, character);
    case "(":
    case "[":
    case "{":
      return opening(scan, character);
    case "-":
      scan.at += 1;
      return isDigit(source.charCodeAt(scan.at)) ? number(scan) : undefined;
    case "t":
    case "f":
    case "n":
      return constant(scan);
    default:
      return isDigit(character.charCodeAt(0)) ? number(scan) : undefined;
  }
}

function opening(scan: Scan, character: string): Wanted {
  scan.at += 1;
  scan.open += character === "(" ? ")" : character;
  if (character === "(") return "operand";
  skipBlanks(scan);
  if (scan.source[scan.at] !== (character === "[" ? "]" : "}")) return "operand";
  return closed(scan);
}

/** Behind a closing bracket. */
function closed(scan: Scan): Wanted {
  scan.at += 1;
  scan.open = scan.open.slice(0, -1);
  return "operator";
}

function variable(scan: Scan): Wanted {
  const { source } = scan;
  scan.at += 1;
  const name = word(scan);
  // `$states` alone, `$eval` and what begins with another sign are left to the parser.
  if (name === undefined || name === "eval") return undefined;
  if (source[scan.at] === "(") return call(scan, name);
  if (name === "states") {
    if (source[scan.at] !== ".") return undefined;
    scan.at += 1;
    const member = word(scan);
    if (member === undefined || reserved.has(member)) return undefined;
    readMember(scan, member);
  } else read(scan, name);
  return steps(scan);
}

function call(scan: Scan, name: string): Wanted {
  if (name === "states") return undefined;
  read(scan, name);
  scan.at += 1;
  scan.open += "(";
  skipBlanks(scan);
  return scan.source[scan.at] === ")" ? endOfCall(scan) : "operand";
}

function endOfCall(scan: Scan): Wanted {
  closed(scan);
  return steps(scan);
}

function read(scan: Scan, name: string): void {
  if (jsonataBuiltIn.has(name) || scan.variables.includes(name)) return;
  scan.variables = [...scan.variables, name];
}

function readMember(scan: Scan, member: string): void {
  if (scan.states.includes(member)) return;
  scan.states = [...scan.states, member];
}

/** Names and numbers of items behind a variable. */
function steps(scan: Scan): Wanted {
  const { source } = scan;
  for (;;) {
    if (source[scan.at] === ".") {
      scan.at += 1;
      const name = word(scan);
      if (name === undefined || reserved.has(name)) return undefined;
    } else if (source[scan.at] === "[") {
      scan.at += source[scan.at + 1] === "-" ? 2 : 1;
      if (number(scan) === undefined || source[scan.at] !== "]") return undefined;
      scan.at += 1;
    } else return "operator";
  }
}

/** Words that are more than names. */
const reserved: ReadonlySet<string> = new Set(["and", "or", "in", "true", "false", "null", "function"]);

/** A name of plain letters; `undefined` where another sign follows that may belong to it. */
function word(scan: Scan): string | undefined {
  const { source } = scan;
  const from = scan.at;
  if (isDigit(source.charCodeAt(from))) return undefined;
  let at = from;
  while (isWord(source.charCodeAt(at))) at += 1;
  scan.at = at;
  return at === from || !endsWord(source, at) ? undefined : source.slice(from, at);
}

function isWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || isDigit(code) || code === 95;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function endsWord(source: string, at: number): boolean {
  return at >= source.length || " \t\n\r.[](){},:?+-*/=<>&".includes(source[at] as string);
}

function text(scan: Scan, quote: string): Wanted {
  const end = scan.source.indexOf(quote, scan.at + 1);
  if (end < 0) return undefined;
  for (let at = scan.at + 1; at < end; at++) if (scan.source.charCodeAt(at) === 92) return undefined;
  scan.at = end + 1;
  return "operator";
}

const plainNumber = /(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?(?![0-9A-Za-z_.])/y;

function number(scan: Scan): Wanted {
  plainNumber.lastIndex = scan.at;
  if (!plainNumber.test(scan.source) || !endsWord(scan.source, plainNumber.lastIndex)) return undefined;
  scan.at = plainNumber.lastIndex;
  return "operator";
}

function constant(scan: Scan): Wanted {
  const name = word(scan);
  return name === "true" || name === "false" || name === "null" ? "operator" : undefined;
}

function operator(scan: Scan): Wanted {
  const { source, open } = scan;
  const character = source[scan.at] as string;
  const last = open[open.length - 1];
  const follows = source[scan.at + 1];
  switch (character) {
    case "=":
    case "+":
    case "-":
    case "&":
      return behind(scan, 1);
    case "<":
    case ">":
      return behind(scan, follows === "=" ? 2 : 1);
    case "!":
      return follows === "=" ? behind(scan, 2) : undefined;
    case "*":
      return follows === "*" ? undefined : behind(scan, 1);
    case "/":
      return follows === "*" ? undefined : behind(scan, 1);
    case "a":
    case "o":
    case "i":
      return named(scan);
    case ")":
      if (last === "(") return endOfCall(scan);
      return last === ")" ? closed(scan) : undefined;
    case "]":
      return last === "[" ? closed(scan) : undefined;
    case "}":
      return last === "}" ? closed(scan) : undefined;
    case ",":
      return separated(scan, last);
    case "?":
      scan.open += "?";
      return follows === "?" || follows === ":" ? undefined : behind(scan, 1);
    case ":":
      return colon(scan, last, follows);
    default:
      return undefined;
  }
}

/** Behind an operator. */
function behind(scan: Scan, length: number): Wanted {
  scan.at += length;
  return "operand";
}

function named(scan: Scan): Wanted {
  const name = word(scan);
  return name === "and" || name === "or" || name === "in" ? "operand" : undefined;
}

function separated(scan: Scan, last: string | undefined): Wanted {
  if (last === "}") scan.open = `${scan.open.slice(0, -1)}{`;
  else if (last !== "(" && last !== "[") return undefined;
  return behind(scan, 1);
}

function colon(scan: Scan, last: string | undefined, follows: string | undefined): Wanted {
  if (follows === "=" || (last !== "{" && last !== "?")) return undefined;
  scan.open = last === "{" ? `${scan.open.slice(0, -1)}}` : scan.open.slice(0, -1);
  return behind(scan, 1);
}

function skipBlanks(scan: Scan): void {
  for (;;) {
    const code = scan.source.charCodeAt(scan.at);
    if (code !== 32 && (code < 9 || code > 13 || code === 12)) return;
    if (Number.isNaN(code)) return;
    scan.at += 1;
  }
}
