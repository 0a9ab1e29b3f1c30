import { type Issue, issue, shown } from "../../language/errors.js";
import type { Json } from "../../language/json.js";
import { type Node, pathOf } from "../link.js";
import { type EvaluatedText, evaluatedTexts, hasPart, readsContext } from "./evaluated-text.js";

/** A call that waits for its token must give it to somebody: without, it waits until it times out. */
export function checkToken(node: Node, state: Readonly<Record<string, Json>>, issues: Issue[]): void {
  const { Resource: resource, InputPath: inputPath, Parameters: parameters, Arguments: given } = state;
  if (typeof resource !== "string" || !resource.endsWith(".waitForTaskToken")) return;
  // The request is made of the Context Object itself.
  if (typeof inputPath === "string" && inputPath.startsWith("$$")) return;
  if (evaluatedTexts(parameters ?? given).some(givesToken)) return;
  const field = given === undefined ? "Parameters" : "Arguments";
  const message = `expected the task token somewhere in the request, as ${shown(node.step.name)} waits until somebody sends it back`;
  issues.push(issue("missing_task_token", [...pathOf(node), field], message));
}

function givesToken({ language, text }: EvaluatedText): boolean {
  if (language === "JSONata") return readsTask.test(text);
  return hasPart(text, (part) => readsContext(part, ["Task", "Token"])) ?? text.includes("$$");
}

/** The Context Object, or all of `$states`, but for its members that hold no token. */
const readsTask =
  /\$states(?!\s*\.)|\$states\s*\.\s*`?context`?(?!\s*\.\s*`?(?:Execution|State|StateMachine|Map)(?![A-Za-z]))/;
