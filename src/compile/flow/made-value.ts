import { printJsonata, printSegmentsInJsonata } from "../../expression/jsonata.js";
import { expressionInText } from "../../expression/jsonata-literal.js";
import { parseJsonPath } from "../../expression/jsonpath.js";
import { placeholderOf } from "../../expression/placeholder.js";
import {
  type Argument,
  type Expression,
  expressionOf,
  type Reference,
  type Root,
  type Segment,
} from "../../expression/tree.js";
import { hasResult } from "../../language/asl.js";
import { authoredState } from "../../states/step.js";
import type { Node } from "../link.js";
import { printDataInJsonata } from "../lower/data-in-jsonata.js";
import { lowerValue, type Place } from "../lower/template.js";
import type { Path } from "../path.js";
import { resultPlace } from "./layers.js";

type Given = Readonly<Record<string, unknown>>;

/** A value as a state's own Assign can read it: at a path, or in JSONata as it is computed. */
export type MadeValue =
  | Reference
  | {
      readonly kind: "computed";
      /** What the author wrote: data, or a placeholder. */
      readonly from: unknown;
      /** Where in what `from` gives. */
      readonly path: readonly Segment[];
    };

/** The value at `path` of what a state gives on, as its Assign reads it; a text that says why it cannot. */
export function madeValue(node: Node, path: readonly Segment[]): MadeValue | string {
  const given = authoredState(node.step).options as Given;
  if (given["output"] !== undefined) return within(given["output"], path);
  if (given["outputPath"] === null) return "is empty: its outputPath is null";
  const before = referenceAt(given["outputPath"]);
  if (before === undefined) return "is found by an outputPath that is no reference path; assign it to a variable";
  const whole = before.path.length === 0 ? path : [...before.path, ...path];
  if (before.root.kind !== "stateInput") return fromElsewhere({ ...before, path: whole });
  const place = resultPlace(given["resultPath"]);
  const isUnder = place?.every((segment, index) => segment === whole[index]);
  if (place === null || isUnder !== true)
    return "reads what the step only lets through; read it from the step that made it";
  const rest = place.length === 0 ? whole : whole.slice(place.length);
  return node.language === "JSONPath" ? at({ kind: "stateInput" }, rest) : madeInJsonata(node, given, rest);
}

const wholeOutcome: Reference = { kind: "reference", root: { kind: "stateInput" }, path: [] };

/** The reference that a path is; `undefined` for a query or a computed value. */
function referenceAt(path: unknown): Reference | undefined {
  if (path === undefined) return wholeOutcome;
  const found = expressionOf(path) ?? (typeof path === "string" ? parseJsonPath(path) : undefined);
  return found === undefined || "message" in found || found.kind !== "reference" ? undefined : found;
}

/** What an outputPath takes from outside of the state's data. */
function fromElsewhere(reference: Reference): MadeValue | string {
  const { kind } = reference.root;
  const isEverywhere = kind === "context" || kind === "executionInput" || kind === "variable";
  return isEverywhere ? reference : "is taken by outputPath from elsewhere; read it from there";
}

/** JSONata has no `$` that is what the state has made: it is read from the result, or computed once more. */
function madeInJsonata({ type }: Node, given: Given, path: readonly Segment[]): MadeValue | string {
  if (hasResult(type)) {
    const { resultSelector } = given;
    return resultSelector === undefined ? at({ kind: "result" }, path) : within(resultSelector, path);
  }
  const made = type === "Pass" ? (given["result"] ?? given["parameters"]) : undefined;
  if (made === undefined && given["inputPath"] === null) return within({}, path);
  // As a placeholder: what inputPath leaves out is left out where it is printed.
  return within(made ?? placeholderOf({ kind: "stateInput" }, undefined), path);
}

function at(root: Root, path: readonly Segment[]): Reference {
  return { kind: "reference", root, path };
}

/** The value at a path of a template: written data is gone into, an expression is left to be read from. */
export function within(template: unknown, path: readonly Segment[]): MadeValue | string {
  let from = template;
  let depth = 0;
  for (; depth < path.length && !isExpression(from); depth++) {
    const segment = path[depth] ?? "";
    if (typeof from !== "object" || from === null || !Object.hasOwn(from, segment))
      return "reads what is not in the data that the step makes";
    from = (from as Readonly<Record<string | number, unknown>>)[segment];
  }
  if (!isSteady(from)) {
    return "is computed anew each time: a variable would hold another value than the step gives on; compute it in a step before";
  }
  return { kind: "computed", from, path: path.slice(depth) };
}

function isExpression(value: unknown): boolean {
  return expressionOf(value) !== undefined || (typeof value === "string" && expressionInText(value) !== undefined);
}

const unsteady = /\$(?:uuid|random|now|millis|shuffle)\b/;

/** Whether a value is the same at each evaluation. Recursion is bounded by the depth to which templates are lowered. */
function isSteady(value: unknown): boolean {
  const expression = expressionOf(value);
  if (expression !== undefined) return isSteadyExpression(expression);
  if (typeof value === "string") return !unsteady.test(expressionInText(value) ?? "");
  return typeof value !== "object" || value === null || Object.values(value).every(isSteady);
}

function isSteadyExpression(expression: Expression | Argument): boolean {
  switch (expression.kind) {
    case "call":
      if (expression.name === "States.UUID" || expression.name === "States.MathRandom") return false;
      return expression.arguments.every(isSteadyExpression);
    case "jsonata":
      return !unsteady.test(expression.pieces.join(" ")) && expression.arguments.every(isSteadyExpression);
    case "list":
      return expression.items.every(isSteadyExpression);
    case "object":
      return expression.members.every(([, member]) => isSteadyExpression(member));
    default:
      return true;
  }
}

/** Prints a made value as one JSONata expression. */
export function printMade(value: MadeValue, place: Place, path: Path): string {
  if (value.kind === "reference") return printJsonata(value);
  const text = printDataInJsonata(lowerValue(value.from, place, path));
  if (value.path.length === 0) return text;
  const isPath = expressionOf(value.from)?.kind === "reference";
  return (isPath ? text : `(${text})`) + printSegmentsInJsonata(value.path);
}
