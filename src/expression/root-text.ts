import type { QueryLanguage } from "../language/asl.js";
import { DefinitionError, issue, shown } from "../language/errors.js";
import type { Root } from "./tree.js";

const texts = {
  JSONPath: { executionInput: "$$.Execution.Input", stateInput: "$", context: "$$" },
  JSONata: {
    executionInput: "$states.context.Execution.Input",
    stateInput: "$states.input",
    context: "$states.context",
  },
} as const;

/** Prints where a reference begins; refuses the output of a step, whose place only the compiler knows. */
export function printRoot(root: Root, language: QueryLanguage): string {
  if (root.kind === "variable") return `$${root.name}`;
  if (root.kind !== "output") return texts[language][root.kind];
  const message = `the output of ${shown(root.step.name)} has a path only within a workflow`;
  throw new DefinitionError([issue("unreachable_reference", [], message)]);
}
