import { describe, expect, test } from "vitest";
import * as z from "zod";
import { compile, tryCompile } from "../../src/compile/compile.js";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import { text } from "../../src/expression/text.js";
import { variable } from "../../src/expression/variable.js";
import { integrationArn } from "../../src/language/arn.js";
import { DefinitionError, type Issue } from "../../src/language/errors.js";
import { nearest } from "../../src/language/nearest.js";
import { StartExecutionStep } from "../../src/services/start-execution-step.js";
import { Choice } from "../../src/states/choice.js";
import { ChoiceRule } from "../../src/states/choice-rule.js";
import { Fail } from "../../src/states/fail.js";
import { Map as MapStep } from "../../src/states/map.js";
import { Parallel } from "../../src/states/parallel.js";
import { Pass } from "../../src/states/pass.js";
import { prefixStates } from "../../src/states/prefix-states.js";
import { Succeed } from "../../src/states/succeed.js";
import { Task } from "../../src/states/task.js";
import { Wait } from "../../src/states/wait.js";
import { when } from "../../src/states/when.js";

const input = new ExecutionInput(z.object({ n: z.number(), name: z.string(), when: z.string() }));
const resource = "arn:aws:lambda:us-east-1:123456789012:function:count";

/** What plain JavaScript may give. */
const anything = (value: unknown): never => value as never;

/** The issues of what is made and compiled, wherever they are told. */
function issuesOf(make: () => unknown): readonly Issue[] {
  try {
    return tryCompile(make()).issues;
  } catch (error) {
    if (DefinitionError.is(error)) return error.issues;
    throw error;
  }
}

const told = (issues: readonly Issue[]): readonly string[] =>
  issues.map(({ code, path }) => [code, ...path.slice(2)].join(" "));

describe("a step takes an object of options", () => {
  const kinds = { Pass, Succeed, Fail, Wait, Task, Map: MapStep, Parallel, Choice } as unknown as Readonly<
    Record<string, new (name: string, options?: unknown) => object>
  >;
  const wrong = [5, "x", [], () => 1, Promise.resolve({}), input.n, null, new Pass("B")];

  test.each(Object.entries(kinds))("%s", (kind, Kind) => {
    for (const options of wrong) {
      const [found, ...others] = issuesOf(() => new Kind("A", options));
      expect(others).toEqual([]);
      expect(found?.code).toBe("invalid_argument");
      expect(found?.message).toMatch(new RegExp(`^${kind} takes an object of options, got `));
    }
    expect(issuesOf(() => new Kind("A")).map(({ code }) => code)).not.toContain("invalid_argument");
  });
});

describe("the options of compile()", () => {
  test.each<readonly [string, unknown, readonly string[]]>([
    [
      "all of them",
      { input, queryLanguage: "JSONPath", type: "STANDARD", comment: "", version: "1.0", timeoutSeconds: 1 },
      [],
    ],
    ["some that are left out", { input: undefined, comment: undefined }, []],
    ["a misspelt one", { queryLangauge: "JSONata" }, ["unknown_option queryLangauge"]],
    ["no object", 5, ["invalid_argument "]],
    ["null", null, ["invalid_argument "]],
    ["a placeholder", input, ["invalid_argument "]],
    ["a comment that is no text", { comment: 5 }, ["invalid_text Comment"]],
    ["a version that is no text", { version: {} }, ["invalid_text Version"]],
    ["explain as a text", { explain: "yes" }, ["invalid_argument explain"]],
    ["an input that is none", { input: 5 }, ["invalid_argument input"]],
    ["another type", { type: "FAST" }, ["invalid_text type"]],
    ["a language in small letters", { queryLanguage: "jsonata" }, ["invalid_text QueryLanguage"]],
    ["no time", { timeoutSeconds: 0 }, ["invalid_number TimeoutSeconds"]],
  ])("%s", (_name, options, expected) => {
    const { issues } = tryCompile(new Pass("A"), anything(options));
    expect(issues.map(({ code, path }) => `${code} ${path.join(".")}`)).toEqual(expected);
  });

  test("the door throws them as issues", () => {
    expect(() => compile(new Pass("A"), anything(null))).toThrow(DefinitionError);
  });

  test("the nearest are named, and the hint fits", () => {
    expect(
      tryCompile(new Pass("A"), anything({ queryLangauge: "JSONata", type: "FAST" })).issues,
    ).toMatchInlineSnapshot(`
      [
        {
          "code": "unknown_option",
          "hint": "use an option of compile()",
          "message": "compile() has no option "queryLangauge"; the nearest are "queryLanguage", "explain", "version"",
          "path": [
            "queryLangauge",
          ],
        },
        {
          "code": "invalid_text",
          "hint": "write one of the two",
          "message": "expected "STANDARD" or "EXPRESS", got "FAST"",
          "path": [
            "type",
          ],
        },
      ]
    `);
  });
});

