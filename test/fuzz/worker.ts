import { parentPort, workerData } from "node:worker_threads";
import { corpus } from "./corpus.js";
import { inputOf } from "./input.js";
import { brokenLaw } from "./laws.js";
import { minimise } from "./minimise.js";

/** What a worker is told. */
export interface Task {
  readonly seed: number;
  readonly first: number;
  /** Index of the input that is looked at, and when it was begun; read by the watchdog. */
  readonly progress: SharedArrayBuffer;
  /** When to end, in milliseconds since 1970. */
  readonly end: number;
}

export interface Found {
  readonly index: number;
  readonly kind: string;
  readonly why: string;
  readonly definition: string;
}

const { seed, first, progress, end } = workerData as Task;
const at = new Float64Array(progress);
const texts = corpus();

/** Milliseconds of one answer that are too many; the laws ask up to five times. */
const slowAnswer = 1000;

for (let index = first; Date.now() < end; index++) {
  at[0] = index;
  at[1] = Date.now();
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
    parentPort?.postMessage(found);
  }
}
at[0] = -1;

function shown(definition: unknown): string {
  try {
    return typeof definition === "string" ? definition : (JSON.stringify(definition) ?? String(definition));
  } catch {
    return "not JSON: made again by the seed and the index";
  }
}
