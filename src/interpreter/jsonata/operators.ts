import type { Compile, Compiled } from "./compiled.js";
import { type Evaluation, memoryLimit, mostItems } from "./evaluation.js";
import { jsonText } from "./json-text.js";
import { isSame } from "./lists.js";
import { QueryError } from "./query-error.js";
import type { SyntaxNode } from "./syntax.js";
import { isList, isNumber, type List, truth, type Value } from "./value.js";

/** What an operator makes of its two sides. */
type Operate = (left: Value, right: Value, evaluation: Evaluation) => Value;

/** Makes an operator between two sides ready. */
export function compileBinary(node: SyntaxNode, compile: Compile): Compiled {
  const left = compile(node.lhs as SyntaxNode);
  const right = compile(node.rhs as SyntaxNode);
  const operator = String(node.value);
  if (operator === "and" || operator === "or") return compileLogic(operator, left, right);
  const operate = operators[operator] ?? nothing;
  return (input, frame, evaluation) => {
    const first = left(input, frame, evaluation);
    return operate(first, right(input, frame, evaluation), evaluation);
  };
}

/** The right side is evaluated where the left one does not decide. An error of the right side gets the name of the operator. */
function compileLogic(operator: "and" | "or", left: Compiled, right: Compiled): Compiled {
  const decisive = operator === "or";
  return (input, frame, evaluation) => {
    const first = left(input, frame, evaluation);
    try {
      return isTrue(first, evaluation) === decisive ? decisive : isTrue(right(input, frame, evaluation), evaluation);
    } catch (error) {
      if (error instanceof QueryError) error.inserts.token = operator;
      throw error;
    }
  };
}

function isTrue(value: Value, evaluation: Evaluation): boolean {
  return truth(value, evaluation) === true;
}

function nothing(): undefined {
  return undefined;
}

const operators: { readonly [operator: string]: Operate } = {
  "+": numeric("+", (left, right) => left + right),
  "-": numeric("-", (left, right) => left - right),
  "*": numeric("*", (left, right) => left * right),
  "/": numeric("/", (left, right) => left / right),
  "%": numeric("%", (left, right) => left % right),
  "=": (left, right, evaluation) => left !== undefined && right !== undefined && isSame(left, right, evaluation),
  "!=": (left, right, evaluation) => left !== undefined && right !== undefined && !isSame(left, right, evaluation),
  "<": ordered("<", (left, right) => left < right),
  "<=": ordered("<=", (left, right) => left <= right),
  ">": ordered(">", (left, right) => left > right),
  ">=": ordered(">=", (left, right) => left >= right),
  "&": concatenate,
  "..": range,
  in: includes,
};

function numeric(token: string, compute: (left: number, right: number) => number): Operate {
  return (left, right) => {
    if (left !== undefined && !isNumber(left)) throw new QueryError("T2001", { token, value: left });
    if (right !== undefined && !isNumber(right)) throw new QueryError("T2002", { token, value: right });
    return left === undefined || right === undefined ? undefined : compute(left, right);
  };
}

function ordered(token: string, compare: (left: string | number, right: string | number) => boolean): Operate {
  return (left, right, evaluation) => {
    if (!isComparable(left) || !isComparable(right)) {
      throw new QueryError("T2010", { token, value: isComparable(left) && left !== undefined ? right : left });
    }
    if (left === undefined || right === undefined) return undefined;
    if (typeof left !== typeof right) throw new QueryError("T2009", { token, value: left, value2: right });
    evaluation.spendComparison(left, right);
    return compare(left, right);
  };
}

function isComparable(value: Value): value is string | number | undefined {
  return value === undefined || typeof value === "string" || typeof value === "number";
}

function concatenate(left: Value, right: Value, evaluation: Evaluation): string {
  const start = left === undefined ? "" : jsonText(left, evaluation);
  const end = right === undefined ? "" : jsonText(right, evaluation);
  evaluation.spendText(start.length + end.length);
  return start + end;
}

/** Whole numbers that a range may have: more are refused by name. */
const longestRange = 10_000_000;

function range(left: Value, right: Value, evaluation: Evaluation): List | undefined {
  if (left !== undefined && !Number.isInteger(left)) throw new QueryError("T2003", { value: left });
  if (right !== undefined && !Number.isInteger(right)) throw new QueryError("T2004", { value: right });
  const [first, last] = [left as number, right as number];
  if (left === undefined || right === undefined || first > last) return undefined;
  const size = last - first + 1;
  if (size > longestRange) throw new QueryError("D2014", { value: size });
  if (size > mostItems) throw memoryLimit();
  evaluation.makeList(size);
  const numbers: List = new Array(size);
  for (let index = 0; index < size; index++) numbers[index] = first + index;
  numbers.sequence = true;
  return numbers;
}

/** What it takes to compare an item with another, and with a text of the same length. */
const unitsOfComparison = 1 / 4;
const unitsOfComparedCharacter = 1 / 64;

function includes(left: Value, right: Value, evaluation: Evaluation): boolean {
  if (left === undefined || right === undefined) return false;
  if (!isList(right)) return right === left;
  const characters = typeof left === "string" ? left.length : 0;
  evaluation.spend(right.length * (unitsOfComparison + characters * unitsOfComparedCharacter));
  return right.indexOf(left) >= 0;
}

/** Makes a minus sign ready. */
export function compileNegation(node: SyntaxNode, compile: Compile): Compiled {
  const operand = compile(node.expression as SyntaxNode);
  return (input, frame, evaluation) => {
    const value = operand(input, frame, evaluation);
    if (value === undefined) return undefined;
    if (!isNumber(value)) throw new QueryError("D1002", { value });
    return -value;
  };
}
