import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";

/**
 * Looks for a command as `execvp` does.
 *
 * @param command - A name that is looked for in `path`, or a path.
 * @param options.onHost - Gives the place on this machine of a path that the job sees.
 * @returns Why it cannot be run; `undefined` when it can.
 */
export async function commandProblem(
  command: string,
  options: { readonly path: string; readonly folder: string; readonly onHost: (path: string) => string },
): Promise<string | undefined> {
  const { path, folder, onHost } = options;
  if (command === "") return "the command is empty";
  if (command.includes("/")) return fileProblem(command, onHost(resolve(folder, command)));
  for (const place of path.split(delimiter)) {
    const problem = await fileProblem(command, onHost(join(resolve(folder, place), command)));
    if (problem === undefined) return undefined;
  }
  return `the command ${JSON.stringify(command)} was not found on this machine`;
}

async function fileProblem(command: string, file: string): Promise<string | undefined> {
  try {
    if (!(await stat(file)).isFile()) return `the command ${JSON.stringify(command)} is no file`;
  } catch {
    return `the command ${JSON.stringify(command)} was not found on this machine`;
  }
  try {
    await access(file, constants.X_OK);
    return undefined;
  } catch {
    return `the command ${JSON.stringify(command)} may not be executed; begin the entrypoint with its interpreter`;
  }
}
