import type { HistoryEvent } from "@aws-sdk/client-sfn";
import pc from "picocolors";
import type { Issue } from "../language/errors.js";
import { Backoff, realSleep, type Sleep } from "../services/pause.js";
import { readingPace, tailLogs } from "../services/tail-logs.js";
import { readHistory } from "./history.js";
import { flagIssues, functionIssues, type Names, optionIssues, signalIssues } from "./known-options.js";
import { isClosing, Progress } from "./progress.js";
import type { WorkflowSession } from "./session.js";

/** Options of `follow()`. */
export interface FollowOptions {
  /** Where the lines go; default: standard error, so that standard output is free for results. */
  readonly write?: (line: string) => void;
  /** Ends the following as Ctrl-C does. */
  readonly signal?: AbortSignal;
  /** Whether Ctrl-C detaches and sets the exit code 130; default true. The handler is there only while this call runs. */
  readonly interruptible?: boolean;
  /** Waits between two looks, in milliseconds; default: the real time. */
  readonly sleep?: Sleep;
}

/** What following needs of an execution. */
interface Followed {
  readonly arn: string;
  readonly name: string;
}

const pauses = { firstMilliseconds: 100, mostMilliseconds: 3000 } as const;

/** What shells give for a program that Ctrl-C ended. */
const interruptedExitCode = 130;

/** Jobs whose logs can be shown: the integration, its log group and the parameter that names the job. */
const jobLogs: { readonly [action: string]: { readonly group: string; readonly nameParameter: string } } = {
  createProcessingJob: { group: "/aws/sagemaker/ProcessingJobs", nameParameter: "ProcessingJobName" },
  createTrainingJob: { group: "/aws/sagemaker/TrainingJobs", nameParameter: "TrainingJobName" },
  createTransformJob: { group: "/aws/sagemaker/TransformJobs", nameParameter: "TransformJobName" },
};

const names = { write: true, signal: true, interruptible: true, sleep: true } as const satisfies Names<FollowOptions>;

/** What is wrong with options of `follow()`. */
export function followIssues(options: FollowOptions): readonly Issue[] {
  return optionIssues("follow()", options, names, (given) => [
    ...functionIssues(given, "write"),
    ...signalIssues(given),
    ...flagIssues(given, "interruptible"),
    ...functionIssues(given, "sleep"),
  ]);
}

/** Shows an execution until it has ended or the user detaches. */
export async function followExecution(
  session: WorkflowSession,
  execution: Followed,
  options: FollowOptions,
): Promise<"ended" | "detached"> {
  const interrupt = new AbortController();
  const detach = (): void => interrupt.abort();
  const onInterrupt = (): void => {
    process.exitCode = interruptedExitCode;
    detach();
  };
  const { interruptible = true, signal } = options;
  // Only once: a second Ctrl-C ends the process as if nobody listened.
  if (interruptible) process.once("SIGINT", onInterrupt);
  signal?.addEventListener("abort", detach, { once: true });
  if (signal?.aborted === true) detach();
  try {
    return await new Follower(session, execution, options, interrupt.signal).run();
  } finally {
    process.off("SIGINT", onInterrupt);
    signal?.removeEventListener("abort", detach);
  }
}

/** `sfn-ds local -- <command>` sets it for its command: then the service ends with the command. */
const localVariable = "SFN_DS_LOCAL";

/** A job's log that is being read. */
interface Tail {
  /** Aborted when the job has ended: no pause is worth waiting for any more. */
  readonly jobEnd: AbortController;
  readonly ended: Promise<void>;
}

class Follower {
  private readonly session: WorkflowSession;
  private readonly execution: Followed;
  private readonly signal: AbortSignal;
  /** Ends all that reads logs, when the following ends in whatever way. */
  private readonly close = new AbortController();
  private readonly tailSignal: AbortSignal;
  private readonly sleep: Sleep;
  private readonly write: (line: string) => void;
  private readonly progress = new Progress();
  private readonly tails = new Map<string, Tail>();
  private readonly jobNames = new Map<string, string>();
  private lastId = 0;

  constructor(session: WorkflowSession, execution: Followed, options: FollowOptions, signal: AbortSignal) {
    this.session = session;
    this.execution = execution;
    this.signal = signal;
    this.tailSignal = AbortSignal.any([signal, this.close.signal]);
    this.sleep = options.sleep ?? realSleep;
    this.write = options.write ?? ((line) => process.stderr.write(`${line}\n`));
  }

  async run(): Promise<"ended" | "detached"> {
    try {
      if (await this.untilEnd()) return "ended";
    } finally {
      this.close.abort();
      await Promise.all([...this.tails.values()].map(({ ended }) => ended));
    }
    this.sayDetached();
    return "detached";
  }

