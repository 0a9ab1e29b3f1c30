import jsonata from "jsonata";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { compile, tryCompile } from "../../src/compile/compile.js";
import type { CompileOptions } from "../../src/compile/compile-options.js";
import { ExecutionInput, StepInput } from "../../src/expression/execution-input.js";
import { States } from "../../src/expression/intrinsics.js";
import { jsonata as expression } from "../../src/expression/jsonata-expression.js";
import { expressionInText } from "../../src/expression/jsonata-literal.js";
import { text } from "../../src/expression/text.js";
import type { State } from "../../src/language/asl.js";
import { DefinitionError, type IssueCode } from "../../src/language/errors.js";
import type { Json, JsonObject } from "../../src/language/json.js";
import { Chain } from "../../src/states/chain.js";
import { Choice } from "../../src/states/choice.js";
import { Fail } from "../../src/states/fail.js";
import { ItemReader } from "../../src/states/item-reader.js";
import { Map as MapStep } from "../../src/states/map.js";
import { Parallel } from "../../src/states/parallel.js";
import { Pass } from "../../src/states/pass.js";
import { Succeed } from "../../src/states/succeed.js";
import { Task } from "../../src/states/task.js";
import { Wait } from "../../src/states/wait.js";
import { when } from "../../src/states/when.js";
import { job, run } from "./run-definition.js";

const resource = "arn:aws:lambda:us-east-1:123456789012:function:f";
const input = new ExecutionInput(
  z.object({ a: z.string(), n: z.number(), list: z.array(z.string()), at: z.string(), flag: z.boolean() }),
);
const whole = new StepInput(z.object({ a: z.object({ b: z.number() }) }));

function inJsonata(definition: unknown, options: CompileOptions = {}): Readonly<Record<string, State>> {
  const { definition: machine, issues } = tryCompile(definition, { queryLanguage: "JSONata", ...options });
  expect(issues).toEqual([]);
  return machine.States;
}

function codes(definition: unknown, options: CompileOptions = { queryLanguage: "JSONata" }): readonly IssueCode[] {
  return tryCompile(definition, options).issues.map(({ code }) => code);
}

