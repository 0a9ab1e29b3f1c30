import { expressionInText } from "../../expression/jsonata-literal.js";
import { parseJsonata } from "../../expression/jsonata-tree.js";
import { compileExpression } from "./compile.js";
import type { Compiled } from "./compiled.js";
import { readsContext } from "./reads-context.js";
import { regexProblem } from "./regex-problem.js";
import type { SyntaxNode } from "./syntax.js";

/** A JSONata expression, ready to be evaluated. */
export interface Expression {
  readonly kind: "jsonata";
  /** As AWS shows it: without `{% %}` and the blanks within. */
  readonly text: string;
  readonly compiled: Compiled;
  /** Whether it may read `$states.context`. */
  readonly readsContext: boolean;
}

/** Why an expression cannot be planned. */
export interface ExpressionProblem {
  readonly message: string;
  /** UTF-16 code units before it in the field. */
  readonly at: number;
}

/** What a text holds: an expression when it starts with `{%` and ends with `%}`, else `undefined`. Never throws. */
export function planExpression(source: string): Expression | ExpressionProblem | undefined {
  const text = expressionInText(source);
  if (text === undefined) return undefined;
  const planned = planText(text);
  return "message" in planned ? { ...planned, at: planned.at + source.indexOf(text, 2) } : planned;
}

/** Plans an expression that stands without `{% %}`. */
export function planText(text: string): Expression | ExpressionProblem {
  const parsed = parseJsonata(text);
  if ("problem" in parsed) return { message: parsed.problem.message, at: parsed.problem.position ?? 0 };
  const tree = parsed.tree as SyntaxNode;
  const problem = regexProblem(tree);
  if (problem !== undefined) return { message: problem, at: 0 };
  return { kind: "jsonata", text, compiled: compileExpression(tree), readsContext: readsContext(tree) };
}

export function isExpressionProblem(planned: Expression | ExpressionProblem): planned is ExpressionProblem {
  return "message" in planned;
}
