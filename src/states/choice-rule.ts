import type { Ref } from "../expression/placeholder.js";
import { type Comparand, compare, type PathText } from "./comparison.js";
import { type Condition, groupOf, not } from "./condition.js";

/** A placeholder of a `T`, one of unknown type, or a path as text. */
type Variable<R, T> = R extends Ref<infer V> ? (unknown extends V ? R : [NonNullable<V>] extends [T] ? R : Ref<T>) : R;

type With<T, Value> = <R extends Ref<unknown> | PathText>(variable: R & Variable<R, T>, value: Value) => Condition;
type WithPath<T> = <R extends Ref<unknown> | PathText, P extends Ref<unknown> | PathText>(
  variable: R & Variable<R, T>,
  path: P & Variable<P, T>,
) => Condition;
type Is = (variable: Ref<unknown> | PathText, expected: boolean) => Condition;

type NotEmpty<C extends readonly Condition[]> = C extends readonly [] ? readonly [Condition, ...Condition[]] : C;

const text = (operator: string): With<string, string> => comparison(operator, "text");
const numeric = (operator: string): With<number, number> => comparison(operator, "number");
const timestamp = (operator: string): With<string, string> => comparison(operator, "timestamp");
const textPath = (operator: string): WithPath<string> => comparison(operator, "path");
const numericPath = (operator: string): WithPath<number> => comparison(operator, "path");
const test = (operator: string): Is => comparison(operator, "boolean");

function comparison(operator: string, takes: Comparand): (variable: unknown, value: unknown) => Condition {
  return (variable, value) => compare(operator, takes, variable, value);
}

/**
 * The operators of choice rules under their own names: one function for each, as in the Python class of this name.
 * Operators that end in `Path` compare with a placeholder or a path. {@link when} says the same by the value's type.
 * Source: ASL, "Choice State".
 *
 * @throws {@link DefinitionError} at `compile()`: `invalid_condition`.
 * @example
 * ChoiceRule.and([ChoiceRule.isPresent("$.count", true), ChoiceRule.numericGreaterThan("$.count", 3)]);
 * // { "And": [{ "Variable": "$.count", "IsPresent": true }, { "Variable": "$.count", "NumericGreaterThan": 3 }] }
 */
export const ChoiceRule = {
  stringEquals: text("StringEquals"),
  stringEqualsPath: textPath("StringEqualsPath"),
  stringLessThan: text("StringLessThan"),
  stringLessThanPath: textPath("StringLessThanPath"),
  stringGreaterThan: text("StringGreaterThan"),
  stringGreaterThanPath: textPath("StringGreaterThanPath"),
  stringLessThanEquals: text("StringLessThanEquals"),
  stringLessThanEqualsPath: textPath("StringLessThanEqualsPath"),
  stringGreaterThanEquals: text("StringGreaterThanEquals"),
  stringGreaterThanEqualsPath: textPath("StringGreaterThanEqualsPath"),
  /** `*` stands for any run of characters; `\*` and `\\` for themselves. */
  stringMatches: text("StringMatches"),

  numericEquals: numeric("NumericEquals"),
  numericEqualsPath: numericPath("NumericEqualsPath"),
  numericLessThan: numeric("NumericLessThan"),
  numericLessThanPath: numericPath("NumericLessThanPath"),
  numericGreaterThan: numeric("NumericGreaterThan"),
  numericGreaterThanPath: numericPath("NumericGreaterThanPath"),
  numericLessThanEquals: numeric("NumericLessThanEquals"),
  numericLessThanEqualsPath: numericPath("NumericLessThanEqualsPath"),
  numericGreaterThanEquals: numeric("NumericGreaterThanEquals"),
  numericGreaterThanEqualsPath: numericPath("NumericGreaterThanEqualsPath"),

  booleanEquals: comparison("BooleanEquals", "boolean") as With<boolean, boolean>,
  booleanEqualsPath: comparison("BooleanEqualsPath", "path") as WithPath<boolean>,

  timestampEquals: timestamp("TimestampEquals"),
  timestampEqualsPath: textPath("TimestampEqualsPath"),
  timestampLessThan: timestamp("TimestampLessThan"),
  timestampLessThanPath: textPath("TimestampLessThanPath"),
  timestampGreaterThan: timestamp("TimestampGreaterThan"),
  timestampGreaterThanPath: textPath("TimestampGreaterThanPath"),
  timestampLessThanEquals: timestamp("TimestampLessThanEquals"),
  timestampLessThanEqualsPath: textPath("TimestampLessThanEqualsPath"),
  timestampGreaterThanEquals: timestamp("TimestampGreaterThanEquals"),
  timestampGreaterThanEqualsPath: textPath("TimestampGreaterThanEqualsPath"),

  isNull: test("IsNull"),
  /** The one test that a missing variable does not make fail. */
  isPresent: test("IsPresent"),
  isNumeric: test("IsNumeric"),
  isString: test("IsString"),
  isBoolean: test("IsBoolean"),
  isTimestamp: test("IsTimestamp"),

  /** Holds where all conditions hold; one or more. */
  and: <const C extends readonly Condition[]>(conditions: NotEmpty<C>): Condition => groupOf("and", conditions),
  /** Holds where any condition holds; one or more. */
  or: <const C extends readonly Condition[]>(conditions: NotEmpty<C>): Condition => groupOf("or", conditions),
  /** Holds where the condition does not. */
  not: (condition: Condition): Condition => not(condition),
} as const;
