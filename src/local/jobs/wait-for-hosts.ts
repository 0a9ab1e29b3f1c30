import type { Clock } from "../clock.js";
import type { JobLog } from "./job-log.js";
import type { HostEnd, HostProcess } from "./run-host.js";
import type { StopSignal } from "./stop-signal.js";

/** The processes of a job and what ends them. */
export interface RunningHosts {
  readonly clock: Clock;
  /** Milliseconds from SIGTERM to SIGKILL. */
  readonly graceMs: number;
  readonly maxRuntimeSeconds: number;
  readonly stop: StopSignal;
  readonly processes: readonly HostProcess[];
  readonly logs: readonly JobLog[];
}

/** How the hosts of a job have ended. */
export interface HostsEnd {
  readonly ends: readonly HostEnd[];
  /** The time was over. */
  readonly isLate: boolean;
}

/** Waits until all hosts have ended. All are ended when one fails, when the time is over and when the stop signal is set. */
export async function waitForHosts(hosts: RunningHosts): Promise<HostsEnd> {
  const { clock, stop, processes, maxRuntimeSeconds } = hosts;
  const ending = createEnding(hosts);
  let isLate = false;
  const cancelLimit = clock.setTimer(maxRuntimeSeconds * 1000, () => {
    say(hosts, `the job has run for ${maxRuntimeSeconds} s (StoppingCondition.MaxRuntimeInSeconds) and is stopped`);
    isLate = true;
    stop.set();
  });
  stop.onSet(ending.begin);
  const ends = processes.map(async ({ ended }, index) => {
    const end = await ended;
    if (ending.hasBegun()) return { exitCode: end.exitCode, wasAsked: true } as const;
    if (end.exitCode !== 0) {
      const others = processes.length > 1 ? "; the other hosts are stopped" : "";
      say(hosts, `algo-${index + 1} ended with exit code ${end.exitCode}${others}`);
      ending.begin();
    }
    return end;
  });
  try {
    return { ends: await Promise.all(ends), isLate };
  } finally {
    cancelLimit();
    ending.finish();
  }
}

/** SIGTERM, and SIGKILL after the grace; once. */
function createEnding({ clock, graceMs, processes }: RunningHosts) {
  let cancelKill = () => {};
  let hasBegun = false;
  return {
    hasBegun: () => hasBegun,
    begin(): void {
      if (hasBegun) return;
      hasBegun = true;
      for (const { terminate } of processes) terminate();
      cancelKill = clock.setTimer(graceMs, () => {
        for (const { kill } of processes) kill();
      });
    },
    finish(): void {
      hasBegun = true;
      cancelKill();
    },
  };
}

function say({ logs }: RunningHosts, line: string): void {
  for (const log of logs) log.note(line);
}
