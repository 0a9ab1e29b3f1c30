import { readPathSyntax } from "./path-reader.js";
import type { PathSyntax } from "./path-syntax.js";
import { printRoot } from "./root-text.js";
import type { ReadProblem } from "./text-reader.js";
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
  const path = readPathSyntax(text);
  if ("message" in path) return path;
  if (path.endsAt !== undefined) return { message: whyNoReference(text, path.endsAt), at: path.endsAt };
  return normalise(rootOf(path), path.head);
}

function whyNoReference(text: string, at: number): string {
  const found = /\.\.|.|$/suy;
  found.lastIndex = at;
  const sign = found.exec(text)?.[0] ?? "";
  if (sign === ".." || sign === "*") return `\`${sign}\` finds many values; a reference finds one`;
  if (sign === "[") return "expected a quoted key or an index: `*`, `:` and `?` find many values";
  return `expected a name of a reference: put a key that has \`${sign}\` in quotes and brackets`;
}

function rootOf({ root, variable }: PathSyntax): Root {
  if (root === "context") return { kind: "context" };
  return root === "variable" ? { kind: "variable", name: variable } : { kind: "stateInput" };
}

/** Whether {@link parseJsonPath} refused the text. */
export function isPathProblem(result: Reference | PathProblem): result is PathProblem {
  return "message" in result;
}

/** `$$.Execution.Input` has a root of its own, so that one place has one reference. */
function normalise(root: Root, path: readonly Segment[]): Reference {
  if (root.kind === "context" && path[0] === "Execution" && path[1] === "Input") {
    return { kind: "reference", root: { kind: "executionInput" }, path: path.slice(2) };
  }
  return { kind: "reference", root, path };
}
