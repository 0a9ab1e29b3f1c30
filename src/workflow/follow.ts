import type { HistoryEvent } from "@aws-sdk/client-sfn";
import pc from "picocolors";
import { tailLogs } from "../services/tail-logs.js";
import { readHistory } from "./history.js";
import { Backoff, realSleep, type Sleep } from "./pause.js";
import { isClosing, Progress } from "./progress.js";
import type { WorkflowSession } from "./session.js";

export interface FollowOptions {
  /** Where the lines go; default: standard error, so that standard output is free for results. */
  readonly write?: (line: string) => void;
  /** Ends the following as Ctrl-C does. */
  readonly signal?: AbortSignal;
  /** Whether Ctrl-C detaches and sets the exit code 130; default true. The handler is there only while this call runs. */
  readonly interruptible?: boolean;
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

/** A job's log that is being read. */
interface Tail {
  isJobDone: boolean;
  readonly ended: Promise<void>;
}

class Follower {
  private readonly session: WorkflowSession;
  private readonly execution: Followed;
  private readonly signal: AbortSignal;
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
    this.sleep = options.sleep ?? realSleep;
    this.write = options.write ?? ((line) => process.stderr.write(`${line}\n`));
  }

  async run(): Promise<"ended" | "detached"> {
    const backoff = new Backoff(pauses.firstMilliseconds, pauses.mostMilliseconds);
    while (!this.signal.aborted) {
      const events = await this.newEvents();
      for (const event of events) await this.show(event);
      if (events.some(({ type }) => isClosing(type))) return "ended";
      if (events.length > 0) backoff.reset();
      await this.pause(backoff.take());
    }
    await this.endTails();
    this.sayDetached();
    return "detached";
  }

  /** The events since the last look, oldest first. A running history can only be read from its ends: newest first costs the least. */
  private async newEvents(): Promise<readonly HistoryEvent[]> {
    const events: HistoryEvent[] = [];
    for await (const event of readHistory(this.session, this.execution.arn, { reverse: true })) {
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
    const tail: { isJobDone: boolean; ended: Promise<void> } = { isJobDone: false, ended: Promise.resolve() };
    tail.ended = this.copyLog(log.group, `${job}/`, tail);
    this.tails.set(state, tail);
  }

  private async copyLog(group: string, prefix: string, tail: { readonly isJobDone: boolean }): Promise<void> {
    try {
      const options = { group, prefix, signal: this.signal, isDone: () => tail.isJobDone, intervalMilliseconds: 250 };
      for await (const { message } of tailLogs(await this.session.logs(), options))
        this.write(`  ${pc.dim("│")} ${message}`);
    } catch (error) {
      // The log is an extra: that it cannot be read does not end the following, but is said.
      if (!this.signal.aborted) this.write(`  ${pc.yellow("!")} the job's log cannot be read: ${String(error)}`);
    }
  }

  private async endTails(states: Iterable<string> = [...this.tails.keys()]): Promise<void> {
    for (const state of states) {
      const tail = this.tails.get(state);
      if (tail === undefined) continue;
      tail.isJobDone = true;
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
    this.write(`detached: the execution ${name} goes on`);
    this.write(`  how it stands: aws stepfunctions describe-execution --execution-arn ${arn}`);
    this.write(`  to stop it:    aws stepfunctions stop-execution --execution-arn ${arn}`);
  }
}

/** `createProcessingJob.sync` is the action `createProcessingJob`. */
function actionOf(resource: string | undefined): string {
  return (resource ?? "").split(".")[0] ?? "";
}
