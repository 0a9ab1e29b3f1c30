import { issue } from "../../language/errors.js";
import type { Json, JsonObject } from "../../language/json.js";
import type { ChoiceBranch } from "../../states/choice.js";
import { authoredCondition, isCondition } from "../../states/condition.js";
import { authoredState } from "../../states/step.js";
import type { Node } from "../link.js";
import type { Path } from "../path.js";
import { lowerCondition } from "./condition.js";
import { lowerOutput } from "./outcome-in-jsonata.js";
import type { Places } from "./places.js";
import { lowerTemplate, type Place } from "./template.js";

/** Writes the rules of a Choice. */
export function lowerChoices(value: unknown, node: Node, places: Places, path: Path): Json {
  const branches = Array.isArray(value) ? (value as readonly ChoiceBranch[]) : [];
  const place = places.of(node, "input");
  return branches.map((branch, index) => {
    const { condition, assign } = branch;
    const comment = branch.comment ?? (isCondition(condition) ? authoredCondition(condition).comment : undefined);
    const at = path.below(index);
    const lowered = lowerCondition(condition, place, at);
    const output = lowerRuleOutput(branch, node, place, at.below("Output"));
    return {
      ...(node.language === "JSONata" ? { Condition: lowered } : (lowered as JsonObject)),
      ...(comment === undefined ? {} : { Comment: comment }),
      ...(assign === undefined ? {} : { Assign: lowerTemplate(assign, place, at.below("Assign")) }),
      ...(output === undefined ? {} : { Output: output }),
      Next: node.choices[index]?.step.name ?? "",
    };
  });
}

/** A rule's `Output` stands in the place of the state's, so what the shaping options of the Choice come to is written into each. */
function lowerRuleOutput({ output }: ChoiceBranch, node: Node, place: Place, path: Path): Json | undefined {
  if (node.language === "JSONata") {
    const { output: _, ...shaping } = authoredState(node.step).options as Readonly<Record<string, unknown>>;
    return lowerOutput("Choice", output === undefined ? shaping : { output }, place, path);
  }
  if (output !== undefined)
    place.issues.push(issue("unsupported_in_jsonpath", path.keys, "output is a field of JSONata"));
  return undefined;
}
