import { access } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { DefinitionError, shown } from "../language/errors.js";
import { SfnDsError } from "../language/sfn-ds-error.js";
import { Workflow } from "../workflow/workflow.js";
import { LoadError } from "./errors.js";

/** Loads a TypeScript or JavaScript module and gives the workflows that it exports, in the order of their names. */
export async function loadWorkflows(file: string, directory: string): Promise<readonly Workflow[]> {
  const path = resolve(directory, file);
  await access(path).catch((error: unknown) => {
    throw new SfnDsError("unreadable_file", `the module ${shown(file)} cannot be read`, { cause: error });
  });
  const exported = await importModule(path, file, directory);
  const workflows = [...new Set(Object.values(exported).filter(Workflow.is))];
  if (workflows.length === 0) {
    throw new SfnDsError("no_workflow_exported", `the module ${shown(file)} exports no workflow`);
  }
  return workflows.sort((left, right) => (left.name < right.name ? -1 : 1));
}

async function importModule(path: string, file: string, directory: string): Promise<Record<string, unknown>> {
  const { createJiti } = await import("jiti");
  try {
    return await createJiti(pathToFileURL(path).href).import<Record<string, unknown>>(path);
  } catch (error) {
    if (DefinitionError.is(error) || SfnDsError.is(error)) throw new LoadError(error, placeIn(error, path, directory));
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new SfnDsError("module_failed", `the module ${shown(file)} failed:\n${text}\n`, { cause: error });
  }
}

/** Where in the user's own code an error came up: the first frame in the module's folder, with line and column. */
function placeIn(error: Error, module: string, directory: string): string | undefined {
  const folder = `${dirname(module)}${sep}`;
  for (const [, location = ""] of (error.stack ?? "").matchAll(/^\s+at (?:.*\()?(.+:\d+:\d+)\)?$/gm)) {
    const frame = location.startsWith("file:") ? fileURLToPath(location) : location;
    if (frame.startsWith(folder) && !frame.includes(`${sep}node_modules${sep}`)) return relative(directory, frame);
  }
  return undefined;
}
