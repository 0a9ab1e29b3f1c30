import { SfnDsError } from "../../language/sfn-ds-error.js";
import type { LogEvent } from "../../services/tail-logs.js";
import { logText } from "./log-text.js";

/** What is known of a job that failed. */
export interface JobFailure {
  readonly jobName: string;
  /** `FailureReason`, where SageMaker gave one. */
  readonly reason: string | undefined;
  /** What the program wrote to `/opt/ml/output/message`. */
  readonly exitMessage?: string | undefined;
  /** The last lines of its log, oldest first. */
  readonly lines: readonly LogEvent[];
  /** Why the log could not be read. */
  readonly logProblem?: string | undefined;
}

/** A job has failed: with the code `job_failed`, or `no_capacity` where SageMaker had no machines for it. */
export class JobFailedError extends SfnDsError {
  override readonly name = "JobFailedError";
  readonly jobName: string;
  /** As SageMaker gave it. */
  readonly reason: string | undefined;
  readonly exitMessage: string | undefined;
  /** The last lines of the job's log, oldest first. */
  readonly lines: readonly LogEvent[];

  constructor(failure: JobFailure) {
    super(/CapacityError/i.test(failure.reason ?? "") ? "no_capacity" : "job_failed", messageOf(failure));
    this.jobName = failure.jobName;
    this.reason = failure.reason;
    this.exitMessage = failure.exitMessage;
    this.lines = failure.lines;
    // The message has them: what prints the whole error is not to say them twice.
    Object.defineProperty(this, "lines", { enumerable: false });
  }
}

/** A job was stopped; allowed with `allowStopped`. */
export class StoppedJobError extends SfnDsError {
  override readonly name = "StoppedJobError";
  readonly jobName: string;

  constructor(jobName: string) {
    super("job_stopped", `the job ${jobName} was stopped`);
    this.jobName = jobName;
  }
}

function messageOf({ jobName, reason, exitMessage, lines, logProblem }: JobFailure): string {
  const said = exitMessage === undefined || exitMessage === "" ? "" : `; it said: ${exitMessage}`;
  const failed = `the job ${jobName} failed: ${reason ?? "SageMaker gave no reason"}${said}`;
  if (logProblem !== undefined) return `${failed}; its log cannot be read: ${logProblem}`;
  if (lines.length === 0) return failed;
  const instances = new Set(lines.map(({ stream }) => stream)).size > 1;
  const texts = lines.map((line) => `  ${logText(line, { color: false, instances })}`);
  return [`${failed}; the last lines of its log:`, ...texts, ""].join("\n");
}
