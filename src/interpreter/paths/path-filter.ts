import { isPathProblem, parseJsonPath } from "../../expression/jsonpath.js";
import type { Segment } from "../../expression/tree.js";
import type { Json } from "../../language/json.js";
import { child } from "../data.js";

/** `[?( ... )]`: alternatives of tests that must all hold. */
export interface Filter {
  readonly anyOf: readonly (readonly Test[])[];
  /** How many tests there are. */
  readonly size: number;
}

interface Test {
  readonly negated: boolean;
  readonly left: Operand;
  readonly operator: Operator | undefined;
  readonly right: Operand | undefined;
}

type Operator = "==" | "!=" | "<" | "<=" | ">" | ">=";

type Operand =
  | { readonly kind: "item"; readonly path: readonly Segment[] }
  | { readonly kind: "literal"; readonly value: Json };

interface FilterProblem {
  readonly message: string;
}

/** Reads `(@.a == 1 && @.b)`: comparisons and presence, joined by `&&` and `||`. Anything else is refused by name. */
export function parseFilter(text: string): Filter | FilterProblem {
  const inner = /^\((.*)\)$/s.exec(text)?.[1];
  if (inner === undefined) return { message: "expected a filter in brackets: ?(@.a == 1)" };
  const anyOf: Test[][] = [];
  for (const alternative of inner.split("||")) {
    const tests: Test[] = [];
    for (const part of alternative.split("&&")) {
      const test = parseTest(part.trim());
      if ("message" in test) return test;
      tests.push(test);
    }
    anyOf.push(tests);
  }
  return { anyOf, size: anyOf.flat().length };
}

const testPattern = /^(!?)\s*(@[^\s=!<>~]*)\s*(?:(==|!=|<=|>=|<|>)\s*(.+))?$/s;

function parseTest(text: string): Test | FilterProblem {
  const [, negation, left, operator, right] = testPattern.exec(text) ?? [];
  if (left === undefined) return { message: `the embedded engine has no filter such as ${JSON.stringify(text)} yet` };
  const leftOperand = parseOperand(left);
  if ("message" in leftOperand) return leftOperand;
  const rightOperand = right === undefined ? undefined : parseOperand(right.trim());
  if (rightOperand !== undefined && "message" in rightOperand) return rightOperand;
  return {
    negated: negation === "!",
    left: leftOperand,
    operator: operator as Operator | undefined,
    right: rightOperand,
  };
}

function parseOperand(text: string): Operand | FilterProblem {
  if (text.startsWith("@")) {
    const reference = parseJsonPath(`$${text.slice(1)}`);
    return isPathProblem(reference) ? reference : { kind: "item", path: reference.path };
  }
  const quoted = /^'((?:[^'\\]|\\.)*)'$/s.exec(text)?.[1];
  if (quoted !== undefined) return { kind: "literal", value: quoted.replace(/\\(.)/gsu, "$1") };
  try {
    return { kind: "literal", value: JSON.parse(text) as Json };
  } catch {
    return { message: `the embedded engine cannot compare with ${JSON.stringify(text)} in a filter yet` };
  }
}

/** Whether an item passes the filter. */
export function matches(filter: Filter, item: Json): boolean {
  return filter.anyOf.some((tests) => tests.every((test) => passes(test, item)));
}

function passes({ negated, left, operator, right }: Test, item: Json): boolean {
  const found = operandValue(left, item);
  const passed =
    operator === undefined
      ? found !== undefined
      : right !== undefined && compare(operator, found, operandValue(right, item));
  return passed !== negated;
}

function operandValue(operand: Operand, item: Json): Json | undefined {
  if (operand.kind === "literal") return operand.value;
  let value: Json | undefined = item;
  for (const segment of operand.path) {
    if (value === undefined) return undefined;
    value = child(value, segment);
  }
  return value;
}

function compare(operator: Operator, left: Json | undefined, right: Json | undefined): boolean {
  if (operator === "==") return left === right;
  if (operator === "!=") return left !== right;
  const comparable =
    (typeof left === "number" && typeof right === "number") || (typeof left === "string" && typeof right === "string");
  if (!comparable) return false;
  if (operator === "<") return left < right;
  if (operator === "<=") return left <= right;
  return operator === ">" ? left > right : left >= right;
}
