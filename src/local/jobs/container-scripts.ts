import { readdir, readFile, stat } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { isErrno } from "../storage/file-tree.js";
import { hostPath } from "./host-path.js";
import { mlRootVariable } from "./job-environment.js";

const scriptEndings = new Set([
  ".py",
  ".sh",
  ".bash",
  ".r",
  ".jl",
  ".js",
  ".mjs",
  ".ts",
  ".pl",
  ".rb",
  ".scala",
  ".sql",
]);
const largestScript = 1024 ** 2;

/**
 * Scripts in folders of a job that speak of `/opt/ml/` itself, as the job names them. Where that folder cannot be
 * shown to the job, they will miss what they look for.
 *
 * @param ml - The folder that the job sees as `/opt/ml`.
 * @param options.folders - As the job names them.
 * @param options.words - The job's command.
 */
export async function scriptsWithContainerPaths(
  ml: string,
  { folders, words }: { readonly folders: readonly string[]; readonly words: readonly string[] },
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const place of folders) {
    const folder = hostPath(ml, place);
    for (const file of await filesIn(folder)) {
      const name = `${place}/${relative(folder, file).split(sep).join("/")}`;
      const isScript = scriptEndings.has(extname(file).toLowerCase()) || words.includes(name);
      if (isScript && (await namesContainerPath(file))) found.push(name);
    }
  }
  return found.sort();
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true, recursive: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (isErrno(error, "ENOENT", "ENOTDIR")) return [];
    throw error;
  }
}

async function namesContainerPath(file: string): Promise<boolean> {
  if ((await stat(file)).size > largestScript) return false;
  const text = await readFile(file, "latin1");
  // A script that asks for the folder knows where it is.
  return text.includes("/opt/ml/") && !text.includes(mlRootVariable);
}
