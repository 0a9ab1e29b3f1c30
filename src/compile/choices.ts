import type { Json, JsonObject } from "../language/json.js";
import type { ChoiceBranch } from "../states/choice.js";
import { lowerCondition } from "./condition.js";
import type { Node } from "./link.js";
import { lowerTemplate, type Place } from "./template.js";

/** Writes the rules of a Choice. */
export function lowerChoices(value: unknown, node: Node, place: Place, path: readonly (string | number)[]): Json {
  const branches = Array.isArray(value) ? (value as readonly ChoiceBranch[]) : [];
  return branches.map(({ condition, comment, assign }, index) => {
    const at = [...path, index];
    return {
      ...(lowerCondition(condition, place, at, "JSONPath") as JsonObject),
      ...(comment === undefined ? {} : { Comment: comment }),
      ...(assign === undefined ? {} : { Assign: lowerTemplate(assign, place, [...at, "Assign"]) }),
      Next: node.choices[index]?.step.name ?? "",
    };
  });
}
