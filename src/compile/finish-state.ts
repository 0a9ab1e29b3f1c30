import { printJsonPath } from "../expression/jsonpath.js";
import { type Issue, issue } from "../language/errors.js";
import { type Json, type JsonObject, setOwn } from "../language/json.js";
import type { Catch } from "../states/recovery.js";
import { authoredState } from "../states/step.js";
import { type Node, pathOf } from "./link.js";
import type { Carried } from "./travel.js";

/** Writes what is known only when every state has been read: the variables to set, and where the state leads. */
export function finishState(
  node: Node,
  state: Record<string, Json>,
  carried: ReadonlyMap<object, readonly Carried[]>,
  issues: Issue[],
): void {
  setVariables(state, carried.get(node), node, issues);
  const { catch: given } = authoredState(node.step).options as { readonly catch?: Catch | readonly Catch[] };
  const rules = given === undefined ? [] : Array.isArray(given) ? given : [given];
  const catchers = (state["Catch"] ?? []) as Record<string, Json>[];
  for (const [index, rule] of rules.entries()) {
    const catcher = catchers[index];
    if (catcher !== undefined) setVariables(catcher, carried.get(rule), node, issues);
  }
  if (node.type === "Succeed" || node.type === "Fail") return;
  if (node.type === "Choice") {
    if (node.otherwise !== undefined) state["Default"] = node.otherwise.step.name;
    return;
  }
  if (node.next !== undefined) state["Next"] = node.next.step.name;
  else state["End"] = true;
}

function setVariables(
  target: Record<string, Json>,
  carried: readonly Carried[] | undefined,
  node: Node,
  issues: Issue[],
): void {
  if (carried === undefined) return;
  if (node.type === "Succeed" || node.type === "Fail") {
    issues.push(issue("unreachable_reference", pathOf(node), `${node.type} gives nothing on that could be carried`));
    return;
  }
  const assign: Record<string, Json> = { ...(target["Assign"] as JsonObject | undefined) };
  for (const { name, reference } of carried) setOwn(assign, `${name}.$`, printJsonPath(reference));
  target["Assign"] = assign;
}
