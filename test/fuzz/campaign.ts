import { fork } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Progress } from "./progress.js";
import type { Found, Task } from "./work.js";

/** One kind of fuzzing. */
export interface Campaign {
  /** Name of the script in package.json. */
  readonly script: string;
  readonly about: string;
  /** The module that looks at the inputs, in a process of its own. */
  readonly worker: URL;
  /** What the slowest input took its time for. */
  readonly answers: string;
  /** What else is told of the inputs, out of the counts of the worker. */
  readonly tell?: (counts: readonly number[]) => string;
}

/** Megabytes of heap for one input, the corpus and the generator within. */
const heap = 768;

/** Runs a campaign as the command line says, and sets the exit code. */
export async function run(campaign: Campaign): Promise<void> {
  const options = readOptions(campaign);
  const { seed, first, last, out } = options;
  mkdirSync(out, { recursive: true });
  const totals: Totals = { found: [], slowest: 0, slowestIndex: 0, counts: [] };
  const begun = Date.now();
  let next = first;
  while (last === undefined ? Date.now() < options.end : next <= last) {
    next = await runFrom(next, campaign, options, totals);
  }
  const inputs = next - first;
  const perSecond = Math.round((1000 * inputs) / Math.max(1, Date.now() - begun));
  const { found, slowest, slowestIndex, counts } = totals;
  const told = campaign.tell === undefined ? "" : `${campaign.tell(counts)}, `;
  process.stdout.write(
    `seed ${seed}: ${inputs} inputs, ${perSecond}/s, slowest ${Math.round(slowest)} ms for ${campaign.answers} (input ${slowestIndex}), ${told}${found.length} failures\n`,
  );
  if (found.length > 0) process.stdout.write(`written to ${out}\n`);
  process.exitCode = found.length === 0 ? 0 : 1;
}

interface Options {
  readonly seed: number;
  /** When to end, in milliseconds since 1970. */
  readonly end: number;
  readonly first: number;
  readonly last: number | undefined;
  readonly out: string;
}

function readOptions({ script, about }: Campaign): Options {
  const usage = `npm run ${script} -- [--seconds <n> | --inputs <n>] [--seed <n>] [--first <index>] [--out <folder>]
${about}: for some seconds, or a number of them, of which none is too slow. Exit code: 0 all laws hold, 1 some input broke one, 2 a command line that cannot be used.
`;
  const wholeNumber = (text: string): number => {
    const number = Number(text);
    if (Number.isSafeInteger(number) && number >= 0) return number;
    process.stderr.write(`expected a whole number, got ${JSON.stringify(text)}\n${usage}`);
    process.exit(2);
  };
  const { values } = parseArgs({
    options: {
      seconds: { type: "string", default: "60" },
      inputs: { type: "string" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
      first: { type: "string", default: "0" },
      out: { type: "string", default: join(tmpdir(), "sfn-ds-fuzz") },
    },
  });
  const end = Date.now() + wholeNumber(values.seconds) * 1000;
  const first = wholeNumber(values.first);
  const last = values.inputs === undefined ? undefined : first + wholeNumber(values.inputs) - 1;
  return { seed: wholeNumber(values.seed), end, first, last, out: values.out };
}

interface Totals {
  readonly found: Found[];
  slowest: number;
  slowestIndex: number;
  readonly counts: number[];
}

function note(one: Found, { seed, out }: Options, { found }: Totals): void {
  if (one.isNote !== true) found.push(one);
  writeFileSync(join(out, `${seed}-${one.index}.json`), `${JSON.stringify(one, null, 2)}\n`);
  process.stdout.write(`  ${one.kind} ${one.index}: ${one.why}\n    ${one.definition.slice(0, 300)}\n`);
}

/** Runs a process until the time is over or an input ends it; the index to go on with. A process, as V8 may abort the whole of one. */
async function runFrom(first: number, campaign: Campaign, options: Options, totals: Totals): Promise<number> {
  const { seed, last, out, end } = options;
  /** An input that keeps the worker longer than this is a hang. */
  const hangs = last === undefined ? 15_000 : 120_000;
  const path = join(out, `${seed}.progress`);
  const progress = new Progress(path, "w+");
  progress.numbers[0] = first;
  progress.write();
  const task: Task = { seed, first, progress: path, end, ...(last === undefined ? {} : { last }) };
  const child = fork(campaign.worker, [JSON.stringify(task)], {
    execArgv: ["--import", "tsx", `--max-old-space-size=${heap}`],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const state: { why?: string; isOver: boolean } = { isOver: false };
  child.on("message", (one) => note(one as Found, options, totals));
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
  const [index = 0, , milliseconds = 0, slow = 0, ...counts] = progress.read();
  if (index >= 0) reached = index;
  if (milliseconds > totals.slowest) Object.assign(totals, { slowest: milliseconds, slowestIndex: slow });
  for (const [place, count] of counts.entries()) totals.counts[place] = (totals.counts[place] ?? 0) + count;
  if (state.why !== undefined) {
    const definition = "made again by the seed and the index";
    note({ index: reached, kind: "crash", why: state.why, definition }, options, totals);
  }
  return index < 0 ? -1 - index : reached + 1;
}