describe("each field has its form in JSONata", () => {
  const cases: readonly { name: string; step: unknown; state: object }[] = [
    {
      name: "parameters of a Task",
      step: new Task("S", { resource, parameters: { a: input.a, b: [1, input.n] } }),
      state: {
        Arguments: { a: "{% $states.context.Execution.Input.a %}", b: [1, "{% $states.context.Execution.Input.n %}"] },
      },
    },
    {
      name: "parameters that are a placeholder",
      step: new Task("S", { resource, parameters: input.list }),
      state: { Arguments: "{% $states.context.Execution.Input.list %}" },
    },
    {
      name: "a part of the input as arguments",
      step: new Task("S", { resource, inputPath: "$.a.b" }),
      state: { Arguments: "{% $states.input.a.b %}" },
    },
    {
      name: "the input below a part of it",
      step: new Task("S", { resource, inputPath: "$.x", parameters: { b: whole.a.b } }),
      state: { Arguments: { b: "{% $states.input.x.a.b %}" } },
    },
    {
      name: "parameters of a Pass",
      step: new Pass("S", { parameters: { a: input.a } }),
      state: { Output: { a: "{% $states.context.Execution.Input.a %}" } },
    },
    {
      name: "a constant",
      step: new Pass("S", { result: { a: "{% $uuid() %}", b: 1 } }),
      state: { Output: { a: "{% '{% $uuid() %}' %}", b: 1 } },
    },
    {
      name: "a written expression",
      step: new Pass("S", { parameters: { a: "{% $uuid() %}" } }),
      state: { Output: { a: "{% $uuid() %}" } },
    },
    {
      name: "a path of JSONPath",
      step: new Pass("S", { parameters: { "a.$": "$.a[0].b", "b.$": "States.Array(1, $$.Execution.Id)" } }),
      state: {
        Output: {
          a: "{% $states.input.a[0].b %}",
          b: "{% [1, $type($states.context.Execution.Id) = 'array' ? [[$states.context.Execution.Id]] : $states.context.Execution.Id] %}",
        },
      },
    },
    {
      name: "resultPath",
      step: new Task("S", { resource, resultPath: "$.a.b" }),
      state: { Output: "{% $merge([$states.input, {'a': $merge([$states.input.a, {'b': $states.result}])}]) %}" },
    },
    {
      name: "resultPath: null",
      step: new Task("S", { resource, resultPath: null }),
      state: { Output: "{% $states.input %}" },
    },
    {
      name: "outputPath",
      step: new Task("S", { resource, outputPath: "$.a[0]" }),
      state: { Output: "{% $states.result.a[0] %}" },
    },
    {
      name: "output",
      step: new Succeed("S", { output: [expression("$states.input.a"), 1] }),
      state: { Output: ["{% $states.input.a %}", 1] },
    },
    {
      name: "output of the result",
      step: new Task("S", { resource, outputSchema: z.object({ p: z.number() }), output: (result) => result.p }),
      state: { Output: "{% $states.result.p %}" },
    },
    {
      name: "assign of the result",
      step: new Task("S", {
        resource,
        outputSchema: z.object({ p: z.number() }),
        assign: (result) => ({ p: result.p }),
      }),
      state: { Assign: { p: "{% $states.result.p %}" } },
    },
    {
      name: "credentials and times",
      step: new Task("S", {
        resource,
        credentials: { RoleArn: input.a },
        timeoutSeconds: input.n,
        heartbeatSecondsPath: "$.h",
      }),
      state: {
        Credentials: { RoleArn: "{% $states.context.Execution.Input.a %}" },
        TimeoutSeconds: "{% $states.context.Execution.Input.n %}",
        HeartbeatSeconds: "{% $states.input.h %}",
      },
    },
    { name: "a Wait of seconds", step: new Wait("S", { seconds: 3 }), state: { Seconds: 3 } },
    {
      name: "a Wait until",
      step: new Wait("S", { timestamp: input.at }),
      state: { Timestamp: "{% $states.context.Execution.Input.at %}" },
    },
    {
      name: "a Fail",
      step: new Fail("S", { error: "E", cause: text`only ${input.n}` }),
      state: { Error: "E", Cause: "{% 'only ' & $states.context.Execution.Input.n %}" },
    },
    {
      name: "arguments of a Parallel",
      step: new Parallel("S", { branches: [new Pass("A")], parameters: { a: input.a } }),
      state: { Arguments: { a: "{% $states.context.Execution.Input.a %}" } },
    },
    {
      name: "items",
      step: new MapStep("S", {
        items: input.list,
        processor: ({ item, index }) => new Pass("A", { parameters: { item, index } }),
        maxConcurrency: input.n,
        itemSelector: ({ item }) => ({ item }),
      }),
      state: {
        Items: "{% $states.context.Execution.Input.list %}",
        ItemSelector: { item: "{% $states.context.Map.Item.Value %}" },
        MaxConcurrency: "{% $states.context.Execution.Input.n %}",
      },
    },
    {
      name: "items at a path",
      step: new MapStep("S", { itemsPath: "$.a", processor: new Pass("A") }),
      state: { Items: "{% $states.input.a %}" },
    },
    {
      name: "a reader",
      step: new MapStep("S", {
        mode: "DISTRIBUTED",
        itemReader: ItemReader.csv({ bucket: input.a, key: "k", maxItems: input.n }),
        resultWriter: { bucket: input.a, prefix: "p" },
        itemBatcher: { maxItemsPerBatch: input.n, batchInput: { a: input.a } },
        toleratedFailureCount: input.n,
        processor: new Pass("A"),
      }),
      state: {
        ItemReader: {
          Resource: "arn:aws:states:::s3:getObject",
          ReaderConfig: {
            InputType: "CSV",
            CSVHeaderLocation: "FIRST_ROW",
            MaxItems: "{% $states.context.Execution.Input.n %}",
          },
          Arguments: { Bucket: "{% $states.context.Execution.Input.a %}", Key: "k" },
        },
        ResultWriter: {
          Resource: "arn:aws:states:::s3:putObject",
          Arguments: { Bucket: "{% $states.context.Execution.Input.a %}", Prefix: "p" },
        },
        ItemBatcher: {
          MaxItemsPerBatch: "{% $states.context.Execution.Input.n %}",
          BatchInput: { a: "{% $states.context.Execution.Input.a %}" },
        },
        ToleratedFailureCount: "{% $states.context.Execution.Input.n %}",
      },
    },
  ];

  test.each(cases)("$name", ({ step, state }) => {
    expect(inJsonata(step)["S"]).toMatchObject(state);
    const text = JSON.stringify(inJsonata(step)["S"]);
    expect(text).not.toMatch(/Path"|"Parameters"|"Result"|"ResultSelector"|\.\$"/);
  });

  test("rules of a Choice", () => {
    const choice = new Choice("S", { outputPath: "$.a" })
      .when(when(input.n).greaterThan(3), new Pass("A"), { assign: { n: input.n }, comment: "many" })
      .when(input.flag, new Pass("B"), { output: { b: 1 } })
      .when(expression<boolean>("$states.input.ready"), new Pass("C"))
      .otherwise(new Pass("D"));
    expect(inJsonata(choice)["S"]).toMatchInlineSnapshot(`
      {
        "Choices": [
          {
            "Assign": {
              "n": "{% $states.context.Execution.Input.n %}",
            },
            "Comment": "many",
            "Condition": "{% $exists($states.context.Execution.Input.n) ? $type($states.context.Execution.Input.n) = 'number' and $states.context.Execution.Input.n > 3 : $error('not in the data: $states.context.Execution.Input.n') %}",
            "Next": "A",
            "Output": "{% $states.input.a %}",
          },
          {
            "Condition": "{% $states.context.Execution.Input.flag %}",
            "Next": "B",
            "Output": {
              "b": 1,
            },
          },
          {
            "Condition": "{% $states.input.ready %}",
            "Next": "C",
            "Output": "{% $states.input.a %}",
          },
        ],
        "Default": "D",
        "Output": "{% $states.input.a %}",
        "Type": "Choice",
      }
    `);
  });

  test("a catcher", () => {
    const task = new Task("S", {
      resource,
      catch: [
        { errorEquals: ["A"], next: new Pass("A"), resultPath: "$.error", assign: (error) => ({ why: error.Cause }) },
        { errorEquals: ["B"], next: new Pass("B"), resultPath: null },
        { errorEquals: ["C"], next: new Pass("C"), output: { kept: expression("$states.input.a") } },
        { errorEquals: ["States.ALL"], next: new Pass("D") },
      ],
    });
    expect(inJsonata(task)["S"]).toMatchInlineSnapshot(`
      {
        "Catch": [
          {
            "Assign": {
              "why": "{% $states.errorOutput.Cause %}",
            },
            "ErrorEquals": [
              "A",
            ],
            "Next": "A",
            "Output": "{% $merge([$states.input, {'error': $states.errorOutput}]) %}",
          },
          {
            "ErrorEquals": [
              "B",
            ],
            "Next": "B",
            "Output": "{% $states.input %}",
          },
          {
            "ErrorEquals": [
              "C",
            ],
            "Next": "C",
            "Output": {
              "kept": "{% $states.input.a %}",
            },
          },
          {
            "ErrorEquals": [
              "States.ALL",
            ],
            "Next": "D",
          },
        ],
        "End": true,
        "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
        "Type": "Task",
      }
    `);
  });
});

