import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** Name of the environment variable by which the processes of a job are known, whatever group they are in. */
export const markVariable = "SFN_DS_JOB_MARK";

/**
 * Waits until its input ends, which also happens when the process at the other end is killed, then kills the process
 * group that it read and every process with the mark `$1` in its environment, until none is left.
 */
const script = `
trap '' HUP INT TERM
group=
while read -r line; do group=$line; done
if [ -n "$group" ]; then kill -KILL -- "-$group" 2>/dev/null; fi
round=0
while [ -d /proc/self ] && [ $round -lt 200 ]; do
  found=
  for file in $(grep -lsF -- "$1" /proc/[0-9]*/environ 2>/dev/null); do
    pid=\${file#/proc/}
    if kill -KILL "\${pid%/environ}" 2>/dev/null; then found=1; fi
  done
  if [ -z "$found" ]; then exit 0; fi
  round=$((round + 1))
done
`;

/** Ends the processes of a job when the job is over, also when this process has been killed. */
export interface Watchdog {
  /** Tells which process group to kill, too. */
  watch(group: number): void;
  /** Kills what is left of the job and waits until it is gone. */
  finish(): Promise<void>;
}

/**
 * Starts a watchdog. Processes outside the group are found by their mark on Linux only.
 *
 * @param mark - Value of {@link markVariable} in the environment of the job's processes.
 * @throws The error of the system when `/bin/sh` cannot be started.
 */
export async function startWatchdog(mark: string): Promise<Watchdog> {
  const child = spawn("/bin/sh", ["-c", script, "sh", `${markVariable}=${mark}`], {
    cwd: "/",
    detached: true,
    env: { PATH: process.env["PATH"] ?? "/usr/bin:/bin" },
    stdio: ["pipe", "ignore", "ignore"],
  });
  const ended = endOf(child);
  await once(child, "spawn");
  child.stdin.on("error", () => {
    // The watchdog is gone: nobody is left to tell. finish() sees its end.
  });
  return {
    watch: (group) => void child.stdin.write(`${group}\n`),
    async finish() {
      child.stdin.end();
      await ended;
    },
  };
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
}
