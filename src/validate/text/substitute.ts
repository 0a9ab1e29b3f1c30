/** What stands for `${Name}`: values by name, or `true` where all names stay open. */
export type Substitutions = true | { readonly [name: string]: string };

const placeholder = /\$\{([^{}"\\]*)\}/g;
const placeholderHere = /\$\{([^{}"\\]*)\}/y;

/** Whether a text still has a placeholder, so that nobody knows yet what it will be. */
export function isOpen(text: string): boolean {
  return text.includes("${");
}

/** Puts the given values into a text. */
export function substitute(text: string, substitutions: Substitutions): string {
  if (substitutions === true || !isOpen(text)) return text;
  return text.replace(placeholder, (whole, name: string) => given(substitutions, name) ?? whole);
}

function given(substitutions: Substitutions, name: string): string | undefined {
  return substitutions !== true && Object.hasOwn(substitutions, name) ? String(substitutions[name]) : undefined;
}

/** A JSON text whose placeholders outside of quotes were replaced. */
interface FilledText {
  readonly text: string;
  /** The offset in the text that was given. */
  readonly original: (offset: number) => number;
}

interface Edit {
  readonly at: number;
  readonly length: number;
  readonly from: number;
  readonly fromLength: number;
}

/** Replaces placeholders that stand outside of quotes: by what is given, or by a text that is open. */
export function fillUnquoted(text: string, substitutions: Substitutions): FilledText {
  const edits: Edit[] = [];
  let filled = "";
  let done = 0;
  for (let at = nextMark(text, 0); at < text.length; ) {
    if (text[at] === '"') {
      at = nextMark(text, behindString(text, at));
      continue;
    }
    placeholderHere.lastIndex = at;
    const [whole = "", name] = placeholderHere.exec(text) ?? [];
    if (name !== undefined) {
      const put = given(substitutions, name) ?? JSON.stringify(whole);
      filled += text.slice(done, at) + put;
      edits.push({ at: filled.length - put.length, length: put.length, from: at, fromLength: whole.length });
      done = at + whole.length;
    }
    at = nextMark(text, at + Math.max(whole.length, 1));
  }
  return { text: filled + text.slice(done), original: (offset) => originalOf(edits, offset) };
}

/** Where the next string or placeholder begins. */
function nextMark(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '"' && text[at] !== "$") at++;
  return at;
}

/** Behind the string that begins at `start`; it need not end. */
function behindString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function originalOf(edits: readonly Edit[], offset: number): number {
  let low = 0;
  let high = edits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edits[middle] as Edit).at <= offset) low = middle + 1;
    else high = middle;
  }
  const edit = edits[low - 1];
  if (edit === undefined) return offset;
  return offset < edit.at + edit.length ? edit.from : offset - edit.at - edit.length + edit.from + edit.fromLength;
}
