import { behindBrackets, endOfString } from "./scan-json.js";

/** What is told while a JSON text is walked. `T` is what the visitor knows of an object or list. */
interface MemberVisitor<T> {
  /** A member of an object, or an item of a list: what the visitor knows of its value; `undefined` where it is not to be walked. */
  member(outer: T, key: string | number, keyAt: number, valueAt: number): T | undefined;
}

interface Open<T> {
  readonly known: T;
  /** Position of the item; `undefined` in an object. */
  index: number | undefined;
}

/** Walks all members of a text that is JSON, in order, without recursion. */
export function readMembers<T>(text: string, whole: T, visitor: MemberVisitor<T>): void {
  const open: Open<T>[] = [];
  let known: T | undefined = whole;
  let at = skipSpace(text, 0);
  for (;;) {
    at = enterOrSkip(text, at, known, open);
    for (let c = text[at]; c !== "," || open.length === 0; c = text[at]) {
      const inner = open.at(-1);
      if (inner === undefined) return;
      if (c !== "}" && c !== "]") break;
      open.pop();
      at = skipSpace(text, at + 1);
    }
    const inner = open.at(-1);
    if (inner === undefined) return;
    if (text[at] === ",") at = skipSpace(text, at + 1);
    const keyAt = at;
    if (inner.index === undefined) {
      const end = endOfString(text, at);
      const key = keyOf(text, at, end);
      at = skipSpace(text, skipSpace(text, end + 1) + 1);
      known = visitor.member(inner.known, key, keyAt, at);
    } else {
      known = visitor.member(inner.known, inner.index++, keyAt, at);
    }
  }
}

/** Goes into an object or list, or behind any other value. */
function enterOrSkip<T>(text: string, at: number, known: T | undefined, open: Open<T>[]): number {
  const c = text[at];
  if (c === "{" || c === "[") {
    if (known === undefined) return skipSpace(text, behindBrackets(text, at));
    open.push({ known, index: c === "[" ? 0 : undefined });
    return skipSpace(text, at + 1);
  }
  if (c === '"') return skipSpace(text, endOfString(text, at) + 1);
  let end = at;
  while (end < text.length && !isEnd(text.charCodeAt(end))) end++;
  return skipSpace(text, end);
}

function isEnd(code: number): boolean {
  return code <= 0x20 || code === 0x2c || code === 0x5d || code === 0x7d;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) <= 0x20) at++;
  return at;
}

function keyOf(text: string, start: number, end: number): string {
  const key = text.slice(start + 1, end);
  return key.includes("\\") ? (JSON.parse(text.slice(start, end + 1)) as string) : key;
}
