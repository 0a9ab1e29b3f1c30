import { describe, expect, test } from "vitest";
import * as z from "zod";
import { compile, tryCompile } from "../../src/compile/compile.js";
import type { CompileOptions } from "../../src/compile/compile-options.js";
import { ExecutionInput, StepInput } from "../../src/expression/execution-input.js";
import { States } from "../../src/expression/intrinsics.js";
import { text } from "../../src/expression/text.js";
import type { IssueCode } from "../../src/language/errors.js";
import type { AnyChainable, Following } from "../../src/states/chain.js";
import { Chain } from "../../src/states/chain.js";
import { Choice } from "../../src/states/choice.js";
import { Fail } from "../../src/states/fail.js";
import { Map as MapStep } from "../../src/states/map.js";
import { Pass } from "../../src/states/pass.js";
import type { Catch } from "../../src/states/recovery.js";
import { Task } from "../../src/states/task.js";
import { Wait } from "../../src/states/wait.js";

const resource = "arn:aws:lambda:us-east-1:123456789012:function:f";
const input = new ExecutionInput(z.object({ n: z.number(), flag: z.boolean(), list: z.array(z.number()) }));
const data = new StepInput(z.object({ a: z.number() }));
const made = new Task("Made", { resource, outputSchema: z.object({ x: z.number() }) });
const inJsonata = { queryLanguage: "JSONata" } as const;

/** The states of a machine without issues, by name. */
function states(definition: unknown, options: CompileOptions = {}): Readonly<Record<string, object>> {
  const compiled = tryCompile(definition, options);
  expect(compiled.issues).toEqual([]);
  return compiled.definition.States;
}

/** Reads what `made` has given, behind a step. */
function behind(step: Following, options: CompileOptions = inJsonata): object | undefined {
  const use = new Pass("Use", { parameters: { x: made.output.x } });
  return states(Chain.from([made, step as Pass, use]), options)["Use"];
}

describe("what JSONata's output leaves out is not read from the data", () => {
  const carried = { Output: { x: "{% $Made_x %}" } };

  test.each([
    ["a Pass", new Pass("S", { output: { k: 1 } })],
    ["a Wait", new Wait("S", { seconds: 1, output: { k: 1 } })],
    ["a Task", new Task("S", { resource, output: { k: 1 } })],
    [
      "the rule of a Choice",
      new Choice("S").when(input.flag, new Pass("R"), { output: { k: 1 } }).otherwise(new Pass("O")),
    ],
    ["a Choice where no rule applies", new Choice("S", { output: { k: 1 } }).when(input.flag, new Pass("R"))],
  ] as readonly (readonly [string, Following])[])("of %s", (_name, step) => {
    expect(behind(step)).toMatchObject(carried);
  });

  test("of a step of JSONata among those of JSONPath", () => {
    expect(behind(new Pass("S", { queryLanguage: "JSONata", output: { k: 1 } }), {})).toMatchObject({
      Parameters: { "x.$": "$Made_x" },
    });
  });

  test("but what goes through is", () => {
    expect(behind(new Wait("S", { seconds: 1 }))).toMatchObject({ Output: { x: "{% $states.input.x %}" } });
  });
});

describe("an error that a catch does not give on is carried", () => {
  const caught = (rule: Partial<Catch>, options: CompileOptions) => {
    const next: Catch["next"] = (error) => new Pass("Note", { parameters: { why: error.Cause } });
    const work = new Task("Work", { resource, catch: { errorEquals: ["States.ALL"], next, ...rule } });
    const { Work, Note } = states(work, options);
    return { Work, Note };
  };

  test("when resultPath drops it", () => {
    expect(caught({ resultPath: null }, {})).toMatchObject({
      Work: { Catch: [{ ResultPath: null, Assign: { "caught_Cause.$": "$['Cause']" } }] },
      Note: { Parameters: { "why.$": "$caught_Cause" } },
    });
    expect(caught({ resultPath: null }, inJsonata)).toMatchObject({
      Work: { Catch: [{ Assign: { caught_Cause: "{% $states.errorOutput.Cause %}" } }] },
      Note: { Output: { why: "{% $caught_Cause %}" } },
    });
  });

  test("when output gives on something else", () => {
    expect(caught({ output: { k: 1 } }, inJsonata)).toMatchObject({
      Work: { Catch: [{ Output: { k: 1 }, Assign: { caught_Cause: "{% $states.errorOutput.Cause %}" } }] },
      Note: { Output: { why: "{% $caught_Cause %}" } },
    });
  });
});

