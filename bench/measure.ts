/** Middle value of measurements. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Milliseconds that `run` takes, `rounds` times, after `warmups` uncounted rounds. */
export function times(run: () => void, rounds: number, warmups = 5): readonly number[] {
  for (let round = 0; round < warmups; round++) run();
  return Array.from({ length: rounds }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
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
  return `${name.padEnd(52)} ${value.padStart(18)}  ${goal}${isMissed ? "  MISSED" : ""}`.trimEnd();
}