  /** Whether the end was seen; otherwise the user has detached. */
  private async untilEnd(): Promise<boolean> {
    const backoff = new Backoff(pauses.firstMilliseconds, pauses.mostMilliseconds);
    while (!this.signal.aborted) {
      const events = await this.newEvents();
      for (const event of events) await this.show(event);
      if (events.some(({ type }) => isClosing(type))) return true;
      if (events.length > 0) backoff.reset();
      await this.pause(backoff.take());
    }
    return false;
  }

  /** The events since the last look, oldest first. A running history can only be read from its ends: newest first costs the least. */
  private async newEvents(): Promise<readonly HistoryEvent[]> {
    const events: HistoryEvent[] = [];
    for await (const event of readHistory(this.session, this.execution.arn, { reverseOrder: true })) {
      if ((event.id ?? 0) <= this.lastId) break;
      events.push(event);
    }
    // Not every emulator of the service knows `reverseOrder`.
    events.sort((left, right) => (left.id ?? 0) - (right.id ?? 0));
    this.lastId = events.at(-1)?.id ?? this.lastId;
    return events;
  }

  private async show(event: HistoryEvent): Promise<void> {
    const line = this.progress.next(event);
    const state = this.progress.stateOf(event);
    const ended = event.type?.startsWith("Execution") === true ? [...this.tails.keys()] : [state];
    // A job's last lines come before the line that says how its state ended.
    if (line !== undefined) await this.endTails(ended);
    if (line !== undefined) this.write(line);
    if (event.taskScheduledEventDetails !== undefined) this.noteJob(state, event.taskScheduledEventDetails);
    if (event.type === "TaskSubmitted") this.startTail(state, event.taskSubmittedEventDetails?.resource);
  }

  private noteJob(
    state: string,
    details: { readonly resource?: string | undefined; readonly parameters?: string | undefined },
  ): void {
    const log = jobLogs[actionOf(details.resource)];
    if (log === undefined) return;
    const parameters = JSON.parse(details.parameters ?? "{}") as { readonly [name: string]: unknown };
    const name = parameters[log.nameParameter];
    if (typeof name === "string") this.jobNames.set(state, name);
  }

  private startTail(state: string, resource: string | undefined): void {
    const log = jobLogs[actionOf(resource)];
    const job = this.jobNames.get(state);
    if (log === undefined || job === undefined) return;
    const jobEnd = new AbortController();
    this.tails.set(state, { jobEnd, ended: this.copyLog(log.group, `${job}/`, jobEnd.signal) });
  }

  private async copyLog(group: string, prefix: string, jobEnd: AbortSignal): Promise<void> {
    const sleep: Sleep = (milliseconds) => this.sleepUntil(jobEnd, milliseconds);
    const pace = readingPace(this.session.hasOwnEndpoint);
    const options = { ...pace, group, prefix, sleep, signal: this.tailSignal, isDone: () => jobEnd.aborted };
    try {
      for await (const { message } of tailLogs(await this.session.logs(), options))
        this.write(`  ${pc.dim("│")} ${message}`);
    } catch (error) {
      // The log is an extra: that it cannot be read does not end the following, but is said.
      if (!this.tailSignal.aborted) this.write(`  ${pc.yellow("!")} the job's log cannot be read: ${String(error)}`);
    }
  }

  /** Waits, but not past the end of the job: its last lines are wanted at once. */
  private async sleepUntil(jobEnd: AbortSignal, milliseconds: number): Promise<void> {
    if (jobEnd.aborted) return this.sleep(milliseconds, this.tailSignal);
    try {
      await this.sleep(milliseconds, AbortSignal.any([this.tailSignal, jobEnd]));
    } catch (error) {
      if (!jobEnd.aborted || this.tailSignal.aborted) throw error;
    }
  }

  private async endTails(states: readonly string[]): Promise<void> {
    for (const state of states) {
      const tail = this.tails.get(state);
      if (tail === undefined) continue;
      tail.jobEnd.abort();
      await tail.ended;
      this.tails.delete(state);
    }
  }

  private async pause(milliseconds: number): Promise<void> {
    try {
      await this.sleep(milliseconds, this.signal);
    } catch (error) {
      if (!this.signal.aborted) throw error;
    }
  }

  private sayDetached(): void {
    const { arn, name } = this.execution;
    if (process.env[localVariable] === "command" && this.session.hasOwnEndpoint !== false) {
      this.write(
        `detached: the execution ${name} ends with the local service; to keep it, start \`sfn-ds local\` by itself`,
      );
      return;
    }
    this.write(`detached: the execution ${name} goes on`);
    this.write(`  how it stands: aws stepfunctions describe-execution --execution-arn ${arn}`);
    this.write(`  to stop it:    aws stepfunctions stop-execution --execution-arn ${arn}`);
  }
}

/** `createProcessingJob.sync` is the action `createProcessingJob`. */
function actionOf(resource: string | undefined): string {
  return (resource ?? "").split(".")[0] ?? "";
}
