import type { Json, JsonObject } from "../language/json.js";
import { type Data, emptyData, isObject, toData } from "./data.js";
import { Failure, runtimeFailure, tooLarge } from "./failure.js";
import type { FieldReader } from "./field-reader.js";
import type { Exit } from "./outcome.js";
import { type Path, readPath, whyMissing } from "./paths/path.js";
import { putResult } from "./paths/result-path.js";
import type { Visit } from "./snapshot.js";
import { fillTemplate, type Template } from "./template.js";
import type { Turn } from "./turn.js";

/** How data enters and leaves a state. `undefined`: the field is not there; `null`: it says `null`. */
export interface DataFlow {
  readonly inputPath: Path | null | undefined;
  readonly parameters: Template | undefined;
  readonly resultSelector: Template | undefined;
  readonly resultPath: Path | null | undefined;
  readonly outputPath: Path | null | undefined;
  readonly assign: Template | undefined;
}

/** Reads the fields of data flow. */
export function planDataFlow(reader: FieldReader): DataFlow {
  return {
    inputPath: reader.path("InputPath"),
    parameters: reader.template("Parameters"),
    resultSelector: reader.template("ResultSelector"),
    resultPath: reader.resultPath(),
    outputPath: reader.path("OutputPath"),
    assign: reader.template("Assign"),
  };
}

/** The value at a path that a field names; `$` where the field is not there. */
export function select(path: Path | null | undefined, turn: Turn, visit: Visit, input: Json): Json | Failure {
  if (path === undefined) return input;
  if (path === null) return emptyData.value;
  const scope = turn.scope(visit, input);
  const value = readPath(path, scope);
  return value === undefined ? runtimeFailure(`Invalid path '${path.text}' : ${whyMissing(path, scope)}`) : value;
}

/** `InputPath`, then `Parameters`: what the work of a state gets. */
export function effectiveInput(flow: DataFlow, turn: Turn, visit: Visit): Json | Failure {
  const input = select(flow.inputPath, turn, visit, visit.input.value);
  if (input instanceof Failure || flow.parameters === undefined) return input;
  return fillTemplate(flow.parameters, turn.scope(visit, input));
}

/** `ResultSelector`, `Assign`, `ResultPath`, `OutputPath`, in this order. */
export function leaveWithResult(
  flow: DataFlow,
  turn: Turn,
  visit: Visit,
  raw: Json,
  next: string | undefined,
): Exit | Failure {
  const result = flow.resultSelector === undefined ? raw : fillTemplate(flow.resultSelector, turn.scope(visit, raw));
  if (result instanceof Failure) return result;
  const output = putResult(flow.resultPath, visit.input.value, result);
  if (output instanceof Failure) return output;
  return leave(flow, turn, visit, output, next, result);
}

/** `Assign` and `OutputPath`; `assignInput` is what `Assign` sees as `$`. */
export function leave(
  flow: DataFlow,
  turn: Turn,
  visit: Visit,
  output: Json,
  next: string | undefined,
  assignInput = output,
): Exit | Failure {
  const assigned = assign(flow.assign, turn, visit, assignInput);
  if (assigned instanceof Failure) return assigned;
  const selected = select(flow.outputPath, turn, visit, output);
  if (selected instanceof Failure) return selected;
  const data = dataOf(selected, visit);
  return data instanceof Failure ? data : { kind: "exit", output: data, assigned, next };
}

/** A value as data; an input that passes through unchanged keeps its text. */
export function dataOf(value: Json, visit: Visit): Data | Failure {
  return value === visit.input.value ? visit.input : toData(value, visit.state);
}

/** The variables that `Assign` sets. All are evaluated before any is set. */
export function assign(
  template: Template | undefined,
  turn: Turn,
  visit: Visit,
  input: Json,
): JsonObject | undefined | Failure {
  if (template === undefined) return undefined;
  const assigned = fillTemplate(template, turn.scope(visit, input));
  if (assigned instanceof Failure) return assigned;
  const data = toData(assigned, visit.state);
  if (data instanceof Failure) return data.error === "States.DataLimitExceeded" ? tooLarge(visit.state) : data;
  return isObject(assigned) ? assigned : undefined;
}
