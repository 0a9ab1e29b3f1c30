import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import type { Found, Task } from "./worker.js";

const usage = `npm run fuzz:validate -- [--seconds <n>] [--seed <n>] [--first <index>] [--out <folder>]
Gives the validator inputs that nobody would write. Exit code: 0 all laws hold, 1 some input broke one, 2 a command line that cannot be used.
`;

function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  process.stderr.write(`expected a whole number, got ${JSON.stringify(text)}\n${usage}`);
  process.exit(2);
}

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    first: { type: "string", default: "0" },
    out: { type: "string", default: join(tmpdir(), "sfn-ds-fuzz") },
  },
});
const seconds = wholeNumber(values.seconds);
const seed = wholeNumber(values.seed);
const end = Date.now() + seconds * 1000;

/** An input that keeps the worker longer than this is a hang. */
const hangs = 15_000;
/** Megabytes of heap that the validator has for one input, the corpus and the generator within. */
const heap = 768;

const found: Found[] = [];
const slowest = { milliseconds: 0, index: 0 };

function note(one: Found): void {
  found.push(one);
  mkdirSync(values.out, { recursive: true });
  writeFileSync(join(values.out, `${seed}-${one.index}.json`), `${JSON.stringify(one, null, 2)}\n`);
  process.stdout.write(`  ${one.kind} ${one.index}: ${one.why}\n    ${one.definition.slice(0, 300)}\n`);
}

/** Runs a worker until the time is over or an input ends it; the index to go on with. */
async function runFrom(first: number): Promise<number> {
  const progress = new SharedArrayBuffer(32);
  const at = new Float64Array(progress);
  at[0] = first;
  const task: Task = { seed, first, progress, end };
  const worker = new Worker(new URL("./worker.mjs", import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: heap },
  });
  const state: { why?: string; isOver: boolean; last: number } = { isOver: false, last: first };
  worker.on("message", note);
  worker.on("error", (error) => {
    state.why = String(error);
  });
  worker.on("exit", () => {
    state.isOver = true;
  });
  while (!state.isOver) {
    await sleep(50);
    const [index = 0, begun = 0] = at;
    if (index >= 0) state.last = index;
    if (begun === 0 || Date.now() - begun < hangs) continue;
    state.why = `no answer within ${hangs} ms`;
    await worker.terminate();
  }
  const [, , milliseconds = 0, index = 0] = at;
  if (milliseconds > slowest.milliseconds) Object.assign(slowest, { milliseconds, index });
  if (state.why !== undefined)
    note({ index: state.last, kind: "crash", why: state.why, definition: "made again by the seed and the index" });
  return state.last + 1;
}

const begun = Date.now();
const first = wholeNumber(values.first);
let next = first;
while (Date.now() < end) next = await runFrom(next);
const inputs = next - first;
const perSecond = Math.round((1000 * inputs) / Math.max(1, Date.now() - begun));
process.stdout.write(
  `seed ${seed}: ${inputs} inputs, ${perSecond}/s, slowest ${Math.round(slowest.milliseconds)} ms for up to five answers (input ${slowest.index}), ${found.length} failures\n`,
);
if (found.length > 0) process.stdout.write(`written to ${values.out}\n`);
process.exitCode = found.length === 0 ? 0 : 1;
