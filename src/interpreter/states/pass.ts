import type { Json } from "../../language/json.js";
import { type DataFlow, effectiveInput, leaveWithResult, planDataFlow } from "../data-flow.js";
import { Failure } from "../failure.js";
import type { FieldReader } from "../field-reader.js";
import type { Outcome } from "../outcome.js";
import type { Visit } from "../snapshot.js";
import type { Turn } from "../turn.js";

/** A Pass state. */
export interface PlannedPass {
  readonly type: "Pass";
  readonly flow: DataFlow;
  /** Data that takes the place of the input; never evaluated. */
  readonly result: Json | undefined;
  readonly next: string | undefined;
}

/** Reads a Pass state. */
export function planPass(reader: FieldReader, next: string | undefined): PlannedPass {
  return { type: "Pass", flow: planDataFlow(reader), result: reader.raw("Result"), next };
}

/** Hands on its input, or its `Result`. */
export function runPass(state: PlannedPass, turn: Turn, visit: Visit): Outcome {
  // AWS does not look at what a Result takes the place of.
  const { result } = state;
  const raw = result === undefined ? effectiveInput(state.flow, turn, visit) : turn.note("result", result);
  return raw instanceof Failure ? raw : leaveWithResult(state.flow, turn, visit, raw, state.next);
}
