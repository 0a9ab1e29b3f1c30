import type { HistoryEvent } from "../../src/interpreter/history-event.js";
import { limits } from "../../src/language/limits.js";
import type { Execution, World } from "./world.js";

/** What is wrong with an execution that has ended; `undefined` where all laws hold. */
export function brokenHistory({ events, endings, open, facts }: Execution, wasStopped = false): string | undefined {
  const [ending, ...others] = endings;
  if (ending === undefined) return "the execution has not ended";
  if (others.length > 0) return "the execution has ended twice";
  if (open.size > 0) return `left open at the end: ${[...open.keys()].join(", ")}`;
  const size = ending.output === undefined ? 0 : Buffer.byteLength(ending.output.text);
  if (size > limits.payloadBytes) return `the output has ${size} bytes`;
  if (events.length > facts.mostEvents) return `${events.length} events`;
  const isWhole = ending.status === "SUCCEEDED" && !wasStopped;
  return (
    brokenIds(events) ??
    brokenEnd(events, ending.status) ??
    brokenVisits(events, isWhole) ??
    brokenAttempts(events, isWhole) ??
    brokenIterations(events, isWhole)
  );
}

/** The same for an execution and all of its children. */
export function brokenWorld({ executions, stopped }: World): string | undefined {
  for (const execution of executions) {
    const broken = brokenHistory(execution, stopped) ?? brokenMapRuns(execution);
    if (broken !== undefined) return `${execution.facts.name}: ${broken}`;
  }
  return undefined;
}

/** A Map run that was cancelled may only write and end, and nothing is asked of one that has ended. */
function brokenMapRuns({ mapRunEffects }: Execution): string | undefined {
  const left = new Map<string, ReadonlySet<string>>();
  for (const { kind, mapRun } of mapRunEffects) {
    if (left.get(mapRun)?.has(kind) === false) return `${kind} of ${mapRun}, which was cancelled or has ended`;
    if (kind === "cancelMapRun") left.set(mapRun, afterCancel);
    if (kind === "endMapRun") left.set(mapRun, nothing);
  }
  return undefined;
}

const afterCancel: ReadonlySet<string> = new Set(["cancelMapRun", "writeResults", "endMapRun"]);
const nothing: ReadonlySet<string> = new Set();

function brokenIds(events: readonly HistoryEvent[]): string | undefined {
  let time = 0;
  for (const [index, { id, previousEventId, timestamp, type }] of events.entries()) {
    if (id !== index + 1) return `event ${index + 1} has the id ${id}`;
    if (timestamp < time) return `time goes back at ${id}`;
    time = timestamp;
    if (previousEventId < 0 || previousEventId >= id) return `event ${id} points to ${previousEventId}`;
    // AWS lets what it could not evaluate point to what led to the state, and not to the state.
    const isFirst = id <= 2 || /^(ExecutionAborted|ExecutionTimedOut|EvaluationFailed)$/.test(type);
    if (previousEventId === 0 && !isFirst) return `event ${id}, ${type}, points to nothing`;
    if (previousEventId === 1 && id > 2 && !type.startsWith("Execution"))
      return `event ${id}, ${type}, points to the start`;
  }
  return undefined;
}

const ends = {
  SUCCEEDED: "ExecutionSucceeded",
  FAILED: "ExecutionFailed",
  TIMED_OUT: "ExecutionTimedOut",
  ABORTED: "ExecutionAborted",
};

function brokenEnd(events: readonly HistoryEvent[], status: keyof typeof ends): string | undefined {
  const last = events.at(-1)?.type;
  if (last !== ends[status]) return `${status}, but the last event is ${last}`;
  const found = events.filter(({ type }) => Object.values<string>(ends).includes(type)).length;
  return found === 1 ? undefined : `${found} events end the execution`;
}

function nameOf({ details }: HistoryEvent): string {
  return String(details?.["name"]);
}