describe("the rules of a Choice", () => {
  const rule = when(input.n).greaterThan(3);
  const next = new Pass("B");
  const choice = new Choice("A");

  test.each<readonly [string, () => unknown, readonly string[]]>([
    ["with a comment", () => choice.when(rule, next, { comment: "c", assign: { a: 1 } }), []],
    ["with options that are left out", () => choice.when(rule, next, anything({ comment: undefined })), []],
    ["a misspelt option", () => choice.when(rule, next, anything({ asign: {} })), ["unknown_option Choices 0 asign"]],
    [
      "another target",
      () => choice.when(rule, next, anything({ next: new Pass("C") })),
      ["unknown_option Choices 0 next"],
    ],
    [
      "another condition",
      () => choice.when(rule, next, anything({ condition: rule })),
      ["unknown_option Choices 0 condition"],
    ],
    [
      "a comment that is no text",
      () => choice.when(rule, next, anything({ comment: 5 })),
      ["invalid_text Choices 0 Comment"],
    ],
    ["options that are no object", () => choice.when(rule, next, anything(5)), ["invalid_argument Choices 0"]],
    ["options that are null", () => choice.when(rule, next, anything(null)), ["invalid_argument Choices 0"]],
    ["one otherwise", () => choice.when(rule, next).otherwise(new Pass("C")), []],
    [
      "two of them",
      () => choice.when(rule, next).otherwise(new Pass("C")).otherwise(new Pass("D")),
      ["conflicting_options Default"],
    ],
    [
      "no list of rules",
      () => new Choice("A", anything({ choices: 5 })),
      ["invalid_argument Choices", "missing_option"],
    ],
    ["a list of no rules", () => new Choice("A", anything({ choices: [] })), ["missing_option"]],
    ["no rules", () => choice, ["missing_option"]],
    ["a Parallel without branches", () => new Parallel("A", { branches: anything(null) }), ["missing_option"]],
  ])("%s", (_name, make, expected) => {
    expect(told(issuesOf(make))).toEqual(expected);
  });

  test("a problem is told of the new Choice, not of the old one", () => {
    const old = choice.when(rule, next);
    old.when(rule, next, anything(5));
    expect(issuesOf(() => old)).toEqual([]);
  });

  test("a rule of null", () => {
    expect(told(issuesOf(() => new Choice("A", anything({ choices: [null] }))))).toContain(
      "invalid_argument Choices 0",
    );
  });

  test("a Choice without a rule says how to add one", () => {
    expect(issuesOf(() => choice)[0]).toMatchInlineSnapshot(`
      {
        "code": "missing_option",
        "hint": "add one with .when(rule, next): it returns a new Choice, and leaves the old one as it is",
        "message": "Choice needs a rule",
        "path": [
          "States",
          "A",
        ],
      }
    `);
  });
});

describe("retries and catches", () => {
  const errorEquals = ["E"];
  const retry = (given: unknown) => new Task("A", { resource, retry: anything(given) });
  const caught = (given: object) =>
    new Task("A", { resource, catch: anything({ errorEquals, next: new Pass("B"), ...given }) });

  test.each<readonly [string, () => unknown, readonly string[]]>([
    ["a retry", () => retry({ errorEquals, backoffRate: 1.5, comment: "c", maxAttempts: undefined }), []],
    [
      "a factor without end",
      () => retry({ errorEquals, backoffRate: Number.POSITIVE_INFINITY }),
      ["invalid_retry Retry 0 BackoffRate"],
    ],
    ["a comment that is no text", () => retry({ errorEquals, comment: 5 }), ["invalid_retry Retry 0 Comment"]],
    ["a misspelt option", () => retry({ errorEquals, backOffRate: 2 }), ["invalid_retry Retry 0 backOffRate"]],
    ["no rule", () => retry([5, null]), ["invalid_retry Retry 0", "invalid_retry Retry 1"]],
    ["a catch", () => caught({ comment: "c" }), []],
    ["a comment of a catch that is no text", () => caught({ comment: {} }), ["invalid_catch Catch 0 Comment"]],
    ["a misspelt option of a catch", () => caught({ resultpath: null }), ["invalid_catch Catch 0 resultpath"]],
  ])("%s", (_name, make, expected) => {
    expect(told(issuesOf(make))).toEqual(expected);
  });

  test("the nearest are named", () => {
    expect(issuesOf(() => retry({ errorEquals, backOffRate: 2 }))[0]?.message).toMatchInlineSnapshot(
      `"Retry has no option "backOffRate"; the nearest are "backoffRate", "comment", "maxAttempts""`,
    );
  });
});

