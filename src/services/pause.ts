import { setTimeout as delay } from "node:timers/promises";

/** Waits, and ends early with the signal's reason. A parameter wherever something waits, so that tests need no time. */
export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

/** Waits in real time. */
export const realSleep: Sleep = async (milliseconds, signal) => {
  await delay(milliseconds, undefined, signal === undefined ? {} : { signal });
};

/** Pauses that grow by half from `first` to `most`, in milliseconds. With `random`, each is between half of that and the whole, so that many who wait do not ask at once. */
export class Backoff {
  private next: number;
  private readonly first: number;
  private readonly most: number;
  private readonly random: (() => number) | undefined;

  /** @param random - a number from 0 to 1 */
  constructor(first: number, most: number, random?: () => number) {
    this.next = first;
    this.first = first;
    this.most = most;
    this.random = random;
  }

  /** The length of the next pause. */
  take(): number {
    const { next } = this;
    this.next = Math.min(this.most, next * 1.5);
    return this.random === undefined ? next : (next / 2) * (1 + this.random());
  }

  /** Starts small again: something has happened. */
  reset(): void {
    this.next = this.first;
  }
}
