import { statSync } from "node:fs";
import { resolve } from "node:path";
import { shown } from "../../language/errors.js";
import { isPlainObject } from "../../language/json.js";
import { SfnDsError } from "../../language/sfn-ds-error.js";
import { unknownNames } from "../given-options.js";

/** A command of this machine: a program and its arguments, one word each. No shell reads them. */
export type LocalCommand =
  | readonly string[]
  | {
      readonly command: readonly string[];
      /** Working directory, which exists; default: the one of the service. */
      readonly directory?: string;
    };

/**
 * Which command of this machine stands for an image, or for a job. The keys are image URIs or job names; `*` in them
 * stands for any text. Where several fit, the one with the most characters besides `*` is taken.
 *
 * @example
 * { "*churn-train:*": ["python3", "train.py"] }
 */
export interface LocalCommands {
  readonly [imageOrJob: string]: LocalCommand;
}

/** A command, ready to start. */
export interface HostCommand {
  readonly words: readonly [string, ...string[]];
  /** Absolute path of the working directory; default: an empty folder of the job. */
  readonly directory?: string;
}

/**
 * Looks up the command that stands for an image or a job.
 *
 * @param job - The job's name; where it is not known yet, each key that could stand for a job counts.
 */
export type FindCommand = (image: string, job: string | undefined) => HostCommand | undefined;

/** Nothing is named. */
export const noCommands: FindCommand = () => undefined;

/** Checks the commands. Throws {@link SfnDsError} `invalid_command`. */
export function namedCommands(commands: LocalCommands): FindCommand {
  if (!isPlainObject(commands)) throw invalid(`expected commands by image or job, got ${shown(commands)}`);
  const rows = Object.entries(commands).map(([key, value]) => ({ key, command: readCommand(key, value) }));
  // A sort is stable: of two that are as precise, the first one counts.
  rows.sort((one, other) => precision(other.key) - precision(one.key));
  return (image, job) => rows.find(({ key }) => matches(key, image) || standsForJob(key, job))?.command;
}

function readCommand(key: string, value: unknown): HostCommand {
  if (key === "") throw invalid("expected an image or the name of a job, got an empty text");
  const given = isPlainObject(value) ? value : { command: value };
  const [unknown] = unknownNames(given, ["command", "directory"]);
  if (unknown !== undefined) {
    throw invalid(`the command of ${shown(key)} has no ${shown(unknown.name)}; the nearest are ${unknown.like}`);
  }
  const { command, directory } = given;
  const words = Array.isArray(command) ? (command as readonly unknown[]) : [];
  const [first, ...rest] = words.filter((word) => typeof word === "string");
  if (first === undefined || first === "" || rest.length !== words.length - 1) {
    throw invalid(`expected a list of words as the command of ${shown(key)}, got ${shown(command)}`);
  }
  if ([first, ...rest].some((word) => word.includes("\0"))) {
    throw invalid(`expected no NUL character in the command of ${shown(key)}`);
  }
  if (directory !== undefined && typeof directory !== "string") {
    throw invalid(`expected a path as the directory of ${shown(key)}, got ${shown(directory)}`);
  }
  const folder = resolve(directory ?? ".");
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw invalid(`expected a folder that exists as the directory of ${shown(key)}, got ${shown(folder)}`);
  }
  return { words: [first, ...rest], directory: folder };
}

function precision(key: string): number {
  return key.replaceAll("*", "").length;
}

function standsForJob(key: string, job: string | undefined): boolean {
  return job === undefined ? /^[a-zA-Z0-9*-]+$/.test(key) : matches(key, job);
}

/** Whether a text fits a pattern in which `*` stands for any text: each piece is looked for behind the one before. */
function matches(pattern: string, text: string): boolean {
  const [first = "", ...pieces] = pattern.split("*");
  const last = pieces.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let from = first.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return from <= text.length - last.length;
}

function invalid(message: string): SfnDsError {
  return new SfnDsError("invalid_command", message);
}

/** Tells how a command is named for an image. */
export function howToName(image: string): string {
  const key = image === "" ? "<job name>" : image;
  return `Name a local command for it: startLocal({ commands: { ${JSON.stringify(key)}: ["python3", "train.py"] } }), or sfn-ds local --command '${key}=python3 train.py'`;
}
