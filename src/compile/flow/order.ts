import { type Edge, type Node, outgoing, type Scope } from "../link.js";

/** The nodes of a scope in an order in which, loops aside, every node comes after all that lead to it. */
export interface Order {
  /** Reachable nodes, each at its `position`. */
  readonly nodes: readonly Node[];
  /** The edges that lead to a node, by its position; `undefined`: none. */
  readonly incoming: readonly (readonly Edge[] | undefined)[];
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

function incomingOf(ordered: readonly Open[]): Order["incoming"] {
  const incoming: (Edge[] | undefined)[] = new Array(ordered.length);
  for (const { edges } of ordered) {
    for (const edge of edges) {
      const known = incoming[edge.to.position];
      // Mostly there is one: a list that is pushed to would keep room for many.
      if (known === undefined) incoming[edge.to.position] = [edge];
      else known.push(edge);
    }
  }
  return incoming;
}
