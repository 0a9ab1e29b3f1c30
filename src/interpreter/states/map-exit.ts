import type { Json } from "../../language/json.js";
import { leaveWithResult } from "../data-flow.js";
import { Failure } from "../failure.js";
import type { Outcome } from "../outcome.js";
import { recover, recoverJoin } from "../recovery.js";
import type { Visit } from "../snapshot.js";
import type { Turn } from "../turn.js";
import type { PlannedMap } from "./map.js";

/** `after` is what the Succeeded event points back to; the Exited event points to the last of the thread. */
export function leaveMap(state: PlannedMap, turn: Turn, visit: Visit, raw: Json, after: number): Outcome {
  turn.run.record("MapStateSucceeded", after);
  const exit = leaveWithResult(state.flow, turn, visit, raw, state.next);
  return exit instanceof Failure ? recover(state.recovery, turn, visit, exit) : exit;
}

/** An iteration has failed, or the fields of the Map could not be evaluated. */
export function failMap(state: PlannedMap, turn: Turn, visit: Visit, failure: Failure): Outcome {
  return recoverJoin(state.recovery, turn, visit, failure, "MapStateFailed");
}
