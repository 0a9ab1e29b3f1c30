import { issue } from "../language/errors.js";
import type { Json } from "../language/json.js";
import { checkJsonata } from "./check-jsonata.js";
import type { ExpressionReader } from "./expression-reader.js";
import { typeOfArgument } from "./intrinsic-signatures.js";
import { jsonataFunctions } from "./jsonata-functions.js";
import { printLiteralInJsonata, quoteInJsonata } from "./jsonata-literal.js";
import { type Operand, operandText, printItem, printText } from "./jsonata-operand.js";
import { piecesOf } from "./print-in-jsonpath.js";
import type { Argument, Call, Expression, JsonataSource } from "./tree.js";
import { valueTypeOf } from "./value-type.js";

/**
 * Prints an expression as JSONata, without the `{% %}` around it.
 * A value that is not there is what it is in JSONata: nothing, which a text or list leaves out.
 *
 * @returns `undefined` after having reported what JSONata cannot say
 * @example
 * printInJsonata(expression, reader); // 's3://' & $states.input.bucket & '/x'
 */
export function printInJsonata(expression: Expression, reader: ExpressionReader): string | undefined {
  return operandOf(expression, reader)?.text;
}

/** Recursion is bounded: the extent of calls and the depth of data were checked when they were made. */
function operandOf(argument: Argument, reader: ExpressionReader): Operand | undefined {
  switch (argument.kind) {
    case "literal":
      return literal(argument.value);
    case "late":
      return literal(reader.late(argument.value));
    case "reference": {
      const text = reader.reference(argument);
      return text === undefined ? undefined : { text, isLoose: false, type: argument.holds };
    }
    case "format":
      return printText(piecesOf(argument, reader), []);
    case "visit":
      return operandOf(reader.visit(argument.part), reader);
    case "list": {
      const items = operandsOf(argument.items, reader);
      return items && { text: `[${items.map(printItem).join(", ")}]`, isLoose: false, type: "list", isList: true };
    }
    case "object":
      return objectOf(argument.members, reader);
    case "call":
      return callOf(argument, reader);
    case "jsonata":
      return sourceOf(argument, reader);
  }
}

function literal(value: Json): Operand {
  const isList = Array.isArray(value);
  return { text: printLiteralInJsonata(value), isLoose: false, type: valueTypeOf(value), constant: value, isList };
}

/** All of them, so that everything that is wrong is reported. */
function operandsOf(args: readonly Argument[], reader: ExpressionReader): readonly Operand[] | undefined {
  const operands = args.map((argument) => operandOf(argument, reader));
  return operands.every((operand) => operand !== undefined) ? operands : undefined;
}

function objectOf(members: readonly (readonly [string, Argument])[], reader: ExpressionReader): Operand | undefined {
  const values = operandsOf(
    members.map(([, value]) => value),
    reader,
  );
  if (values === undefined) return undefined;
  const texts = values.map((value, index) => `${quoteInJsonata(members[index]?.[0] ?? "")}: ${value.text}`);
  return { text: `{${texts.join(", ")}}`, isLoose: false, type: "object" };
}

function callOf(call: Call, reader: ExpressionReader): Operand | undefined {
  if (call.problems !== undefined) {
    for (const problem of call.problems) reader.report(problem);
    return undefined;
  }
  if (call.name === "States.Format") return formatOf(call, reader);
  const operands = operandsOf(call.arguments, reader);
  const print = Object.hasOwn(jsonataFunctions, call.name) ? jsonataFunctions[call.name] : undefined;
  if (print === undefined) {
    reader.report(issue("unsupported_in_jsonata", [], `${call.name} has no form in JSONata`));
    return undefined;
  }
  return operands && { ...print(operands), type: typeOfArgument(call) };
}

function formatOf({ arguments: [template, ...values] }: Call, reader: ExpressionReader): Operand | undefined {
  const operands = operandsOf(values, reader);
  if (template?.kind === "format") return operands && printText(piecesOf(template, reader), operands);
  const message = "the template of States.Format must be a written text: JSONata has no function that fills one";
  reader.report(issue("unsupported_in_jsonata", [], message, "use text`...`, or JSONPath"));
  return undefined;
}

function sourceOf(source: JsonataSource, reader: ExpressionReader): Operand | undefined {
  const problems = [...(source.problems ?? [])];
  const wrong = problems.length === 0 ? checkJsonata(source.pieces, reader.hidden) : undefined;
  if (wrong !== undefined) problems.push(issue("invalid_jsonata", [], wrong));
  for (const problem of problems) reader.report(problem);
  const operands = operandsOf(source.arguments, reader);
  if (operands === undefined || problems.length > 0) return undefined;
  const text = source.pieces.map((piece, index) => {
    const operand = operands[index];
    return operand === undefined ? piece : piece + operandText(operand);
  });
  return { text: text.join(""), isLoose: true };
}
