import type { ExpressionReader } from "../../src/expression/expression-reader.js";
import { printJsonata } from "../../src/expression/jsonata.js";
import { printJsonPath } from "../../src/expression/jsonpath.js";
import type { Ref } from "../../src/expression/placeholder.js";
import { printInJsonata } from "../../src/expression/print-in-jsonata.js";
import { printInJsonPath } from "../../src/expression/print-in-jsonpath.js";
import { expressionOf, type Reference } from "../../src/expression/tree.js";
import type { QueryLanguage } from "../../src/language/asl.js";
import type { Issue } from "../../src/language/errors.js";

/** An expression as text, with what was wrong. */
export interface PrintedExpression {
  readonly text: string | undefined;
  readonly issues: readonly Issue[];
}

/** Prints a placeholder; deferred values are known as `late`. */
export function printed(placeholder: Ref<unknown>, language: QueryLanguage): PrintedExpression {
  const issues: Issue[] = [];
  const expression = expressionOf(placeholder);
  if (expression === undefined) throw new Error("expected a placeholder");
  const reader: ExpressionReader = {
    reference: (reference: Reference) => (language === "JSONPath" ? printJsonPath(reference) : printJsonata(reference)),
    late: () => "late",
    visit: (part) => ({ kind: "literal", value: part }),
    report: (problem) => issues.push(problem),
  };
  const print = language === "JSONPath" ? printInJsonPath : printInJsonata;
  return { text: print(expression, reader), issues };
}

/** The text of an expression that both languages can say. */
export function textIn(placeholder: Ref<unknown>, language: QueryLanguage): string {
  const { text, issues } = printed(placeholder, language);
  if (text === undefined || issues.length > 0) throw new Error(`not printed: ${JSON.stringify(issues)}`);
  return text;
}
