import { awsErrorName, SfnDsError } from "../../language/sfn-ds-error.js";
import type { WarningCode } from "../../language/validation-codes.js";
import type { ValidateOptions } from "../../validate/issue.js";
import { type DefinitionFile, findDefinitionFiles, nameOf } from "../definition-files.js";
import { formatError } from "../errors.js";
import { type Examined, examiner } from "../examine.js";
import type { Io } from "../io.js";
import { Progress } from "../progress.js";
import { githubReporter } from "../reports/github.js";
import { jsonReporter } from "../reports/json.js";
import { prettyReporter } from "../reports/pretty.js";
import { awsOnlyIssues, type FileReport, filtered, type Reporter, type Totals } from "../reports/report.js";
import { sarifReporter } from "../reports/sarif.js";
import { visible } from "../reports/visible.js";

/** Ways to write the report. */
const reporters = {
  pretty: prettyReporter,
  json: jsonReporter,
  sarif: sarifReporter,
  github: githubReporter,
} as const satisfies { readonly [format: string]: () => Reporter };

/** Options of `sfn-ds validate`. */
export interface ValidateCommandOptions {
  readonly format?: keyof typeof reporters;
  /** The same as the format `json`. */
  readonly json?: boolean;
  readonly type?: "STANDARD" | "EXPRESS";
  /** Codes of warnings that are not wanted. */
  readonly ignore?: readonly WarningCode[];
  readonly substitute?: Readonly<Record<string, string>>;
  /** Takes `${Name}` for the text that it is. */
  readonly strictPlaceholders?: boolean;
  readonly maxWarnings?: number;
  /** Leaves warnings out of the report. */
  readonly quiet?: boolean;
  /** Asks AWS, too. */
  readonly aws?: boolean;
}

/** Files that are read, or that AWS is asked about, at the same time. */
const atOnce = 8;

/** `sfn-ds validate`: exit code 1 for errors, or for more warnings than are allowed; 2 when not all could be looked at. */
export async function validateCommand(
  words: readonly string[],
  options: ValidateCommandOptions,
  io: Io,
): Promise<number> {
  try {
    const files = await findDefinitionFiles(words, io.directory);
    return exitCode(await validateFiles(files, options, io), options, io);
  } catch (error) {
    io.writeError(`${readableError(error)}\n`);
    return 2;
  }
}

async function validateFiles(
  files: readonly DefinitionFile[],
  options: ValidateCommandOptions,
  io: Io,
): Promise<Totals> {
  const started = performance.now();
  const format = options.json === true ? "json" : (options.format ?? "pretty");
  const reporter = reporters[format]();
  const named = format === "github" || format === "sarif" ? withinRepository(files, io) : files;
  const progress = new Progress(io, files.length);
  const totals = { files: files.length, errors: 0, warnings: 0, unreadable: 0 };
  let done = 0;
  let told: unknown;
  for await (const found of inOrder(named, examiner(validateOptions(options), options.aws === true, io))) {
    progress.hide();
    const { file = "", notes = [] } = found.report ?? {};
    for (const note of notes) io.writeError(`${visible(`${file}: ${note}`)}\n`);
    if (found.problem !== undefined) {
      // AWS fails once for all files.
      if (found.problem !== told) io.writeError(`${readableError(found.problem)}\n`);
      told = found.problem;
      totals.unreadable++;
    }
    if (found.report !== undefined) count(found.report, totals);
    const code = codeOf(totals, options);
    if (code > 0) io.willEndWith?.(code);
    if (found.report !== undefined) {
      io.write(reporter.file(options.quiet === true ? withoutWarnings(found.report) : found.report));
    }
    progress.show(++done);
  }
  progress.hide();
  const result = { ...totals, milliseconds: performance.now() - started };
  io.write(reporter.end(result));
  return result;
}

/** Examines several files at once, and gives what was found in the order of the files. Never holds more than it works on. */
async function* inOrder(
  files: readonly DefinitionFile[],
  examine: (file: DefinitionFile) => Promise<Examined>,
): AsyncGenerator<Examined> {
  const running: Promise<Examined>[] = [];
  for (let next = 0; ; ) {
    for (; running.length < atOnce && next < files.length; next++) {
      const file = files[next];
      if (file === undefined) break;
      const examined = examine(file);
      // Told when its turn comes.
      examined.catch(() => undefined);
      running.push(examined);
    }
    const first = running.shift();
    if (first === undefined) return;
    yield await first;
  }
}

function count(report: FileReport, totals: { errors: number; warnings: number }): void {
  for (const { severity } of [...report.issues, ...awsOnlyIssues(report.aws)]) {
    if (severity === "error") totals.errors++;
    else totals.warnings++;
  }
}

function withoutWarnings(report: FileReport): FileReport {
  const { issues, aws } = report;
  return {
    ...report,
    issues: issues.filter(({ severity }) => severity === "error"),
    ...(aws && { aws: aws.map((compared) => filtered(compared, ({ severity }) => severity === "ERROR")) }),
  };
}

function exitCode(totals: Totals, options: ValidateCommandOptions, io: Io): number {
  const { maxWarnings } = options;
  if (maxWarnings !== undefined && totals.warnings > maxWarnings) {
    io.writeError(`expected at most ${maxWarnings} warnings (--max-warnings), got ${totals.warnings}\n`);
  }
  return codeOf(totals, options);
}

function codeOf(
  { errors, warnings, unreadable }: Pick<Totals, "errors" | "warnings" | "unreadable">,
  { maxWarnings = Number.POSITIVE_INFINITY }: ValidateCommandOptions,
): number {
  if (unreadable > 0) return 2;
  return errors > 0 || warnings > maxWarnings ? 1 : 0;
}

/** Files are annotated by their names in the repository, wherever in it the command runs. */
function withinRepository(files: readonly DefinitionFile[], { environment, directory }: Io): readonly DefinitionFile[] {
  const root = environment["GITHUB_WORKSPACE"];
  if (!root || /^\.\.(?:\/|$)/.test(nameOf(directory, root))) return files;
  return files.map(({ name, path }) => ({ name: path === undefined ? name : nameOf(path, root), path }));
}

function validateOptions({ type, ignore, substitute, strictPlaceholders }: ValidateCommandOptions): ValidateOptions {
  return {
    ...(type === undefined ? {} : { type }),
    ...(ignore === undefined ? {} : { ignore }),
    ...(strictPlaceholders === true ? {} : { substitutions: substitute ?? true }),
  };
}

/** Never a stack trace. */
function readableError(error: unknown): string {
  if (SfnDsError.is(error)) return formatError(error);
  return formatError(error instanceof Error ? `${awsErrorName(error)}: ${error.message}` : error);
}
