import type { JsonObject } from "../language/json.js";
import { limits } from "../language/limits.js";
import { isList } from "./data.js";
import { assign, dataOf, leaveInJsonata } from "./data-flow.js";
import { tell } from "./evaluation-failed.js";
import { Failure } from "./failure.js";
import type { FieldReader } from "./field-reader.js";
import type { JsonataTemplate } from "./jsonata/template.js";
import type { Outcome } from "./outcome.js";
import type { Path } from "./paths/path.js";
import { putResult } from "./paths/result-path.js";
import type { Visit } from "./snapshot.js";
import type { Template } from "./template.js";
import type { Turn } from "./turn.js";

/** A rule of `Retry`, with AWS's defaults filled in. */
export interface PlannedRetrier {
  readonly errors: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  readonly jitter: boolean;
}

/** A rule of `Catch`. */
export type PlannedCatcher = { readonly errors: readonly string[]; readonly next: string } & (
  | {
      readonly language: "JSONPath";
      readonly resultPath: Path | null | undefined;
      readonly assign: Template | undefined;
    }
  | {
      readonly language: "JSONata";
      readonly output: JsonataTemplate | undefined;
      readonly assign: JsonataTemplate | undefined;
    }
);

/** The rules of a state for its failures, in the order in which they are tried. */
export interface Recovery {
  readonly retriers: readonly PlannedRetrier[];
  readonly catchers: readonly PlannedCatcher[];
}

/** Reads `Retry` and `Catch`. */
export function planRecovery(reader: FieldReader): Recovery {
  return { retriers: reader.objects("Retry").map(planRetrier), catchers: reader.objects("Catch").map(planCatcher) };
}

function planRetrier(reader: FieldReader): PlannedRetrier {
  return {
    errors: errorNames(reader),
    intervalSeconds: reader.number("IntervalSeconds") ?? 1,
    maxAttempts: reader.number("MaxAttempts") ?? 3,
    backoffRate: reader.number("BackoffRate") ?? 2,
    maxDelaySeconds: reader.number("MaxDelaySeconds") ?? Number.POSITIVE_INFINITY,
    jitter: reader.text("JitterStrategy") === "FULL",
  };
}

function planCatcher(reader: FieldReader): PlannedCatcher {
  const rule = { errors: errorNames(reader), next: reader.target("Next") };
  if (reader.language === "JSONPath")
    return { ...rule, language: "JSONPath", resultPath: reader.resultPath(), assign: reader.template("Assign") };
  const output = reader.jsonataTemplate("Output");
  return { ...rule, language: "JSONata", output, assign: reader.jsonataTemplate("Assign") };
}

function errorNames(reader: FieldReader): readonly string[] {
  const names = reader.raw("ErrorEquals");
  return isList(names) ? names.filter((name) => typeof name === "string") : [];
}

/** Whether a rule that names `errors` is meant for a failure. */
function isMeant(errors: readonly string[], error: string): boolean {
  // AWS never hands failures of the engine to Retry or Catch, not even by name.
  if (error === "States.Runtime") return false;
  return errors.some((name) => {
    if (name === error || name === "States.ALL") return true;
    if (name === "States.Timeout") return error === "States.HeartbeatTimeout";
    return name === "States.TaskFailed" && error !== "States.Timeout" && error !== "States.HeartbeatTimeout";
  });
}

/**
 * What follows a failure: another attempt, the way out that a catcher names, or the failure itself.
 *
 * @param giveUp - told when there is no further attempt
 */
export function recover(
  recovery: Recovery,
  turn: Turn,
  visit: Visit,
  failed: Failure,
  giveUp: (failure: Failure) => void = () => {},
): Outcome {
  const failure = turn.inspection === undefined ? tell(turn, visit, failed) : turn.inspection.met(failed);
  const error = failure.error ?? "";
  const index = recovery.retriers.findIndex(({ errors }) => isMeant(errors, error));
  const retrier = recovery.retriers[index];
  const attempts = visit.retries[index] ?? 0;
  // A retrier that is used up hands on to the catchers, not to the next retrier.
  if (retrier !== undefined && attempts < retrier.maxAttempts) {
    const delay = delayOf(retrier, attempts, turn);
    turn.inspection?.retrier(index, delay);
    const timer = turn.setTimer("retry", delay);
    return { kind: "retrying", visit: counted(recovery, visit, index), timer };
  }
  if (retrier !== undefined) turn.inspection?.retrier(index, undefined);
  giveUp(failure);
  const caughtBy = recovery.catchers.findIndex(({ errors }) => isMeant(errors, error));
  const catcher = recovery.catchers[caughtBy];
  if (catcher !== undefined) turn.inspection?.catcher(caughtBy);
  return catcher === undefined ? failure : caught(catcher, turn, visit, failure);
}

/**
 * What follows when a branch or an iteration has failed, or a field of the state around them.
 * A failure of the engine in a field ends the execution without an event of the state.
 */
export function recoverJoin(
  recovery: Recovery,
  turn: Turn,
  visit: Visit,
  failure: Failure,
  event: "MapStateFailed" | "ParallelStateFailed",
): Outcome {
  return recover(recovery, turn, visit, failure, (told) => {
    if (told.fromWithin || told.error !== "States.Runtime") turn.record(event);
  });
}

function counted(recovery: Recovery, visit: Visit, matched: number): Visit {
  const retries = recovery.retriers.map((_, index) => (visit.retries[index] ?? 0) + (index === matched ? 1 : 0));
  return { ...visit, retries, retryCount: (visit.retryCount ?? 0) + 1 };
}

function delayOf(retrier: PlannedRetrier, attempts: number, turn: Turn): number {
  const grown = retrier.intervalSeconds * retrier.backoffRate ** attempts;
  // The second bound is ours: delays without one soon pass what a date can hold.
  const delay = Math.min(grown, retrier.maxDelaySeconds, limits.number);
  return retrier.jitter ? delay * turn.random.fraction() : delay;
}

function caught(catcher: PlannedCatcher, turn: Turn, visit: Visit, failure: Failure): Outcome {
  const errorOutput = outputOf(failure, visit);
  if (catcher.language === "JSONata")
    return leaveInJsonata(catcher, turn.bindings(visit, { errorOutput }), visit, errorOutput, catcher.next);
  const output = putResult(catcher.resultPath, visit.input.value, errorOutput);
  if (output instanceof Failure) return output;
  const assigned = assign(catcher.assign, turn, visit, errorOutput);
  if (assigned instanceof Failure) return assigned;
  const data = dataOf(output, visit);
  return data instanceof Failure ? data : { kind: "exit", output: data, assigned, next: catcher.next };
}

/** The Error Output. AWS writes an empty cause where a task has none, and `null` where a branch or an iteration has none. */
function outputOf(failure: Failure, visit: Visit): JsonObject {
  const nothing = failure.fromWithin ? null : "";
  const cause = failure.causeIn(visit.state, visit.enteredEventId);
  return { Error: failure.shownError ?? nothing, Cause: cause ?? nothing };
}
