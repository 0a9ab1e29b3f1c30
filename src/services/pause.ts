import { setTimeout as delay } from "node:timers/promises";

/** Waits, and ends early with the signal's reason. A parameter wherever something waits, so that tests need no time. */
export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

/** Waits in real time. */
export const realSleep: Sleep = async (milliseconds, signal) => {
  await delay(milliseconds, undefined, signal === undefined ? {} : { signal });
};

/** Pauses that grow by half from `first` to `most`, in milliseconds. */
export class Backoff {
  private next: number;
  private readonly first: number;
  private readonly most: number;

  constructor(first: number, most: number) {
    this.next = first;
    this.first = first;
    this.most = most;
  }

  /** The length of the next pause. */
  take(): number {
    const { next } = this;
    this.next = Math.min(this.most, next * 1.5);
    return next;
  }

  /** Starts small again: something has happened. */
  reset(): void {
    this.next = this.first;
  }
}
