/** Runs one piece of work after the other, in the order in which they came. */
export class Serial {
  private last: Promise<unknown> = Promise.resolve();

  run<Result>(work: () => Promise<Result> | Result): Promise<Result> {
    const result = this.last.then(work);
    // A failure is its caller's; the next piece of work goes on all the same.
    this.last = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }
}
