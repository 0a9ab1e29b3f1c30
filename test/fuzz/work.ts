import { minimise } from "./minimise.js";
import { Progress } from "./progress.js";

/** What the process that looks at inputs is told. */
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
  /** What the definition was run with. */
  readonly input?: unknown;
  /** Worth knowing, but no law is broken. */
  readonly isNote?: boolean;
}

/** The law that an input breaks, or what is worth knowing of it. */
export type Verdict = string | { readonly note: string } | undefined;

/** What a worker looks at. */
interface Given {
  readonly kind: string;
  readonly definition: unknown;
  readonly input?: unknown;
}

/** How a worker makes inputs and looks at them. */
export interface Work<T extends Given> {
  readonly inputOf: (seed: number, index: number) => T;
  /** The law that an input breaks; `isTimed` where it may be too slow for one. Adds to the counts. */
  readonly brokenLaw: (input: T, counts: Float64Array, isTimed: boolean) => Verdict;
  /** Milliseconds of one input that are too many. */
  readonly slow: number;
}

/** Looks at one input after the other, as the process was told. */
export function work<T extends Given>({ inputOf, brokenLaw, slow }: Work<T>): void {
  const { seed, first, progress, end, last } = JSON.parse(process.argv[2] ?? "") as Task;
  const told = new Progress(progress, "r+");
  const at = told.numbers;
  const isTimed = last === undefined;
  let index = first;
  for (; last === undefined ? Date.now() < end : index <= last; index++) {
    at[0] = index;
    at[1] = Date.now();
    told.write();
    const input = inputOf(seed, index);
    const start = performance.now();
    const verdict = brokenLaw(input, told.counts, isTimed);
    const taken = performance.now() - start;
    at[1] = 0;
    if (taken > (at[2] ?? 0)) [at[2], at[3]] = [taken, index];
    const isSlow = isTimed && taken > slow;
    if (verdict === undefined && !isSlow) continue;
    const broken = typeof verdict === "string" ? verdict : undefined;
    const isNote = broken === undefined && !isSlow;
    const why = broken ?? (typeof verdict === "object" && isNote ? verdict.note : `took ${Math.round(taken)} ms`);
    const breaks = (definition: unknown): boolean => {
      const again = brokenLaw({ ...input, definition }, new Float64Array(told.counts.length), isTimed);
      return typeof again === "string" && again.slice(0, 30) === why.slice(0, 30);
    };
    const isMinimised = broken !== undefined && input.kind !== "hostile";
    const found: Found = {
      index,
      kind: input.kind,
      why,
      definition: shown(isMinimised ? minimise(input.definition, breaks) : input.definition),
      ...(input.input === undefined ? {} : { input: input.input }),
      ...(isNote ? { isNote } : {}),
    };
    process.send?.(found);
  }
  at[0] = -1 - index;
  told.write();
  process.disconnect?.();
}

function shown(definition: unknown): string {
  try {
    return typeof definition === "string" ? definition : (JSON.stringify(definition) ?? String(definition));
  } catch {
    return "not JSON: made again by the seed and the index";
  }
}
