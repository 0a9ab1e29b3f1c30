import { inspectJsonata } from "../../expression/inspect-jsonata.js";

/**
 * Names that may be variables of the machine that an expression reads: not `$states`, not what the expression binds itself, and not what it
 * only asks for with `$exists`. It is quick, and finds functions that are handed on too: see {@link isReadInJsonata}.
 */
export function variablesInJsonata(text: string): readonly string[] {
  const bare = text.replace(quietParts, " ");
  const bound = new Set(["states"]);
  for (const [, name = ""] of bare.matchAll(bindings)) bound.add(name);
  for (const [, names = ""] of bare.matchAll(parameters)) {
    for (const [, name = ""] of names.matchAll(reference)) bound.add(name);
  }
  for (const [, name = ""] of bare.matchAll(asked)) bound.add(name);
  const read = new Set<string>();
  for (const [, name = ""] of bare.matchAll(reference)) if (!bound.has(name)) read.add(name);
  return [...read];
}

/** Whether an expression, with its signs, reads a variable of the machine, as the reader of JSONata has it. */
export function isReadInJsonata(text: string, name: string): boolean {
  return inspectJsonata(text.slice(2, -2)).variables.includes(name);
}

/** Texts in quotes, names in backquotes, comments. */
const quietParts = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|\/\*.*?\*\//gs;
/** What is not called. */
const reference = /\$([A-Za-z_]\w*)\b(?!\s*\()/g;
const bindings = /[$]([A-Za-z_]\w*)\s*:=/g;
const parameters = /(?:function|λ)\s*\(([^)]*)\)/g;
const asked = /\$exists\s*\(\s*\$([A-Za-z_]\w*)\s*\)/g;
