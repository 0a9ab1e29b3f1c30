import { issue } from "../language/errors.js";
import type { Json } from "../language/json.js";
import type { ExpressionReader } from "./expression-reader.js";
import { deepest } from "./intrinsic-parser.js";
import { printFormatText, printIntrinsicText } from "./intrinsic-text.js";
import type { Argument, Call, Expression, FormatText, TextPart } from "./tree.js";

/**
 * Prints an expression as JSONPath: a path, or a call of an intrinsic function.
 *
 * @returns `undefined` after having reported what JSONPath cannot say
 * @example
 * printInJsonPath(expression, reader); // States.Format('s3://{}/x', $.bucket)
 */
export function printInJsonPath(expression: Expression, reader: ExpressionReader): string | undefined {
  return new JsonPathPrinter(reader).print(expression);
}

const useJsonata = 'set `queryLanguage: "JSONata"` for this step';

class JsonPathPrinter {
  private readonly reader: ExpressionReader;
  private isTooDeep = false;

  constructor(reader: ExpressionReader) {
    this.reader = reader;
  }

  print(expression: Expression): string | undefined {
    if (expression.kind === "reference") return this.reader.reference(expression);
    if (expression.kind === "jsonata") return this.refuse("a JSONata expression has no form in JSONPath");
    return this.call(expression, 1);
  }

  /** Recursion is bounded: calls nest at most ten deep, and their extent was checked when they were made. */
  private call(call: Call, depth: number): string | undefined {
    if (call.problems !== undefined) {
      for (const problem of call.problems) this.reader.report(problem);
      return undefined;
    }
    return this.callOf(call.name, call.arguments, depth);
  }

  private callOf(name: string, args: readonly Argument[], depth: number): string | undefined {
    if (depth > deepest) return this.refuseDepth();
    const texts = args.map((argument) => this.argument(argument, depth + 1));
    return texts.every((text) => text !== undefined) ? `${name}(${texts.join(", ")})` : undefined;
  }

  private argument(argument: Argument, depth: number): string | undefined {
    switch (argument.kind) {
      case "literal":
        return this.literal(argument.value, depth);
      case "late":
        return this.literal(this.reader.late(argument.value), depth);
      case "format":
        return printFormatText(piecesOf(argument, this.reader));
      case "visit":
        return this.argument(this.reader.visit(argument.part), depth);
      case "list":
        return this.callOf("States.Array", argument.items, depth);
      case "object":
        return this.refuse("an object with placeholders cannot stand in an intrinsic function");
      case "call":
        return this.call(argument, depth);
      default:
        return this.print(argument);
    }
  }

  private literal(value: Json, depth: number): string | undefined {
    return depth + callsIn(value) > deepest + 1 ? this.refuseDepth() : printIntrinsicText(value);
  }

  private refuse(message: string): undefined {
    this.reader.report(
      issue("unsupported_in_jsonpath", [], message, `${useJsonata}, or make the value in a step before`),
    );
    return undefined;
  }

  private refuseDepth(): undefined {
    if (this.isTooDeep) return undefined;
    this.isTooDeep = true;
    const message = `expected at most ${deepest} intrinsic functions within each other`;
    this.reader.report(
      issue("nesting_too_deep", [], message, `compute a part of it in a step before, or ${useJsonata}`),
    );
    return undefined;
  }
}

/** The pieces of a text, with what the deployment knows put in. */
export function piecesOf(text: FormatText, reader: ExpressionReader): readonly string[] {
  return text.pieces.map((piece) => {
    if (typeof piece === "string") return piece;
    const parts = Array.isArray(piece) ? (piece as readonly TextPart[]) : [piece];
    return parts.map((part) => (typeof part === "string" ? part : String(reader.late(part)))).join("");
  });
}

/** Lists and objects have no literal form: calls make them. */
function callsIn(value: Json): number {
  if (value === null || typeof value !== "object") return 0;
  return Array.isArray(value) ? value.reduce<number>((most, item: Json) => Math.max(most, 1 + callsIn(item)), 1) : 1;
}
