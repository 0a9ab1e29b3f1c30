import { relative } from "node:path";
import pc from "picocolors";
import { differencesOf, formatDifference } from "../../document/difference.js";
import type { Io } from "../io.js";
import { readIfThere } from "./synth.js";
import { type SynthesisOptions, synthesize } from "./synthesized.js";

/** Options of `sfn-ds check`. */
export interface CheckOptions extends SynthesisOptions {
  /** Prints the report as JSON. */
  readonly json?: boolean;
}

/** `sfn-ds check`: compares committed ASL files with what the source makes; exit code 1 when one differs. */
export async function checkCommand(module: string, options: CheckOptions, io: Io): Promise<number> {
  const made = await synthesize(module, options, io);
  const report = [];
  for (const { name, file, text } of made) {
    const differences = whatDiffers(await readIfThere(file), text);
    report.push({ name, file: relative(io.directory, file), differences });
  }
  if (options.json === true) io.write(`${JSON.stringify(report)}\n`);
  else for (const { file, differences } of report) say(file, differences, io);
  const hasDrift = report.some(({ differences }) => differences.length > 0);
  if (hasDrift) io.writeError(`run ${pc.bold(`sfn-ds synth ${module}`)} to write the files anew\n`);
  return hasDrift ? 1 : 0;
}

function say(file: string, differences: readonly string[], io: Io): void {
  if (differences.length === 0) io.write(`${pc.green("same")}    ${file}\n`);
  else io.write(`${pc.red("differs")} ${file}\n${differences.map((text) => text.replace(/^/gm, "  ")).join("\n")}\n`);
}

function whatDiffers(committed: string | undefined, made: string): readonly string[] {
  if (committed === undefined) return ["the file is not there"];
  if (committed === made) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(committed);
  } catch (error) {
    return [`the file is not JSON: ${String(error)}`];
  }
  const found = differencesOf(parsed, JSON.parse(made)).map(formatDifference);
  return found.length === 0 ? ["the definition is the same, its layout is not"] : found;
}
