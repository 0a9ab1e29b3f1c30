import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import { shown } from "../language/errors.js";
import { isPlainObject } from "../language/json.js";
import { SfnDsError } from "../language/sfn-ds-error.js";
import type { LocalCommand, LocalCommands } from "../local/index.js";

/** What `--command` names: an image or a job, and the words of its command. */
export type NamedOnCommandLine = readonly [imageOrJob: string, words: readonly string[]];

/**
 * Reads `--command IMAGE=COMMAND`. Spaces separate words; quotes, single or double, hold a word together. Nothing else
 * has a meaning, as no shell reads it.
 *
 * @example
 * parseNamedCommand("churn:1=python3 'my train.py'"); // ["churn:1", ["python3", "my train.py"]]
 */
export function parseNamedCommand(text: string): NamedOnCommandLine {
  const index = text.indexOf("=");
  const words = index < 1 ? undefined : wordsOf(text.slice(index + 1));
  if (words !== undefined && words.length > 0) return [text.slice(0, index), words];
  throw new InvalidArgumentError(`expected IMAGE=COMMAND, such as "churn-train:1=python3 train.py"`);
}

/** The words of a command line; `undefined` where a quote is not closed. */
function wordsOf(text: string): readonly string[] | undefined {
  const words: string[] = [];
  const pieces = /\s+|"[^"]*"|'[^']*'|[^\s"']+|["']/g;
  let word: string | undefined;
  for (const [piece] of text.matchAll(pieces)) {
    if (piece === '"' || piece === "'") return undefined;
    if (piece.trim() === "") {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + (/^["']/.test(piece) ? piece.slice(1, -1) : piece);
  }
  return word === undefined ? words : [...words, word];
}

/**
 * All commands that the options name. Those of a file run in its folder, unless they say otherwise; those of the command
 * line, which come first, in `directory`.
 *
 * @throws {@link SfnDsError} `unreadable_file`, `invalid_command`.
 */
export async function commandsOf(
  options: { readonly command?: readonly NamedOnCommandLine[]; readonly commands?: string },
  directory: string,
): Promise<LocalCommands> {
  const given = (options.command ?? []).map(([key, command]) => [key, { command, directory }] as const);
  const filed = options.commands === undefined ? [] : await readCommands(resolve(directory, options.commands));
  const taken = new Set(given.map(([key]) => key));
  return Object.fromEntries([...given, ...filed.filter(([key]) => !taken.has(key))]);
}

async function readCommands(file: string): Promise<readonly (readonly [string, LocalCommand])[]> {
  let commands: unknown;
  try {
    commands = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SfnDsError("unreadable_file", `the file ${shown(file)} cannot be read: ${reason}`, { cause: error });
  }
  if (!isPlainObject(commands)) {
    throw new SfnDsError("invalid_command", `expected an object of commands in ${shown(file)}, got ${shown(commands)}`);
  }
  return Object.entries(commands).map(([key, value]) => [key, inFolder(value, dirname(file))] as const);
}

/** What is no command goes on as it is: the service says what is wrong with it. */
function inFolder(value: unknown, folder: string): LocalCommand {
  const { command, directory } = isPlainObject(value) ? value : { command: value, directory: undefined };
  const place = typeof directory === "string" ? resolve(folder, directory) : (directory ?? folder);
  return { command, directory: place } as LocalCommand;
}
