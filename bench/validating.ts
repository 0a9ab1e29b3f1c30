import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { definitionText } from "./definitions.js";
import type { Line } from "./measure.js";

const script = fileURLToPath(new URL("./validators.mjs", import.meta.url));
const peers = ["asl-validator", "amazon-states-language-service", "@wmfs/statelint"] as const;

/** Most milliseconds from text to verdict; at 100,000 states what 5,000 may take, twenty times. */
const goals: Readonly<Record<number, number>> = { 10: 0.2, 1000: 3, 5000: 16, 100000: 320 };
const sizes = [10, 1000, 5000, 100_000] as const;

interface Measured {
  readonly isValid: boolean;
  readonly milliseconds: number;
  readonly best: number;
}

/** From the text of a definition to the verdict: ours, beside the least that can be done and what others need. */
export function validating(): readonly Line[] {
  const folder = mkdtempSync(join(tmpdir(), "sfn-ds-bench-"));
  try {
    const fileOf = (states: number, language: "JSONPath" | "JSONata"): string => {
      const file = join(folder, `${language}-${states}.json`);
      writeFileSync(file, definitionText(states, language));
      return file;
    };
    return [
      ...sizes.flatMap((states) => sizeLines(states, fileOf(states, "JSONPath"))),
      ...[1000, 5000].map((states) =>
        ourLine(`${states} states of JSONata: verdict`, fileOf(states, "JSONata"), states),
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function sizeLines(states: number, file: string): readonly Line[] {
  // None of them comes to an end within minutes at 100,000.
  const others = (states > 5000 ? [] : peers).map((peer): Line => {
    const name = `  ${peer}`;
    if (!existsSync(new URL(`./node_modules/${peer}/package.json`, import.meta.url)))
      return { name, value: "not installed", goal: "npm ci --prefix bench" };
    const measured = measure(peer, file);
    return { name, value: measured === undefined ? `over ${limitSeconds} s, or failed` : shown(measured), goal: "" };
  });
  // Its text has more characters than the validator reads: it is parsed first, and that counts too.
  const what = states > 5000 ? "parsed, then given as data" : "verdict";
  return [ourLine(`${states} states: ${what}`, file, states), ...others];
}

/** What we need, and how often that holds the least that can be done. */
function ourLine(name: string, file: string, states: number): Line {
  const measured = measure("ours", file);
  const floor = measure("floor", file);
  const most = goals[states] ?? Number.NaN;
  const goal = `≤ ${most} ms`;
  if (measured === undefined || floor === undefined) return { name, value: "failed", goal, isMissed: true };
  const value = `${shown(measured)} = ${(measured.best / floor.best).toFixed(1)} × floor`;
  return { name, value, goal, isMissed: measured.milliseconds > most };
}

function shown({ isValid, milliseconds, best }: Measured): string {
  const [middle, least] = [milliseconds, best].map((taken) => taken.toFixed(taken < 1 ? 3 : 1));
  return `${middle} ms, best ${least} ms${isValid ? "" : ", refused"}`;
}

/** What a validator may take for three rounds. */
const limitSeconds = 60;

function measure(validator: string, file: string): Measured | undefined {
  const { status, stdout } = spawnSync(process.execPath, [script, validator, file, "1.5"], {
    encoding: "utf8",
    timeout: limitSeconds * 1000,
    killSignal: "SIGKILL",
  });
  if (status !== 0) return undefined;
  // What a peer says for itself comes before.
  return JSON.parse(stdout.slice(stdout.lastIndexOf('{"isValid"'))) as Measured;
}
