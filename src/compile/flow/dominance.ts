import type { Node } from "../link.js";
import type { Order } from "./order.js";

/**
 * Which results are there on every path.
 *
 * Each node counts twice: as entered, and as left with its result. A catcher leaves a node without its result, so it leads from
 * the entered half. The algorithm is that of Cooper, Harvey and Kennedy: immediate dominators by repeated intersection in
 * reverse postorder; questions are answered by the numbers of a walk over the dominator tree, in which all below a half follow it.
 */
export class Dominance {
  /** The number of each half in the walk. */
  private readonly numbers: Int32Array;
  /** How many halves are at or below each. */
  private readonly sizes: Int32Array;

  constructor(order: Order) {
    const parents = immediateDominators(order);
    this.sizes = sizesOf(parents);
    this.numbers = numbersOf(parents, this.sizes);
  }

  /** Whether `source` has given its result whenever `node` is entered. */
  hasResult(source: Node, node: Node): boolean {
    return source.position >= 0 && this.isBefore(source.position * 2 + 1, node);
  }

  /** Whether `source` has been entered whenever `node` is: also where it failed then; true for the node itself. */
  isEntered(source: Node, node: Node): boolean {
    return source.position >= 0 && this.isBefore(source.position * 2, node);
  }

  private isBefore(half: number, node: Node): boolean {
    if (node.position < 0) return false;
    const below = at(this.numbers, node.position * 2) - at(this.numbers, half);
    return below >= 0 && below < at(this.sizes, half);
  }
}

function at(numbers: Int32Array, index: number): number {
  return numbers[index] ?? 0;
}

/** Half nodes: `2 * position` is entered, `2 * position + 1` is left with a result. A half comes after the one that dominates it. */
function immediateDominators({ nodes, incoming }: Order): Int32Array {
  const parents = new Int32Array(nodes.length * 2).fill(-1);
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (let position = 0; position < nodes.length; position++) {
      const entered = position * 2;
      let parent = position === 0 ? 0 : -1;
      for (const { from, kind } of incoming[position] ?? []) {
        const half = from.position * 2 + (kind === "next" ? 1 : 0);
        if (at(parents, half) < 0) continue;
        parent = parent < 0 ? half : meet(parents, parent, half);
      }
      if (at(parents, entered) === parent) continue;
      parents[entered] = parent;
      parents[entered + 1] = entered;
      isChanged = true;
    }
  }
  return parents;
}

/** The nearest half that dominates both. */
function meet(parents: Int32Array, left: number, right: number): number {
  let [one, other] = [left, right];
  while (one !== other) {
    while (one > other) one = at(parents, one);
    while (other > one) other = at(parents, other);
  }
  return one;
}

function sizesOf(parents: Int32Array): Int32Array {
  const sizes = new Int32Array(parents.length).fill(1);
  for (let half = parents.length - 1; half > 0; half--) {
    const parent = at(parents, half);
    sizes[parent] = at(sizes, parent) + at(sizes, half);
  }
  return sizes;
}

function numbersOf(parents: Int32Array, sizes: Int32Array): Int32Array {
  const numbers = new Int32Array(parents.length);
  /** The number of the next half below each. */
  const free = new Int32Array(parents.length).fill(1);
  for (let half = 1; half < parents.length; half++) {
    const parent = at(parents, half);
    const number = at(free, parent);
    numbers[half] = number;
    free[half] = number + 1;
    free[parent] = number + at(sizes, half);
  }
  return numbers;
}
