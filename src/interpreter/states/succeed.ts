import { type DataFlow, effectiveInput, leave, planDataFlow } from "../data-flow.js";
import { Failure } from "../failure.js";
import type { FieldReader } from "../field-reader.js";
import type { Outcome } from "../outcome.js";
import type { Visit } from "../snapshot.js";
import type { Turn } from "../turn.js";

/** A Succeed state. */
export interface PlannedSucceed {
  readonly type: "Succeed";
  readonly flow: DataFlow;
}

/** Reads a Succeed state. */
export function planSucceed(reader: FieldReader): PlannedSucceed {
  return { type: "Succeed", flow: planDataFlow(reader) };
}

/** Ends its scope with what it was given. */
export function runSucceed(state: PlannedSucceed, turn: Turn, visit: Visit): Outcome {
  const input = effectiveInput(state.flow, turn, visit);
  return input instanceof Failure ? input : leave(state.flow, turn, visit, input, undefined);
}
