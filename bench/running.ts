import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";
import type { Line } from "./measure.js";

const peers = ["aws-local-stepfunctions", "@wmfs/statebox"] as const;

interface Case {
  readonly name: string;
  readonly title: string;
  /** State transitions of a round. */
  readonly transitions: number;
  readonly leastPerSecond?: number;
  readonly mostMilliseconds?: number;
  readonly mostMegabytes?: number;
  readonly keepsNoEvents?: true;
  readonly peers: readonly string[];
}

const cases: readonly Case[] = [
  { name: "loop", title: "Choice loop of 10,000 rounds", transitions: 20_001, leastPerSecond: 500_000, peers },
  { name: "task", title: "1,000 runs of five states, one a task", transitions: 5000, leastPerSecond: 500_000, peers },
  { name: "parallel", title: "Parallel of 50 branches", transitions: 51, mostMilliseconds: 0.2, peers },
  { name: "small map", title: "Map of 2,000 items", transitions: 2001, peers },
  // The others come to no end within a minute.
  {
    name: "map",
    title: "Map of 100,000 items",
    transitions: 100_001,
    mostMilliseconds: 600,
    mostMegabytes: 500,
    peers: [],
  },
  // The others know no JSONata.
  { name: "jsonata", title: "JSONata loop of 10,000 rounds", transitions: 20_001, leastPerSecond: 50_000, peers: [] },
  {
    name: "long",
    title: "1,000,000 transitions, events dropped",
    transitions: 1_000_001,
    keepsNoEvents: true,
    peers: [],
  },
];

interface Measured {
  readonly milliseconds: number;
  readonly best: number;
  readonly megabytes: number;
}

/** Executions in the embedded engine, without the service around it: ours, beside the least that can be done and what others need. */
export async function running(): Promise<readonly Line[]> {
  // Beside the packages: the engine asks for `jsonata` when it meets the first expression.
  const folder = mkdtempSync(fileURLToPath(new URL("../node_modules/.sfn-ds-bench-", import.meta.url)));
  try {
    const engine = await builtEngine(folder);
    return [...cases.flatMap((one) => caseLines(one, engine)), heapLine(engine)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What users run: tsx names every function that is made, which costs more than what is measured. */
async function builtEngine(outDir: string): Promise<string> {
  const entry = { engine: fileURLToPath(new URL("./engine.ts", import.meta.url)) };
  const options = {
    format: "esm",
    target: "node20",
    noExternal: [/./],
    silent: true,
    config: false,
    dts: false,
  } as const;
  await build({ ...options, noExternal: [/./], entry, outDir, outExtension: () => ({ js: ".mjs" }) });
  return join(outDir, "engine.mjs");
}

function caseLines(one: Case, engine: string): readonly Line[] {
  const others = one.peers.map((peer): Line => {
    const name = `  ${peer}`;
    if (!existsSync(new URL(`./node_modules/${peer}/package.json`, import.meta.url)))
      return { name, value: "not installed", goal: "npm ci --prefix bench" };
    const measured = measure(peer, one, engine);
    return { name, value: measured === undefined ? "does not run it" : shown(measured, one), goal: "" };
  });
  return [...ourLines(one, engine), ...others];
}

function ourLines(one: Case, engine: string): readonly Line[] {
  const { title: name, transitions, leastPerSecond, mostMilliseconds, mostMegabytes } = one;
  const measured = measure("ours", one, engine);
  const floor = measure("floor", one, engine);
  if (measured === undefined || floor === undefined) return [{ name, value: "failed", goal: "", isMissed: true }];
  const { milliseconds, megabytes, best } = measured;
  // Events that nobody keeps cost nothing.
  const beside = one.keepsNoEvents ? "" : ` = ${(best / floor.best).toFixed(1)} × floor`;
  const value = `${shown(measured, one)}${beside}`;
  const time = ((): Line => {
    if (mostMilliseconds !== undefined)
      return { name, value, goal: `≤ ${mostMilliseconds} ms`, isMissed: milliseconds > mostMilliseconds };
    if (leastPerSecond === undefined) return { name, value, goal: "" };
    const isMissed = (transitions / milliseconds) * 1000 < leastPerSecond;
    return { name, value, goal: `≥ ${leastPerSecond / 1000} k transitions/s`, isMissed };
  })();
  if (mostMegabytes === undefined) return [time];
  const memory = `${megabytes.toFixed(0)} MB, floor ${floor.megabytes.toFixed(0)} MB`;
  const isMissed = megabytes > mostMegabytes;
  return [time, { name: "  most memory of the process", value: memory, goal: `≤ ${mostMegabytes} MB`, isMissed }];
}

function shown({ milliseconds }: Measured, { transitions }: Case): string {
  const time = milliseconds.toFixed(milliseconds < 1 ? 3 : 1);
  return `${time} ms, ${(transitions / milliseconds).toPrecision(3)} k/s`;
}

function heapLine(engine: string): Line {
  const { stdout } = spawnSync(process.execPath, ["--expose-gc", scriptOf("heap"), engine], { encoding: "utf8" });
  const { few, many } = JSON.parse(stdout) as { readonly few: number; readonly many: number };
  const value = `${few.toFixed(1)} MB, ${many.toFixed(1)} MB`;
  return { name: "heap after 1,000 and 10,000 runs", value, goal: "flat", isMissed: many > few * 1.1 };
}

function scriptOf(name: string): string {
  return fileURLToPath(new URL(`./${name}.mjs`, import.meta.url));
}

function measure(name: string, { name: caseName }: Case, engine: string): Measured | undefined {
  const { status, stdout } = spawnSync(process.execPath, [scriptOf("engines"), name, caseName, "2", engine], {
    encoding: "utf8",
    timeout: 60_000,
    killSignal: "SIGKILL",
  });
  // What a peer says for itself comes before.
  return status === 0 ? (JSON.parse(stdout.slice(stdout.lastIndexOf('{"milliseconds"'))) as Measured) : undefined;
}
