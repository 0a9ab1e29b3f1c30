import type { Effect } from "./effect.js";
import type { Phase } from "./snapshot.js";

/** Whether a thread can go on without anything from outside. */
export function isReady(phase: Phase): boolean {
  if (phase.kind === "mapRun") return phase.mapRun.isReady;
  return phase.kind === "ready" || phase.kind === "iteration";
}

/** What must be undone when a thread stops waiting. */
export function cancelPhase(phase: Phase): readonly Effect[] {
  switch (phase.kind) {
    case "waiting":
    case "retrying":
      return [{ kind: "cancelTimer", timer: phase.timer }];
    case "task": {
      const timers = [phase.timeoutTimer, phase.heartbeatTimer].filter((timer) => timer !== undefined);
      const cancelled = timers.map((timer) => ({ kind: "cancelTimer", timer }) as const);
      return [...cancelled, { kind: "cancelTask", task: phase.task }];
    }
    case "asking":
      return [{ kind: "cancelTask", task: phase.task }];
    case "mapRun":
      if (phase.mapRun.stage === "over") return [];
      return [
        { kind: "cancelMapRun", mapRun: phase.mapRun.id },
        { kind: "endMapRun", mapRun: phase.mapRun.id, status: "ABORTED" },
      ];
    default:
      return [];
  }
}
