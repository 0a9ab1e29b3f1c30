import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, relative } from "node:path";
import pc from "picocolors";
import { shown } from "../../language/errors.js";
import { SfnDsError } from "../../language/sfn-ds-error.js";
import type { Io } from "../io.js";
import { type SynthesisOptions, type Synthesized, synthesize } from "./synthesized.js";

/** Options of `sfn-ds synth`. */
export interface SynthOptions extends SynthesisOptions {
  /** Prints the definitions instead of writing files. */
  readonly stdout?: boolean;
  /** Prints the report as JSON. */
  readonly json?: boolean;
}

/** `sfn-ds synth`: writes the ASL files of a module's workflows. */
export async function synthCommand(module: string, options: SynthOptions, io: Io): Promise<number> {
  const made = await synthesize(module, options, io);
  if (options.stdout === true) {
    io.write(textForStdout(made));
    return 0;
  }
  const report = [];
  for (const { name, file, text } of made) {
    const isChanged = (await readIfThere(file)) !== text;
    if (isChanged) await writeWhole(file, text);
    report.push({ name, file: relative(io.directory, file), changed: isChanged });
  }
  if (options.json === true) io.write(`${JSON.stringify(report)}\n`);
  else for (const { file, changed } of report) io.write(`${changed ? pc.green("wrote") : pc.dim("same ")} ${file}\n`);
  return 0;
}

/** One definition stands alone, so that it can be piped into a file; of several, each stands under its name. */
function textForStdout(made: readonly Synthesized[]): string {
  const [first, ...others] = made;
  if (first !== undefined && others.length === 0) return first.text;
  const byName = Object.fromEntries(made.map(({ name, text }) => [name, JSON.parse(text) as unknown]));
  return `${JSON.stringify(byName, null, 2)}\n`;
}

/** The file's text; `undefined` when there is none. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return undefined;
    throw new SfnDsError("unreadable_file", `the file ${shown(file)} cannot be read`, { cause: error });
  }
}

/** Writes beside the file and renames, so that nobody ever sees half of it. */
async function writeWhole(file: string, text: string): Promise<void> {
  const unfinished = `${file}.${process.pid}.unfinished`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(unfinished, text);
    await rename(unfinished, file);
  } catch (error) {
    await removeIfThere(unfinished);
    const why = error instanceof Error ? error.message : String(error);
    throw new SfnDsError("unwritable_file", `the file ${shown(file)} cannot be written: ${why}`, { cause: error });
  }
}

/** Takes away what a failed writing left. That it cannot be done is no news beside the failure itself. */
async function removeIfThere(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => undefined);
}
