import type { Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import { shown } from "../language/errors.js";
import { SfnDsError } from "../language/sfn-ds-error.js";

/** A definition to read. */
export interface DefinitionFile {
  /** As messages name it: relative to the folder of the command, with `/`. */
  readonly name: string;
  /** Absolute path; `undefined` for what is piped in. */
  readonly path: string | undefined;
}

/** What a folder is looked through for. */
const inFolders = "**/*.asl{,.json,.yaml,.yml}";
const neverIn = ["**/node_modules/**", "**/.git/**"];

/**
 * The files that the words of a command line name, each once, by their names; what is piped in first. A word is a file, a folder, a
 * pattern, or `-`. Throws {@link SfnDsError} `no_file_found` for a word that names nothing.
 */
export async function findDefinitionFiles(
  words: readonly string[],
  directory: string,
): Promise<readonly DefinitionFile[]> {
  const paths = new Set<string>();
  for (const word of words) {
    if (word === "-") continue;
    const found = await pathsOf(word, directory);
    if (found.length === 0) throw nothing(word);
    for (const path of found) paths.add(resolve(directory, path));
  }
  const files = [...paths].map((path) => ({ name: nameOf(path, directory), path }));
  files.sort((one, other) => (one.name < other.name ? -1 : 1));
  return words.includes("-") ? [{ name: "<stdin>", path: undefined }, ...files] : files;
}

async function pathsOf(word: string, directory: string): Promise<readonly string[]> {
  const path = resolve(directory, word);
  const stats = await statsIfThere(path);
  if (stats?.isDirectory() === true) {
    await mustBeReadable(path, word);
    return globbed(inFolders, path, neverIn);
  }
  // A file whose name looks like a pattern is meant as it stands.
  if (stats !== undefined) return [path];
  const pattern = sep === "\\" ? word.replaceAll("\\", "/") : word;
  return isDynamicPattern(pattern) ? globbed(pattern, directory, neverIn) : [];
}

/** Links are not followed: they may lead round in circles, or through the whole disk. */
function globbed(pattern: string, directory: string, ignore: readonly string[]): Promise<string[]> {
  return glob(pattern, {
    cwd: directory,
    absolute: true,
    dot: true,
    expandDirectories: false,
    followSymbolicLinks: false,
    ignore,
  });
}

async function statsIfThere(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined);
}

/** Looking for files passes over a folder that cannot be read; the one that was asked for must not be. */
async function mustBeReadable(path: string, word: string): Promise<void> {
  try {
    await readdir(path);
  } catch (error) {
    throw new SfnDsError("unreadable_file", `the folder ${shown(word)} cannot be read`, { cause: error });
  }
}

function nothing(word: string): SfnDsError {
  return new SfnDsError("no_file_found", `no definition is found at ${shown(word)}`);
}

/** The name under which a file is known within a folder. */
export function nameOf(path: string, directory: string): string {
  const name = relative(directory, path);
  return sep === "\\" ? name.replaceAll("\\", "/") : name;
}
