import type { Condition, Operand } from "../../expression/path-syntax.js";
import type { Segment } from "../../expression/tree.js";
import type { Json } from "../../language/json.js";
import { child } from "../data.js";

/** A filter that the engine can run. */
export interface Filter {
  readonly condition: Runnable;
  /** How many tests there are. */
  readonly size: number;
}

type Runnable =
  | { readonly kind: "or" | "and"; readonly of: readonly Runnable[] }
  | { readonly kind: "not"; readonly of: Runnable }
  | {
      readonly kind: "test";
      readonly left: Found;
      readonly operator: Operator | undefined;
      readonly right: Found | undefined;
    };

const operators = ["==", "!=", "<", "<=", ">", ">="] as const;
type Operator = (typeof operators)[number];

type Found =
  | { readonly kind: "item"; readonly path: readonly Segment[] }
  | { readonly kind: "literal"; readonly value: Json };

/**
 * Plans `(@.a == 1 && @.b)`: comparisons and presence, joined by `&&`, `||`, `!` and brackets. `undefined` for what the engine does not
 * evaluate. Recursion is bounded by the brackets that the reader of paths allows.
 */
export function planFilter(condition: Condition): Filter | undefined {
  const counted = { size: 0 };
  const runnable = plan(condition, counted);
  return runnable === undefined ? undefined : { condition: runnable, size: counted.size };
}

function plan(condition: Condition, counted: { size: number }): Runnable | undefined {
  if (condition.kind === "not") {
    const of = plan(condition.of, counted);
    return of === undefined ? undefined : { kind: "not", of };
  }
  if (condition.kind !== "test") {
    const of: Runnable[] = [];
    for (const inner of condition.of) {
      const planned = plan(inner, counted);
      if (planned === undefined) return undefined;
      of.push(planned);
    }
    return { kind: condition.kind, of };
  }
  counted.size++;
  const left = planOperand(condition.left);
  if (left === undefined) return undefined;
  if (condition.operator === undefined) return { kind: "test", left, operator: undefined, right: undefined };
  const operator = operators.find((known) => known === condition.operator);
  const right = condition.right === undefined ? undefined : planOperand(condition.right);
  return operator === undefined || right === undefined ? undefined : { kind: "test", left, operator, right };
}

function planOperand(operand: Operand): Found | undefined {
  if (operand.kind === "literal") return operand;
  if (operand.kind !== "path" || operand.of !== "item" || operand.path.steps.length > 0) return undefined;
  return { kind: "item", path: operand.path.head };
}

/** Whether an item passes the filter. */
export function matches({ condition }: Filter, item: Json): boolean {
  return passes(condition, item);
}

function passes(condition: Runnable, item: Json): boolean {
  switch (condition.kind) {
    case "or":
      return condition.of.some((inner) => passes(inner, item));
    case "and":
      return condition.of.every((inner) => passes(inner, item));
    case "not":
      return !passes(condition.of, item);
    case "test": {
      const left = found(condition.left, item);
      if (condition.operator === undefined) return left !== undefined;
      return condition.right !== undefined && compare(condition.operator, left, found(condition.right, item));
    }
  }
}

function found(operand: Found, item: Json): Json | undefined {
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
