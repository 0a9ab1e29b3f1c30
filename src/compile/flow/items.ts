import type { Reference, Root } from "../../expression/tree.js";
import { shown } from "../../language/errors.js";
import { authoredState } from "../../states/step.js";
import type { Node, Scope } from "../link.js";
import { type Carrying, notInChild } from "./carrying.js";
import type { Dominance } from "./dominance.js";
import { distributedBetween, type Flows } from "./flows.js";
import type { Order } from "./order.js";

type Path = readonly (string | number)[];

interface MapOptions {
  readonly itemSelector?: unknown;
  readonly itemBatcher?: unknown;
}

/** Where the item of a Map is there. */
interface Iteration {
  /** The processor. */
  readonly scope: Scope;
  /** The Map. */
  readonly map: Node;
  /** The outermost Map within that processor around the place that reads: its own item hides this one. */
  readonly hiding: Node | undefined;
}

/** Finds out how the item of a Map, or its index, gets to where it is read. */
export class Items {
  private readonly flows: Flows;
  private readonly carrying: Carrying;
  /** By the Map that hides an item: the state that carries it. */
  private readonly setters = new Map<Node, Node | undefined>();

  constructor(flows: Flows, carrying: Carrying) {
    this.flows = flows;
    this.carrying = carrying;
  }

  /** The reference that reads an item, or its index; a text that says why there is none. */
  place(root: Root & { kind: "item" }, reference: Reference, node: Node, path: Path): Reference | string {
    if (root.part === "Batch") return this.placeBatch(root, reference, node);
    const isOfItem = path[node.scope.path.length + 1] === "ItemSelector";
    if (isOfItem && iterationOf(node) === root.iteration) return reference;
    const found = iterationAround(root.iteration, node, isOfItem);
    if (found === undefined) return "is of a Map that this state is not in";
    const { scope, map, hiding } = found;
    if (scope.kind === "distributed") {
      const { itemSelector, itemBatcher } = authoredState(map.step).options as MapOptions;
      if (itemBatcher !== undefined) {
        return `is one of several: ${shown(map.step.name)} gives its children batches; read the function's batch.Items`;
      }
      const isInput = root.part === "Value" && itemSelector === undefined && !distributedBetween(node, scope);
      return isInput ? { ...reference, root: { kind: "executionInput" } } : notInChild;
    }
    return hiding === undefined ? reference : this.carryItem(root, reference, node, found, hiding);
  }

  /** What a child execution begins with. */
  private placeBatch(root: Root & { kind: "item" }, reference: Reference, node: Node): Reference | string {
    const found = iterationAround(root.iteration, node, false);
    if (found === undefined) return "is of a Map that this state is not in";
    const { itemBatcher } = authoredState(found.map.step).options as MapOptions;
    if (itemBatcher === undefined) return `is there with itemBatcher alone; ${shown(found.map.step.name)} has none`;
    if (distributedBetween(node, found.scope)) return notInChild;
    return { ...reference, root: { kind: "executionInput" } };
  }

  /** A variable, set before the Map whose own item hides this one. */
  private carryItem(
    root: Root & { kind: "item" },
    reference: Reference,
    node: Node,
    { scope, map }: Iteration,
    hiding: Node,
  ): Reference | string {
    if (distributedBetween(node, scope)) return notInChild;
    const setter = this.setterOfItem(hiding, scope);
    const [outer, inner] = [shown(map.step.name), shown(hiding.step.name)];
    if (setter === undefined) {
      return `is of ${outer}, whose item ${inner} hides, and no state before ${inner} could carry it; put a Pass there`;
    }
    const isIndex = root.part === "Index";
    const whole = isIndex ? `${map.step.name}_index` : map.step.name;
    const held = { whole, path: reference.path, kind: `${map.step.name} ${root.part} ` };
    return this.carrying.carry([setter], held, () => reference);
  }

  /** The state in the processor, nearest before a Map in it, that can set a variable. */
  private setterOfItem(hiding: Node, processor: Scope): Node | undefined {
    if (this.setters.has(hiding)) return this.setters.get(hiding);
    let setter: Node | undefined;
    for (let at: Node | undefined = hiding; at !== undefined && setter === undefined; at = at.scope.owner) {
      const { order, dominance } = this.flows.of(at.scope);
      setter = setterBefore(at, order, dominance);
      if (at.scope === processor) break;
    }
    this.setters.set(hiding, setter);
    return setter;
  }
}

/**
 * The iteration around a place in a state; `undefined` when the state is not in it.
 *
 * @param isOfItem - whether the place is evaluated for each item of the state itself, as ItemSelector of a Map is
 */
function iterationAround(iteration: object, node: Node, isOfItem: boolean): Iteration | undefined {
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
function iterationOf(node: Node): object | undefined {
  return (authoredState(node.step).options as { readonly iteration?: object }).iteration;
}

/** The state nearest before `node`, on every way to it, whose Assign is always carried out. */
function setterBefore(node: Node, { nodes }: Order, dominance: Dominance): Node | undefined {
  for (let position = node.position - 1; position >= 0; position--) {
    const before = nodes[position];
    // A Choice carries out the Assign of the rule that applies, or its own.
    if (before !== undefined && before.type !== "Choice" && dominance.hasResult(before, node)) return before;
  }
  return undefined;
}
