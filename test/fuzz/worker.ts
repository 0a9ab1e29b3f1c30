import { corpus } from "./corpus.js";
import { inputOf } from "./input.js";
import { brokenLaw } from "./laws.js";
import { minimise } from "./minimise.js";
import { Progress } from "./progress.js";

/** What the process that asks the validator is told. */
export interface Task {
  readonly seed: number;
  readonly first: number;
  /** File for the watchdog. */
  readonly progress: string;
  /** When to end, in milliseconds since 1970; with `last` there is no such time. */
  readonly end: number;
  /** Index of the last input, where a number of inputs is asked for: then no answer is too slow. */
  readonly last?: number;
}

export interface Found {
  readonly index: number;
  readonly kind: string;
  readonly why: string;
  readonly definition: string;
}

const { seed, first, progress, end, last } = JSON.parse(process.argv[2] ?? "") as Task;
const told = new Progress(progress, "r+");
const at = told.numbers;
const texts = corpus();

/** Milliseconds of one answer that are too many; the laws ask up to five times. */
const slowAnswer = last === undefined ? 1000 : Number.POSITIVE_INFINITY;

let index = first;
for (; last === undefined ? Date.now() < end : index <= last; index++) {
  at[0] = index;
  at[1] = Date.now();
  told.write();
  const input = inputOf(seed, index, texts);
  const start = performance.now();
  const why = brokenLaw(input);
  const taken = performance.now() - start;
  at[1] = 0;
  if (taken > (at[2] ?? 0)) [at[2], at[3]] = [taken, index];
  if (why !== undefined || taken > slowAnswer) {
    const known = why?.slice(0, 30);
    const least =
      why === undefined || input.kind === "hostile"
        ? input.definition
        : minimise(input.definition, (definition) => brokenLaw({ ...input, definition })?.slice(0, 30) === known);
    const found: Found = {
      index,
      kind: input.kind,
      why: why ?? `took ${Math.round(taken)} ms`,
      definition: shown(least),
    };
    process.send?.(found);
  }
}
at[0] = -1 - index;
told.write();
process.disconnect?.();

function shown(definition: unknown): string {
  try {
    return typeof definition === "string" ? definition : (JSON.stringify(definition) ?? String(definition));
  } catch {
    return "not JSON: made again by the seed and the index";
  }
}
