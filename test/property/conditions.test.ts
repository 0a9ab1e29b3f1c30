import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { StepInput } from "../../src/expression/execution-input.js";
import type { Ref } from "../../src/expression/placeholder.js";
import type { Json, JsonObject } from "../../src/language/json.js";
import { ChoiceRule } from "../../src/states/choice-rule.js";
import { type Condition, not } from "../../src/states/condition.js";
import { evaluateJsonata } from "../unit/evaluate-jsonata.js";
import { lowered } from "../unit/lower-condition.js";
import { run } from "../unit/run-definition.js";

/** What a Choice state makes of the condition; `error` where it fails. */
function byChoiceRule(condition: Condition, input: Json): boolean | "error" {
  const { rule, issues } = lowered(condition, "JSONPath");
  expect(issues).toEqual([]);
  const { output } = run(
    {
      StartAt: "C",
      States: {
        C: { Type: "Choice", Choices: [{ ...(rule as JsonObject), Next: "T" }], Default: "F" },
        T: { Type: "Pass", Result: true, End: true },
        F: { Type: "Pass", Result: false, End: true },
      },
    },
    input,
  );
  return output === undefined ? "error" : output === "true";
}

async function byJsonata(condition: Condition, input: Json): Promise<unknown> {
  const { rule, issues } = lowered(condition, "JSONata");
  expect(issues).toEqual([]);
  const [, source = ""] = /^\{% ([\s\S]*) %\}$/.exec(String(rule)) ?? [];
  try {
    return await evaluateJsonata(source, input);
  } catch (error) {
    // Only what is missing may fail.
    expect(error).toMatchObject({ code: "D3137", message: expect.stringContaining("not in the data") });
    return "error";
  }
}

async function agree(condition: Condition, input: Json): Promise<boolean | "error"> {
  const expected = byChoiceRule(condition, input);
  expect(await byJsonata(condition, input), String(lowered(condition, "JSONata").rule)).toBe(expected);
  return expected;
}

const timestamps = [
  "2024-02-29T12:00:00Z",
  "2024-02-29T13:00:00+01:00",
  "2024-02-29T12:00:00.001Z",
  "2023-12-31T23:59:59Z",
];
const value: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom("", "a", "b", "ab", "a*b", "A", "10", "9", "é", "aXb", "a\nb", "*"),
  fc.constantFrom(...timestamps, "2024-02-29", "2024-02-29t12:00:00Z", "2024-02-29T24:00:00Z", "2024-02-29T12:00:00"),
  fc.string(),
  fc.constantFrom(0, 1, -1, 0.5, 10, 9),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom<Json>([], ["a"], [1], {}, { a: 1 }, [[1]]),
);
const number = fc.oneof(fc.constantFrom(0, 1, -1, 0.5, 10, 9), fc.integer());
const input: fc.Arbitrary<Json> = fc
  .record({ a: value, b: value, c: value, n: number }, { requiredKeys: [] })
  .map((one) => ({ ...one }) as JsonObject);

const path = fc.constantFrom("$.a", "$.b", "$.c");
/** Of a value that is no number AWS makes one where a path such as `NumericEqualsPath` leads to it; JSONata does not. */
const pathToNumber = fc.constant("$.n");
const relations = ["Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals"];
const pattern = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b", "*", "\\", "X", "(", "/", "é"), maxLength: 5 }),
  fc.constantFrom("*", "**", "", "a*", "*b", "a*b", "a\\*b", "\\\\", "a.b"),
);

type Named = { readonly [name: string]: (variable: string, value: unknown) => Condition };
const rules = ChoiceRule as unknown as Named;
const rule = (name: string, variable: string, operand: unknown): Condition => {
  const make = rules[name];
  if (make === undefined) throw new Error(`no operator ${name}`);
  return make(variable, operand);
};

