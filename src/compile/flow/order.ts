import { type Edge, type Node, outgoing, type Scope } from "../link.js";

/** The nodes of a scope in an order in which, loops aside, every node comes after all that lead to it. */
export interface Order {
  /** Reachable nodes, each at its `position`. */
  readonly nodes: readonly Node[];
  /** The edges that lead to a node, by its position. */
  readonly incoming: readonly (readonly Edge[])[];
}

/** A node whose edges are being followed. */
interface Open {
  readonly node: Node;
  readonly edges: readonly Edge[];
  index: number;
}

/** Orders the nodes that can be reached from the start of a scope, and notes their positions. Not recursive. */
export function orderOf(scope: Scope): Order {
  const finished: Open[] = [];
  const stack: Open[] = [];
  const enter = (node: Node): void => {
    // Any number says that it was entered; its own follows when all are known.
    node.position = 0;
    stack.push({ node, edges: outgoing(node), index: 0 });
  };
  if (scope.start !== undefined) enter(scope.start);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const target = top.edges[top.index++]?.to;
    if (target === undefined) {
      finished.push(top);
      stack.pop();
    } else if (target.position < 0) {
      enter(target);
    }
  }
  finished.reverse();
  const nodes = finished.map(({ node }, position) => {
    node.position = position;
    return node;
  });
  return { nodes, incoming: incomingOf(finished) };
}

function incomingOf(ordered: readonly Open[]): readonly (readonly Edge[])[] {
  const incoming: Edge[][] = ordered.map(() => []);
  for (const { edges } of ordered) {
    for (const edge of edges) incoming[edge.to.position]?.push(edge);
  }
  return incoming;
}
