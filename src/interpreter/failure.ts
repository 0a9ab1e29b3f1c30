/** Why a state could not go on: the name that `Retry` and `Catch` look for, and AWS's text. */
export class Failure {
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** The cause gets AWS's words for where it happened in front. */
  readonly located: boolean;

  constructor(error: string | undefined, cause: string | undefined, located = false) {
    this.error = error;
    this.cause = cause;
    this.located = located;
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
