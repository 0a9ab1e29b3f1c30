import type { HistoryEvent } from "@aws-sdk/client-sfn";
import pc from "picocolors";
import { readableFailure } from "./readable-cause.js";

/** What a person reads of an event; `undefined` for one that says nothing new. */
export type ProgressLine = string | undefined;

/** Turns the events of one execution, in their order, into lines for people. */
export class Progress {
  private readonly states = new Map<number, string>();
  private readonly enteredAt = new Map<string, Date>();
  private readonly attempts = new Map<string, number>();
  private startedAt: Date | undefined;

  /** The name of the state to which an event belongs. */
  stateOf(event: HistoryEvent): string {
    return this.states.get(event.id ?? 0) ?? "";
  }

  /** The line for the next event. */
  next(event: HistoryEvent): ProgressLine {
    const state = event.stateEnteredEventDetails?.name ?? this.states.get(event.previousEventId ?? 0) ?? "";
    this.states.set(event.id ?? 0, state);
    const { type = "" } = event;
    if (type.endsWith("StateEntered")) return this.enter(state, event);
    if (type.endsWith("StateExited")) {
      const name = event.stateExitedEventDetails?.name ?? state;
      return `${pc.green("✔")} ${name}${this.seconds(this.enteredAt.get(name), event)}`;
    }
    if (type === "TaskScheduled") return this.schedule(state);
    if (type.startsWith("Execution")) return this.execution(event);
    const failure =
      event.taskFailedEventDetails ?? event.taskTimedOutEventDetails ?? event.taskSubmitFailedEventDetails;
    return failure === undefined ? undefined : `${pc.red("✖")} ${state}: ${reason(failure.error, failure.cause)}`;
  }

  private enter(state: string, event: HistoryEvent): string {
    if (event.timestamp !== undefined) this.enteredAt.set(state, event.timestamp);
    this.attempts.delete(state);
    return `${pc.cyan("▶")} ${state}`;
  }

  private schedule(state: string): ProgressLine {
    const attempt = (this.attempts.get(state) ?? 0) + 1;
    this.attempts.set(state, attempt);
    return attempt === 1 ? undefined : `${pc.yellow("↻")} ${state}: attempt ${attempt}`;
  }

  private execution(event: HistoryEvent): ProgressLine {
    switch (event.type) {
      case "ExecutionStarted":
        this.startedAt = event.timestamp;
        return undefined;
      case "ExecutionSucceeded":
        return `${pc.green("✔")} succeeded${this.seconds(this.startedAt, event)}`;
      default: {
        const details =
          event.executionFailedEventDetails ??
          event.executionTimedOutEventDetails ??
          event.executionAbortedEventDetails;
        const word = (event.type ?? "")
          .replace("Execution", "")
          .replace(/([a-z])([A-Z])/g, "$1 $2")
          .toLowerCase();
        const why = reason(details?.error, details?.cause);
        return `${pc.red("✖")} ${word}${this.seconds(this.startedAt, event)}${why === "" ? "" : `: ${why}`}`;
      }
    }
  }

  private seconds(from: Date | undefined, event: HistoryEvent): string {
    if (from === undefined || event.timestamp === undefined) return "";
    return pc.dim(`  ${((event.timestamp.getTime() - from.getTime()) / 1000).toFixed(2)} s`);
  }
}

/** Characters of a cause that are shown; the whole stands in the history. */
const causeLength = 400;

function reason(error: string | undefined, cause: string | undefined): string {
  const text = readableFailure(error, cause);
  return text.length > causeLength ? `${text.slice(0, causeLength)}…` : text;
}

/** Whether no event can come after one of this type. */
export function isClosing(type: string | undefined): boolean {
  return (
    type === "ExecutionSucceeded" ||
    type === "ExecutionFailed" ||
    type === "ExecutionTimedOut" ||
    type === "ExecutionAborted"
  );
}
