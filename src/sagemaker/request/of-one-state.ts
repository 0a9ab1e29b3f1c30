import type { Ref } from "../../expression/placeholder.js";
import { type Argument, expressionOf, type Root } from "../../expression/tree.js";

const rootsOfOneState: readonly Root["kind"][] = ["stateInput", "result", "selected", "errorOutput"];
const randomFunctions: readonly string[] = ["States.UUID", "States.MathRandom"];

/** Whether a placeholder stands for another value in each state that evaluates it. */
export function isOfOneState(placeholder: Ref<unknown>): boolean {
  const first = expressionOf(placeholder);
  const waiting: Argument[] = first === undefined ? [] : [first];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    switch (next.kind) {
      case "visit":
        return true;
      case "reference":
        if (rootsOfOneState.includes(next.root.kind)) return true;
        if (next.root.kind === "context" && ["State", "Task"].includes(String(next.path[0]))) return true;
        break;
      case "call":
        if (randomFunctions.includes(next.name)) return true;
        waiting.push(...next.arguments);
        break;
      case "jsonata":
        // What the author's own text reads is not looked at.
        return true;
      case "list":
        waiting.push(...next.items);
        break;
      case "object":
        waiting.push(...next.members.map(([, value]) => value));
    }
  }
  return false;
}
