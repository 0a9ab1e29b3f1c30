import { createRequire } from "node:module";
import type jsonata from "jsonata";

/** Why an expression is no JSONata. */
interface JsonataSyntaxProblem {
  /** The parser's words, without its code. */
  readonly message: string;
  /** UTF-16 code units before the end of what is wrong. */
  readonly position?: number;
  /** Whether it is written with an operator that versions after AWS's added. */
  readonly isNewer: boolean;
}

/** Characters of an expression that are parsed. Ours: far more than fit beside each other in a definition. */
const longestJsonata = 100_000;

/**
 * Parses a JSONata expression of version 2.0.6, which AWS runs. The `jsonata` package is loaded at the first call; what it parses is never
 * evaluated.
 */
export function parseJsonata(source: string): { readonly tree: unknown } | { readonly problem: JsonataSyntaxProblem } {
  if (source.length > longestJsonata) {
    const message = `expected at most ${longestJsonata} characters, got ${source.length}`;
    return { problem: { message, isNewer: false } };
  }
  try {
    return { tree: load()(withoutNewer(source)).ast() };
  } catch (error) {
    return { problem: problemOf(error, source) };
  }
}

let loaded: typeof jsonata | undefined;

function load(): typeof jsonata {
  loaded ??= createRequire(import.meta.url)("jsonata") as typeof jsonata;
  return loaded;
}

/**
 * `?:` and `??` came after 2.0.6. A blank between their characters makes the parser say what that version says, and keeps it from taking their
 * left side twice, which doubles its work at every such operator. Within texts a blank changes no verdict; `(?:` is of a regular expression.
 */
const newer = /\?(?=\?)|(?<!\()\?(?=:)/g;

function withoutNewer(source: string): string {
  return source.includes("??") || source.includes("?:") ? source.replace(newer, "? ") : source;
}

function problemOf(error: unknown, source: string): JsonataSyntaxProblem {
  if (error instanceof RangeError) return { message: "the expression nests too deep", isNewer: false };
  const { message, position, code, token } = error as Partial<jsonata.JsonataError>;
  const isNewer = code === "S0211" && (token === ":" || token === "?") && source.search(newer) >= 0;
  const words = { message: message ?? "it cannot be read", isNewer };
  return typeof position === "number" ? { ...words, position: positionIn(source, position) } : words;
}

/** The place in the source of a place in what was parsed. */
function positionIn(source: string, position: number): number {
  let added = 0;
  for (const { index } of source.matchAll(newer)) {
    if (index + 1 + added >= position) break;
    added += 1;
  }
  return position - added;
}