describe("the query language", () => {
  test("of the machine is written, and holds within branches", () => {
    const machine = compile(new Parallel("S", { branches: [new Pass("A", { parameters: { n: input.n } })] }), {
      queryLanguage: "JSONata",
    });
    expect(machine.QueryLanguage).toBe("JSONata");
    expect(JSON.stringify(machine)).toContain('"n":"{% $states.context.Execution.Input.n %}"');
  });

  test("of a step stands in it alone", () => {
    const step = new Parallel("S", {
      queryLanguage: "JSONata",
      branches: [new Pass("A", { parameters: { n: input.n } })],
    });
    expect(compile(step).States["S"]).toMatchObject({
      QueryLanguage: "JSONata",
      Branches: [{ States: { A: { Parameters: { "n.$": "$$.Execution.Input['n']" } } } }],
    });
  });

  test("what `output` makes is read back, whatever the schema of the result", () => {
    const outputSchema = z.object({ r: z.number() });
    const made = new Task("Made", { resource, outputSchema, queryLanguage: "JSONata", output: (r) => ({ q: r.r }) });
    const use = new Pass("Use", { parameters: { n: made.output.q } });
    expect(compile(Chain.of(made, use)).States).toMatchObject({ Use: { Parameters: { "n.$": "$['q']" } } });
  });

  test("values travel between both", () => {
    const made = new Task("Made", { resource, outputSchema: z.object({ n: z.number() }) });
    const steps = Chain.of(
      made,
      new Task("Other", { resource, queryLanguage: "JSONata" }),
      new Pass("Use", { queryLanguage: "JSONata", parameters: { n: made.output.n } }),
      new Pass("Also", { parameters: { n: made.output.n } }),
    );
    expect(compile(steps).States).toMatchObject({
      Made: { Assign: { "Made_n.$": "$['n']" } },
      Use: { Output: { n: "{% $Made_n %}" } },
      Also: { Parameters: { "n.$": "$Made_n" } },
    });
  });

  test("what a state computes is computed for the variable, too", () => {
    const made = new Pass("Made", { parameters: { x: { y: input.n }, z: expression("{'k': 1}") } });
    const shaped = new Task("Shaped", {
      resource,
      outputSchema: z.object({ r: z.object({ s: z.number() }) }),
      resultSelector: (result) => ({ s: result.r }),
      assign: (result) => ({ mine: result.s.s }),
    });
    const use = new Pass("Use", {
      parameters: { y: made.output.x.y, k: expression`${made.output.z}.k`, all: made.output, s: shaped.output.s.s },
    });
    expect(inJsonata(Chain.of(made, shaped, new Task("Other", { resource }), use))).toMatchInlineSnapshot(`
      {
        "Made": {
          "Assign": {
            "Made": "{% {'x': {'y': $states.context.Execution.Input.n}, 'z': {'k': 1}} %}",
            "Made_x_y": "{% $states.context.Execution.Input.n %}",
            "Made_z": "{% {'k': 1} %}",
          },
          "Next": "Shaped",
          "Output": {
            "x": {
              "y": "{% $states.context.Execution.Input.n %}",
            },
            "z": "{% {'k': 1} %}",
          },
          "Type": "Pass",
        },
        "Other": {
          "Next": "Use",
          "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
          "Type": "Task",
        },
        "Shaped": {
          "Assign": {
            "Shaped_s_s": "{% $states.result.r.s %}",
            "mine": "{% $states.result.r.s %}",
          },
          "Next": "Other",
          "Output": {
            "s": "{% $states.result.r %}",
          },
          "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
          "Type": "Task",
        },
        "Use": {
          "End": true,
          "Output": {
            "all": "{% $Made %}",
            "k": "{% $Made_z.k %}",
            "s": "{% $Shaped_s_s %}",
            "y": "{% $Made_x_y %}",
          },
          "Type": "Pass",
        },
      }
    `);
  });
});

