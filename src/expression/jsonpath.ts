import { shown } from "../language/errors.js";
import { printRoot } from "./root-text.js";
import { type ReadProblem, TextReader } from "./text-reader.js";
import type { Reference, Root, Segment } from "./tree.js";

/**
 * Prints a reference as JSONPath, as the Python SDK prints it: the root with dots, what follows in brackets.
 *
 * @example
 * printJsonPath(reference); // $$.Execution.Input['a']['b'][0]
 */
export function printJsonPath(reference: Reference): string {
  let text = printRoot(reference.root, "JSONPath");
  let dotted = reference.root.kind === "context";
  for (const segment of reference.path) {
    dotted &&= typeof segment === "string" && contextName.test(segment);
    if (dotted) text += `.${segment}`;
    else text += typeof segment === "number" ? `[${segment}]` : `['${escapeKey(segment)}']`;
  }
  return text;
}

const contextName = /^[A-Z][A-Za-z]*$/;

/** Escapes a key for single quotes: quote, backslash, control characters and lone surrogates. */
export function escapeKey(key: string): string {
  if (!needsEscape.test(key)) return key;
  let text = "";
  // By code point: a pair of surrogates is one character and stays, a lone one is escaped.
  for (const character of key) {
    const code = character.codePointAt(0) ?? 0;
    if (character === "'" || character === "\\") text += `\\${character}`;
    else if (code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0xd800 && code <= 0xdfff)) text += unicode(code);
    else text += character;
  }
  return text;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const needsEscape = /['\\\u0000-\u001f\u007f-\u009f\ud800-\udfff]/u;

function unicode(code: number): string {
  return `\\u${code.toString(16).padStart(4, "0")}`;
}

/** A path that cannot be read, and the character at which reading ended. */
export type PathProblem = ReadProblem;

/**
 * Reads a reference path: definite steps only, as ASL allows them in `ResultPath` and as {@link printJsonPath} prints them.
 * Wildcards, slices and filters are no reference and are refused by name.
 *
 * @returns the reference, or what is wrong and where. Never throws.
 */
export function parseJsonPath(text: string): Reference | PathProblem {
  const reader = new PathReader(text);
  return reader.read();
}

/** Whether {@link parseJsonPath} refused the text. */
export function isPathProblem(result: Reference | PathProblem): result is PathProblem {
  return "message" in result;
}

/** Escapes in a quoted key. Before any other character AWS keeps the backslash, also before the other quote. */
const simpleEscapes: { readonly [letter: string]: string } = {
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

const variableName = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const dotName = /(?:[^\s.[\]'"()@,:?*$\\]|\\.)(?:[^\s.[\]'"()@,:?*\\]|\\.)*/uy;
const index = /-?(?:0|[1-9]\d{0,9})(?=\s*\])/y;

class PathReader extends TextReader {
  read(): Reference | PathProblem {
    if (!this.take("$")) return { message: `expected a path that begins with $, got ${shown(this.text)}`, at: 0 };
    const root = this.root();
    const path: Segment[] = [];
    while (this.position < this.text.length && this.problem === undefined) {
      const segment = this.segment();
      if (segment !== undefined) path.push(segment);
    }
    return this.problem ?? normalise(root, path);
  }

  private root(): Root {
    if (this.take("$")) return { kind: "context" };
    const name = this.match(variableName);
    return name === undefined ? { kind: "stateInput" } : { kind: "variable", name };
  }

  private segment(): Segment | undefined {
    if (this.take("[")) return this.bracket();
    if (!this.take(".")) return this.fail("expected . or [");
    if (this.text[this.position] === ".") return this.fail("`..` finds many values; a reference finds one");
    if (this.text[this.position] === "*") return this.fail("`*` finds many values; a reference finds one");
    if (this.text[this.position] === "[") return undefined;
    const name = this.match(dotName);
    return name === undefined ? this.fail("expected a name after the dot") : name.replace(/\\(.)/gsu, "$1");
  }

  private bracket(): Segment | undefined {
    this.blanks();
    const quote = this.text[this.position];
    let segment: Segment | undefined;
    if (quote === "'" || quote === '"') {
      this.position++;
      segment = this.quoted(quote);
    } else {
      const digits = this.match(index);
      if (digits === undefined)
        return this.fail("expected a quoted key or an index: `*`, `:` and `?` find many values");
      segment = Number(digits);
    }
    if (segment === undefined) return undefined;
    this.blanks();
    return this.take("]") ? segment : this.fail("expected ]");
  }

  private quoted(quote: string): string | undefined {
    let value = "";
    while (this.position < this.text.length) {
      const character = this.text[this.position++] ?? "";
      if (character === quote) return value;
      if (character !== "\\") {
        value += character;
        continue;
      }
      const escaped = this.text[this.position++] ?? "";
      if (escaped === "u") {
        const digits = this.text.slice(this.position, this.position + 4);
        if (!/^[0-9a-fA-F]{4}$/.test(digits)) return this.fail("expected four hexadecimal digits after \\u");
        this.position += 4;
        value += String.fromCharCode(Number.parseInt(digits, 16));
      } else {
        value += escaped === quote ? quote : (simpleEscapes[escaped] ?? `\\${escaped}`);
      }
    }
    return this.fail("the quote is not closed");
  }
}

/** `$$.Execution.Input` has a root of its own, so that one place has one reference. */
function normalise(root: Root, path: readonly Segment[]): Reference {
  if (root.kind === "context" && path[0] === "Execution" && path[1] === "Input") {
    return { kind: "reference", root: { kind: "executionInput" }, path: path.slice(2) };
  }
  return { kind: "reference", root, path };
}
