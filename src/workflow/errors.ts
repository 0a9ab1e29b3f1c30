import { formatInputResult, type InputResult } from "../expression/validate-input.js";
import { type Issue, issue } from "../language/errors.js";
import { SfnDsError } from "../language/sfn-ds-error.js";
import { readableFailure } from "./readable-cause.js";

/** The execution has ended otherwise than with success. */
export class ExecutionFailedError extends SfnDsError {
  override readonly name = "ExecutionFailedError";
  readonly executionArn: string;
  /** `FAILED`, `TIMED_OUT` or `ABORTED`. */
  readonly status: string;
  /** The state in which it failed, where the history tells; the message says why it does not. */
  readonly state: string | undefined;
  /** ASL's error name, for example `States.TaskFailed`. */
  readonly error: string | undefined;
  /** As Step Functions gave it; for a job that failed, the JSON of its description. The message holds the reason alone. */
  override readonly cause: string | undefined;

  constructor(failure: {
    readonly executionArn: string;
    readonly status: string;
    readonly state: string | undefined;
    /** Why the state is not known, when that could not be found out. */
    readonly stateProblem?: string;
    readonly error: string | undefined;
    readonly cause: string | undefined;
  }) {
    const place = placeOf(failure);
    const reason = readableFailure(failure.error, failure.cause);
    super(
      failureCode(failure.status),
      `the execution ${words(failure.status)}${place}${reason === "" ? "" : `: ${reason}`}`,
    );
    this.executionArn = failure.executionArn;
    this.status = failure.status;
    this.state = failure.state;
    this.error = failure.error;
    this.cause = failure.cause;
  }
}

function placeOf({
  state,
  stateProblem,
}: {
  readonly state: string | undefined;
  readonly stateProblem?: string;
}): string {
  if (state !== undefined) return ` in the state ${JSON.stringify(state)}`;
  return stateProblem === undefined
    ? ""
    : ` in a state that is unknown, as its history cannot be read (${stateProblem})`;
}

function failureCode(status: string): "execution_failed" | "execution_timed_out" | "execution_aborted" {
  if (status === "TIMED_OUT") return "execution_timed_out";
  return status === "ABORTED" ? "execution_aborted" : "execution_failed";
}

function words(status: string): string {
  if (status === "TIMED_OUT") return "timed out";
  return status === "ABORTED" ? "was stopped" : "failed";
}

/** A state machine of this name exists and is not what was to be created. */
export class WorkflowExistsError extends SfnDsError {
  override readonly name = "WorkflowExistsError";
  readonly stateMachineArn: string;
  /** What differs, a line each: JSON Pointer, what exists, what was given. */
  readonly differences: readonly string[];

  constructor(stateMachineArn: string, differences: readonly string[], options?: ErrorOptions) {
    super(
      "workflow_exists",
      `the state machine ${stateMachineArn} exists and differs:\n${differences.join("\n")}\n`,
      options,
    );
    this.stateMachineArn = stateMachineArn;
    this.differences = differences;
  }
}

/** The issue of an input that does not fit. */
export function inputIssue(result: InputResult, schemaText: string): Issue {
  return issue("invalid_input", [], `the input does not fit the schema ${schemaText}\n${formatInputResult(result)}\n`);
}