describe("one rule for several steps", () => {
  const sharing = (rule: Partial<Catch> = {}, after: (error: unknown) => AnyChainable = () => new Pass("End")) => {
    const shared: Catch = {
      errorEquals: ["States.ALL"],
      next: (error) => Chain.of(new Pass("Note", { parameters: { why: error.Cause } }), after(error.Error)),
      ...rule,
    };
    const work = (name: string) => new Task(name, { resource, catch: shared });
    return Chain.of(work("First"), work("Second"));
  };

  test("has one handler, which reads the error of whichever failed", () => {
    expect(states(sharing())).toMatchObject({
      First: { Catch: [{ Next: "Note" }] },
      Second: { Catch: [{ Next: "Note" }] },
      Note: { Parameters: { "why.$": "$['Cause']" } },
    });
  });

  test("carries the error in each of them", () => {
    const later = (error: unknown) => new Pass("Later", { parameters: { error } });
    const assign = { "caught_Error.$": "$['Error']" };
    expect(states(sharing({}, later))).toMatchObject({
      First: { Catch: [{ Assign: assign }] },
      Second: { Catch: [{ Assign: assign }] },
      Later: { Parameters: { "error.$": "$caught_Error" } },
    });
  });

  test("reads what came before from a variable, as the data are not the same", () => {
    const next: Catch["next"] = () => new Pass("Note", { parameters: { x: made.output.x } });
    const shared: Catch = { errorEquals: ["States.ALL"], next, resultPath: "$.error" };
    const work = (name: string, path: string) => new Task(name, { resource, catch: shared, resultPath: path });
    expect(states(Chain.of(made, work("First", "$.x"), work("Second", "$.y")))["Note"]).toMatchObject({
      Parameters: { "x.$": "$Made_x" },
    });
  });
});

describe("what is carried is what the state gives on", () => {
  const carriedFrom = (step: Pass | Task | Wait, options: CompileOptions) => {
    const use = new Pass("Use", { parameters: { v: (step as Task<{ z: number }>).output.z } });
    return states(Chain.from([step, new Task("Other", { resource }), use]), options)["S"];
  };

  test("with inputPath, in JSONata", () => {
    expect(carriedFrom(new Pass("S", { inputPath: "$.a" }), inJsonata)).toMatchObject({
      Output: "{% $states.input.a %}",
      Assign: { S_z: "{% $states.input.a.z %}" },
    });
    expect(carriedFrom(new Wait("S", { seconds: 1, inputPath: "$.a" }), inJsonata)).toMatchObject({
      Assign: { S_z: "{% $states.input.a.z %}" },
    });
  });

  test("with an outputPath from elsewhere", () => {
    expect(carriedFrom(new Task("S", { resource, outputPath: "$$.Execution.Input" }), {})).toMatchObject({
      Assign: { "S_z.$": "$$.Execution.Input['z']" },
    });
    expect(carriedFrom(new Task("S", { resource, outputPath: input.list }), inJsonata)).toMatchObject({
      Assign: { S_z: "{% $states.context.Execution.Input.list.z %}" },
    });
    expect(carriedFrom(new Task("S", { resource, outputPath: "$.a" }), {})).toMatchObject({
      Assign: { "S_z.$": "$['a']['z']" },
    });
  });

  test("but a query is not carried", () => {
    const step = new Task("S", { resource, outputPath: "$.a[*]" });
    const use = new Pass("Use", { parameters: { v: step.output } });
    expect(
      tryCompile(Chain.of(step, new Task("Other", { resource }), use)).issues.map(({ message }) => message),
    ).toEqual(['the output of "S" is found by an outputPath that is no reference path; assign it to a variable']);
  });
});

