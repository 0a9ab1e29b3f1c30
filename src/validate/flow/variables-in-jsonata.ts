/**
 * Names of the machine's variables that an expression reads for certain: not the functions, not `$states`, not what the expression binds
 * itself, and not what it only asks for with `$exists`.
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

/** Texts in quotes, names in backquotes, comments. */
const quietParts = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|\/\*.*?\*\//gs;
/** A variable that is not called. Functions that are handed on, such as `$map(x, $uppercase)`, are no variables. */
const reference = /\$([A-Za-z_]\w*)\b(?!\s*\()/g;
const bindings = /[$]([A-Za-z_]\w*)\s*:=/g;
const parameters = /(?:function|λ)\s*\(([^)]*)\)/g;
const asked = /\$exists\s*\(\s*\$([A-Za-z_]\w*)\s*\)/g;
