import { inspect } from "node:util";
import type { DescribeExecutionCommandOutput, HistoryEvent } from "@aws-sdk/client-sfn";
import { type Issue, issue, shown, throwIssues } from "../language/errors.js";
import { SfnDsError } from "../language/sfn-ds-error.js";
import { executionLink } from "../picture/console-links.js";
import { eventsTable } from "../picture/events-table.js";
import { type GraphOptions, GraphPicture } from "../picture/graph-picture.js";
import { html } from "../picture/html.js";
import { notebookDisplay } from "../picture/notebook-display.js";
import { link } from "../picture/table.js";
import { Backoff, realSleep, type Sleep } from "../services/pause.js";
import { fromAsl, frozenDefinition } from "../states/frozen-definition.js";
import { ExecutionFailedError } from "./errors.js";
import { type FollowOptions, followExecution, followIssues } from "./follow.js";
import { failingState, type ListEventsOptions, listEventsIssues, readHistory } from "./history.js";
import { flagIssues, functionIssues, type Names, optionIssues, secondsIssues, signalIssues } from "./known-options.js";
import { Listing } from "./listing.js";
import { countIssues } from "./pages.js";
import { callSfn, type WorkflowSession } from "./session.js";

/** In AWS's words. */
export const executionStatuses = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE"] as const;

/** How an execution stands. */
export type ExecutionStatus = (typeof executionStatuses)[number];

/** How an execution stood when it was started or listed. */
export interface ExecutionSnapshot {
  readonly status: ExecutionStatus;
  readonly startDate: Date | undefined;
  /** `undefined` while it runs. */
  readonly stopDate: Date | undefined;
}

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
  /** ASL's error name that the execution then shows, at most 256 characters. */
  readonly error?: string;
  /** The reason, in words, at most 32,768 characters. */
  readonly cause?: string;
}

/** Options of `renderProgress()`. */
export interface RenderProgressOptions extends GraphOptions {
  /** Events of the history that are read at most, the oldest first; default: all. */
  readonly maxEvents?: number;
}

