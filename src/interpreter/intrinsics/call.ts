import {
  type CallOf,
  isIntrinsicProblem,
  parseIntrinsicWith,
  type TextLiteral,
} from "../../expression/intrinsic-parser.js";
import type { PathProblem } from "../../expression/jsonpath.js";
import type { Literal } from "../../expression/tree.js";
import type { Json } from "../../language/json.js";
import { Failure, runtimeFailure } from "../failure.js";
import { endsOutsideOfList, type Path, planPath, readPath } from "../paths/path.js";
import { ownLimit } from "../paths/query-budget.js";
import type { Scope } from "../paths/scope.js";
import { Refusal, textAt } from "./argument.js";
import { arrayContains, arrayGetItem, arrayLength, arrayPartition, arrayRange, arrayUnique } from "./array.js";
import { format, templatePieces } from "./format.js";
import { mathAdd, mathRandom } from "./math.js";
import { base64Decode, base64Encode, hash, jsonMerge, jsonToString, stringSplit, stringToJson } from "./text.js";

/** A call of an intrinsic function, read once. */
export interface PlannedCall {
  readonly kind: "planned";
  readonly text: string;
  readonly node: CallNode;
}

interface CallNode {
  readonly kind: "call";
  readonly name: string;
  readonly evaluate: Evaluate;
  /** Of each character of the arguments. */
  readonly cost: number;
  readonly arguments: readonly (Path | CallNode | Literal)[];
}

/** Reads a call. Unknown functions, wrong numbers of arguments and unread paths are problems. */
export function planCall(text: string): PlannedCall | PathProblem {
  const call = parseIntrinsicWith<Path>(text, planPath);
  return isIntrinsicProblem(call) ? call : { kind: "planned", text, node: planNode(call) };
}

/** Recursion is bounded: calls nest at most ten deep. */
function planNode(call: CallOf<Path>): CallNode {
  const [template] = call.arguments;
  const raw = call.name === "States.Format" && template !== undefined && isText(template) ? template.raw : undefined;
  return {
    kind: "call",
    name: call.name,
    evaluate: raw === undefined ? (functions[call.name] ?? unknown) : formatOf(templatePieces(raw)),
    cost: costs.get(call.name) ?? 0,
    arguments: call.arguments.map((argument) => (argument.kind === "call" ? planNode(argument) : argument)),
  };
}

function isText(argument: Path | CallOf<Path> | Literal): argument is TextLiteral {
  return argument.kind === "literal" && "raw" in argument;
}

function formatOf(pieces: readonly string[] | Refusal): Evaluate {
  return (args) => (pieces instanceof Refusal ? pieces : format(pieces, args.slice(1)));
}

function formatValue(args: readonly Json[]): Json | Refusal {
  const template = textAt(args, 0);
  // A template out of the data has no escapes.
  return template instanceof Refusal ? template : format(template.split("{}"), args.slice(1));
}

function unknown(): Refusal {
  return new Refusal("there is no such function");
}

type Evaluate = (args: readonly Json[], scope: Scope) => Json | Refusal;

/** Functions that go through all of their arguments, with what a character of these costs beside one that is compared. */
const costs: ReadonlyMap<string, number> = new Map([
  ["States.Format", 6],
  ["States.StringToJson", 3],
  ["States.JsonToString", 3],
  ["States.Hash", 3],
  ["States.Base64Encode", 3],
  ["States.Base64Decode", 3],
  ["States.ArrayPartition", 8],
  ["States.ArrayUnique", 8],
  ["States.StringSplit", 8],
  // Has no argument, which counts as one character.
  ["States.UUID", 800],
]);

const functions: { readonly [name: string]: Evaluate } = {
  "States.Format": formatValue,
  "States.StringToJson": stringToJson,
  "States.JsonToString": jsonToString,
  "States.Array": (args) => args,
  "States.ArrayPartition": arrayPartition,
  "States.ArrayContains": arrayContains,
  "States.ArrayRange": arrayRange,
  "States.ArrayGetItem": arrayGetItem,
  "States.ArrayLength": arrayLength,
  "States.ArrayUnique": arrayUnique,
  "States.Base64Encode": base64Encode,
  "States.Base64Decode": base64Decode,
  "States.Hash": hash,
  "States.JsonMerge": jsonMerge,
  "States.MathRandom": mathRandom,
  "States.MathAdd": mathAdd,
  "States.StringSplit": stringSplit,
  "States.UUID": (_, { random }) => random.uuid(),
};

/** Evaluates a call. AWS names the whole call when something is wrong within it. */
export function evaluateCall(planned: PlannedCall, scope: Scope): Json | Failure {
  const value = evaluate(planned.node, scope);
  if (!(value instanceof Refusal)) return value;
  return runtimeFailure(`The function '${planned.text}' had the following error: ${value.reason}`);
}

function evaluate(node: CallNode, scope: Scope): Json | Refusal {
  const values: Json[] = [];
  for (const argument of node.arguments) {
    const value = evaluateArgument(argument, scope);
    if (value instanceof Refusal) return value;
    values.push(value);
  }
  if (node.cost > 0 && !scope.budget.spendText(values, node.cost)) {
    return new Refusal(`The arguments of ${node.name} are too large ${ownLimit}`);
  }
  const value = node.evaluate(values, scope);
  return value instanceof Refusal ? new Refusal(`Invalid ${value.what} in ${node.name}: ${value.reason}`) : value;
}

function evaluateArgument(argument: Path | CallNode | Literal, scope: Scope): Json | Refusal {
  if (argument.kind === "literal") return argument.value;
  if (argument.kind === "call") return evaluate(argument, scope);
  const value = readPath(argument, scope);
  if (value instanceof Failure) return new Refusal(value.cause ?? "");
  if (value !== undefined) return value;
  const input = JSON.stringify(scope.input);
  return new Refusal(
    `The JsonPath argument for the field '${argument.text}' could not be found in the input '${input}'`,
  );
}

/** The value at a path of a template, `ErrorPath` or `CausePath`; AWS has words of its own for one that finds nothing. */
export function readTemplatePath(path: Path, scope: Scope, field: string): Json | Failure {
  const value = readPath(path, scope);
  if (value !== undefined) return value;
  if (endsOutsideOfList(path, scope)) return null;
  const input = JSON.stringify(scope.input);
  return runtimeFailure(
    `The JSONPath '${path.text}' specified for the field '${field}' could not be found in the input '${input}'`,
  );
}
