import { type DataFlow, dataOf, effectiveInput, leaveWithResult, planDataFlow } from "../data-flow.js";
import { Failure } from "../failure.js";
import type { FieldReader } from "../field-reader.js";
import type { Outcome } from "../outcome.js";
import { planRecovery, type Recovery, recover, recoverJoin } from "../recovery.js";
import { inOrder, type Join, type Visit } from "../snapshot.js";
import type { Turn } from "../turn.js";

/** A Parallel state. */
export interface PlannedParallel {
  readonly type: "Parallel";
  readonly flow: DataFlow;
  /** Where each branch begins. */
  readonly branches: readonly string[];
  readonly recovery: Recovery;
  readonly next: string | undefined;
}

/** Reads a Parallel state; `planScope` reads the states of a branch and gives where it begins. */
export function planParallel(
  reader: FieldReader,
  next: string | undefined,
  planScope: (scope: FieldReader) => string,
): PlannedParallel {
  const branches = reader.someObjects("Branches").map(planScope);
  return { type: "Parallel", flow: planDataFlow(reader), branches, recovery: planRecovery(reader), next };
}

/** Begins all branches with the same input. */
export function runParallel(state: PlannedParallel, turn: Turn, visit: Visit): Outcome {
  const value = effectiveInput(state.flow, turn, visit);
  const data = value instanceof Failure ? value : dataOf(value, visit);
  if (data instanceof Failure) return failParallel(state, turn, visit, data);
  turn.record("ParallelStateStarted");
  for (const [index, startAt] of state.branches.entries()) {
    turn.run.spawn(turn, index, { kind: "ready", state: startAt, input: data }, turn.lastEventId, turn.item);
  }
  const join: Join = { running: state.branches.length, results: undefined, items: [], nextItem: 0 };
  return { kind: "joining", visit, join };
}

/** All branches have ended: their outputs are the result, in the order of the branches. */
export function joinParallel(state: PlannedParallel, turn: Turn, visit: Visit, { results }: Join): Outcome {
  turn.recordAside("ParallelStateSucceeded");
  const raw = inOrder(results, state.branches.length).map((result) => result?.value ?? null);
  const exit = leaveWithResult(state.flow, turn, visit, raw, state.next);
  return exit instanceof Failure ? recover(state.recovery, turn, visit, exit) : exit;
}

/** A branch has failed, or what goes into the branches could not be made. */
export function failParallel(state: PlannedParallel, turn: Turn, visit: Visit, failure: Failure): Outcome {
  return recoverJoin(state.recovery, turn, visit, failure, "ParallelStateFailed");
}