describe("what JSONata cannot say, or AWS does not take, is refused", () => {
  const made = new Pass("Made", { parameters: { id: States.uuid() } });
  const cases: readonly { name: string; step: unknown; options?: CompileOptions; codes: readonly IssueCode[] }[] = [
    { name: "a query", step: new Task("S", { resource, inputPath: "$.a[*]" }), codes: ["unsupported_in_jsonata"] },
    {
      name: "a result put into a list",
      step: new Task("S", { resource, resultPath: "$.a[0]" }),
      codes: ["unsupported_in_jsonata"],
    },
    {
      name: "a query under a key",
      step: new Pass("S", { parameters: { "a.$": "$..a" } }),
      codes: ["unsupported_in_jsonata"],
    },
    {
      name: "a broken expression",
      step: new Pass("S", { parameters: { a: "{% 1 + %}" } }),
      codes: ["invalid_jsonata"],
    },
    {
      name: "a broken expression for a number",
      step: new Wait("S", { seconds: "{% ( %}" as never }),
      codes: ["invalid_jsonata"],
    },
    {
      name: "output beside resultPath",
      step: new Task("S", { resource, output: 1, resultPath: "$.a" }),
      codes: ["conflicting_options"],
    },
    {
      name: "output beside parameters of a Pass",
      step: new Pass("S", { output: 1, parameters: { a: 1 } }),
      codes: ["conflicting_options"],
    },
    {
      name: "a variable that would hold another value",
      step: Chain.of(made, new Task("T", { resource }), new Pass("Use", { parameters: { id: made.output.id } })),
      codes: ["unreachable_reference"],
    },
    {
      name: "a state of JSONPath in a machine of JSONata",
      step: new Pass("S", { queryLanguage: "JSONPath" }),
      codes: ["conflicting_options"],
    },
    {
      name: "another language",
      step: new Pass("S", { queryLanguage: "SQL" as never }),
      options: {},
      codes: ["invalid_text"],
    },
    {
      name: "another language of the machine",
      step: new Pass("S"),
      options: { queryLanguage: "SQL" as never },
      codes: ["invalid_text"],
    },
    {
      name: "variables from a placeholder",
      step: new Pass("S", { assign: input.list as never }),
      codes: ["invalid_template"],
    },
    {
      name: "output in JSONPath",
      step: new Succeed("S", { output: 1 }),
      options: {},
      codes: ["unsupported_in_jsonpath"],
    },
    {
      name: "an expression in JSONPath",
      step: new Pass("S", { parameters: { a: expression("1") } }),
      options: {},
      codes: ["unsupported_in_jsonpath"],
    },
    {
      name: "parameters from a placeholder in JSONPath",
      step: new Task("S", { resource, parameters: input.list }),
      options: {},
      codes: ["unsupported_in_jsonpath"],
    },
    {
      name: "output of a rule in JSONPath",
      step: new Choice("S").when(input.flag, new Pass("A"), { output: 1 }).otherwise(new Pass("B")),
      options: {},
      codes: ["unsupported_in_jsonpath"],
    },
    {
      name: "output of a catcher in JSONPath",
      step: new Task("S", { resource, catch: { errorEquals: ["A"], next: new Pass("A"), output: 1 } }),
      options: {},
      codes: ["unsupported_in_jsonpath"],
    },
  ];

  test.each(cases)("$name", ({ step, options, codes: expected }) => {
    expect(codes(step, options)).toEqual(expected);
  });

  test("and the issue names the other language", () => {
    const refusal = (run: () => unknown): DefinitionError => {
      try {
        run();
      } catch (error) {
        if (DefinitionError.is(error)) return error;
      }
      throw new Error("expected a refusal");
    };
    const query = new Task("S", { resource, resultPath: "$.a[0]" });
    expect(refusal(() => compile(query, { queryLanguage: "JSONata" })).message).toContain("use JSONPath");
    expect(refusal(() => compile(new Succeed("S", { output: 1 }))).message).toContain('queryLanguage: "JSONata"');
  });
});

