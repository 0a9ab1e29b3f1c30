import { unreachable } from "../language/asl.js";
import { DefinitionError, issue, shown } from "../language/errors.js";
import type { Reference, Root } from "./tree.js";

/**
 * Prints a reference as a JSONata expression, without the `{% %}` around it.
 *
 * @example
 * printJsonata(reference); // $states.context.Execution.Input.a.b[0]
 */
export function printJsonata(reference: Reference): string {
  let text = printRoot(reference.root);
  for (const segment of reference.path) {
    text += typeof segment === "number" ? `[${segment}]` : `.${name(segment)}`;
  }
  return text;
}

function printRoot(root: Root): string {
  switch (root.kind) {
    case "executionInput":
      return "$states.context.Execution.Input";
    case "stateInput":
      return "$states.input";
    case "context":
      return "$states.context";
    case "variable":
      return `$${root.name}`;
    case "output":
      throw new DefinitionError([
        issue("unreachable_reference", [], `the output of ${shown(root.step.name)} has a path only within a workflow`),
      ]);
    default:
      return unreachable(root, "root");
  }
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
