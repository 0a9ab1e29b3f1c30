/** States that wait for another look, the first in order before the others. A binary heap; each state waits at most once. */
export class Worklist {
  private readonly order: Int32Array;
  private readonly heap: number[] = [];
  private readonly waiting: Uint8Array;

  constructor(order: Int32Array) {
    this.order = order;
    this.waiting = new Uint8Array(order.length);
  }

  add(position: number): void {
    if (this.waiting[position] === 1) return;
    this.waiting[position] = 1;
    const { heap } = this;
    let at = heap.push(position) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.isBefore(at, parent)) break;
      this.swap(at, parent);
      at = parent;
    }
  }

  take(): number | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined) return undefined;
    this.waiting[first] = 0;
    if (heap.length === 0) return first;
    heap[0] = last;
    for (let at = 0; ; ) {
      const left = at * 2 + 1;
      if (left >= heap.length) return first;
      const child = left + 1 < heap.length && this.isBefore(left + 1, left) ? left + 1 : left;
      if (!this.isBefore(child, at)) return first;
      this.swap(at, child);
      at = child;
    }
  }

  private isBefore(one: number, other: number): boolean {
    return (this.order[this.heap[one] ?? 0] ?? 0) < (this.order[this.heap[other] ?? 0] ?? 0);
  }

  private swap(one: number, other: number): void {
    const { heap } = this;
    const kept = heap[one] ?? 0;
    heap[one] = heap[other] ?? 0;
    heap[other] = kept;
  }
}
