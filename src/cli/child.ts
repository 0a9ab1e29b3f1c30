import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { constants } from "node:os";
import { shown } from "../language/errors.js";
import { SfnDsError } from "../language/sfn-ds-error.js";
import type { Io } from "./io.js";

const forwarded: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Ends the command and what it started when this process is gone without having said goodbye.
 * Without `ps` and `awk` nobody can say what it started: then the command alone is ended.
 */
const guardScript = `
read -r word; [ "$word" = done ] && exit 0
end() { for child in $(ps -A -o pid= -o ppid= | awk -v parent="$1" '$2 == parent { print $1 }'); do end "$child"; done; kill -KILL "$1"; }
end "$1" 2>/dev/null`;

/**
 * Runs a command to its end, with this process's terminal and signals.
 *
 * @returns its exit code; 128 + the number of the signal that ended it, as shells do
 */
export async function runCommand(command: readonly string[], environment: NodeJS.ProcessEnv, io: Io): Promise<number> {
  const [file = "", ...rest] = command;
  const child = spawn(file, rest, { cwd: io.directory, env: environment, stdio: "inherit" });
  const forward = (signal: NodeJS.Signals): void => {
    // A terminal sends Ctrl-C to the child as well; twice would mean "at once".
    if (!(signal === "SIGINT" && io.isTerminal)) child.kill(signal);
  };
  for (const signal of forwarded) process.on(signal, forward);
  const guard = startGuard(child);
  try {
    return await ended(child, file);
  } finally {
    guard?.stdin?.end("done\n");
    for (const signal of forwarded) process.off(signal, forward);
  }
}

function startGuard(child: ChildProcess): ChildProcess | undefined {
  if (child.pid === undefined || process.platform === "win32") return undefined;
  const options: SpawnOptions = { stdio: ["pipe", "ignore", "ignore"], detached: true };
  const guard = spawn("sh", ["-c", guardScript, "sh", String(child.pid)], options);
  // Without sh there is no guard; the command runs all the same.
  guard.on("error", () => undefined);
  guard.stdin?.on("error", () => undefined);
  guard.unref();
  return guard;
}

function ended(child: ChildProcess, file: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", (error) => {
      reject(
        new SfnDsError("command_not_found", `the command ${shown(file)} cannot be started: ${error.message}`, {
          cause: error,
        }),
      );
    });
    child.once("exit", (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
