import { Command, CommanderError, InvalidArgumentError } from "commander";
import { version } from "../language/version.js";
import type { CheckOptions } from "./commands/check.js";
import type { LocalCommandOptions } from "./commands/local.js";
import type { SynthOptions } from "./commands/synth.js";
import { formatError } from "./errors.js";
import type { Io } from "./io.js";
import { type NamedOnCommandLine, parseNamedCommand } from "./local-commands.js";
import { addValidate } from "./validate-options.js";

/** Exit code of a command line that cannot be understood. */
const usageError = 2;

/**
 * Runs one command of the `sfn-ds` program.
 *
 * @param argv - the words after the program's name
 * @returns the exit code: 0 success, 1 failure or drift, 2 a command line that cannot be understood
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let code = 0;
  const program = createProgram(io, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageError;
    io.writeError(`${formatError(error)}\n`);
    return 1;
  }
}

function createProgram(io: Io, finish: (code: number) => void): Command {
  const program = new Command("sfn-ds")
    .description("Data-science workflows on AWS Step Functions: compile them, check them, run them on this machine")
    .version(version)
    .enablePositionalOptions()
    .configureOutput({ writeOut: io.write, writeErr: io.writeError })
    .exitOverride();
  addLocal(program, io, finish);
  addSynth(program, io, finish);
  addCheck(program, io, finish);
  addValidate(program, io, finish);
  return program;
}

function addLocal(program: Command, io: Io, finish: (code: number) => void): void {
  program
    .command("local")
    .description("start the embedded service; with a command, run it against the service and end with it")
    .argument("[command...]", "command to run, after --")
    .option("--port <number>", "port on 127.0.0.1; default: a free one", parsePort)
    .option("--data <folder>", "where S3 objects are kept", ".sfn-ds")
    .option("--region <region>", "region that the service says it is in; default: AWS_REGION, else us-east-1")
    .option("--account <digits>", "account that the service says it is in; default: 000000000000", parseAccount)
    .option(
      "--command <image=command>",
      "command that stands for an image or a job, such as 'churn-train:*=python3 train.py'; may be given often",
      (text: string, before: readonly NamedOnCommandLine[] = []) => [...before, parseNamedCommand(text)],
    )
    .option("--commands <file>", 'JSON file of such commands: { "<image>": ["python3", "train.py"] }')
    .passThroughOptions()
    .action(async (command: readonly string[], options: LocalCommandOptions) => {
      const { localCommand } = await import("./commands/local.js");
      finish(await localCommand(command, options, io));
    });
}

function addSynth(program: Command, io: Io, finish: (code: number) => void): void {
  synthesisOptions(program.command("synth"))
    .description("write the ASL file of each workflow that a module exports: <workflow name>.asl.json")
    .option(
      "--stdout",
      "print the definition instead of writing its file; of several workflows one object, by their names",
    )
    .action(async (module: string, options: SynthOptions) => {
      const { synthCommand } = await import("./commands/synth.js");
      finish(await synthCommand(module, options, io));
    });
}

function addCheck(program: Command, io: Io, finish: (code: number) => void): void {
  synthesisOptions(program.command("check"))
    .description("compare the committed ASL files with what the module makes; exit code 1 when one differs")
    .action(async (module: string, options: CheckOptions) => {
      const { checkCommand } = await import("./commands/check.js");
      finish(await checkCommand(module, options, io));
    });
}

function synthesisOptions(command: Command): Command {
  return command
    .argument("<module>", "TypeScript or JavaScript module that exports workflows")
    .option("--out <folder>", "folder of the ASL files; default: the module's")
    .option("--region <region>", "region to compile for; default: us-east-1")
    .option("--account <digits>", "account to compile for; default: 000000000000", parseAccount)
    .option("--aws", "ask AWS for account, region and roles, with the credentials that are configured")
    .option("--json", "print a report as JSON");
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError("expected a port from 0 to 65535");
}

function parseAccount(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw new InvalidArgumentError("expected twelve digits");
}
