import { printRoot } from "./root-text.js";
import type { Reference, Segment } from "./tree.js";

/**
 * Prints a reference as a JSONata expression, without the `{% %}` around it.
 *
 * @example
 * printJsonata(reference); // $states.context.Execution.Input.a.b[0]
 */
export function printJsonata(reference: Reference): string {
  return printRoot(reference.root, "JSONata") + printSegmentsInJsonata(reference.path);
}

/** Prints the way down from a value: `.a.b[0]`. */
export function printSegmentsInJsonata(path: readonly Segment[]): string {
  let text = "";
  for (const segment of path) text += typeof segment === "number" ? `[${segment}]` : `.${name(segment)}`;
  return text;
}

/** Words that JSONata reads as operators or values when they stand bare. */
const reserved = new Set(["and", "or", "in", "true", "false", "null", "function"]);
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const unquotable = /[`\u0000-\u001f\u007f-\u009f\ud800-\udfff]/u;
const bare = /^[A-Za-z_][A-Za-z0-9_]*$/;

function name(key: string): string {
  if (bare.test(key) && !reserved.has(key)) return key;
  if (!unquotable.test(key)) return `\`${key}\``;
  // A backquoted name has no escapes: such a key is looked up by its text.
  return `$lookup(${JSON.stringify(key)})`;
}
