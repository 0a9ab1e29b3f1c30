/** Time as the service sees it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * Calls `fire` once, after `delayMs` milliseconds.
   *
   * @returns takes it back
   */
  setTimer(delayMs: number, fire: () => void): () => void;
}

/** The longest time that a timer of Node takes; it takes longer ones for 1 ms. */
const longestTimer = 2_147_483_647;

/** The clock of the machine. Its timers keep the process alive only while the service listens. */
export const realClock: Clock = {
  now: () => Date.now(),
  setTimer(delayMs, fire) {
    const at = Date.now() + delayMs;
    let handle: NodeJS.Timeout;
    const wait = (): void => {
      const left = at - Date.now();
      handle = left > longestTimer ? setTimeout(wait, longestTimer) : setTimeout(fire, Math.max(0, left));
      handle.unref();
    };
    wait();
    return () => clearTimeout(handle);
  },
};

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
}

/**
 * A clock that stands still until it is told to go on: a year of waiting takes no time.
 *
 * @example
 * const clock = new VirtualClock();
 * clock.jump(); // goes to the next timer and fires it
 */
export class VirtualClock implements Clock {
  private time: number;
  private order = 0;
  /** The next timer to fire comes last. */
  private readonly timers: Timer[] = [];

  /** @param start - milliseconds since 1970; the first of January 2026 unless told otherwise */
  constructor(start = Date.UTC(2026, 0, 1)) {
    this.time = start;
  }

  now(): number {
    return this.time;
  }

  setTimer(delayMs: number, fire: () => void): () => void {
    const timer: Timer = { at: this.time + Math.max(0, delayMs), order: this.order++, fire };
    this.timers.splice(this.placeOf(timer), 0, timer);
    return () => {
      const index = this.timers.indexOf(timer);
      if (index >= 0) this.timers.splice(index, 1);
    };
  }

  /** Timers that have not fired. */
  get pending(): number {
    return this.timers.length;
  }

  /**
   * Goes to the time of the next timer and fires it.
   *
   * @returns whether there was one
   */
  jump(): boolean {
    const timer = this.timers.pop();
    if (timer === undefined) return false;
    this.time = timer.at;
    timer.fire();
    return true;
  }

  /** Goes on by `ms` milliseconds and fires what is due, in order. */
  advance(ms: number): void {
    const end = this.time + ms;
    while ((this.timers.at(-1)?.at ?? Number.POSITIVE_INFINITY) <= end) this.jump();
    this.time = end;
  }

  private placeOf(timer: Timer): number {
    let low = 0;
    let high = this.timers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.timers[middle];
      if (other !== undefined && isLater(other, timer)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isLater(one: Timer, other: Timer): boolean {
  return one.at === other.at ? one.order > other.order : one.at > other.at;
}
