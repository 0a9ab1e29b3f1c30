import { described } from "../../expression/described.js";
import { isPlaceholder } from "../../expression/placeholder.js";
import { issue, shown } from "../../language/errors.js";
import { isPlainObject, type Json, type JsonObject } from "../../language/json.js";
import { nearest } from "../../language/nearest.js";
import { type ChoiceBranch, ruleOptions } from "../../states/choice.js";
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
  const place = places.of(node, "input");
  const rules: readonly unknown[] = Array.isArray(value) ? value : [];
  return rules.map((given, index) => {
    const at = path.below(index);
    const branch = checkedRule(given, place, at);
    const { condition, assign } = branch;
    const comment = branch.comment ?? (isCondition(condition) ? authoredCondition(condition).comment : undefined);
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

const known = new Set(["condition", "next", "comment", "assign", "output"]);

/** The rule, after having reported what it has that rules have not. */
function checkedRule(given: unknown, place: Place, path: Path): Partial<ChoiceBranch> {
  if (!isPlainObject(given) || isPlaceholder(given)) {
    place.issues.push(issue("invalid_argument", path.keys, `expected a rule, got ${described(given)}`));
    return {};
  }
  for (const name of Object.keys(given)) {
    if (known.has(name) || given[name] === undefined) continue;
    const near = nearest(name, ruleOptions).map(shown).join(", ");
    const message = `a rule has no option ${shown(name)}; the nearest are ${near}`;
    place.issues.push(issue("unknown_option", path.below(name).keys, message));
  }
  const { comment, ...rest } = given;
  if (comment === undefined || typeof comment === "string") return given;
  place.issues.push(issue("invalid_text", path.below("Comment").keys, `expected a text, got ${described(comment)}`));
  return rest;
}

/** A rule's `Output` stands in the place of the state's, so what the shaping options of the Choice come to is written into each. */
function lowerRuleOutput({ output }: Partial<ChoiceBranch>, node: Node, place: Place, path: Path): Json | undefined {
  if (node.language === "JSONata") {
    const { output: _, ...shaping } = authoredState(node.step).options as Readonly<Record<string, unknown>>;
    return lowerOutput("Choice", output === undefined ? shaping : { output }, place, path);
  }
  if (output !== undefined)
    place.issues.push(issue("unsupported_in_jsonpath", path.keys, "output is a field of JSONata"));
  return undefined;
}
