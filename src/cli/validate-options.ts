import { type Command, InvalidArgumentError, Option } from "commander";
import { nearest } from "../language/nearest.js";
import { isWarningCode, validationCodes, type WarningCode, warningCodes } from "../language/validation-codes.js";
import type { ValidateCommandOptions } from "./commands/validate.js";
import type { Io } from "./io.js";

const examples = `
Examples:
  sfn-ds validate order.asl.json                      one file
  sfn-ds validate flows 'extra/**/*.json'             a folder, and a pattern
  sfn-ds synth flow.ts --stdout | sfn-ds validate -   what another program prints
  sfn-ds validate flows --type EXPRESS --max-warnings 0
  sfn-ds validate flow.asl.yaml --substitute TableName=orders
  sfn-ds validate flows --format sarif > validate.sarif

Exit codes: 0 no errors; 1 errors, or more warnings than --max-warnings; 2 the command could not be carried out.`;

/** `sfn-ds validate` and its options. */
export function addValidate(program: Command, io: Io, finish: (code: number) => void): void {
  program
    .command("validate")
    .description("say what AWS would say about definitions, and more, without AWS")
    .argument(
      "<files...>",
      "files, folders (all *.asl.json, *.asl.yaml, *.asl.yml and *.asl in them), patterns, or - for what is piped in",
    )
    .addOption(
      new Option("--format <format>", "how to report").choices(["pretty", "json", "sarif", "github"]).default("pretty"),
    )
    .addOption(new Option("--json", "the same as --format json").conflicts("format"))
    .addOption(new Option("--type <type>", "type of the state machines").choices(["STANDARD", "EXPRESS"]))
    .option("--ignore <codes>", "codes of warnings that are not wanted, with commas; may be given often", parseCodes)
    .option(
      "--substitute <name=value>",
      "what stands for the placeholder of that name; may be given often",
      parseSubstitution,
    )
    .addOption(
      new Option("--strict-placeholders", "take placeholders for texts like any other, as AWS does").conflicts(
        "substitute",
      ),
    )
    .option("--max-warnings <number>", "exit code 1 when there are more warnings", parseCount)
    .option("--quiet", "report errors only")
    .option("--aws", "ask AWS, too, with the credentials that are configured, and show the difference")
    .addHelpText("after", examples)
    .action(async (words: readonly string[], options: ValidateCommandOptions) => {
      const { validateCommand } = await import("./commands/validate.js");
      finish(await validateCommand(words, options, io));
    });
}

function parseCodes(text: string, before: readonly WarningCode[] = []): readonly WarningCode[] {
  return [...before, ...text.split(",").map((code) => warningCode(code.trim()))];
}

function warningCode(text: string): WarningCode {
  if (isWarningCode(text)) return text;
  if (Object.hasOwn(validationCodes, text)) {
    throw new InvalidArgumentError("it is an error's code, and AWS refuses what has errors");
  }
  throw new InvalidArgumentError(`there is no such code; nearest: ${nearest(text, warningCodes).join(", ")}`);
}

function parseSubstitution(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const [, name, value] = /^([\w.:-]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError("expected Name=value");
  return Object.fromEntries([...Object.entries(before), [name, value]]);
}

function parseCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("expected a whole number, not negative");
}
