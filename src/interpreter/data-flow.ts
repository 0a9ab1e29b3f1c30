import type { Json, JsonObject } from "../language/json.js";
import { type Data, emptyData, isObject, toData } from "./data.js";
import { Failure, runtimeFailure, tooLarge } from "./failure.js";
import type { FieldReader } from "./field-reader.js";
import type { Bindings } from "./jsonata/bindings.js";
import { fillJsonataTemplate, type JsonataTemplate } from "./jsonata/template.js";
import type { Exit } from "./outcome.js";
import { type Path, readPath, whyMissing } from "./paths/path.js";
import { putResult } from "./paths/result-path.js";
import type { Visit } from "./snapshot.js";
import { fillTemplate, type Template } from "./template.js";
import type { Turn } from "./turn.js";

/** How data enters and leaves a state. `undefined`: the field is not there; `null`: it says `null`. */
export type DataFlow = PathFlow | JsonataFlow;

/** The fields of a state in JSONPath. */
export interface PathFlow {
  readonly language: "JSONPath";
  readonly inputPath: Path | null | undefined;
  readonly parameters: Template | undefined;
  readonly resultSelector: Template | undefined;
  readonly resultPath: Path | null | undefined;
  readonly outputPath: Path | null | undefined;
  readonly assign: Template | undefined;
}

/** The fields of a state in JSONata. */
export interface JsonataFlow {
  readonly language: "JSONata";
  readonly arguments: JsonataTemplate | undefined;
  readonly output: JsonataTemplate | undefined;
  readonly assign: JsonataTemplate | undefined;
}

/** Reads the fields of data flow. */
export function planDataFlow(reader: FieldReader): DataFlow {
  if (reader.language === "JSONata") {
    return {
      language: "JSONata",
      arguments: reader.jsonataTemplate("Arguments"),
      output: reader.jsonataTemplate("Output"),
      assign: reader.jsonataTemplate("Assign"),
    };
  }
  return {
    language: "JSONPath",
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

/** What `InputPath` leaves of the input; all of it in JSONata. */
export function selectedInput(flow: DataFlow, turn: Turn, visit: Visit): Json | Failure {
  if (flow.language === "JSONata") return visit.input.value;
  return turn.note("afterInputPath", select(flow.inputPath, turn, visit, visit.input.value));
}

/** `InputPath`, then `Parameters`; or `Arguments`: what the work of a state gets. */
export function effectiveInput(flow: DataFlow, turn: Turn, visit: Visit): Json | Failure {
  if (flow.language === "JSONata") {
    const input = flow.arguments === undefined ? visit.input.value : fillArguments(flow.arguments, turn, visit);
    return turn.note("afterArguments", input);
  }
  const input = selectedInput(flow, turn, visit);
  if (input instanceof Failure) return input;
  const parameters = flow.parameters === undefined ? input : fillTemplate(flow.parameters, turn.scope(visit, input));
  return turn.note("afterParameters", parameters);
}

function fillArguments(template: JsonataTemplate, turn: Turn, visit: Visit): Json | Failure {
  return fillJsonataTemplate(template, turn.bindings(visit), "Arguments");
}

/** `ResultSelector`, `Assign`, `ResultPath`, `OutputPath`, in this order; or `Assign` and `Output`. */
export function leaveWithResult(
  flow: DataFlow,
  turn: Turn,
  visit: Visit,
  raw: Json,
  next: string | undefined,
): Exit | Failure {
  if (flow.language === "JSONata") return leaveInJsonata(flow, turn.bindings(visit, { result: raw }), visit, raw, next);
  const result = turn.note("afterResultSelector", selectResult(flow, turn, visit, raw));
  if (result instanceof Failure) return result;
  const output = turn.note("afterResultPath", putResult(flow.resultPath, visit.input.value, result));
  if (output instanceof Failure) return output;
  return leaveInJsonPath(flow, turn, visit, output, next, result);
}

function selectResult({ resultSelector }: PathFlow, turn: Turn, visit: Visit, raw: Json): Json | Failure {
  return resultSelector === undefined ? raw : fillTemplate(resultSelector, turn.scope(visit, raw));
}

/** `Assign` and `OutputPath`, or `Assign` and `Output`, of a state that makes nothing of its own. */
export function leave(
  flow: DataFlow,
  turn: Turn,
  visit: Visit,
  output: Json,
  next: string | undefined,
): Exit | Failure {
  if (flow.language === "JSONata") return leaveInJsonata(flow, turn.bindings(visit), visit, output, next);
  return leaveInJsonPath(flow, turn, visit, output, next, output);
}

/** `assignInput` is what `Assign` sees as `$`. */
function leaveInJsonPath(
  flow: PathFlow,
  turn: Turn,
  visit: Visit,
  output: Json,
  next: string | undefined,
  assignInput: Json,
): Exit | Failure {
  const assigned = assign(flow.assign, turn, visit, assignInput);
  if (assigned instanceof Failure) return assigned;
  const selected = select(flow.outputPath, turn, visit, output);
  if (selected instanceof Failure) return selected;
  const data = dataOf(selected, visit);
  return data instanceof Failure ? data : { kind: "exit", output: data, assigned, next };
}

/** `Assign` and `Output`; `otherwise` is what goes on where there is no `Output`. Both see what was before. */
export function leaveInJsonata(
  flow: Pick<JsonataFlow, "output" | "assign">,
  bindings: Bindings,
  visit: Visit,
  otherwise: Json,
  next: string | undefined,
): Exit | Failure {
  const assigned = flow.assign === undefined ? undefined : fillJsonataTemplate(flow.assign, bindings, "Assign");
  const checked = assigned === undefined ? undefined : checkAssigned(assigned, visit);
  if (checked instanceof Failure) return checked;
  const output = flow.output === undefined ? otherwise : fillJsonataTemplate(flow.output, bindings, "Output");
  if (output instanceof Failure) return output;
  const data = dataOf(output, visit);
  return data instanceof Failure ? data : { kind: "exit", output: data, assigned: checked, next };
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
  return checkAssigned(fillTemplate(template, turn.scope(visit, input)), visit);
}

function checkAssigned(assigned: Json | Failure, visit: Visit): JsonObject | undefined | Failure {
  if (assigned instanceof Failure) return assigned;
  const data = toData(assigned, visit.state);
  if (data instanceof Failure) return data.error === "States.DataLimitExceeded" ? tooLarge(visit.state) : data;
  return isObject(assigned) ? assigned : undefined;
}
