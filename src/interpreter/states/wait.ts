import type { Json } from "../../language/json.js";
import { limits } from "../../language/limits.js";
import { parseTimestamp } from "../../language/timestamp.js";
import { type DataFlow, effectiveInput, leave, planDataFlow, select } from "../data-flow.js";
import { Failure, runtimeFailure } from "../failure.js";
import type { FieldReader } from "../field-reader.js";
import type { Outcome } from "../outcome.js";
import type { Path } from "../paths/path.js";
import type { Visit } from "../snapshot.js";
import type { Turn } from "../turn.js";

/** A Wait state; exactly one of the four is set. `until` is milliseconds since 1970. */
export interface PlannedWait {
  readonly type: "Wait";
  readonly flow: DataFlow;
  readonly seconds: number | undefined;
  readonly secondsPath: Path | undefined;
  readonly until: number | undefined;
  readonly untilPath: Path | undefined;
  readonly next: string | undefined;
}

/** Reads a Wait state. */
export function planWait(reader: FieldReader, next: string | undefined): PlannedWait {
  const seconds = reader.number("Seconds");
  const until = parseTimestamp(reader.text("Timestamp") ?? "");
  const hasPath = (reader.text("SecondsPath") ?? reader.text("TimestampPath")) !== undefined;
  if (seconds === undefined && until === undefined && !hasPath) reader.refuse("this state has no time to wait for");
  return {
    type: "Wait",
    flow: planDataFlow(reader),
    seconds,
    secondsPath: reader.pathTo("SecondsPath"),
    until,
    untilPath: reader.pathTo("TimestampPath"),
    next,
  };
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

function wakeUpAt(state: PlannedWait, turn: Turn, visit: Visit, input: Json): number | Failure {
  if (state.until !== undefined) return state.until;
  if (state.untilPath !== undefined) return timestampAt(state.untilPath, turn, visit, input);
  if (state.secondsPath === undefined) return turn.run.now + (state.seconds ?? 0) * 1000;
  const seconds = secondsAt(state.secondsPath, turn, visit, input);
  return seconds instanceof Failure ? seconds : turn.run.now + seconds * 1000;
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
