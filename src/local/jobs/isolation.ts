import { spawn } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { SfnDsError } from "../../language/sfn-ds-error.js";
import { type Root, temporaryName } from "../root.js";
import { inNamespace } from "./namespace.js";

/**
 * How a job sees `/opt/ml`.
 *
 * - `namespace`: at this very path, in mount and process namespaces of its own (Linux)
 * - `scratch`: in a scratch folder; `/opt/ml` in its command and environment is rewritten
 */
export type IsolationKind = "namespace" | "scratch";

/** What was chosen, and why. */
export interface Isolation {
  readonly kind: IsolationKind;
  readonly reason: string;
}

const probeMs = 10_000;

/** Chooses how jobs run. `auto` takes the namespace when it works here; it tries once. Throws `isolation_not_available`. */
export async function chooseIsolation(root: Root, wanted: IsolationKind | "auto"): Promise<Isolation> {
  if (wanted === "scratch") return { kind: "scratch", reason: "it was asked for" };
  const problem = process.platform === "linux" ? await namespaceProblem(root) : "only Linux has mount namespaces";
  if (problem === undefined) return { kind: "namespace", reason: "mount and process namespaces work on this machine" };
  if (wanted === "auto") return { kind: "scratch", reason: `namespaces do not work on this machine: ${problem}` };
  throw new SfnDsError("isolation_not_available", `expected that namespaces work on this machine, got ${problem}`);
}

/** Chooses as {@link chooseIsolation} does, once, when it is first asked. */
export function isolationOf(root: Root, wanted: IsolationKind | "auto"): () => Promise<Isolation> {
  let chosen: Promise<Isolation> | undefined;
  return () => {
    chosen ??= chooseIsolation(root, wanted);
    return chosen;
  };
}

/** Why a command cannot run with a folder of ours at `/opt/ml`; `undefined` when it can. */
async function namespaceProblem(root: Root): Promise<string | undefined> {
  const folder = join(root.jobs, temporaryName("probe"));
  try {
    await mkdir(join(folder, "ml", "found"), { recursive: true });
    return await runProbe(inNamespace(join(folder, "ml"), folder, ["test", "-d", "/opt/ml/found"]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runProbe([command, ...words]: readonly [string, ...string[]]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, words, { stdio: ["ignore", "ignore", "pipe", "pipe"] });
    // Node's own `timeout` option goes on ticking, and keeps the process, where the command cannot be started.
    const timer = setTimeout(() => child.kill("SIGKILL"), probeMs);
    let complaint = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      complaint = (complaint + chunk.toString("utf8")).slice(0, 1000);
    });
    child.once("error", (error) => {
      clearTimeout(timer);
      resolve(error.message);
    });
    child.once("close", (code) => {
      clearTimeout(timer);
      if (code === 0) resolve(undefined);
      else resolve(complaint.trim().split("\n")[0] || `unshare ended with exit code ${code}`);
    });
  });
}
