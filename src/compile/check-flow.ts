import { type Issue, issue, shown } from "../language/errors.js";
import { type Graph, type Node, outgoing, pathOf, type Scope } from "./link.js";

/** Whether every scope can come to its end, and every state that was given can be reached. */
export function checkFlow(graph: Graph, issues: Issue[]): void {
  const scopes = new Set<Scope>([...graph.nodes.values()].map(({ scope }) => scope));
  for (const scope of scopes) checkEnd(scope, issues);
}

function checkEnd(scope: Scope, issues: Issue[]): void {
  const ends = [...scope.nodes.values()].filter(isEnd);
  if (ends.length > 0 || scope.start === undefined) return;
  const loop = loopFrom(scope.start);
  const names = [...loop, ...loop.slice(0, 1)].map((node) => node.step.name).join(" → ");
  issues.push(
    issue(
      "endless_loop",
      pathOf(loop[0] ?? scope.start),
      `no way leads out of ${names}: no state from ${shown(scope.start.step.name)} on ends`,
    ),
  );
}

function isEnd(node: Node): boolean {
  if (node.type === "Succeed" || node.type === "Fail") return true;
  return node.type === "Choice" ? node.otherwise === undefined && node.choices.length === 0 : node.next === undefined;
}

/** The states of a loop that the flow runs into. */
function loopFrom(start: Node): readonly Node[] {
  const way: Node[] = [];
  let current: Node | undefined = start;
  while (current !== undefined && !way.includes(current)) {
    way.push(current);
    current = outgoing(current)[0]?.to;
  }
  return current === undefined ? way : way.slice(way.indexOf(current));
}
