/** Middle value of measurements. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/**
 * Milliseconds that each of `runs` takes, `rounds` times, after `warmups` uncounted rounds. They take turns, so that what else
 * the machine does meets all of them.
 */
export function alternately(
  runs: readonly (() => unknown)[],
  rounds: number,
  warmups = 5,
): readonly (readonly number[])[] {
  const taken: number[][] = runs.map(() => []);
  for (let round = -warmups; round < rounds; round++) {
    for (const [index, run] of runs.entries()) {
      const start = performance.now();
      run();
      if (round >= 0) taken[index]?.push(performance.now() - start);
    }
  }
  return taken;
}

/** One line of the report; the goal is what the project set itself, empty for none. */
export interface Line {
  readonly name: string;
  readonly value: string;
  readonly goal: string;
  readonly isMissed?: boolean;
}

/** A line as it is printed; a goal that was missed is marked. */
export function formatLine({ name, value, goal, isMissed = false }: Line): string {
  return `${name.padEnd(52)} ${value.padStart(44)}  ${goal}${isMissed ? "  MISSED" : ""}`.trimEnd();
}