const progressNames = { portrait: true, maxEvents: true } as const satisfies Names<RenderProgressOptions>;
const waitNames = { signal: true, timeoutSeconds: true, sleep: true } as const satisfies Names<WaitOptions>;
const stopNames = { error: true, cause: true } as const satisfies Names<StopOptions>;

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
  /** How it stood when it was started or listed; `describe()` asks how it stands now. `undefined` where only the ARN is known. */
  readonly snapshot: ExecutionSnapshot | undefined;
  /** For the type checker alone; never set. */
  declare readonly [outputType]: Output;
  readonly #session: WorkflowSession;

  /** Points at an execution that was started before, here or elsewhere. */
  constructor(session: WorkflowSession, arn: string, snapshot?: ExecutionSnapshot) {
    this.arn = arn;
    this.snapshot = snapshot;
    this.#session = session;
  }

  /** The last part of the ARN. */
  get name(): string {
    return this.arn.slice(this.arn.lastIndexOf(":") + 1);
  }

  /** Asks how the execution stands now. */
  async describe(): Promise<ExecutionDescription> {
    const request = { executionArn: this.arn };
    const answer = await callSfn(this.#session, (sfn) => new sfn.DescribeExecutionCommand(request));
    const { $metadata: _, ...description } = answer;
    return description;
  }

  /**
   * Waits until the execution has ended, in whatever way.
   *
   * @throws {@link SfnDsError} `wait_timed_out` or `wait_aborted`; the execution goes on in both cases.
   * {@link DefinitionError} `unknown_option`, `invalid_number`, `invalid_argument`, before anything is asked.
   */
  async wait(options: WaitOptions = {}): Promise<ExecutionDescription> {
    throwIssues(waitIssues("wait()", options));
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
    throwIssues(waitIssues("output()", options));
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

  /**
   * Ends the execution, and with it the jobs that its states wait for.
   *
   * @throws {@link DefinitionError} `unknown_option`, `invalid_text`
   */
  async stop(reason: StopOptions = {}): Promise<void> {
    throwIssues(stopIssues(reason));
    const { error, cause } = reason;
    const request = {
      executionArn: this.arn,
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
    };
    await callSfn(this.#session, (sfn) => new sfn.StopExecutionCommand(request));
  }

  /** The events of the history: to go through, or as a table. An Express machine keeps none. */
  listEvents(options: ListEventsOptions = {}): Listing<HistoryEvent> {
    throwIssues(listEventsIssues(options));
    return new Listing(
      options,
      (pages) => readHistory(this.#session, this.arn, { ...options, ...pages }),
      (events) => eventsTable(events, this.#session.hasOwnEndpoint !== true),
    );
  }

  /**
   * Shows on the terminal what happens: a line for each state and each line of a job's log, until the end.
   * Ctrl-C detaches: the execution goes on, and how to look at it or to stop it is said. Under `sfn-ds local -- <command>` the
   * service ends with the command, and the execution with it: then that is said.
   */
  async follow(options: FollowOptions = {}): Promise<"ended" | "detached"> {
    throwIssues(followIssues(options));
    return followExecution(this.#session, this, options);
  }

  /**
   * A picture of the machine that runs here, as it was when this execution began, with how far each state has come now: `toText()` for a terminal,
   * `toHtml()` for a page or a notebook, `toMermaid()`. An Express machine keeps no history to read it from.
   */
  async renderProgress(options: RenderProgressOptions = {}): Promise<GraphPicture> {
    throwIssues(
      optionIssues("renderProgress()", options, progressNames, (given) => [
        ...flagIssues(given, "portrait"),
        ...countIssues(given, "maxEvents"),
      ]),
    );
    const { maxEvents: maxItems, ...layout } = options;
    const request = { executionArn: this.arn };
    const { status = "" } = await this.describe();
    const machine = await callSfn(this.#session, (sfn) => new sfn.DescribeStateMachineForExecutionCommand(request));
    const events = await this.listEvents(maxItems === undefined ? {} : { maxItems }).toArray();
    const definition = frozenDefinition(fromAsl(machine.definition ?? ""));
    const head = { title: `${this.name}: ${status}`, href: this.#consoleLink() };
    return new GraphPicture(definition, head, layout, events);
  }

  #consoleLink(): string | undefined {
    return this.#session.hasOwnEndpoint === true ? undefined : executionLink(this.arn);
  }

  /** A link to the execution in AWS's console, as a fragment of HTML. */
  toHtml(): string {
    return html`Execution: ${link(this.arn, this.#consoleLink())}`.toString();
  }

  /** ARN, name and how it stood when it was started or listed. */
  toString(): string {
    const { status, startDate } = this.snapshot ?? {};
    const parts = [`arn=${shown(this.arn)}`, `name=${shown(this.name)}`];
    if (status !== undefined) parts.push(`status=${status}`);
    if (startDate !== undefined) parts.push(`startDate=${startDate.toISOString()}`);
    return `Execution(${parts.join(", ")})`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  /** @internal */
  [notebookDisplay](): Readonly<Record<string, string>> {
    return { "text/html": this.toHtml() };
  }
}

function waitIssues(what: string, options: WaitOptions): readonly Issue[] {
  return optionIssues(what, options, waitNames, (given) => [
    ...signalIssues(given),
    ...secondsIssues(given, "timeoutSeconds"),
    ...functionIssues(given, "sleep"),
  ]);
}

/** Characters that AWS takes. */
const longest = { error: 256, cause: 32_768 } as const satisfies { [K in keyof StopOptions]-?: number };

function stopIssues(reason: StopOptions): readonly Issue[] {
  return optionIssues("stop()", reason, stopNames, (given) =>
    (["error", "cause"] as const).flatMap((name) => {
      const text: unknown = given[name];
      if (text === undefined || (typeof text === "string" && text.length <= longest[name])) return [];
      return [issue("invalid_text", [name], `expected at most ${longest[name]} characters, got ${shown(text)}`)];
    }),
  );
}
