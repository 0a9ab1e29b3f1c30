/** Why a state could not go on: the name that `Retry` and `Catch` look for, and AWS's text. */
export class Failure {
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** The cause gets AWS's words for where it happened in front. */
  readonly located: boolean;
  /** The field whose JSONata failed. */
  readonly location: string | undefined;

  constructor(error: string | undefined, cause: string | undefined, located = false, location?: string) {
    this.error = error;
    this.cause = cause;
    this.located = located;
    this.location = location;
  }

  /** The error as the history shows it: a missed heartbeat is a timeout there. */
  get shownError(): string | undefined {
    return this.error === "States.HeartbeatTimeout" ? "States.Timeout" : this.error;
  }

  /** The cause as the history shows it. */
  causeIn(state: string, enteredEventId: number): string | undefined {
    if (!this.located) return this.cause;
    return `An error occurred while executing the state '${state}' (entered at the event id #${enteredEventId}). ${this.cause}`;
  }

  /** The same with the whole cause, for whoever does not know the state any more. */
  placedIn(state: string, enteredEventId: number): Failure {
    return this.located ? new Failure(this.error, this.causeIn(state, enteredEventId)) : this;
  }

  /** Whether a branch or an iteration has failed, and not the state itself. */
  get fromWithin(): boolean {
    return false;
  }
}

/** A branch or an iteration has failed, and its state with it. */
export class InnerFailure extends Failure {
  override get fromWithin(): boolean {
    return true;
  }
}

/** A failure of the engine itself: no `Retry` and no `Catch` matches it. */
export function runtimeFailure(detail: string): Failure {
  return new Failure("States.Runtime", detail, true);
}

/** A failure of data of the user that has a name of its own. */
export function locatedFailure(error: string, detail: string): Failure {
  return new Failure(error, detail, true);
}

/** A payload over the limit of 256 KiB. */
export function tooLarge(name: string): Failure {
  return new Failure(
    "States.DataLimitExceeded",
    `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}

/** What JSONata could not evaluate, or evaluated to what a field does not take; `field` as AWS names it: `Output/result`. */
export function evaluationFailure(detail: string, field: string | undefined): Failure {
  return new Failure("States.QueryEvaluationError", detail, true, field);
}