/** What a state of JSONata gives on: its `Output`, evaluated. */
async function outputOf(state: object, states: Record<string, Json>): Promise<Json | undefined> {
  const { Output: output } = state as { readonly Output?: Json };
  const evaluated = async (value: Json): Promise<Json> => {
    if (typeof value === "string") {
      const source = expressionInText(value);
      return source === undefined ? value : ((await jsonata(source).evaluate(undefined, { states })) as Json);
    }
    if (Array.isArray(value)) return Promise.all(value.map(evaluated));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(async ([key, member]) => [key, await evaluated(member as Json)] as const);
    return Object.fromEntries(await Promise.all(entries));
  };
  if (output === undefined) return states["result"] ?? states["input"];
  return JSON.parse(JSON.stringify(await evaluated(output))) as Json;
}

describe("both languages give the same on", () => {
  const data = { a: { b: 7, list: [1] }, other: "x" };
  const result = { r: { s: [2], t: "t" }, u: [[1], 2] };
  const raw = new StepInput();
  const cases: readonly { name: string; step: unknown }[] = [
    { name: "a Pass", step: new Pass("S") },
    { name: "a constant", step: new Pass("S", { result: { k: [1, null] } }) },
    { name: "a constant at a place", step: new Pass("S", { result: "{% 1 %}", resultPath: "$.a.c" }) },
    { name: "a part of the input", step: new Pass("S", { inputPath: "$.a" }) },
    { name: "a part of the input at a place", step: new Pass("S", { inputPath: "$.a", resultPath: "$.copy" }) },
    {
      name: "parameters over a part",
      step: new Pass("S", {
        inputPath: "$.a",
        parameters: { b: raw.get("b", z.number()), l: [raw.get("list", z.array(z.number())), 1] },
      }),
    },
    {
      name: "parameters at a new place",
      step: new Pass("S", { parameters: { b: whole.a.b, l: ["a", whole.a.b] }, resultPath: "$.new.deep" }),
    },
    { name: "nothing of the input", step: new Pass("S", { inputPath: null, resultPath: "$.e" }) },
    { name: "nothing given on", step: new Pass("S", { outputPath: null }) },
    { name: "a part given on", step: new Pass("S", { outputPath: "$.a.list" }) },
    {
      name: "a part of what was put",
      step: new Pass("S", { parameters: { k: whole.a.b }, resultPath: "$.a", outputPath: "$.a.k" }),
    },
    { name: "the context given on", step: new Succeed("S", { outputPath: input.a }) },
    { name: "a task", step: new Task("S", { resource: job, parameters: {} }) },
    { name: "a task at a place", step: new Task("S", { resource: job, parameters: {}, resultPath: "$.a.r" }) },
    {
      name: "a task whose result is dropped",
      step: new Task("S", { resource: job, parameters: {}, resultPath: null }),
    },
    {
      name: "a selected result",
      step: new Task("S", {
        resource: job,
        parameters: {},
        outputSchema: z.object({ r: z.object({ s: z.array(z.number()) }), u: z.array(z.unknown()) }),
        resultSelector: (made) => ({ s: made.r.s, first: made.u[0] }),
      }),
    },
    {
      name: "a selected result at a place, a part given on",
      step: new Task("S", {
        resource: job,
        parameters: {},
        outputSchema: z.object({ r: z.object({ s: z.array(z.number()) }) }),
        resultSelector: (made) => ({ s: made.r.s }),
        resultPath: "$.a.x",
        outputPath: "$.a",
      }),
    },
  ];

  test.each(cases)("$name", async ({ step }) => {
    const [state] = Object.values(compile(step as Task).States);
    const { output, error, cause } = run({ StartAt: "S", States: { S: state } } as unknown as JsonObject, data, [
      { state: "S", endEvent: "TaskSucceeded", output: result },
    ]);
    expect([error, cause]).toEqual([undefined, undefined]);
    const [other = {}] = Object.values(inJsonata(step));
    const states = {
      input: data,
      context: { Execution: { Input: data } },
      ...((other as { Type?: string }).Type === "Task" ? { result } : {}),
    };
    expect(await outputOf(other, states as unknown as Record<string, Json>)).toEqual(JSON.parse(output ?? "null"));
  });
});

