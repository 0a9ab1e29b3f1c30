import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Line, median } from "./measure.js";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Time to import an entry point in a new process, without the start of Node itself. */
export function importTime(entry: string, rounds = 15): readonly Line[] {
  const script = `const start = performance.now(); await import(${JSON.stringify(entry)}); console.log(performance.now() - start);`;
  const run = (): number => {
    const { stdout, status } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      cwd: root,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`importing ${entry} failed: build first with npm run build`);
    return Number(stdout);
  };
  run();
  const middle = median(Array.from({ length: rounds }, run));
  const name = `import ${entry}`;
  const value = `${middle.toFixed(1)} ms`;
  if (entry !== "sfn-ds") return [{ name, value, goal: "" }];
  return [{ name, value, goal: "≤ 40 ms", isMissed: middle > 40 }];
}

/** Time from the start of the quickstart to its first state, to its output, and to its end. */
export async function quickstart(rounds = 5): Promise<readonly Line[]> {
  if (!existsSync(`${root}dist/cli/main.js`)) throw new Error("build first with npm run build");
  const runs: { first: number; output: number; end: number }[] = [];
  for (let round = 0; round < rounds; round++) runs.push(await oneRun());
  const line = (
    name: string,
    pick: (run: { first: number; output: number; end: number }) => number,
    mostSeconds?: number,
  ): Line => {
    const seconds = median(runs.map(pick)) / 1000;
    const goal = mostSeconds === undefined ? {} : { goal: `≤ ${mostSeconds} s`, isMissed: seconds > mostSeconds };
    return { name: `quickstart: ${name}`, value: `${seconds.toFixed(2)} s`, goal: "", ...goal };
  };
  return [
    line("first state entered", ({ first }) => first),
    line("first result", ({ output }) => output, 3),
    line("end of the process", ({ end }) => end),
  ];
}

function oneRun(): Promise<{ first: number; output: number; end: number }> {
  const start = performance.now();
  const args = [
    "dist/cli/main.js",
    "local",
    "--",
    "node",
    "--import",
    "tsx",
    "examples/one-step-processing/workflow.ts",
  ];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const seen = { first: Number.NaN, output: Number.NaN, end: Number.NaN };
  let text = "";
  const note = (chunk: Buffer): void => {
    text += chunk.toString("utf8");
    if (Number.isNaN(seen.first) && text.includes("Preprocess")) seen.first = performance.now() - start;
    if (Number.isNaN(seen.output) && /output: +s3:/.test(text)) seen.output = performance.now() - start;
  };
  child.stdout.on("data", note);
  child.stderr.on("data", note);
  return new Promise((resolve, reject) => {
    child.once("close", (code) => {
      seen.end = performance.now() - start;
      if (code === 0) resolve(seen);
      else reject(new Error(`the quickstart failed with ${code}:\n${text}`));
    });
  });
}
