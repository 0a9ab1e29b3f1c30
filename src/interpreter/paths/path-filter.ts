import type { PathProblem } from "../../expression/jsonpath.js";
import type { Condition, Operand, PathSyntax } from "../../expression/path-syntax.js";
import type { Json } from "../../language/json.js";
import { isList, isObject } from "../data.js";
import { operators } from "./filter-operators.js";
import { readLiteral } from "./literal-reader.js";
import { compilePattern } from "./pattern.js";
import type { QueryBudget } from "./query-budget.js";

/** What paths within a path are read with. */
export interface Reading {
  /** What `$` stands for: where the whole path begins. */
  readonly document: Json;
  readonly budget: QueryBudget;
}

/** The value of an operand; `undefined` where there is none. */
export type Read = (item: Json, reading: Reading) => Json | undefined;

/** A path within a path, planned. */
export interface InnerPath {
  readonly read: Read;
  readonly isDefinite: boolean;
}

/** Plans a path that a filter or a function holds. */
export type PlanInner = (path: PathSyntax) => InnerPath | PathProblem;

/** Whether an item passes; `undefined` where the condition makes no sense for it, as Jayway sees it: it does not pass then. */
export type Test = (item: Json, reading: Reading) => boolean | undefined;

/** A test takes longer than a look at a value. */
const testCost = 2;

/** Turns a condition into a function. Recursion is bounded by the brackets that the reader of paths allows. */
export function planFilter(condition: Condition, at: number, planInner: PlanInner): Test | PathProblem {
  if (condition.kind === "test") return planTest(condition, at, planInner);
  if (condition.kind === "not") {
    const inner = planFilter(condition.of, at, planInner);
    if (typeof inner !== "function") return inner;
    return (item, reading) => {
      const passes = inner(item, reading);
      return passes === undefined ? undefined : !passes;
    };
  }
  const tests: Test[] = [];
  for (const part of condition.of) {
    const test = planFilter(part, at, planInner);
    if (typeof test !== "function") return test;
    tests.push(test);
  }
  return joined(tests, condition.kind === "or");
}

/** The first test that says `decisive` decides; one that makes no sense does so too. */
function joined(tests: readonly Test[], decisive: boolean): Test {
  return (item, reading) => {
    for (const test of tests) {
      const passes = test(item, reading);
      if (passes !== !decisive) return passes;
    }
    return !decisive;
  };
}

function planTest(
  condition: Extract<Condition, { kind: "test" }>,
  at: number,
  planInner: PlanInner,
): Test | PathProblem {
  if (condition.operator === "=~") return planMatch(condition.left, condition.right, at, planInner);
  const left = planOperand(condition.left, at, planInner);
  if ("message" in left) return left;
  if (condition.operator === undefined || condition.right === undefined) return presence(left);
  const right = planOperand(condition.right, at, planInner);
  if ("message" in right) return right;
  const operator = operators.get(condition.operator);
  if (operator === undefined) {
    return { message: `the embedded engine does not run the operator ${condition.operator} of filters`, at };
  }
  return (item, reading) =>
    reading.budget.spend(testCost) && operator(left.read(item, reading), right.read(item, reading), reading.budget);
}

/** `=~`: a pattern, on either side, and what has to match it as a whole; of a list one item has to. */
function planMatch(left: Operand, right: Operand | undefined, at: number, planInner: PlanInner): Test | PathProblem {
  const [pattern, other] = left.kind === "pattern" ? [left, right] : [right, left];
  // Two patterns, or none, match nothing.
  if (pattern?.kind !== "pattern" || other === undefined || other.kind === "pattern") return () => false;
  const matches = compilePattern(pattern.text);
  if (typeof matches !== "function")
    return { message: `the embedded engine does not run the pattern ${pattern.text}: ${matches.message}`, at };
  const operand = planOperand(other, at, planInner);
  if ("message" in operand) return operand;
  return (item, reading) => {
    if (!reading.budget.spend(testCost)) return false;
    const value = operand.read(item, reading);
    return (isList(value) ? value : [value]).some((each) => matches(matchedText(each), reading.budget));
  };
}

function matchedText(value: Json | undefined): string {
  return typeof value === "object" || value === undefined ? "" : String(value);
}

function presence({ read, isDefinite }: InnerPath): Test {
  return (item, reading) => {
    if (!reading.budget.spend(testCost)) return false;
    const found = read(item, reading);
    return isDefinite ? found !== undefined : isList(found) && found.length > 0;
  };
}

/** Plans what a filter compares or a function takes. */
export function planOperand(operand: Operand, at: number, planInner: PlanInner): InnerPath | PathProblem {
  switch (operand.kind) {
    case "literal":
      return constant(operand.value);
    case "json": {
      const value = readLiteral(operand.text);
      return value === undefined
        ? { message: `expected a list or an object, got ${operand.text}`, at }
        : constant(value);
    }
    case "pattern":
      return { message: `expected =~ with the pattern ${operand.text}`, at };
    case "word":
      // Samples that AWS publishes have texts without quotes: `[?(@.TargetLanguageCode==es)]`.
      return constant(operand.text);
    case "path": {
      if (operand.path.root !== "input") {
        return { message: "within a path the embedded engine reads from @ and $ alone, not from $$ or a variable", at };
      }
      const inner = planInner(operand.path);
      if ("message" in inner || operand.of === "item") return inner;
      return {
        read: inner.isDefinite ? ofDocument(inner.read) : once(ofDocument(inner.read)),
        isDefinite: inner.isDefinite,
      };
    }
  }
}

function ofDocument(read: Read): Read {
  return (_, reading) => read(reading.document, reading);
}

/** Reads once for all items: the document is the same. */
function once(read: Read): Read {
  const known = new WeakMap<Reading, Json | undefined>();
  return (item, reading) => {
    if (!known.has(reading)) known.set(reading, read(item, reading));
    return known.get(reading);
  };
}

function constant(value: Json): InnerPath {
  return { read: () => value, isDefinite: true };
}

/** Whether an item passes. AWS: `@` matches objects, never scalars. */
export function passes(test: Test, item: Json, reading: Reading): boolean {
  return (isObject(item) || isList(item)) && test(item, reading) === true;
}
