import type { QueryLanguage } from "../language/asl.js";
import { DefinitionError, issue, shown } from "../language/errors.js";
import type { Root } from "./tree.js";

const texts = {
  JSONPath: {
    executionInput: "$$.Execution.Input",
    stateInput: "$",
    context: "$$",
    result: "$",
    selected: "$",
    errorOutput: "$",
  },
  JSONata: {
    executionInput: "$states.context.Execution.Input",
    stateInput: "$states.input",
    context: "$states.context",
    result: "$states.result",
    selected: "$states.result",
    errorOutput: "$states.errorOutput",
  },
} as const;

/** Prints where a reference begins; refuses what has a place only within a workflow, which the compiler knows. */
export function printRoot(root: Root, language: QueryLanguage): string {
  switch (root.kind) {
    case "variable":
      return `$${root.name}`;
    case "item":
      if (root.part === "Batch") return refuse("the batch of a Map");
      return `${texts[language].context}.Map.Item.${root.part}`;
    case "output":
      return refuse(`the output of ${shown(root.step.name)}`);
    case "error":
      return refuse("the error of a catch");
    default:
      return texts[language][root.kind];
  }
}

function refuse(what: string): never {
  const message = `${what} has a path only within a workflow`;
  throw new DefinitionError([issue("unreachable_reference", [], message)]);
}
