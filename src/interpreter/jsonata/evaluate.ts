import type { Json } from "../../language/json.js";
import { evaluationFailure, Failure } from "../failure.js";
import { type Bindings, StateSurroundings } from "./bindings.js";
import { Evaluation, NeedsTimeLimit, type Surroundings } from "./evaluation.js";
import type { Expression } from "./expression.js";
import { Frame } from "./frame.js";
import { InternalError, QueryError } from "./query-error.js";
import { toJson, unsupported } from "./result.js";
import { withinTimeLimit } from "./time-limit.js";
import { isList, sequenceOf, type Value } from "./value.js";

/** The value of an expression, or the failure in AWS's words; `field` is the field as AWS names it: `Output/result`. Never throws. */
export function evaluateExpression(expression: Expression, bindings: Bindings, field: string): Json | Failure {
  const fail = (what: string): Failure => failure(expression, field, what);
  try {
    const value = computeJson(expression, new StateSurroundings(bindings, expression.readsContext));
    if (value === undefined) return fail("returned nothing (undefined).");
    return value === unsupported ? fail("returned an unsupported result type.") : (value as Json);
  } catch (error) {
    return fail(wordsFor(error, bindings));
  }
}

function failure({ text }: Expression, field: string, what: string): Failure {
  return evaluationFailure(`The JSONata expression '${text}' specified for the field '${field}' ${what}`, field);
}

function wordsFor(error: unknown, { random }: Bindings): string {
  if (!(error instanceof QueryError)) return `threw an internal error during evaluation. ${random.uuid()}`;
  const { code, text } = error;
  return code === undefined
    ? `threw an error during evaluation: ${text}`
    : `threw an error during evaluation. ${code}: ${text}`;
}

/** Types of values as AWS names them. */
export type TypeName = "array" | "object" | "string" | "number" | "integer" | "boolean" | "null";

/** As {@link evaluateExpression}, for a field that takes values of one type. */
export function evaluateTyped(
  expression: Expression,
  bindings: Bindings,
  field: string,
  expected: TypeName,
): Json | Failure {
  const value = evaluateExpression(expression, bindings, field);
  if (value instanceof Failure || isOfType(value, expected)) return value;
  const what = `Expected '${expected}', but was '${typeOf(value)}' for value: ${JSON.stringify(value)}`;
  return failure(expression, field, `returned an unexpected result type. ${what}`);
}

function isOfType(value: Json, expected: TypeName): boolean {
  return expected === "integer" ? Number.isInteger(value) : typeOf(value) === expected;
}

function typeOf(value: Json): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function computeJson(expression: Expression, surroundings: Surroundings): Json | typeof unsupported | undefined {
  return bounded(surroundings, (evaluation) => {
    const value = expression.compiled(undefined, new Frame(), evaluation);
    return value === undefined ? undefined : toJson(value, evaluation);
  });
}

/**
 * What an expression makes of a document, which AWS's expressions have not.
 *
 * @throws {@link QueryError} where it cannot be evaluated, {@link InternalError} where that was not foreseen.
 */
export function evaluateDocument(expression: Expression, surroundings: Surroundings, document: Value): Value {
  const input = isList(document) ? sequenceOf(document) : document;
  if (isList(input)) input.outer = true;
  return bounded(surroundings, (evaluation) => expression.compiled(input, new Frame(), evaluation));
}

/** Evaluates within the bounds that can be counted; once more, within a limit of time, where they do not suffice. */
function bounded<T>(surroundings: Surroundings, evaluate: (evaluation: Evaluation) => T): T {
  try {
    return ended(new Evaluation(surroundings), evaluate);
  } catch (error) {
    if (!(error instanceof NeedsTimeLimit)) throw foreseen(error);
  }
  try {
    return withinTimeLimit(() => ended(new Evaluation(surroundings, true), evaluate), surroundings.allowance);
  } catch (error) {
    throw foreseen(error);
  }
}

function ended<T>(evaluation: Evaluation, evaluate: (evaluation: Evaluation) => T): T {
  try {
    return evaluate(evaluation);
  } finally {
    evaluation.end();
  }
}

function foreseen(error: unknown): Error {
  return error instanceof QueryError ? error : new InternalError();
}