describe("texts of a form", () => {
  const start = (more: object) =>
    new StartExecutionStep(
      "A",
      anything({ stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:m", ...more }),
    );

  test.each<readonly [string, () => unknown, readonly string[]]>([
    ["a time with an offset", () => new Wait("A", { timestamp: "2026-01-31T12:00:00+01:00" }), []],
    ["a time that is read", () => new Wait("A", { timestamp: input.when }), []],
    ["a word for a time", () => new Wait("A", { timestamp: "tomorrow" }), ["invalid_text Timestamp"]],
    ["a day for a time", () => new Wait("A", { timestamp: "2026-01-01" }), ["invalid_text Timestamp"]],
    ["a resource that is put in later", () => new Task("A", { resource: "\u0024{CountArn}" }), []],
    ["an empty resource", () => new Task("A", { resource: "" }), ["invalid_text Resource"]],
    ["a resource that is no ARN", () => new Task("A", { resource: "foo" }), ["invalid_text Resource"]],
    ["a name for an execution", () => start({ name: input.name }), []],
    ["a number for a name", () => start({ name: 5 }), ["invalid_name Parameters Name"]],
    ["null for a name", () => start({ name: null }), ["invalid_name Parameters Name"]],
    ["a word for a boolean", () => start({ associateWithParent: "no" }), ["invalid_argument associateWithParent"]],
    ["another pattern", () => start({ integrationPattern: "RUN_JOBS" }), ["invalid_argument integrationPattern"]],
  ])("%s", (_name, make, expected) => {
    expect(told(issuesOf(make))).toEqual(expected);
  });
});

describe("what functions are given", () => {
  const step = new Pass("A");
  const use = (value: unknown) => new Pass("A", { parameters: { value: anything(value) } });
  const codes = (make: () => unknown): readonly string[] => issuesOf(make).map(({ code }) => code);
  const task = (outputSchema: unknown) =>
    new Task("A", { resource, outputSchema: anything(outputSchema), resultSelector: (result) => ({ all: result }) });

  test.each<readonly [string, () => unknown, readonly string[]]>([
    ["a variable without a schema", () => variable("v", anything(undefined)), ["invalid_schema"]],
    ["a variable of a word", () => variable("v", anything("string")), ["invalid_schema"]],
    ["a variable without a name", () => variable(anything(null), z.string()), ["invalid_name"]],
    ["a text of null", () => use(text(anything(null))), ["invalid_argument"]],
    ["a text of a text", () => use(text(anything("abc"))), ["invalid_argument"]],
    ["an output that is a word", () => task("x"), ["invalid_schema"]],
    ["an output that is an object", () => task({}), ["invalid_schema"]],
    ["an output that is null", () => task(null), ["invalid_schema"]],
    ["an output", () => task(z.string()), []],
    ["a fragment", () => prefixStates("B ", step, { keep: [] }), []],
    ["a fragment with null", () => prefixStates("B ", step, anything(null)), ["invalid_argument"]],
    ["a fragment that keeps null", () => prefixStates("B ", step, { keep: anything(null) }), ["not_a_step"]],
    [
      "a fragment that keeps a list of null",
      () => prefixStates("B ", step, { keep: anything([null]) }),
      ["not_a_step"],
    ],
    ["a fragment with another option", () => prefixStates("B ", step, anything({ kepe: [] })), ["unknown_option"]],
    [
      "another pattern",
      () => integrationArn({ service: "s", action: "a", pattern: anything("RUN_JOBS") }),
      ["invalid_argument"],
    ],
    ["an ARN of nothing", () => integrationArn(anything(undefined)), ["invalid_argument"]],
  ])("%s", (_name, make, expected) => {
    expect(codes(make)).toEqual(expected);
  });

  test("the output of a task whose schema is none may be read", () => {
    expect(codes(() => use(new Task("B", { resource, outputSchema: anything({}) }).output))).toEqual([
      "unreachable_reference",
    ]);
  });
});

describe("hints say what to do in the place", () => {
  const hintOf = (make: () => unknown): string | undefined => issuesOf(make)[0]?.hint;
  const choose = (condition: unknown) => new Choice("A").when(anything(condition), new Pass("B"));

  test.each<readonly [string, () => unknown, string]>([
    ["a language", () => new Pass("A", { queryLanguage: anything("jsonata") }), "write one of the two"],
    [
      "a percentage",
      () => new MapStep("A", { mode: "DISTRIBUTED", toleratedFailurePercentage: 110, processor: new Pass("B") }),
      "give a number in the range",
    ],
    [
      "a timestamp",
      () => choose(ChoiceRule.timestampEquals("$.t", "tomorrow")),
      "give day and time, with Z or an offset; when(…).at(), before() and after() take a Date too",
    ],
    [
      "a condition",
      () => choose(5),
      "give a condition: when(input.count).greaterThan(3), or ChoiceRule.numericGreaterThan(input.count, 3)",
    ],
  ])("%s", (_name, make, expected) => {
    expect(hintOf(make)).toBe(expected);
  });
});

test("a symbol is refused like any other thing that is none", () => {
  const symbol = Symbol("s") as never;
  const retry = { errorEquals: ["X"], maxDelaySeconds: symbol, intervalSeconds: symbol };
  const resource = "arn:aws:lambda:us-east-1:123456789012:function:f";
  expect(() => compile(new Pass(symbol))).toThrow(/invalid_state_name.*States\.Symbol\(s\)/);
  expect(() => compile(new Task("A", { resource, retry }))).toThrow(/invalid_retry/);
});

test("a name without its unit is near the one with it, however long that is", () => {
  expect(nearest("maxRun", ["tags", "rules", "imageUri", "maxRunSeconds"])[0]).toBe("maxRunSeconds");
});
