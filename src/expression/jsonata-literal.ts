import type { Json } from "../language/json.js";

/** A text as JSONata writes it: in single quotes where nothing has to be escaped, so that JSON has nothing to escape either. */
export function quoteInJsonata(text: string): string {
  return plain.test(text) ? `'${text}'` : JSON.stringify(text);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const plain = /^[^'\\\u0000-\u001f\ud800-\udfff]*$/u;

/** The expression in a text of the form `{% … %}`; `undefined` for any other text, which ASL takes as it is. */
export function expressionInText(text: string): string | undefined {
  return text.startsWith("{%") && text.endsWith("%}") && text.length >= 4 ? text.slice(2, -2).trim() : undefined;
}

/** Data as a JSONata expression. Depth was bounded when the data was taken in. */
export function printLiteralInJsonata(value: Json): string {
  if (typeof value === "string") return quoteInJsonata(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(printLiteralInJsonata).join(", ")}]`;
  const members = Object.entries(value).map(
    ([key, member]) => `${quoteInJsonata(key)}: ${printLiteralInJsonata(member as Json)}`,
  );
  return `{${members.join(", ")}}`;
}

/**
 * A text as part of a regular expression. What might mean something is written by its number: JSONata looks for the end
 * of a regular expression by counting brackets and looking one character back for a backslash.
 */
export function escapeInRegex(text: string): string {
  return writeByNumber(text, /[^A-Za-z0-9 ,;:=_!#%&@~<>"'-]/g);
}

/** As {@link escapeInRegex}, for characters within `[...]`, where fewer of them mean something. */
export function escapeInClass(text: string): string {
  return writeByNumber(text, /[^A-Za-z0-9 ,;:=_!#%&@~<>"'./+*?|$]/g);
}

function writeByNumber(text: string, unsafe: RegExp): string {
  return text.replace(unsafe, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

/** A name for a parameter that does not hide what `other` speaks of. */
export function freeVariable(name: string, other: string): string {
  let free = name;
  while (other.includes(free)) free += "_";
  return free;
}
