import type { Path, Problems } from "../../services/problems.js";
import { checkTexts } from "../request/check-value.js";
import { isLate } from "../request/late-value.js";
import { codeFolder, type LoweredCode, type Program } from "./code.js";

/** What decides over the container's entrypoint. */
export interface EntrypointSources {
  /** The step's own, which wins. */
  readonly ofJob: unknown;
  /** The processor's. */
  readonly ofProcessor: unknown;
  /** Of a processor that runs scripts. */
  readonly command: unknown;
  /** What runs code when there is no command. */
  readonly defaultCommand: readonly string[] | undefined;
  readonly runsScripts: boolean;
  readonly hasCode: boolean;
  /** `undefined` too when the code was refused. */
  readonly code: LoweredCode | undefined;
}

const limit = { items: [1, 100], length: 256 } as const;

/** Writes `ContainerEntrypoint`: the job's own, else command and code, else the processor's. */
export function lowerEntrypoint(sources: EntrypointSources, path: Path, problems: Problems): unknown {
  const { ofJob, ofProcessor, runsScripts, hasCode, code } = sources;
  const command = sources.command ?? sources.defaultCommand;
  const own = isEmptyList(ofJob) ? undefined : ofJob;
  if (runsScripts) checkTexts(command, limit, { problems, code: "invalid_processor", path: ["processor", "command"] });
  if (own !== undefined) {
    checkTexts(own, limit, { problems, code: "invalid_processor", path });
    return own;
  }
  if (runsScripts) return hasCode ? withProgram(command, code?.program, path, problems) : sources.command;
  if (hasCode) {
    const hint = "use a ScriptProcessor, whose command runs the script, or set an entrypoint of the step";
    problems.add("invalid_code", ["code"], "a plain Processor has no command that runs code", hint);
    return undefined;
  }
  if (ofProcessor === undefined || isEmptyList(ofProcessor)) return undefined;
  checkTexts(ofProcessor, limit, { problems, code: "invalid_processor", path });
  return ofProcessor;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** The command with what it runs. */
function withProgram(command: unknown, program: Program | undefined, path: Path, problems: Problems): unknown {
  if (program === undefined || isLate(command) || !Array.isArray(command)) return undefined;
  if (program.kind === "file") {
    if (program.path !== undefined) return [...command, program.path];
    const message = "the name of the file is not known: the code is a placeholder";
    problems.add("invalid_code", ["code"], message, "name the file with entryPoint, or set an entrypoint of the step");
    return undefined;
  }
  if (program.name === undefined) {
    const hint = "name the file that the command runs, or set an entrypoint of the step";
    problems.add("invalid_code", program.namedBy, "expected the program in the folder of the code, got none", hint);
    return undefined;
  }
  const whole = ["/bin/sh", "-c", setUp(program, command[0]), "sh", ...command, program.name];
  checkTexts(whole, limit, { problems, code: "invalid_code", path });
  return whole;
}

/**
 * What the shell does before it becomes the program: goes to the folder, unpacks the archive, installs the requirements.
 * When one of these fails, so does the job.
 */
function setUp({ archive, requirements }: Extract<Program, { kind: "folder" }>, first: unknown): string {
  const steps = [`cd ${codeFolder}`];
  if (archive !== undefined) steps.push(`tar -xzf ${quoted(archive)}`);
  const install = `${pythonOf(first)} -m pip install -r requirements.txt`;
  if (requirements === "later") steps.push(`if [ -f requirements.txt ]; then ${install}; fi`);
  else if (requirements) steps.push(install);
  return [...steps, 'exec "$@"'].join(" && ");
}

/** The Python that runs the program, whose packages are meant. */
function pythonOf(command: unknown): string {
  return typeof command === "string" && /^[\w./-]*python[\d.]*$/.test(command) ? command : "python3";
}

function quoted(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
