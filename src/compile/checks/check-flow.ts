import { type Issue, issue, shown } from "../../language/errors.js";
import { formatWay } from "../flow/way.js";
import { type Graph, type Node, outgoing, pathOf, type Scope } from "../link.js";

/** Whether every state can come to an end, and every state that was given can be reached. */
export function checkFlow(graph: Graph, issues: Issue[]): void {
  const scopes = [graph.machine];
  for (const scope of scopes) {
    checkEnds(scope, issues);
    for (const node of scope.nodes) for (const inner of node.inner) scopes.push(inner);
  }
  checkReach(graph, issues);
}

/** Only what follows a Choice in a chain can be out of reach: everything else is found by the edge that leads to it. */
function checkReach({ joins }: Graph, issues: Issue[]): void {
  const reached = new Map<Scope, ReadonlySet<Node>>();
  for (const { choice, to, ends } of joins.values()) {
    if (ends.size > 0) continue;
    const inScope = reached.get(to.scope) ?? reachedFrom(to.scope.start);
    reached.set(to.scope, inScope);
    if (inScope.has(to)) continue;
    const message = `nothing leads to ${shown(to.step.name)}: every way out of ${shown(choice.step.name)} ends, or jumps elsewhere`;
    issues.push(issue("unreachable_state", pathOf(to), message));
  }
}

function reachedFrom(start: Node | undefined): ReadonlySet<Node> {
  const reached = new Set<Node>(start === undefined ? [] : [start]);
  for (const node of reached) for (const { to } of outgoing(node)) reached.add(to);
  return reached;
}

/** Reports each loop that no way leads out of. */
function checkEnds(scope: Scope, issues: Issue[]): void {
  const stuck = stuckNodes(scope);
  if (stuck.size === 0) return;
  const reached = reachedFrom(scope.start);
  const seen = new Set<Node>();
  for (const node of stuck) {
    if (!reached.has(node) || seen.has(node)) continue;
    const loop = loopFrom(node, seen);
    const [first] = loop;
    if (first === undefined) continue;
    const names = formatWay([...loop, first].map(({ step }) => step.name));
    const message = `no way leads out of ${names}: no state from ${shown(first.step.name)} on ends`;
    issues.push(issue("endless_loop", pathOf(first), message));
  }
}

const none: ReadonlySet<Node> = new Set();

/** The nodes from which no end can be reached, in the order of discovery. */
function stuckNodes(scope: Scope): ReadonlySet<Node> {
  const { nodes } = scope;
  // A chain is found from its beginning to its end: read backwards, all but loops are settled in one go.
  let index = nodes.length - 1;
  for (let after: Node | undefined; index >= 0; index--) {
    const node = nodes[index];
    if (node === undefined || !(isEnd(node) || (after !== undefined && node.next === after))) break;
    after = node;
  }
  if (index < 0) return none;
  const ending = new Set(nodes.slice(index + 1));
  for (; index >= 0; index--) {
    const node = nodes[index];
    if (node !== undefined && (isEnd(node) || leadsInto(node, ending))) ending.add(node);
  }
  const stuck = new Set<Node>(ending.size === nodes.length ? [] : nodes.filter((node) => !ending.has(node)));
  freeThose(stuck, ending);
  return stuck;
}

/** Takes out what leads to an end over states that were looked at later. */
function freeThose(stuck: Set<Node>, ending: ReadonlySet<Node>): void {
  const before = new Map<Node, Node[]>();
  for (const node of stuck) {
    for (const { to } of outgoing(node)) {
      const known = before.get(to);
      if (known === undefined) before.set(to, [node]);
      else known.push(node);
    }
  }
  const freed = [...stuck].filter((node) => leadsInto(node, ending));
  for (const node of freed) {
    if (stuck.delete(node)) freed.push(...(before.get(node) ?? []));
  }
}

function leadsInto(node: Node, nodes: ReadonlySet<Node>): boolean {
  const isIn = (target: Node | undefined): boolean => target !== undefined && nodes.has(target);
  return isIn(node.next) || isIn(node.otherwise) || node.choices.some(isIn) || node.catches.some(isIn);
}

function isEnd(node: Node): boolean {
  if (node.type === "Succeed" || node.type === "Fail") return true;
  if (node.type !== "Choice") return node.next === undefined;
  // A way that leads nowhere is a problem of its own.
  return (node.otherwise === undefined && node.choices.length === 0) || node.choices.includes(undefined);
}

/** The states of a loop that the flow runs into; none when it runs into one that was seen before. */
function loopFrom(start: Node, seen: Set<Node>): readonly Node[] {
  const way = new Set<Node>();
  let current: Node | undefined = start;
  while (current !== undefined && !seen.has(current)) {
    seen.add(current);
    way.add(current);
    current = outgoing(current)[0]?.to;
  }
  if (current === undefined || !way.has(current)) return [];
  const nodes = [...way];
  return nodes.slice(nodes.indexOf(current));
}