/** Each Exited event comes from an Entered event of its own, and no state outside of branches is left open where all went well. */
function brokenVisits(events: readonly HistoryEvent[], isWhole: boolean): string | undefined {
  const left = new Set<number>();
  for (const event of events) {
    if (!event.type.endsWith("StateExited")) continue;
    const entered = enteredBefore(events, event);
    if (entered === undefined) return `event ${event.id} leaves ${nameOf(event)}, which was not entered`;
    if (left.has(entered.id)) return `${nameOf(event)}, entered at ${entered.id}, is left twice`;
    if (entered.type !== event.type.replace("Exited", "Entered")) return `event ${event.id} is a ${event.type}`;
    left.add(entered.id);
  }
  const count = (ending: string): number => events.filter(({ type }) => type.endsWith(ending)).length;
  const open = count("StateEntered") - left.size;
  // TaskStateAborted may follow a task that has failed: its state is not left either.
  if (count("StateAborted") > open) return `${open} states are not left, but ${count("StateAborted")} aborted`;
  const hasTrouble = events.some(({ type }) => /Failed|TimedOut|Aborted|^FailStateEntered/.test(type));
  if (isWhole && !hasTrouble && open > 0) return `${open} states are not left, though nothing has failed`;
  return undefined;
}

function enteredBefore(events: readonly HistoryEvent[], exited: HistoryEvent): HistoryEvent | undefined {
  const name = nameOf(exited);
  for (let at = exited.previousEventId; at > 0; at = events[at - 1]?.previousEventId ?? 0) {
    const event = events[at - 1];
    // It may point to what led to its state: then the state was entered right before.
    if (event?.type === "EvaluationFailed" && event.details?.["state"] === name) {
      return events.slice(0, at).findLast((one) => one.type.endsWith("StateEntered") && nameOf(one) === name);
    }
    if (event?.type.endsWith("StateEntered") && nameOf(event) === name) return event;
  }
  return undefined;
}

const begun = /^(Task|LambdaFunction|Activity)Scheduled$/;
const after = /^((Task|LambdaFunction|Activity)(Started|Submitted|Succeeded|Failed|TimedOut)|TaskStateAborted)$/;

/** Each attempt of a task has one end. */
function brokenAttempts(events: readonly HistoryEvent[], isWhole: boolean): string | undefined {
  const attempt = new Map<number, { readonly id: number; ends: number }>();
  for (const { id, previousEventId, type } of events) {
    if (begun.test(type)) attempt.set(id, { id, ends: 0 });
    if (!after.test(type)) continue;
    const one = attempt.get(previousEventId);
    if (one === undefined && type === "TaskStateAborted") continue;
    if (one === undefined) return `event ${id}, ${type}, follows no attempt`;
    if (/Succeeded|Failed|TimedOut/.test(type)) one.ends++;
    if (type === "TaskStateAborted" && one.ends === 0) one.ends++;
    attempt.set(id, one);
  }
  for (const { id, ends } of attempt.values()) {
    if (ends > 1) return `the attempt at ${id} ends ${ends} times`;
    if (ends === 0 && isWhole) return `the attempt at ${id} does not end`;
  }
  return undefined;
}

/** Iterations begin before they end, and each of them ends once. */
function brokenIterations(events: readonly HistoryEvent[], isWhole: boolean): string | undefined {
  const open = new Map<string, number>();
  for (const { id, type, details } of events) {
    if (!type.startsWith("MapIteration")) continue;
    const name = `iteration ${details?.["index"]} of ${details?.["name"]}`;
    const now = (open.get(name) ?? 0) + (type === "MapIterationStarted" ? 1 : -1);
    if (now < 0) return `event ${id} ends the ${name}, which does not run`;
    open.set(name, now);
  }
  if (!isWhole) return undefined;
  for (const [name, count] of open) if (count > 0) return `the ${name} does not end`;
  return undefined;
}
