import { isIntrinsicProblem, parseIntrinsicWith } from "./intrinsic-parser.js";
import { readPathSyntax } from "./path-reader.js";
import type { PathSyntax } from "./path-syntax.js";
import type { ReadProblem } from "./text-reader.js";
import type { Segment } from "./tree.js";

/** What a checker wants to know of a path. */
export interface InspectedPath {
  /** Where it begins: the data (`$`), the Context Object (`$$`) or a variable (`$name`). */
  readonly root: PathSyntax["root"];
  /** Name of the variable where the root is one; else empty. */
  readonly variable: string;
  /** Whether it is a Reference Path: one that leads to one place, without operators. */
  readonly isReference: boolean;
  /** The way to one value, as far as the path leads to one. */
  readonly segments: readonly Segment[];
  /** Whether `segments` is all of the path. */
  readonly isDefinite: boolean;
}

const dollar = 0x24;
const dot = 0x2e;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const underscore = 0x5f;

/**
 * Looks at a path. The most usual ones, of dots, plain names and indexes, are told from their characters; all others are read.
 *
 * @returns what the path is, or what is wrong and where. Never throws.
 */
export function inspectPath(text: string): InspectedPath | ReadProblem {
  const simple = simplePath(text);
  if (simple !== undefined) return simple;
  const path = readPathSyntax(text);
  if ("message" in path) return path;
  const { root, variable, head, steps, endsAt } = path;
  return { root, variable, isReference: endsAt === undefined, segments: head, isDefinite: steps.length === 0 };
}

/** Whether a text that was looked at cannot be read. */
export function isUnreadable(result: object): result is ReadProblem {
  return "message" in result;
}

function simplePath(text: string): InspectedPath | undefined {
  if (text.charCodeAt(0) !== dollar) return undefined;
  let root: PathSyntax["root"] = "input";
  let variable = "";
  let position = 1;
  if (text.charCodeAt(1) === dollar) {
    root = "context";
    position = 2;
  } else if (text.length > 1 && text.charCodeAt(1) !== dot) {
    const end = endOfName(text, 1);
    const first = text.charCodeAt(1);
    if (end > 1) {
      // No variable begins with `_`.
      if (!isNameStart(first) || first === underscore) return undefined;
      root = "variable";
      variable = text.slice(1, end);
      if (variable.includes("-")) return undefined;
      position = end;
    }
  }
  const segments: Segment[] = [];
  while (position < text.length) {
    const from = position + 1;
    const sign = text.charCodeAt(position);
    const end = sign === dot ? endOfName(text, from) : sign === openBracket ? endOfDigits(text, from) : from;
    if (end === from) return undefined;
    if (sign === dot) segments.push(text.slice(from, end));
    else {
      if (text.charCodeAt(end) !== closeBracket) return undefined;
      segments.push(Number(text.slice(from, end)));
    }
    position = sign === dot ? end : end + 1;
  }
  return { root, variable, isReference: true, segments, isDefinite: true };
}

function endOfName(text: string, from: number): number {
  let at = from;
  while (at < text.length && isNamePart(text.charCodeAt(at))) at++;
  return at;
}

/** Letters, digits, `_` and `-`. */
function isNamePart(code: number): boolean {
  return isNameStart(code) || (code >= 0x30 && code <= 0x39) || code === 0x2d;
}

function isNameStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === underscore;
}

/** Up to eight digits, with no zero in front of others. */
function endOfDigits(text: string, from: number): number {
  let at = from;
  while (at < from + 8 && text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x39) at++;
  return at > from + 1 && text.charCodeAt(from) === 0x30 ? from : at;
}

/** A call of an intrinsic function that was looked at. */
export interface InspectedCall {
  readonly name: string;
  /** Paths in the call, in the order in which they stand. */
  readonly paths: readonly InspectedPath[];
  /** Whether the value is a text: what `ErrorPath` and `CausePath` want. `undefined` where that depends on the data. */
  readonly givesText: boolean | undefined;
}

/** Functions whose value is always a text. */
export const callsGivingText: ReadonlySet<string> = new Set([
  "States.Format",
  "States.JsonToString",
  "States.Base64Encode",
  "States.Base64Decode",
  "States.Hash",
  "States.UUID",
]);
/** Functions whose value is what the data hold. */
const givingAny: ReadonlySet<string> = new Set(["States.ArrayGetItem", "States.StringToJson"]);

/**
 * Looks at a call of an intrinsic function: names, arity, nesting, quotes, and the paths in it.
 *
 * @returns what the call is, or what is wrong and where. Never throws.
 */
export function inspectIntrinsic(text: string): InspectedCall | ReadProblem {
  const paths: InspectedPath[] = [];
  const call = parseIntrinsicWith(text, (inner) => {
    const path = inspectPath(inner);
    if (isUnreadable(path)) return path;
    paths.push(path);
    return { kind: "path" };
  });
  if (isIntrinsicProblem(call)) return call;
  const { name } = call;
  return { name, paths, givesText: callsGivingText.has(name) ? true : givingAny.has(name) ? undefined : false };
}
