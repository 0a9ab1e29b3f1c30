import { printSegmentsInJsonata } from "../../expression/jsonata.js";
import { quoteInJsonata } from "../../expression/jsonata-literal.js";
import { isPathProblem, parseJsonPath } from "../../expression/jsonpath.js";
import { expressionOf, type Segment } from "../../expression/tree.js";
import { hasResult, type StateType } from "../../language/asl.js";
import { issue, shown } from "../../language/errors.js";
import type { Json } from "../../language/json.js";
import type { Path } from "../path.js";
import { printDataInJsonata } from "./data-in-jsonata.js";
import { lowerPathInJsonata, lowerResultPath } from "./paths.js";
import { lowerConstant, lowerValue, type Place } from "./template.js";

type Given = Readonly<Record<string, unknown>>;

const input = "$states.input";
/** Options that shape what a state gives on, in the order in which they are applied. */
const shaping = ["parameters", "result", "resultSelector", "resultPath", "outputPath"] as const;

/**
 * The `Output` of a state: what the options of JSONPath that shape it come to, or the option `output`.
 *
 * @returns `undefined` where a state gives the same on without the field
 */
export function lowerOutput(type: StateType, given: Given, place: Place, path: Path): Json | undefined {
  if (given["output"] !== undefined) {
    const others = shaping.filter((name) => given[name] !== undefined && !(name === "parameters" && hasResult(type)));
    for (const name of others) {
      place.issues.push(issue("conflicting_options", path.keys, `output and ${name} are both set`));
    }
    return lowerValue(given["output"], place, path);
  }
  const unshaped = hasResult(type) ? "$states.result" : input;
  return shapedOutput(madeBy(type, given, place, path), unshaped, given, place, path);
}

/** The `Output` of a catcher: its error, at the place that `resultPath` names, or the option `output`. */
export function lowerCatchOutput(given: Given, place: Place, path: Path): Json | undefined {
  if (given["output"] === undefined) {
    return shapedOutput(
      `{% $states.errorOutput %}`,
      "$states.errorOutput",
      { resultPath: given["resultPath"] },
      place,
      path,
    );
  }
  if (given["resultPath"] !== undefined) {
    place.issues.push(issue("conflicting_options", path.keys, "output and resultPath are both set"));
  }
  return lowerValue(given["output"], place, path);
}

/** What a state makes, before it is put anywhere. */
function madeBy(type: StateType, given: Given, place: Place, path: Path): Json {
  const { resultSelector, parameters, result } = given;
  if (hasResult(type)) {
    return resultSelector === undefined ? "{% $states.result %}" : lowerValue(resultSelector, place, path);
  }
  // A constant takes the place of what the parameters make, as in JSONPath.
  if (type === "Pass" && result !== undefined) return lowerConstant(result, place, path);
  if (type === "Pass" && parameters !== undefined) return lowerValue(parameters, place, path);
  return `{% ${lowerInput(given, place, path)} %}`;
}

/** What of the input a state uses. */
export function lowerInput({ inputPath }: Given, place: Place, path: Path): string {
  if (inputPath === undefined || inputPath === "$") return input;
  const segments = segmentsOf(inputPath);
  // A reference to the input stands below the path itself: the path is printed as it is.
  return segments === undefined
    ? (lowerPathInJsonata(inputPath, place, path) ?? input)
    : input + printSegmentsInJsonata(segments);
}

function shapedOutput(made: Json, unshaped: string, given: Given, place: Place, path: Path): Json | undefined {
  const { resultPath, outputPath } = given;
  const isWhole = (resultPath === undefined || resultPath === "$") && (outputPath === undefined || outputPath === "$");
  if (isWhole) return made === `{% ${unshaped} %}` ? undefined : made;
  const put = printPut(printDataInJsonata(made), resultPath, place, path);
  const text = outputPath === undefined ? put : printPart(put, outputPath, place, path);
  return text === unshaped ? undefined : `{% ${text} %}`;
}

/** The input with `value` at the place that `resultPath` names. */
function printPut(value: string, resultPath: unknown, place: Place, path: Path): string {
  if (resultPath === undefined) return value;
  const text = lowerResultPath(resultPath, place, path);
  const parsed = text === null ? undefined : parseJsonPath(text);
  if (parsed === undefined || isPathProblem(parsed)) return input;
  let put = value;
  for (const [depth, segment] of [...parsed.path.entries()].reverse()) {
    if (typeof segment === "number") {
      const message = `${shown(text)} puts the result into a list, for which JSONata has no short form`;
      place.issues.push(
        issue("unsupported_in_jsonata", path.keys, message, "build the list with `output`, or use JSONPath"),
      );
      return input;
    }
    const around = input + printSegmentsInJsonata(parsed.path.slice(0, depth));
    put = `$merge([${around}, {${quoteInJsonata(segment)}: ${put}}])`;
  }
  return put;
}

/** The part of a value that `outputPath` names; another reference than one into the value stands for itself. */
function printPart(value: string, outputPath: unknown, place: Place, path: Path): string {
  if (outputPath === null) return "{}";
  const segments = segmentsOf(outputPath);
  if (segments === undefined) return lowerPathInJsonata(outputPath, place, path) ?? value;
  if (segments.length === 0) return value;
  return (value.startsWith("$states.") ? value : `(${value})`) + printSegmentsInJsonata(segments);
}

/** The way that a path goes down from `$`; `undefined` for a path from elsewhere. */
function segmentsOf(path: unknown): readonly Segment[] | undefined {
  const reference = expressionOf(path) ?? (typeof path === "string" ? parseJsonPath(path) : undefined);
  if (reference === undefined || "message" in reference || reference.kind !== "reference") return undefined;
  return reference.root.kind === "stateInput" ? reference.path : undefined;
}
