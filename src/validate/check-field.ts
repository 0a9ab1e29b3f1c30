import { type InspectedPath, inspectIntrinsic, inspectPath, isUnreadable } from "../expression/inspect-path.js";
import { looksLikeIntrinsic } from "../expression/intrinsic-parser.js";
import type { QueryLanguage } from "../language/asl.js";
import { shown } from "../language/errors.js";
import type { Field } from "../language/shape.js";
import { parseTimestamp } from "../language/timestamp.js";
import type { Checker } from "./checker.js";
import { looksLikePath, warnOfPath } from "./looks-like-path.js";
import type { Place } from "./place.js";

/** A field and its value, and where it stands. */
export interface Given {
  readonly key: string;
  readonly value: unknown;
  readonly field: Field;
  /** The object that has the field. */
  readonly outer: Place | undefined;
  readonly language: QueryLanguage;
}

/** Checks a value that is no object of its own: a text, a number, a path. */
export function checkField(given: Given, checker: Checker): undefined {
  if (checker.isOpen(given.value)) return;
  if (mayBeExpression(given)) checker.jsonata.check(given.value, { outer: given.outer, key: given.key });
  switch (given.field.kind) {
    case "text":
    case "language":
    case "name":
      return checkText(given, checker);
    case "number":
      return checkNumber(given, checker);
    case "path":
      return checkPath(given, checker);
    case "resultPath":
      return checkResultPath(given, checker);
    case "errors":
    case "texts":
      return checkTexts(given, checker);
    default:
      return;
  }
}

function mayBeExpression({ field, language }: Given): boolean {
  return (
    language === "JSONata" && (field.isEvaluated === true || (field.kind === "number" && field.isLiteral !== true))
  );
}

/** Whether a value is an expression: a text between `{%` and `%}`. */
function isExpression(given: Given): boolean {
  const { value } = given;
  return mayBeExpression(given) && typeof value === "string" && value.startsWith("{%") && value.endsWith("%}");
}

function checkText(given: Given, checker: Checker): undefined {
  const { key, value, field, outer, language } = given;
  if (typeof value !== "string") return checker.refuse("Expected value of type String", outer, key);
  if (field.words !== undefined && !field.words.includes(value)) {
    return checker.refuse(
      `The field '${key}' should have one of these values: [${field.words.join(", ")}]`,
      outer,
      key,
      undefined,
      wordHint(value, field.words, checker),
    );
  }
  if (isExpression(given)) return;
  if (field.isEvaluated === true && language === "JSONPath" && looksLikePath(value)) warnOfPath(outer, key, checker);
  if (field.format === "timestamp" && parseTimestamp(value) === undefined) {
    checker.refuse(
      "String does not match RFC3339 timestamp",
      outer,
      key,
      undefined,
      "write it as 2030-01-31T08:00:00Z",
    );
  }
}

/** The cure of a text that is none of some words. */
export function wordHint(value: unknown, words: readonly string[], checker: Checker): string {
  const near = typeof value === "string" ? checker.meant("word", value, words) : undefined;
  return near === undefined ? "write one of these words" : `did you mean ${near}?`;
}

function checkNumber(given: Given, checker: Checker): undefined {
  const { key, value, field, outer } = given;
  if (isExpression(given)) return;
  const { least = 0, most = Number.MAX_VALUE, isFraction } = field;
  if (typeof value !== "number") {
    const isQuoted = typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value));
    const hint = isQuoted ? "give the number without quotes" : isFraction ? "give a number" : "give a whole number";
    return checker.refuse(`Expected value of type ${isFraction ? "Number" : "Integer"}`, outer, key, undefined, hint);
  }
  if (isFraction !== true && !Number.isInteger(value)) {
    return checker.refuse("Expected value of type Integer", outer, key, undefined, "give a whole number");
  }
  if (value >= least && value <= most) return;
  const range = most === Number.MAX_VALUE ? `${least} or more` : `${least} to ${most}`;
  checker.refuse(`Expected a number of ${range}, got ${value}`, outer, key, undefined, `give a number of ${range}`);
}

function checkPath({ key, value, field, outer }: Given, checker: Checker): undefined {
  if (value === null && (key === "InputPath" || key === "OutputPath")) return;
  if (typeof value !== "string") return checker.refuse("Expected value of type String", outer, key);
  if (field.orCall === true && looksLikeIntrinsic(value)) return checkCall(value, key, outer, checker);
  const path = inspectPath(value);
  if (isUnreadable(path)) {
    checker.refuse(`Value is not a valid JSONPath: ${path.message}`, outer, key, undefined, whereIn(path.at));
    return;
  }
  if (field.isReference === true && !path.isReference) {
    checker.refuse(`Value is not a Reference Path: ${shown(value)} may find many values`, outer, key, undefined, toOne);
  }
  if (path.root === "variable") checker.read(path.variable, value, { outer, key });
}

const toOne = "give a path to one value, without @ , : ? * and ..";

function whereIn(at: number): string {
  return `write a path such as $.a['b'][0]; reading ended at character ${at + 1}`;
}

function checkCall(value: string, key: string, outer: Place | undefined, checker: Checker): undefined {
  const call = inspectIntrinsic(value);
  if (isUnreadable(call)) {
    const message = "Value must be a valid JSONPath or a valid intrinsic function call";
    checker.refuse(message, outer, key, undefined, `${call.message}, at character ${call.at + 1}`);
    return;
  }
  readVariables(call.paths, value, { outer, key }, checker);
  if (call.givesText === false) {
    const hint = "make a text of it, for example with States.Format or States.JsonToString";
    checker.refuse(`${call.name} does not return a String`, outer, key, undefined, hint);
  }
}

/** Notes the variables that the paths of a call read. */
export function readVariables(
  paths: readonly InspectedPath[],
  text: string,
  place: Place,
  checker: Checker,
): undefined {
  for (const { root, variable } of paths) if (root === "variable") checker.read(variable, text, place);
}

function checkResultPath({ key, value, outer }: Given, checker: Checker): undefined {
  if (value === null) return;
  if (typeof value !== "string") return checker.refuse("Expected value of type String", outer, key);
  const path = inspectPath(value);
  if (isUnreadable(path)) {
    return checker.refuse(`Value is not a Reference Path: ${path.message}`, outer, key, undefined, whereIn(path.at));
  }
  if (path.root !== "input") {
    const message = `Value is not a Reference Path: expected a path that begins with $., got ${shown(value)}`;
    return checker.refuse(
      message,
      outer,
      key,
      undefined,
      "a result is put into the state's input; use Assign for variables",
    );
  }
  if (!path.isReference) {
    checker.refuse(`Value is not a Reference Path: ${shown(value)} may find many values`, outer, key, undefined, toOne);
  }
}

function checkTexts({ key, value, field, outer }: Given, checker: Checker): undefined {
  if (!Array.isArray(value)) return checker.refuse("Expected value of type Array", outer, key);
  if (value.length === 0 && field.kind === "errors") checker.refuse("Value cannot be empty", outer, key);
  for (const [index, text] of value.entries()) {
    if (typeof text !== "string") checker.refuse("Expected value of type String", { outer, key }, index);
  }
}
