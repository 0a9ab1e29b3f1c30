import { printJsonPath } from "../../expression/jsonpath.js";
import { hasResult } from "../../language/asl.js";
import { issue } from "../../language/errors.js";
import { type Json, type JsonObject, setOwn } from "../../language/json.js";
import type { CarriedBySource, CarriedOfSource } from "../flow/carrying.js";
import { printMade } from "../flow/made-value.js";
import { catchRulesOf, type Node, pathOf } from "../link.js";
import { Path } from "../path.js";
import type { Places } from "./places.js";

/** Writes what is known only when every state has been read: the variables to set, and where the state leads. */
export function finishState(node: Node, state: Record<string, Json>, carried: CarriedBySource, places: Places): void {
  setVariables(state, carried.get(node), node, places);
  const catchers = (state["Catch"] ?? []) as Record<string, Json>[];
  for (const [index, rule] of catchRulesOf(node).entries()) {
    const catcher = catchers[index];
    if (catcher !== undefined) setVariables(catcher, carried.get(rule), node, places);
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
  carried: CarriedOfSource | undefined,
  node: Node,
  places: Places,
): void {
  if (carried === undefined) return;
  const place = places.of(node, hasResult(node.type) ? "result" : "input");
  if (node.type === "Succeed" || node.type === "Fail") {
    const message = `${node.type} gives nothing on that could be carried`;
    place.issues.push(issue("unreachable_reference", pathOf(node), message));
    return;
  }
  const path = new Path(node.scope.path, node.step.name);
  const assign: Record<string, Json> = { ...(target["Assign"] as JsonObject | undefined) };
  for (const { name, value } of Object.values(carried)) {
    if (node.language === "JSONata") setOwn(assign, name, `{% ${printMade(value, place, path)} %}`);
    else if (value.kind === "reference") setOwn(assign, `${name}.$`, printJsonPath(value));
  }
  target["Assign"] = assign;
}
