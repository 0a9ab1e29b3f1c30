import type { Json } from "../../language/json.js";
import { limits } from "../../language/limits.js";
import { parseTimestamp } from "../../language/timestamp.js";
import { type DataFlow, effectiveInput, leave, planDataFlow, select } from "../data-flow.js";
import { evaluationFailure, Failure, runtimeFailure } from "../failure.js";
import type { FieldReader } from "../field-reader.js";
import { evaluateTyped } from "../jsonata/evaluate.js";
import type { Expression } from "../jsonata/expression.js";
import type { Outcome } from "../outcome.js";
import type { Path } from "../paths/path.js";
import type { Visit } from "../snapshot.js";
import type { Turn } from "../turn.js";

/** A Wait state: for some seconds, or until a time in milliseconds since 1970. */
export interface PlannedWait {
  readonly type: "Wait";
  readonly flow: DataFlow;
  readonly time: Time;
  readonly next: string | undefined;
}

interface Time {
  readonly kind: "seconds" | "until";
  readonly source: number | Path | Expression;
}

/** Reads a Wait state. */
export function planWait(reader: FieldReader, next: string | undefined): PlannedWait {
  const time = planTime(reader);
  if (time === undefined) reader.refuse("this state has no time to wait for");
  return { type: "Wait", flow: planDataFlow(reader), time: time ?? { kind: "seconds", source: 0 }, next };
}

function planTime(reader: FieldReader): Time | undefined {
  const seconds = reader.number("Seconds") ?? reader.expression("Seconds") ?? reader.pathTo("SecondsPath");
  if (seconds !== undefined) return { kind: "seconds", source: seconds };
  const until =
    reader.expression("Timestamp") ?? parseTimestamp(reader.text("Timestamp") ?? "") ?? reader.pathTo("TimestampPath");
  return until === undefined ? undefined : { kind: "until", source: until };
}

/** Seconds that a Wait may last: AWS counts them in 32 bits. */
const longestWait = 2_147_483_647;

/** Waits; a time that has passed is over at once. */
export function runWait(state: PlannedWait, turn: Turn, visit: Visit): Outcome {
  const input = effectiveInput(state.flow, turn, visit);
  if (input instanceof Failure) return input;
  const at = wakeUpAt(state, turn, visit, input);
  if (at instanceof Failure) return at;
  const seconds = (at - turn.run.now) / 1000;
  if (seconds > longestWait) return runtimeFailure("Wait state delay is too long.");
  if (seconds <= 0) return leave(state.flow, turn, visit, input, state.next);
  return { kind: "waiting", visit, timer: turn.setTimer("wait", seconds) };
}

/** The time has come. */
export function wakeUp(state: PlannedWait, turn: Turn, visit: Visit): Outcome {
  const input = effectiveInput(state.flow, turn, visit);
  return input instanceof Failure ? input : leave(state.flow, turn, visit, input, state.next);
}

function wakeUpAt({ time }: PlannedWait, turn: Turn, visit: Visit, input: Json): number | Failure {
  const { kind, source } = time;
  if (kind === "until") {
    if (typeof source === "number") return source;
    return source.kind === "path" ? timestampAt(source, turn, visit, input) : timestampOf(source, turn, visit);
  }
  const seconds = typeof source === "number" ? source : secondsOf(source, turn, visit, input);
  return seconds instanceof Failure ? seconds : turn.run.now + seconds * 1000;
}

function secondsOf(source: Path | Expression, turn: Turn, visit: Visit, input: Json): number | Failure {
  if (source.kind === "path") return secondsAt(source, turn, visit, input);
  const found = evaluateTyped(source, turn.bindings(visit), "Seconds", "number");
  if (found instanceof Failure) return found;
  if (typeof found !== "number" || found < 0 || !Number.isInteger(found)) {
    return evaluationFailure(`The Seconds field must be a non-negative integer, got ${found}`, "Seconds");
  }
  return found < limits.number ? found : runtimeFailure("Wait state delay is too long.");
}

function timestampOf(expression: Expression, turn: Turn, visit: Visit): number | Failure {
  const found = evaluateTyped(expression, turn.bindings(visit), "Timestamp", "string");
  if (found instanceof Failure) return found;
  const what = "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string";
  const at = parseTimestamp(String(found));
  if (at !== undefined) return at;
  // AWS reads the text when the state is entered, and links to that.
  turn.isEntering = false;
  return evaluationFailure(`${what}: ${found}`, "Timestamp");
}

function timestampAt(path: Path, turn: Turn, visit: Visit, input: Json): number | Failure {
  const value = select(path, turn, visit, input);
  if (value instanceof Failure) return value;
  const at = typeof value === "string" ? parseTimestamp(value) : undefined;
  if (at !== undefined) return at;
  const shown = typeof value === "string" ? value : JSON.stringify(value);
  return runtimeFailure(
    `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${path.text} == ${shown}`,
  );
}

function secondsAt(path: Path, turn: Turn, visit: Visit, input: Json): number | Failure {
  const value = select(path, turn, visit, input);
  if (value instanceof Failure) {
    return runtimeFailure(`The SecondsPath parameter does not reference an input value: ${path.text}`);
  }
  if (typeof value !== "number" || !Number.isInteger(value)) {
    return runtimeFailure(
      `The SecondsPath parameter cannot be parsed as a long value: ${path.text} == ${JSON.stringify(value)}`,
    );
  }
  if (value < 0)
    return runtimeFailure(`The SecondsPath parameter references a negative value: ${path.text} == ${value}`);
  return value < limits.number ? value : runtimeFailure("Wait state delay is too long.");
}
