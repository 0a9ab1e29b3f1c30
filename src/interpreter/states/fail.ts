import { Failure, runtimeFailure } from "../failure.js";
import type { FieldReader } from "../field-reader.js";
import type { PlannedCall } from "../intrinsics/call.js";
import { evaluateTyped } from "../jsonata/evaluate.js";
import type { Expression } from "../jsonata/expression.js";
import type { Path } from "../paths/path.js";
import type { Visit } from "../snapshot.js";
import { readSource } from "../template.js";
import type { Turn } from "../turn.js";

type Text = string | Path | PlannedCall | Expression | undefined;

/** A Fail state: each text is a constant, or is read from the input. */
export interface PlannedFail {
  readonly type: "Fail";
  readonly error: Text;
  readonly cause: Text;
}

/** Reads a Fail state. */
export function planFail(reader: FieldReader): PlannedFail {
  return {
    type: "Fail",
    error: planText(reader, "Error"),
    cause: planText(reader, "Cause"),
  };
}

function planText(reader: FieldReader, field: string): Text {
  return reader.expression(field) ?? reader.text(field) ?? reader.source(`${field}Path`);
}

/** The failure that the state stands for, or that of reading its texts. */
export function runFail(state: PlannedFail, turn: Turn, visit: Visit): Failure {
  turn.note("afterInputPath", visit.input.value);
  const error = textOf(state.error, "Error", turn, visit);
  if (error instanceof Failure) return error;
  const cause = textOf(state.cause, "Cause", turn, visit);
  return cause instanceof Failure ? cause : new Failure(error, cause);
}

function textOf(text: Text, field: string, turn: Turn, visit: Visit): string | undefined | Failure {
  if (text === undefined || typeof text === "string") return text;
  if (text.kind === "jsonata") {
    const value = evaluateTyped(text, turn.bindings(visit), field, "string");
    return value instanceof Failure ? value : String(value);
  }
  const value = readSource(text, turn.scope(visit, visit.input.value), `${field}Path`);
  if (value instanceof Failure || typeof value === "string") return value;
  return runtimeFailure(`The ${field}Path field must refer to a string, got ${JSON.stringify(value)}: ${text.text}`);
}