describe("what `$` is not in JSONata is refused under a key with .$", () => {
  const selected = { "v.$": "$.b" };
  const refused: readonly (readonly [string, unknown])[] = [
    ["in resultSelector", new Task("S", { resource, resultSelector: selected })],
    ["in assign of a Task", new Task("S", { resource, assign: selected })],
    ["in a call", new Task("S", { resource, assign: { "v.$": "States.Array($.b)" } })],
    ["in assign of a Pass that makes something", new Pass("S", { parameters: { a: 1 }, assign: selected })],
    ["in a catch", new Task("S", { resource, catch: { errorEquals: ["A"], next: new Pass("A"), assign: selected } })],
  ];
  test.each(refused)("%s", (_name, step) => {
    expect(tryCompile(step, inJsonata).issues.map(({ code }) => code)).toEqual(["unsupported_in_jsonata"]);
  });

  test("and is the input elsewhere", () => {
    expect(states(new Pass("S", { parameters: selected }), inJsonata)["S"]).toMatchObject({
      Output: { v: "{% $states.input.b %}" },
    });
    expect(states(new Wait("S", { seconds: 1, assign: selected }), inJsonata)["S"]).toMatchObject({
      Assign: { v: "{% $states.input.b %}" },
    });
    expect(states(new Task("S", { resource, assign: { "v.$": "$$.Execution.Id" } }), inJsonata)["S"]).toMatchObject({
      Assign: { v: "{% $states.context.Execution.Id %}" },
    });
  });
});

describe("paths", () => {
  const sum = States.mathAdd(input.n, 1);
  const refused: readonly (readonly [string, unknown])[] = [
    ["the seconds of a Wait", new Wait("S", { seconds: sum })],
    ["a timeout", new Task("S", { resource, timeoutSeconds: sum })],
    ["items", new MapStep("S", { items: States.arrayRange(1, 3, 1), processor: new Pass("P") })],
    [
      "the largest number of iterations",
      new MapStep("S", { items: input.list, maxConcurrency: sum, processor: new Pass("P") }),
    ],
    ["an input", new Pass("S", { inputPath: States.array(1, 2) })],
  ];
  test.each(refused)("%s is no computed value in JSONPath", (_name, step) => {
    const codes: readonly IssueCode[] = tryCompile(step).issues.map(({ code }) => code);
    expect(codes).toEqual(["unsupported_in_jsonpath"]);
    expect(tryCompile(step, inJsonata).issues).toEqual([]);
  });

  test("of a Fail may be computed, also as text", () => {
    expect(
      compile(new Fail("S", { error: text`E${input.n}`, causePath: "States.Format('{}', $.a)" })).States["S"],
    ).toEqual({
      Type: "Fail",
      ErrorPath: "States.Format('E{}', $$.Execution.Input['n'])",
      CausePath: "States.Format('{}', $.a)",
    });
    expect(tryCompile(new Fail("S", { causePath: "States.Nope()" })).issues.map(({ code }) => code)).toEqual([
      "invalid_path",
    ]);
  });

  test("a Pass that lets its input through may assign it", () => {
    expect(states(new Pass("S", { assign: { v: data.a } }))["S"]).toMatchObject({ Assign: { "v.$": "$['a']" } });
    expect(tryCompile(new Pass("S", { parameters: { b: 1 }, assign: { v: data.a } })).issues).toHaveLength(1);
  });

  test("a Pass with a constant gives that on, whatever its parameters", () => {
    const both = new Pass("S", { result: 1, parameters: { a: 1 } });
    expect(states(both, inJsonata)["S"]).toMatchObject({ Output: 1 });
    expect(states(both)["S"]).toMatchObject({ Result: 1, Parameters: { a: 1 } });
  });

  test("a Pass without parameters takes its place in the data by resultPath", () => {
    const first = new Pass("First", { result: { k: { x: 1 }, l: 2 } });
    const use = new Pass("Use", { parameters: { k: first.output.k.x, l: first.output.l } });
    for (const [options, expected] of [
      [{}, { Parameters: { "k.$": "$First_k_x", "l.$": "$['l']" } }],
      [inJsonata, { Output: { k: "{% $First_k_x %}", l: "{% $states.input.l %}" } }],
    ] as const) {
      const chain = Chain.of(first, new Pass("Put", { resultPath: "$.k" }), use);
      expect(states(chain, options)["Use"]).toMatchObject(expected);
    }
  });

  test("what inputPath: null leaves of the data is carried in both languages", () => {
    const empty = new Pass("Empty", { inputPath: null });
    const chain = Chain.of(
      empty,
      new Pass("Other", { result: 1 }),
      new Pass("Use", { parameters: { v: empty.output } }),
    );
    expect(states(chain)["Empty"]).toMatchObject({ InputPath: null, Assign: { "Empty.$": "$" } });
    expect(states(chain, inJsonata)["Empty"]).toMatchObject({ Output: "{% {} %}", Assign: { Empty: "{% {} %}" } });
  });
});
