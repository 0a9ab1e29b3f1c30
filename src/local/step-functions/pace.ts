/** Milliseconds of a turn of the event loop that executions take together; then the rest of the process has its turn. */
const shareMs = 10;

/** Shares the event loop among all that runs long. */
export class Pace {
  private readonly waiting: (() => void)[] = [];
  private end: number | undefined;
  private releases = false;

  /** When the share of this turn of the loop is used up, by `performance.now()`. */
  get turnEnd(): number {
    if (this.end === undefined) {
      this.end = performance.now() + shareMs;
      setImmediate(() => {
        this.end = undefined;
      });
    }
    return this.end;
  }

  get isOver(): boolean {
    return performance.now() >= this.turnEnd;
  }

  /** Resolves in a later turn of the loop, after all who came before; one in each turn. */
  nextTurn(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      if (!this.releases) this.releaseNext();
    });
  }

  private releaseNext(): void {
    this.releases = true;
    setImmediate(() => {
      this.releases = false;
      this.waiting.shift()?.();
      if (this.waiting.length > 0) this.releaseNext();
    });
  }
}
