/** Milliseconds below which the clock says more of other work than of ours. */
const least = 5;

/**
 * How many times longer `run` takes for four times the size: about 4 where it is linear, 16 where it is quadratic. The best of some
 * rounds in turns, so that a machine that is slow or busy meets both.
 */
export function growth(run: (size: number) => unknown, size: number, rounds = 4): number {
  const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < rounds; round++) {
    for (const [index, times] of [1, 4].entries()) {
      const { user: start } = process.cpuUsage();
      run(size * times);
      best[index] = Math.min(best[index] ?? 0, (process.cpuUsage().user - start) / 1000);
    }
  }
  return (best[1] ?? 0) / Math.max(best[0] ?? 0, least);
}

/** Between linear and quadratic. */
export const mostGrowth = 10;
