import { type Issue, issue, shown } from "../../language/errors.js";
import type { Json } from "../../language/json.js";
import { childOf, isExpress } from "../flow/express.js";
import { type Node, pathOf } from "../link.js";

const waits = /\.(?:sync(?::\d+)?|waitForTaskToken)$/;
const activity = /^arn:[^:]*:states:[^:]*:[^:]*:activity:/;

/** What waits for something outside lasts longer than an Express execution may: AWS takes no such state in one. */
export function checkExpress(
  node: Node,
  state: Readonly<Record<string, Json>>,
  machine: string | undefined,
  issues: Issue[],
): void {
  const what = whatWaits(node, state["Resource"]);
  if (what === undefined) return;
  if (!isExpress(node.scope, machine)) return;
  const child = childOf(node.scope);
  const those = child === undefined ? "executions" : `children of ${shown(child.step.name)}`;
  const message = `${shown(node.step.name)} ${what}, and the ${those} are Express`;
  issues.push(issue("not_in_express", pathOf(node), message));
}

function whatWaits(node: Node, resource: Json | undefined): string | undefined {
  if (node.type === "Map" && node.inner[0]?.kind === "distributed") return "is a distributed Map";
  if (typeof resource !== "string") return undefined;
  if (activity.test(resource)) return "waits for an activity";
  const pattern = waits.exec(resource)?.[0];
  return pattern === undefined ? undefined : `calls its service with ${pattern}`;
}
