import { type Issue, issue, shown } from "../language/errors.js";
import { argumentOf, extentOver } from "./argument.js";
import { makeExpression, type Param, type Ref } from "./placeholder.js";

/**
 * A JSONata expression of one's own, for what has no typed form. It stands in steps whose query language is JSONata;
 * its syntax is checked when the workflow is compiled. Placeholders in the template are written as JSONata.
 *
 * @param source - the expression without `{% %}`, as a text or a tagged template
 * @throws {@link DefinitionError} at `compile()`: `invalid_jsonata`, `unsupported_in_jsonpath`.
 * @example
 * jsonata<number>("$sum($states.input.prices)");
 * jsonata<number>`$sum(${input.orders}.price)`;
 * // {% $sum($states.context.Execution.Input.orders.price) %}
 */
export function jsonata<T = unknown>(
  source: string | TemplateStringsArray,
  ...values: readonly Param<unknown>[]
): Ref<T> {
  const problems: Issue[] = [];
  const pieces = piecesOf(source, problems);
  const args = values.map((value) => argumentOf(value, [], problems));
  if (args.length !== pieces.length - 1) {
    const message = `expected a text, or a template with ${pieces.length - 1} values, got ${args.length} values`;
    problems.push(issue("invalid_argument", [], message));
  }
  const extent = extentOver(args, problems);
  return makeExpression<T>({
    kind: "jsonata",
    pieces,
    // What is too large is reported as a whole and never walked.
    arguments: Number.isFinite(extent.depth) ? args : [],
    extent,
    ...(problems.length === 0 ? {} : { problems }),
  });
}

function piecesOf(source: unknown, problems: Issue[]): readonly string[] {
  if (typeof source === "string") return [source];
  if (Array.isArray(source) && "raw" in source) {
    // Raw: a backslash belongs to the expression. Only what the template itself needs escaped loses its backslash.
    return (source as unknown as TemplateStringsArray).raw.map((piece) => piece.replace(/\\(?=`|\$\{)/g, ""));
  }
  problems.push(issue("invalid_argument", [], `expected a JSONata expression as a text, got ${shown(source)}`));
  return ["null"];
}
