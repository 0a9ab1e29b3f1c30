import type { Checker } from "./checker.js";
import type { Graph, Target } from "./graph.js";

/**
 * Targets that are not there, machines that never end, and states that nothing leads to; in AWS's order.
 *
 * @param isWhole - whether it is known of each state where it leads to; where not, what is out of reach cannot be told
 */
export function checkReach(graph: Graph, isWhole: boolean, checker: Checker): void {
  const { nodes, startAt, start, place, order } = graph;
  let isKnown = isWhole && !checker.isOpen(startAt);
  if (start < 0 && typeof startAt === "string" && !checker.isOpen(startAt)) {
    isKnown = false;
    refuse({ name: startAt, place: { outer: place, key: "StartAt" } }, graph, checker);
  }
  for (const target of graph.missing) {
    if (checker.isOpen(target.name)) isKnown = false;
    else refuse(target, graph, checker);
  }
  if (!isKnown) return;
  // AWS does not look for what is out of reach where nothing ends.
  if (!nodes.some(({ state }) => isTerminal(state))) {
    checker.add("MISSING_END_STATE", "Workflow has no terminal state", place, "States", "nowhere");
    return;
  }
  for (const node of nodes) {
    if ((order[node.position] ?? -1) >= 0) continue;
    const message = `State "${node.name}" is not reachable.`;
    const hint = "lead a way to it, or leave it out";
    checker.findings.add({ code: "MISSING_TRANSITION_TARGET", message, place: node.place, isKey: true, hint });
  }
}

function isTerminal({ Type: type, End: end }: { readonly [field: string]: unknown }): boolean {
  return end === true || type === "Succeed" || type === "Fail";
}

/** States among which the nearest name is looked for. */
const mostCompared = 200;

function refuse({ name, place }: Target, { nodes }: Graph, checker: Checker): void {
  if (checker.findings.isFull) return;
  const names = nodes.slice(0, mostCompared).map((node) => node.name);
  const near = checker.meant("target", name, names);
  const hint = near !== undefined ? `did you mean ${near}?` : undefined;
  checker.add("MISSING_TRANSITION_TARGET", `Missing 'Next' target: ${name}`, place, undefined, undefined, hint);
}
