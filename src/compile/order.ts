import { type Edge, type Node, outgoing, type Scope } from "./link.js";

/** The nodes of a scope in an order in which, loops aside, every node comes after all that lead to it. */
export interface Order {
  /** Reachable nodes. */
  readonly nodes: readonly Node[];
  readonly position: ReadonlyMap<Node, number>;
  /** The edges that lead to a node, from reachable nodes of its scope. */
  readonly incoming: ReadonlyMap<Node, readonly Edge[]>;
}

/** Orders the nodes that can be reached from the start of a scope. Not recursive. */
export function orderOf(scope: Scope): Order {
  const incoming = new Map<Node, Edge[]>();
  const finished: Node[] = [];
  const entered = new Set<Node>();
  const stack: { readonly node: Node; readonly targets: readonly Node[]; index: number }[] = [];
  const enter = (node: Node): void => {
    entered.add(node);
    const edges = outgoing(node);
    for (const { to, edge } of edges) {
      const known = incoming.get(to);
      if (known === undefined) incoming.set(to, [edge]);
      else known.push(edge);
    }
    stack.push({ node, targets: edges.map(({ to }) => to), index: 0 });
  };
  if (scope.start !== undefined) enter(scope.start);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const target = top.targets[top.index++];
    if (target === undefined) {
      finished.push(top.node);
      stack.pop();
    } else if (!entered.has(target)) {
      enter(target);
    }
  }
  const nodes = finished.reverse();
  return { nodes, position: new Map(nodes.map((node, index) => [node, index])), incoming };
}
