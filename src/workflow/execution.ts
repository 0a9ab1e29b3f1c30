import type { DescribeExecutionCommandOutput, HistoryEvent } from "@aws-sdk/client-sfn";
import { SfnDsError } from "../language/sfn-ds-error.js";
import { Backoff, realSleep, type Sleep } from "../services/pause.js";
import { ExecutionFailedError } from "./errors.js";
import { type FollowOptions, followExecution } from "./follow.js";
import { failingState, type HistoryOptions, readHistory } from "./history.js";
import { callSfn, type WorkflowSession } from "./session.js";

/** How an execution stands. */
export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED" | "PENDING_REDRIVE";

/** What `DescribeExecution` answers. */
export type ExecutionDescription = Omit<DescribeExecutionCommandOutput, "$metadata">;

/** Options of `wait()` and `output()`. */
export interface WaitOptions {
  /** Ends the waiting; the execution goes on. */
  readonly signal?: AbortSignal;
  /** Seconds to wait at most; default: no bound. */
  readonly timeoutSeconds?: number;
  /** Waits between two questions, in milliseconds: 100 at first, then longer and longer, 5000 at most; default: the real time. */
  readonly sleep?: Sleep;
}

/** Why and with what an execution is stopped. */
export interface StopOptions {
  /** ASL's error name that the execution then shows. */
  readonly error?: string;
  /** The reason, in words. */
  readonly cause?: string;
}

declare const outputType: unique symbol;

const pauses = { firstMilliseconds: 100, mostMilliseconds: 5000 } as const;

/**
 * One run of a workflow.
 *
 * @example
 * const execution = await workflow.execute({ rows: 3 });
 * const output = await execution.output();
 */
export class Execution<Output = unknown> {
  /** `arn:aws:states:<region>:<account>:execution:<state machine>:<name>` */
  readonly arn: string;
  /** For the type checker alone; never set. */
  declare readonly [outputType]: Output;
  readonly #session: WorkflowSession;

  /** Points at an execution that was started before, here or elsewhere. */
  constructor(session: WorkflowSession, arn: string) {
    this.arn = arn;
    this.#session = session;
  }

  /** The last part of the ARN. */
  get name(): string {
    return this.arn.slice(this.arn.lastIndexOf(":") + 1);
  }

  /** Asks how the execution stands now. */
  async describe(): Promise<ExecutionDescription> {
    return callSfn(this.#session, async (client) => {
      const { DescribeExecutionCommand } = await import("@aws-sdk/client-sfn");
      const { $metadata: _, ...description } = await client.send(
        new DescribeExecutionCommand({ executionArn: this.arn }),
      );
      return description;
    });
  }

  /**
   * Waits until the execution has ended, in whatever way.
   *
   * @throws {@link SfnDsError} `wait_timed_out` or `wait_aborted`; the execution goes on in both cases.
   */
  async wait(options: WaitOptions = {}): Promise<ExecutionDescription> {
    const { signal, timeoutSeconds, sleep = realSleep } = options;
    const backoff = new Backoff(pauses.firstMilliseconds, pauses.mostMilliseconds);
    let waited = 0;
    for (;;) {
      if (signal?.aborted === true) throw this.#abortedWait(signal);
      const description = await this.describe();
      if (description.status !== "RUNNING" && description.status !== "PENDING_REDRIVE") return description;
      const left = timeoutSeconds === undefined ? Number.POSITIVE_INFINITY : timeoutSeconds * 1000 - waited;
      if (left <= 0) throw new SfnDsError("wait_timed_out", `${this.name} still runs after ${timeoutSeconds} s`);
      const pause = Math.min(backoff.take(), left);
      waited += pause;
      await sleep(pause, signal).catch((error: unknown) => {
        throw signal?.aborted === true ? this.#abortedWait(signal) : error;
      });
    }
  }

  #abortedWait(signal: AbortSignal): SfnDsError {
    return new SfnDsError("wait_aborted", `waiting for ${this.name} was ended`, { cause: signal.reason });
  }

  /**
   * The output; waits for it.
   *
   * @throws {@link ExecutionFailedError} with the state, the error and the cause when the execution did not succeed.
   */
  async output(options: WaitOptions = {}): Promise<Output> {
    const description = await this.wait(options);
    if (description.status === "SUCCEEDED") return JSON.parse(description.output ?? "null") as Output;
    const { status = "FAILED", error, cause } = description;
    throw new ExecutionFailedError({ executionArn: this.arn, status, error, cause, ...(await this.#failingState()) });
  }

  /** What failed is what the caller has to hear: that the history cannot be read is told beside it, not instead. */
  async #failingState(): Promise<{ readonly state: string | undefined; readonly stateProblem?: string }> {
    try {
      return { state: await failingState(this.#session, this.arn) };
    } catch (error) {
      return {
        state: undefined,
        stateProblem: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      };
    }
  }

  /** The input with which the execution was started. */
  async input(): Promise<unknown> {
    const { input } = await this.describe();
    return JSON.parse(input ?? "null");
  }

  /** Ends the execution, and with it the jobs that its states wait for. */
  async stop(reason: StopOptions = {}): Promise<void> {
    await callSfn(this.#session, async (client) => {
      const { StopExecutionCommand } = await import("@aws-sdk/client-sfn");
      await client.send(new StopExecutionCommand({ executionArn: this.arn, ...reason }));
    });
  }

  /** The events of the history, page by page. */
  history(options: HistoryOptions = {}): AsyncGenerator<HistoryEvent, void, undefined> {
    return readHistory(this.#session, this.arn, options);
  }

  /**
   * Shows on the terminal what happens: a line for each state and each line of a job's log, until the end.
   * Ctrl-C detaches: the execution goes on, and how to look at it or to stop it is said. Under `sfn-ds local -- <command>` the
   * service ends with the command, and the execution with it: then that is said.
   */
  follow(options: FollowOptions = {}): Promise<"ended" | "detached"> {
    return followExecution(this.#session, this, options);
  }
}