describe("what is told of a reference names the field in which it stands", () => {
  const both = new Choice("C")
    .when(when(input.n).greaterThan(3).and(when(input.flag).equals(true)), new Wait("W", { seconds: input.n }))
    .otherwise(new Fail("F", { error: input.a }));
  const placesIn = (queryLanguage: "JSONPath" | "JSONata"): readonly string[] =>
    compile(both, { queryLanguage, explain: true }).references.map(({ path }) => path.slice(1).join("."));

  test("in JSONPath", () => {
    expect(placesIn("JSONPath")).toEqual([
      "C.Choices.0.And.0.Variable",
      "C.Choices.0.And.1.Variable",
      "W.SecondsPath",
      "F.ErrorPath",
    ]);
  });

  test("in JSONata", () => {
    expect(placesIn("JSONata")).toEqual(["C.Choices.0.Condition", "C.Choices.0.Condition", "W.Seconds", "F.Error"]);
  });
});

test("what output makes is read by its own keys, not by those of the result", () => {
  const score = new Task("Score", {
    resource,
    outputSchema: z.object({ auc: z.number() }),
    output: (result) => ({ best: result.auc }),
  });
  const use = new Pass("Use", { parameters: { of: score.output.best } });
  expect(inJsonata(Chain.of(score, use))["Use"]).toMatchObject({ Output: { of: "{% $states.input.best %}" } });
});

