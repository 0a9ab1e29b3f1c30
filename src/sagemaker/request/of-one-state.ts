import type { Argument, Root } from "../../expression/tree.js";
import { holds, isRandom } from "./format-text.js";

const rootsOfOneState: readonly Root["kind"][] = ["stateInput", "result", "selected", "errorOutput"];

/** Whether a value stands, or may stand, for another one in each state that evaluates it. */
export function isOfOneState(value: unknown): boolean {
  return isRandom(value) || holds(value, readsItsState);
}

function readsItsState(node: Argument): boolean {
  if (node.kind === "visit") return true;
  if (node.kind !== "reference") return false;
  if (rootsOfOneState.includes(node.root.kind)) return true;
  return node.root.kind === "context" && ["State", "Task"].includes(String(node.path[0]));
}
