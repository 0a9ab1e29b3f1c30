import { fork } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Progress } from "./progress.js";
import type { Found, Task } from "./worker.js";

const usage = `npm run fuzz:validate -- [--seconds <n> | --inputs <n>] [--seed <n>] [--first <index>] [--out <folder>]
Gives the validator inputs that nobody would write: for some seconds, or a number of them, of which none is too slow. Exit code: 0 all laws hold, 1 some input broke one, 2 a command line that cannot be used.
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
    inputs: { type: "string" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    first: { type: "string", default: "0" },
    out: { type: "string", default: join(tmpdir(), "sfn-ds-fuzz") },
  },
});
const seconds = wholeNumber(values.seconds);
const seed = wholeNumber(values.seed);
const end = Date.now() + seconds * 1000;
const first = wholeNumber(values.first);
const last = values.inputs === undefined ? undefined : first + wholeNumber(values.inputs) - 1;

/** An input that keeps the worker longer than this is a hang. */
const hangs = last === undefined ? 15_000 : 120_000;
/** Megabytes of heap that the validator has for one input, the corpus and the generator within. */
const heap = 768;

const found: Found[] = [];
const slowest = { milliseconds: 0, index: 0 };

function note(one: Found): void {
  found.push(one);
  writeFileSync(join(values.out, `${seed}-${one.index}.json`), `${JSON.stringify(one, null, 2)}\n`);
  process.stdout.write(`  ${one.kind} ${one.index}: ${one.why}\n    ${one.definition.slice(0, 300)}\n`);
}

/** Runs a process until the time is over or an input ends it; the index to go on with. A process, as V8 may abort the whole of one. */
async function runFrom(first: number): Promise<number> {
  const path = join(values.out, `${seed}.progress`);
  const progress = new Progress(path, "w+");
  progress.numbers[0] = first;
  progress.write();
  const task: Task = { seed, first, progress: path, end, ...(last === undefined ? {} : { last }) };
  const child = fork(new URL("./worker.ts", import.meta.url), [JSON.stringify(task)], {
    execArgv: ["--import", "tsx", `--max-old-space-size=${heap}`],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const state: { why?: string; isOver: boolean } = { isOver: false };
  child.on("message", (one) => note(one as Found));
  child.on("exit", (code, signal) => {
    if (code !== 0) state.why ??= `the process ended with ${code ?? signal}`;
    state.isOver = true;
  });
  let reached = first;
  while (!state.isOver) {
    await sleep(50);
    const [index = 0, started = 0] = progress.read();
    if (index >= 0) reached = index;
    if (started === 0 || index < 0 || Date.now() - started < hangs) continue;
    state.why ??= `no answer within ${hangs} ms`;
    child.kill("SIGKILL");
  }
  const [index = 0, , milliseconds = 0, slow = 0] = progress.read();
  if (index >= 0) reached = index;
  if (milliseconds > slowest.milliseconds) Object.assign(slowest, { milliseconds, index: slow });
  if (state.why !== undefined)
    note({ index: reached, kind: "crash", why: state.why, definition: "made again by the seed and the index" });
  return index < 0 ? -1 - index : reached + 1;
}

mkdirSync(values.out, { recursive: true });
const begun = Date.now();
let next = first;
while (last === undefined ? Date.now() < end : next <= last) next = await runFrom(next);
const inputs = next - first;
const perSecond = Math.round((1000 * inputs) / Math.max(1, Date.now() - begun));
process.stdout.write(
  `seed ${seed}: ${inputs} inputs, ${perSecond}/s, slowest ${Math.round(slowest.milliseconds)} ms for up to five answers (input ${slowest.index}), ${found.length} failures\n`,
);
if (found.length > 0) process.stdout.write(`written to ${values.out}\n`);
process.exitCode = found.length === 0 ? 0 : 1;
