import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { renderDefinition } from "../../document/render.js";
import { shown } from "../../language/errors.js";
import { SfnDsError } from "../../language/sfn-ds-error.js";
import { startLocal } from "../../local/index.js";
import type { Workflow } from "../../workflow/workflow.js";
import { chosenIdentity, withLocalService } from "../environment.js";
import type { Io } from "../io.js";
import { loadWorkflows } from "../load.js";

/** What `synth` and `check` have in common. */
export interface SynthesisOptions {
  /** Folder of the ASL files; default: that of the module. */
  readonly out?: string;
  readonly region?: string;
  readonly account?: string;
  /** Asks AWS for account, region and roles; else a local service answers, so that no credentials are needed. */
  readonly aws?: boolean;
}

/** A workflow's definition as the text of its file. */
export interface Synthesized {
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
}

/** Makes the ASL texts of the workflows that a module exports. Writes nothing. */
export async function synthesize(module: string, options: SynthesisOptions, io: Io): Promise<readonly Synthesized[]> {
  const folder =
    options.out === undefined ? dirname(resolve(io.directory, module)) : resolve(io.directory, options.out);
  const load = async (): Promise<readonly Synthesized[]> =>
    textsOf(await loadWorkflows(module, io.directory), folder, module);
  if (options.aws === true) return withVariables(io.environment, load);
  const identity = chosenIdentity(options, {});
  const directory = await mkdtemp(join(tmpdir(), "sfn-ds-synth-"));
  const local = await startLocal({ directory, port: 0, identity });
  try {
    return await withVariables(withLocalService(io.environment, local.url, identity), load);
  } finally {
    await local.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Runs with these variables as those of the process, where the module and its session read them, and puts its own back. */
async function withVariables<T>(wanted: NodeJS.ProcessEnv, run: () => Promise<T>): Promise<T> {
  const own = { ...process.env };
  replaceVariables(wanted);
  try {
    return await run();
  } finally {
    replaceVariables(own);
  }
}

function replaceVariables(wanted: NodeJS.ProcessEnv): void {
  // `wanted` may be the process's own; and a variable that is set to `undefined` would be the text "undefined".
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, Object.fromEntries(given));
}

async function textsOf(
  workflows: readonly Workflow[],
  folder: string,
  module: string,
): Promise<readonly Synthesized[]> {
  const texts: Synthesized[] = [];
  for (const workflow of workflows) {
    const { name } = workflow;
    if (texts.some((text) => text.name === name)) {
      throw new SfnDsError("module_failed", `the module ${shown(module)} exports two workflows named ${shown(name)}`);
    }
    texts.push({ name, file: join(folder, `${name}.asl.json`), text: renderDefinition(await workflow.definition()) });
  }
  return texts;
}
