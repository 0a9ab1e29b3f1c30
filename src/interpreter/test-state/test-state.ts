import { readGiven } from "./check-request.js";
import { type NeededCall, Refusal, type TaskAnswer, type TestStateAnswer, type TestStateRequest } from "./request.js";
import { runSubject } from "./run-subject.js";
import { type DefinitionCheck, findSubject } from "./subject.js";
import type { Surroundings } from "./tested.js";

/** What a test needs to know of the world. */
export interface TestStateSurroundings extends Surroundings {
  readonly check: DefinitionCheck;
}

/**
 * Runs one state alone. Pure: a call that has no mock is for the caller to make, and to be told with the same request again.
 *
 * @param called - what that call gave
 */
export function testState(
  request: TestStateRequest,
  around: TestStateSurroundings,
  called?: TaskAnswer,
): TestStateAnswer | Refusal | NeededCall {
  const subject = findSubject(request, around.check);
  if (subject instanceof Refusal) return subject;
  const given = readGiven(request, subject);
  return given instanceof Refusal ? given : runSubject({ request, subject, given, around, called });
}
