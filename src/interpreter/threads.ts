import type { Thread } from "./snapshot.js";

type Changes = ReadonlyMap<number, Thread | undefined>;

const unchanged: Changes = new Map();

/**
 * The threads of an execution that have not ended, by id. Never changes; another with a few changes shares the rest, so that a step
 * of an execution with very many threads costs what it changes.
 */
export class Threads {
  private readonly base: ReadonlyMap<number, Thread>;
  /** Threads that differ from `base`; `undefined` for one that has ended. */
  private readonly changed: Changes;

  private constructor(base: ReadonlyMap<number, Thread>, changed: Changes) {
    this.base = base;
    this.changed = changed;
  }

  static of(threads: Iterable<Thread>): Threads {
    const base = new Map<number, Thread>();
    for (const thread of threads) base.set(thread.id, thread);
    return new Threads(base, unchanged);
  }

  get(id: number): Thread | undefined {
    return this.changed.has(id) ? this.changed.get(id) : this.base.get(id);
  }

  *[Symbol.iterator](): Iterator<Thread> {
    for (const [id, thread] of this.base) if (!this.changed.has(id)) yield thread;
    for (const thread of this.changed.values()) if (thread !== undefined) yield thread;
  }

  /** The threads with some changes; `undefined` takes one away. */
  with(changes: Changes): Threads {
    const changed = new Map(this.changed);
    for (const [id, thread] of changes) {
      if (thread === undefined && !this.base.has(id)) changed.delete(id);
      else changed.set(id, thread);
    }
    const next = new Threads(this.base, changed);
    // What is copied each time stays small beside what is copied once in a while.
    return changed.size ** 2 <= this.base.size ? next : Threads.of(next);
  }
}
