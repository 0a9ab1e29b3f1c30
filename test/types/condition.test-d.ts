import { describe, expectTypeOf, test } from "vitest";
import * as z from "zod";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import { States } from "../../src/expression/intrinsics.js";
import type { Placeholder } from "../../src/expression/placeholder.js";
import { ChoiceRule } from "../../src/states/choice-rule.js";
import { type Condition, not } from "../../src/states/condition.js";
import {
  type BooleanTests,
  type NumberTests,
  type UntypedTests,
  type ValueTests,
  when,
} from "../../src/states/when.js";

const input = new ExecutionInput(
  z.object({
    text: z.string(),
    color: z.enum(["red", "green"]),
    count: z.number().int(),
    flag: z.boolean(),
    maybe: z.string().optional(),
    nothing: z.number().nullable(),
    tags: z.array(z.string()),
    object: z.object({ a: z.string() }),
    mixed: z.union([z.string(), z.number()]),
  }),
);
declare const untyped: Placeholder<unknown>;

describe("operators are those of the value's type", () => {
  test("for each type", () => {
    expectTypeOf(when(input.count)).toEqualTypeOf<NumberTests>();
    expectTypeOf(when(input.flag)).toEqualTypeOf<BooleanTests>();
    expectTypeOf(when(input.tags)).toEqualTypeOf<ValueTests>();
    expectTypeOf(when(input.mixed)).toEqualTypeOf<ValueTests>();
    expectTypeOf(when(untyped)).toEqualTypeOf<UntypedTests>();
    expectTypeOf(when("$.a")).toEqualTypeOf<UntypedTests>();
    expectTypeOf(when(States.arrayLength(input.tags))).toEqualTypeOf<NumberTests>();
  });

  test("all give conditions", () => {
    expectTypeOf(when(input.text).equals("a")).toEqualTypeOf<Condition>();
    expectTypeOf(when(input.text).equals(input.color)).toEqualTypeOf<Condition>();
    expectTypeOf(when(input.color).equals("red")).toEqualTypeOf<Condition>();
    expectTypeOf(when(input.color).equals(input.text)).toEqualTypeOf<Condition>();
    expectTypeOf(when(input.text).before("2026-01-31T12:00:00Z")).toEqualTypeOf<Condition>();
    expectTypeOf(when(input.text).after(new Date(0))).toEqualTypeOf<Condition>();
    expectTypeOf(when(input.maybe).isPresent().and(when(input.maybe).equals("x"))).toEqualTypeOf<Condition>();
    expectTypeOf(when(input.nothing).greaterThan(3)).toEqualTypeOf<Condition>();
    expectTypeOf(not(when(input.count).lessThan(input.count))).toEqualTypeOf<Condition>();
    expectTypeOf(when(untyped).equals(true).or(when(untyped).lessThan("b"))).toEqualTypeOf<Condition>();
  });

  test("operators by name take references and paths", () => {
    ChoiceRule.stringEquals(input.text, "a");
    ChoiceRule.stringEquals(input.maybe, "a");
    ChoiceRule.stringEquals(untyped, "a");
    ChoiceRule.stringEquals("$.a", "a");
    ChoiceRule.numericLessThanPath(input.count, "$.b");
    ChoiceRule.timestampEqualsPath("$.a", input.text);
    ChoiceRule.and([ChoiceRule.isNull(input.object, false)]);
    const rules: Condition[] = [];
    ChoiceRule.or(rules);
  });
});

describe("what is wrong is a compile error", () => {
  test("an operator that the type does not have", () => {
    // @ts-expect-error a number has no pattern
    when(input.count).matches("a*");
    // @ts-expect-error a number is no timestamp
    when(input.count).before("2026-01-31T12:00:00Z");
    // @ts-expect-error booleans have no order
    when(input.flag).lessThan(true);
    // @ts-expect-error a list is compared with nothing
    when(input.tags).equals("a");
    // @ts-expect-error nor is an object
    when(input.object).equals("a");
    // @ts-expect-error a text or a number: only the types can be tested
    when(input.mixed).equals(1);
    // @ts-expect-error there is no such operator
    when(input.text).contains("a");
  });

  test("a comparand of another type", () => {
    // @ts-expect-error a text is compared with texts
    when(input.text).equals(1);
    // @ts-expect-error a number is compared with numbers
    when(input.count).equals("1");
    // @ts-expect-error a number is compared with numbers
    when(input.count).greaterThan(input.text);
    // @ts-expect-error a text is compared with texts
    when(input.text).lessThan(input.count);
    // @ts-expect-error true is no number
    when(input.count).equals(true);
    // @ts-expect-error a boolean is compared with booleans
    when(input.flag).equals("true");
    // @ts-expect-error it is red or green
    when(input.color).equals("blue");
    // @ts-expect-error a number is no time
    when(input.text).before(0);
    // @ts-expect-error the other may be missing
    when(input.text).equals(input.maybe);
    // @ts-expect-error a pattern is a text
    when(input.text).matches(input.text);
    // @ts-expect-error a list is no comparand
    when(untyped).equals(input.tags);
    // @ts-expect-error null has a test of its own
    when(input.text).equals(null);
  });

  test("a value that is none", () => {
    // @ts-expect-error a constant is known already
    when("a");
    // @ts-expect-error a constant is known already
    when(3);
    // @ts-expect-error expected is a boolean
    when(input.text).isPresent("yes");
  });

  test("what is no condition", () => {
    // @ts-expect-error a reference is no condition
    not(input.flag);
    // @ts-expect-error a comparison is missing
    not(when(input.flag));
    // @ts-expect-error a boolean is no condition
    when(input.flag).isNull().and(true);
    // @ts-expect-error one or more
    ChoiceRule.and([]);
    // @ts-expect-error one or more
    ChoiceRule.or([]);
    // @ts-expect-error a text is no condition
    ChoiceRule.and(["x"]);
    // @ts-expect-error conditions are one list
    ChoiceRule.or(when(input.flag).isNull(), when(input.flag).isNull());
  });

  test("operators by name", () => {
    // @ts-expect-error a number is no text
    ChoiceRule.stringEquals(input.count, "a");
    // @ts-expect-error a text is no number
    ChoiceRule.numericEquals(input.text, 1);
    // @ts-expect-error a text is no boolean
    ChoiceRule.booleanEquals(input.text, true);
    // @ts-expect-error a text is no number
    ChoiceRule.numericEquals("$.a", "1");
    // @ts-expect-error true is no number
    ChoiceRule.numericEquals("$.a", true);
    // @ts-expect-error a number is no text
    ChoiceRule.stringLessThan("$.a", 1);
    // @ts-expect-error a path begins with $
    ChoiceRule.stringEquals("a", "x");
    // @ts-expect-error a path begins with $
    ChoiceRule.stringEqualsPath("$.a", "b");
    // @ts-expect-error a constant is no path
    ChoiceRule.numericEqualsPath("$.a", 1);
    // @ts-expect-error a text is no number
    ChoiceRule.numericEqualsPath(input.count, input.text);
    // @ts-expect-error expected is a boolean
    ChoiceRule.isPresent("$.a", "true");
    // @ts-expect-error a timestamp is a text
    ChoiceRule.timestampEquals("$.a", 0);
    // @ts-expect-error a number is no timestamp
    ChoiceRule.timestampLessThan(input.count, "2026-01-31T12:00:00Z");
    // @ts-expect-error there is no path for patterns
    ChoiceRule.stringMatchesPath("$.a", "$.b");
  });
});
