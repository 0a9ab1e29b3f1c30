import { type Graph, type Node, outgoing, type Scope } from "../link.js";
import { Dominance } from "./dominance.js";
import { type Joins, joinsOf } from "./joins.js";
import { innerStart, type Layer, layersOf } from "./layers.js";
import { type Order, orderOf } from "./order.js";

/** What is known of the flow within one scope; found out when the first reference asks. */
export interface Flow {
  readonly order: Order;
  readonly dominance: Dominance;
  readonly joins: Joins;
  /** By position. */
  readonly layers: readonly (Layer | undefined)[];
}

/** The flows of a graph's scopes; each is found out when it is asked for first. */
export class Flows {
  private readonly graph: Graph;
  private readonly known = new Map<Scope, Flow>();

  constructor(graph: Graph) {
    this.graph = graph;
  }

  of(scope: Scope): Flow {
    const known = this.known.get(scope);
    if (known !== undefined) return known;
    const order = orderOf(scope);
    const outer = scope.owner === undefined ? undefined : this.of(scope.owner.scope).layers[scope.owner.position];
    const joins = joinsOf(order, this.graph.joins);
    const layers = layersOf(order, innerStart(scope, outer), joins.into);
    const flow = { order, dominance: new Dominance(order), joins, layers };
    this.known.set(scope, flow);
    return flow;
  }
}

/** The node itself, or the Parallel or Map around it, that stands in `scope`. */
export function ancestorIn(node: Node, scope: Scope): Node | undefined {
  for (let current: Node | undefined = node; current !== undefined; current = current.scope.owner) {
    if (current.scope === scope) return current;
  }
  return undefined;
}

/** Whether a border of a distributed Map lies between the node and `scope`. */
export function distributedBetween(node: Node, scope: Scope | undefined): boolean {
  for (
    let current: Scope | undefined = node.scope;
    current !== undefined && current !== scope;
    current = current.owner?.scope
  ) {
    if (current.kind === "distributed") return true;
  }
  return false;
}

/** A shortest way to `node` on which `source` gives no result. */
export function wayAround(source: Node, node: Node, { nodes }: Order): readonly Node[] {
  const [start] = nodes;
  if (start === undefined) return [];
  const from = new Map<Node, Node | undefined>([[start, undefined]]);
  const waiting: Node[] = [start];
  for (const current of waiting) {
    if (current === node) break;
    for (const { to, kind } of outgoing(current)) {
      if (from.has(to) || (current === source && kind === "next")) continue;
      from.set(to, current);
      waiting.push(to);
    }
  }
  const way: Node[] = [];
  for (let current: Node | undefined = node; current !== undefined; current = from.get(current)) way.push(current);
  return way.reverse();
}