describe("what of $states is there", () => {
  const result = expression("$states.result.a");
  const error = expression("$states.errorOutput.Cause");
  const catching = (rule: object) =>
    new Task("S", { resource, catch: { errorEquals: ["States.ALL"], next: new Pass("H"), ...rule } });
  const cases: readonly { name: string; step: unknown; codes: readonly IssueCode[] }[] = [
    { name: "the result in output", step: new Task("S", { resource, output: { a: result } }), codes: [] },
    { name: "the result in assign", step: new Task("S", { resource, assign: { a: result } }), codes: [] },
    {
      name: "the result in arguments",
      step: new Task("S", { resource, parameters: { a: result } }),
      codes: ["invalid_jsonata"],
    },
    {
      name: "the result as a text in arguments",
      step: new Task("S", { resource, parameters: { a: "{% $states.result %}" } }),
      codes: ["invalid_jsonata"],
    },
    { name: "the result of a Pass", step: new Pass("S", { output: result }), codes: ["invalid_jsonata"] },
    {
      name: "the result of a Pass that makes something, in assign",
      step: new Pass("S", { result: 1, assign: { a: result } }),
      codes: ["invalid_jsonata"],
    },
    {
      name: "the result in the seconds of a Wait",
      step: new Wait("S", { seconds: "{% $states.result %}" as never }),
      codes: ["invalid_jsonata"],
    },
    { name: "the error in a catch", step: catching({ output: { a: error }, assign: { b: error } }), codes: [] },
    { name: "the result in a catch", step: catching({ output: { a: result } }), codes: ["invalid_jsonata"] },
    { name: "the error in output", step: new Task("S", { resource, output: error }), codes: ["invalid_jsonata"] },
    {
      name: "the input and the context",
      step: new Task("S", {
        resource,
        parameters: { a: expression("$states.input.result & $states.context.State.Name") },
      }),
      codes: [],
    },
    { name: "the word in a text", step: new Pass("S", { output: expression("'$states.result'") }), codes: [] },
    {
      name: "an assignment to it",
      step: new Pass("S", { output: expression("($states := 1; 2)") }),
      codes: ["invalid_jsonata"],
    },
  ];

  test.each(cases)("$name", ({ step, codes: expected }) => {
    expect(codes(step)).toEqual(expected);
  });
});
