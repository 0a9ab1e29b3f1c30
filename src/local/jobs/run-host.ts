import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { constants } from "node:os";
import { createLineCutter } from "./log-lines.js";
import { markVariable, startWatchdog, type Watchdog } from "./watchdog.js";

/** How the process of a host has ended. */
export interface HostEnd {
  /** As a shell tells it: 128 and the number of the signal for a process that was killed. */
  readonly exitCode: number;
  /** Why the command did not even begin. */
  readonly startProblem?: string;
  /** Whether it ended after all hosts of the job had been asked to: then it says nothing of why the job has failed. */
  readonly wasAsked?: true;
}

/** The process of one host of a job. */
export interface HostProcess {
  /** Settles when the process and all that it has started are gone. */
  readonly ended: Promise<HostEnd>;
  /** Asks all processes of the group to end: SIGTERM. */
  terminate(): void;
  /** SIGKILL. */
  kill(): void;
}

const longestLine = 262_144;

/**
 * Starts the command of a host.
 *
 * @param options.command - The whole command line, with what isolates it.
 * @param options.saysReady - Whether the command writes to descriptor 3 when its surroundings are made.
 */
export async function startHost(options: {
  readonly command: readonly [string, ...string[]];
  readonly folder: string;
  readonly environment: { readonly [name: string]: string };
  readonly saysReady: boolean;
  readonly onLine: (line: string) => void;
}): Promise<HostProcess> {
  const mark = randomUUID();
  const watchdog = await startWatchdog(mark);
  const [command, ...words] = options.command;
  const child = spawn(command, words, {
    cwd: options.folder,
    env: { ...options.environment, [markVariable]: mark },
    detached: true,
    stdio: ["ignore", "pipe", "pipe", options.saysReady ? "pipe" : "ignore"],
  });
  const { pid } = child;
  if (pid !== undefined) watchdog.watch(pid);
  let group = pid;
  const ended = endOf(child, watchdog, options).finally(() => {
    group = undefined; // The number may belong to others from now on.
  });
  return {
    ended,
    terminate: () => signalGroup(group, "SIGTERM"),
    kill: () => signalGroup(group, "SIGKILL"),
  };
}

function endOf(
  child: ChildProcess,
  watchdog: Watchdog,
  options: { readonly saysReady: boolean; readonly onLine: (line: string) => void },
): Promise<HostEnd> {
  let lastLine = "";
  let isReady = !options.saysReady;
  child.stdio[3]?.on("data", () => {
    isReady = true;
  });
  for (const stream of [child.stdout, child.stderr]) {
    const cutter = createLineCutter(longestLine, (line) => {
      lastLine = line;
      options.onLine(line);
    });
    stream?.on("data", (bytes: Buffer) => cutter.write(bytes));
    stream?.on("end", () => cutter.end());
  }
  return new Promise((resolve) => {
    const finished = (end: HostEnd) => void watchdog.finish().then(() => resolve(end));
    child.once("error", (error) => finished({ exitCode: 127, startProblem: error.message }));
    // What the process has started may hold its output open: it must go before "close" comes.
    child.once("exit", () => void watchdog.finish());
    child.once("close", (code, signal) => {
      const exitCode = code ?? 128 + signalNumber(signal);
      finished(isReady || signal !== null ? { exitCode } : { exitCode, startProblem: lastLine });
    });
  });
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function signalNumber(signal: NodeJS.Signals | null): number {
  return signal === null ? 0 : constants.signals[signal];
}
