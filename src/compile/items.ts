import { authoredState } from "../states/step.js";
import type { Dominance } from "./dominance.js";
import type { Node, Scope } from "./link.js";
import type { Order } from "./order.js";

/** Where the item of a Map is there. */
export interface Iteration {
  /** The processor. */
  readonly scope: Scope;
  /** The Map. */
  readonly map: Node;
  /** The outermost Map within that processor around the place that reads: its own item hides this one. */
  readonly hiding: Node | undefined;
}

/**
 * The iteration around a place in a state; `undefined` when the state is not in it.
 *
 * @param isOfItem - whether the place is evaluated for each item of the state itself, as ItemSelector of a Map is
 */
export function iterationAround(iteration: object, node: Node, isOfItem: boolean): Iteration | undefined {
  let hiding = isOfItem ? node : undefined;
  for (let scope: Scope | undefined = node.scope; scope?.owner !== undefined; scope = scope.owner.scope) {
    const map = scope.owner;
    const own = iterationOf(map);
    if (own === iteration) return { scope, map, hiding };
    if (own !== undefined) hiding = map;
  }
  return undefined;
}

/** What sets the items of a Map apart from those of others. */
export function iterationOf(node: Node): object | undefined {
  return (authoredState(node.step).options as { readonly iteration?: object }).iteration;
}

/** The state nearest before `node`, on every way to it, whose Assign is always carried out. */
export function setterBefore(node: Node, { nodes }: Order, dominance: Dominance): Node | undefined {
  for (let position = node.position - 1; position >= 0; position--) {
    const before = nodes[position];
    // A Choice carries out the Assign of the rule that applies, or its own.
    if (before !== undefined && before.type !== "Choice" && dominance.hasResult(before, node)) return before;
  }
  return undefined;
}
