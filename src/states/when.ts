import type { Ref } from "../expression/placeholder.js";
import { isPlaceholder } from "../expression/placeholder.js";
import { issue, shown } from "../language/errors.js";
import { compare, type Family, familyOf, type PathText } from "./comparison.js";
import { type Condition, testOf } from "./condition.js";

/** Tests that every value has. With `false` they hold where the value is not so. */
export interface ValueTests {
  /** Whether the value is there; a present `null` is. The one test that a missing value does not make fail. */
  isPresent(expected?: boolean): Condition;
  isNull(expected?: boolean): Condition;
  isString(expected?: boolean): Condition;
  isNumeric(expected?: boolean): Condition;
  isBoolean(expected?: boolean): Condition;
  /** Whether the value is a timestamp of RFC 3339. */
  isTimestamp(expected?: boolean): Condition;
}

interface Ordered<Value> {
  equals(value: Value): Condition;
  lessThan(value: Value): Condition;
  lessThanEquals(value: Value): Condition;
  greaterThan(value: Value): Condition;
  greaterThanEquals(value: Value): Condition;
}

/** A moment: a text of RFC 3339 such as `2026-01-31T12:00:00Z`, a date, or a placeholder of such a text. */
type Time = string | Date | Ref<string>;

interface TimeTests {
  /** Whether both are the same instant. */
  at(time: Time): Condition;
  before(time: Time): Condition;
  after(time: Time): Condition;
  atOrBefore(time: Time): Condition;
  atOrAfter(time: Time): Condition;
}

interface PatternTests {
  /** `*` stands for any run of characters; `\*` and `\\` for themselves. */
  matches(pattern: string): Condition;
}

/** Comparisons of a text; `Known` are the values that it may have. */
export interface TextTests<Known extends string = string>
  extends ValueTests,
    Omit<Ordered<string | Ref<string>>, "equals">,
    PatternTests,
    TimeTests {
  equals(value: Known | Ref<string>): Condition;
}

/** Comparisons of a number. */
export interface NumberTests extends ValueTests, Ordered<number | Ref<number>> {}

/** Comparisons of a boolean. */
export interface BooleanTests extends ValueTests {
  equals(value: boolean | Ref<boolean>): Condition;
}

/** Comparisons of a value whose type is not known: what it is compared with tells the operator. */
export interface UntypedTests
  extends ValueTests,
    Omit<Ordered<string | number | Ref<string> | Ref<number>>, "equals">,
    PatternTests,
    TimeTests {
  equals(value: string | number | boolean | Ref<string> | Ref<number> | Ref<boolean>): Condition;
}

type TestsOf<T> = unknown extends T
  ? UntypedTests
  : [NonNullable<T>] extends [string]
    ? TextTests<NonNullable<T> & string>
    : [NonNullable<T>] extends [number]
      ? NumberTests
      : [NonNullable<T>] extends [boolean]
        ? BooleanTests
        : ValueTests;

/**
 * Begins a condition on a value. The operators are those of its type; a value of another type compares as false.
 *
 * @param value - a placeholder, or a path as text
 * @throws {@link DefinitionError} at `compile()`: `invalid_condition`.
 * @example
 * when(input.count).greaterThan(3).and(when(input.mode).equals("full"));
 * // { "And": [{ "Variable": "$$.Execution.Input['count']", "NumericGreaterThan": 3 }, …] }
 */
export function when<T = unknown>(value: Ref<T> | PathText): TestsOf<T> {
  return new Tests(value) as unknown as TestsOf<T>;
}

/** All operators; the type of {@link when} shows those that fit. */
class Tests {
  private readonly variable: unknown;

  constructor(variable: unknown) {
    this.variable = variable;
  }

  isPresent(expected = true): Condition {
    return compare("IsPresent", "boolean", this.variable, expected);
  }

  isNull(expected = true): Condition {
    return compare("IsNull", "boolean", this.variable, expected);
  }

  isString(expected = true): Condition {
    return compare("IsString", "boolean", this.variable, expected);
  }

  isNumeric(expected = true): Condition {
    return compare("IsNumeric", "boolean", this.variable, expected);
  }

  isBoolean(expected = true): Condition {
    return compare("IsBoolean", "boolean", this.variable, expected);
  }

  isTimestamp(expected = true): Condition {
    return compare("IsTimestamp", "boolean", this.variable, expected);
  }

  matches(pattern: unknown): Condition {
    return compare("StringMatches", "text", this.variable, pattern);
  }

  equals(value: unknown): Condition {
    return this.compare("Equals", value);
  }

  lessThan(value: unknown): Condition {
    return this.compare("LessThan", value);
  }

  lessThanEquals(value: unknown): Condition {
    return this.compare("LessThanEquals", value);
  }

  greaterThan(value: unknown): Condition {
    return this.compare("GreaterThan", value);
  }

  greaterThanEquals(value: unknown): Condition {
    return this.compare("GreaterThanEquals", value);
  }

  at(time: unknown): Condition {
    return this.compareAs("Timestamp", "Equals", asText(time));
  }

  before(time: unknown): Condition {
    return this.compareAs("Timestamp", "LessThan", asText(time));
  }

  after(time: unknown): Condition {
    return this.compareAs("Timestamp", "GreaterThan", asText(time));
  }

  atOrBefore(time: unknown): Condition {
    return this.compareAs("Timestamp", "LessThanEquals", asText(time));
  }

  atOrAfter(time: unknown): Condition {
    return this.compareAs("Timestamp", "GreaterThanEquals", asText(time));
  }

  /** The operator is that of the comparand's type; where that is not known, of the value's own. */
  private compare(relation: string, value: unknown): Condition {
    const family = familyOf(value) ?? (isPlaceholder(this.variable) ? familyOf(this.variable) : undefined);
    if (family === "Boolean" && relation !== "Equals") return this.refuse("booleans have no order; use equals()");
    if (family !== undefined) return this.compareAs(family, relation, value);
    if (isPlaceholder(value)) return this.refuse("the type of neither value is known", byName);
    return this.refuse(`expected a text, a number or a boolean, got ${shown(value)}`);
  }

  private refuse(message: string, hint?: string): Condition {
    const problem = issue("invalid_condition", [], message, hint);
    return testOf({ operator: "StringEquals", variable: this.variable, value: "" }, [problem]);
  }

  private compareAs(family: Family, relation: string, value: unknown): Condition {
    if (!isPlaceholder(value)) return compare(`${family}${relation}`, comparands[family], this.variable, value);
    return compare(`${family}${relation}Path`, "path", this.variable, value);
  }
}

const byName = "name the operator: ChoiceRule.stringEqualsPath(a, b)";

const comparands = { String: "text", Numeric: "number", Boolean: "boolean", Timestamp: "timestamp" } as const;

function asText(time: unknown): unknown {
  return time instanceof Date && !Number.isNaN(time.getTime()) ? time.toISOString() : time;
}
