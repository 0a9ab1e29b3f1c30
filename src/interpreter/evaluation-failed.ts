import type { Failure } from "./failure.js";
import type { Visit } from "./snapshot.js";
import type { Turn } from "./turn.js";

/**
 * Tells the history of JSONata that could not be evaluated. Where the state is just being entered, the event stands beside the Entered
 * event, as AWS evaluates the fields before it has kept that one.
 *
 * @returns the failure with its whole cause, told
 */
export function tell(turn: Turn, visit: Visit, failure: Failure): Failure {
  if (!failure.located || failure.error !== "States.QueryEvaluationError") return failure;
  const told = failure.placedIn(visit.state, visit.enteredEventId);
  const details = {
    error: failure.error,
    cause: told.cause ?? "",
    ...(failure.location === undefined ? {} : { location: failure.location }),
    state: visit.state,
  };
  if (turn.lastEventId === visit.enteredEventId && turn.isEntering) turn.lastEventId = visit.cameFrom;
  turn.record("EvaluationFailed", details);
  return told;
}
