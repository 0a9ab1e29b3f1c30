import type { Node } from "./link.js";
import type { Order } from "./order.js";

/**
 * Which results are there on every path.
 *
 * Each node counts twice: as entered, and as left with its result. A catcher leaves a node without its result, so it leads from
 * the entered half. The algorithm is that of Cooper, Harvey and Kennedy: immediate dominators by repeated intersection in
 * reverse postorder; questions are answered by the intervals of a walk over the dominator tree.
 */
export class Dominance {
  private readonly position: ReadonlyMap<Node, number>;
  private readonly first: Int32Array;
  private readonly last: Int32Array;

  constructor(order: Order) {
    this.position = order.position;
    const parents = immediateDominators(order);
    [this.first, this.last] = intervals(parents);
  }

  /** Whether `source` has given its result whenever `node` is entered. */
  hasResult(source: Node, node: Node): boolean {
    const from = this.position.get(source);
    const to = this.position.get(node);
    if (from === undefined || to === undefined) return false;
    const [left, entered] = [from * 2 + 1, to * 2];
    return (
      this.at(this.first, left) <= this.at(this.first, entered) &&
      this.at(this.last, entered) <= this.at(this.last, left)
    );
  }

  private at(numbers: Int32Array, index: number): number {
    return numbers[index] ?? 0;
  }
}

/** Half nodes: `2 * position` is entered, `2 * position + 1` is left with a result. */
function immediateDominators({ nodes, position, incoming }: Order): Int32Array {
  const parents = new Int32Array(nodes.length * 2).fill(-1);
  if (nodes.length === 0) return parents;
  parents[0] = 0;
  const at = (index: number): number => parents[index] ?? -1;
  const meet = (left: number, right: number): number => {
    let [one, other] = [left, right];
    while (one !== other) {
      while (one > other) one = at(one);
      while (other > one) other = at(other);
    }
    return one;
  };
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const [index, node] of nodes.entries()) {
      const entered = index * 2;
      let parent = index === 0 ? 0 : -1;
      for (const { from, kind } of incoming.get(node) ?? []) {
        const half = (position.get(from) ?? 0) * 2 + (kind === "next" ? 1 : 0);
        if (at(half) < 0) continue;
        parent = parent < 0 ? half : meet(parent, half);
      }
      if (index > 0 && at(entered) !== parent) {
        parents[entered] = parent;
        isChanged = true;
      }
      if (at(entered + 1) !== entered) {
        parents[entered + 1] = entered;
        isChanged = true;
      }
    }
  }
  return parents;
}

/** Numbers of a walk over the tree: a node's interval holds those of all below it. */
function intervals(parents: Int32Array): readonly [Int32Array, Int32Array] {
  const first = new Int32Array(parents.length);
  const last = new Int32Array(parents.length);
  const children: number[][] = Array.from(parents, () => []);
  for (let index = parents.length - 1; index > 0; index--) children[parents[index] ?? 0]?.push(index);
  let count = 0;
  const stack: { readonly half: number; isLeft: boolean }[] = parents.length === 0 ? [] : [{ half: 0, isLeft: false }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    if (top.isLeft) {
      last[top.half] = count++;
      stack.pop();
      continue;
    }
    top.isLeft = true;
    first[top.half] = count++;
    for (const child of children[top.half] ?? []) stack.push({ half: child, isLeft: false });
  }
  return [first, last];
}