const families: readonly (readonly [string, readonly string[], fc.Arbitrary<Json>])[] = [
  ["string", relations, fc.oneof(fc.constantFrom("", "a", "b", "ab", "10", "9"), fc.string())],
  ["numeric", relations, number],
  ["boolean", ["Equals"], fc.boolean()],
  ["timestamp", relations, fc.constantFrom(...timestamps)],
];

const comparisons = families.flatMap(([family, names, operand]) =>
  names.flatMap((relation) => [
    { name: `${family}${relation}`, operand },
    { name: `${family}${relation}Path`, operand: (family === "numeric" ? pathToNumber : path) as fc.Arbitrary<Json> },
  ]),
);
const typeTests = ["isNull", "isPresent", "isNumeric", "isString", "isBoolean", "isTimestamp"].map((name) => ({
  name,
  operand: fc.boolean() as fc.Arbitrary<Json>,
}));
const operators = [...comparisons, ...typeTests, { name: "stringMatches", operand: pattern as fc.Arbitrary<Json> }];

/** AWS takes any value at the second path of a rule of numbers for a number; a Condition does not. */
function takesForNumber(name: string, operand: Json, data: Json): boolean {
  if (!/^numeric.*Path$/.test(name)) return false;
  const compared = (data as JsonObject)[String(operand).slice(2)];
  return compared !== undefined && typeof compared !== "number";
}

test("these are all operators but and, or and not", () => {
  expect(operators.map(({ name }) => name).sort()).toEqual(
    Object.keys(ChoiceRule)
      .filter((name) => !["and", "or", "not"].includes(name))
      .sort(),
  );
});

describe("a Condition of JSONata holds where the choice rule does", () => {
  test.each(operators)("$name", async ({ name, operand }) => {
    await fc.assert(
      fc.asyncProperty(path, operand, input, async (variable, constant, data) => {
        fc.pre(!takesForNumber(name, constant, data));
        await agree(rule(name, variable, constant), data);
      }),
      { numRuns: 150 },
    );
  });

  const single = fc.oneof(
    ...operators
      .filter(({ name }) => !/^numeric.*Path$/.test(name))
      .map(({ name, operand }) => fc.tuple(path, operand).map(([variable, one]) => rule(name, variable, one))),
  );
  const nested = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 3 },
      single,
      fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((all) => ChoiceRule.and(all)),
      fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((all) => ChoiceRule.or(all)),
      tie("condition").map((one) => not(one)),
    ),
  })).condition;

  test("and, or and not of any, also where something is missing", async () => {
    await fc.assert(
      fc.asyncProperty(nested, input, async (condition, data) => {
        await agree(condition, data);
      }),
      { numRuns: 1500 },
    );
  });

  test("a test of presence protects what follows it", async () => {
    const guarded = ChoiceRule.and([ChoiceRule.isPresent("$.a", true), ChoiceRule.numericGreaterThan("$.a", 3)]);
    expect(await agree(guarded, {})).toBe(false);
    expect(await agree(guarded, { a: 4 })).toBe(true);
    const either = ChoiceRule.or([ChoiceRule.isPresent("$.a", false), ChoiceRule.numericGreaterThan("$.a", 3)]);
    expect(await agree(either, {})).toBe(true);
    expect(await agree(either, { a: 3 })).toBe(false);
  });

  test("what is missing is an error without one", async () => {
    expect(await agree(ChoiceRule.numericGreaterThan("$.a", 3), {})).toBe("error");
    expect(await agree(ChoiceRule.numericGreaterThanPath("$.a", "$.b"), { a: 1 })).toBe("error");
  });

  test("through placeholders", async () => {
    const typed = new StepInput(z.object({ a: z.string(), b: z.number() }));
    const variable: Ref<string> = typed.a;
    await fc.assert(
      fc.asyncProperty(input, async (data) => {
        await agree(ChoiceRule.stringEquals(variable, "a"), data);
        await agree(ChoiceRule.numericLessThan(typed.b, 3), data);
      }),
    );
  });
});
