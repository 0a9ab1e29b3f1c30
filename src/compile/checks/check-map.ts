import { described } from "../../expression/described.js";
import { type Issue, issue, shown } from "../../language/errors.js";
import { authoredState } from "../../states/step.js";
import { type Node, pathOf } from "../link.js";

type Given = Readonly<Record<string, unknown>>;

/** Options that are one of a few words. */
const words: Readonly<Record<string, readonly string[]>> = {
  mode: ["INLINE", "DISTRIBUTED"],
  executionType: ["STANDARD", "EXPRESS"],
};

const mostOfLabel = 40;

/** Whether the options of a Map go together, and are ones that there are. */
export function checkMap(node: Node, issues: Issue[]): void {
  const given = authoredState(node.step).options as Given;
  const path = pathOf(node);
  for (const [name, allowed] of Object.entries(words)) {
    if (given[name] === undefined || allowed.includes(given[name] as string)) continue;
    const message = `expected ${allowed.map(shown).join(" or ")}, got ${described(given[name])}`;
    issues.push(issue("invalid_map", [...path, name], message));
  }
  // AWS takes the other options of distributed Maps in an inline one, too; this one has no field there.
  if (given["mode"] !== "DISTRIBUTED" && given["executionType"] !== undefined) {
    const hint = 'set `mode: "DISTRIBUTED"`, or leave it out';
    issues.push(issue("invalid_map", [...path, "executionType"], "executionType is for distributed Maps", hint));
  }
  const { label } = given;
  if (typeof label === "string" && (label === "" || [...label].length > mostOfLabel)) {
    const message = `expected a label of 1 to ${mostOfLabel} characters, got ${shown(label)}`;
    issues.push(issue("invalid_map", [...path, "Label"], message));
  }
}
