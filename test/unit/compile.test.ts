import { describe, expect, test } from "vitest";
import * as z from "zod";
import { compile, tryCompile } from "../../src/compile/compile.js";
import { renderDefinition } from "../../src/document/render.js";
import { ExecutionInput, StepInput } from "../../src/expression/execution-input.js";
import { makeExpression } from "../../src/expression/placeholder.js";
import type { IssueCode } from "../../src/language/errors.js";
import { Chain, type Following } from "../../src/states/chain.js";
import { Choice } from "../../src/states/choice.js";
import { deferred } from "../../src/states/deferred.js";
import { Fail } from "../../src/states/fail.js";
import { Map as MapStep } from "../../src/states/map.js";
import { Parallel } from "../../src/states/parallel.js";
import { Pass } from "../../src/states/pass.js";
import { Succeed } from "../../src/states/succeed.js";
import { Task } from "../../src/states/task.js";
import { Wait } from "../../src/states/wait.js";
import { when } from "../../src/states/when.js";

const rule = when(new StepInput(z.object({ n: z.number() })).n).greaterThan(3);
const resource = "arn:aws:lambda:us-east-1:123456789012:function:f";
const input = new ExecutionInput(z.object({ a: z.string(), n: z.number(), list: z.array(z.string()) }));

/** As JavaScript calls it: with anything. */
// biome-ignore lint/suspicious/noExplicitAny: the point is what happens without types.
const untyped = (value: unknown): any => value;

function codes(definition: unknown, options: object = {}): readonly IssueCode[] {
  return tryCompile(definition, options).issues.map(({ code }) => code);
}

describe("flow", () => {
  test("steps follow each other", () => {
    expect(compile(Chain.of(new Pass("A"), new Pass("B"), new Succeed("C")))).toEqual({
      StartAt: "A",
      States: { A: { Type: "Pass", Next: "B" }, B: { Type: "Pass", Next: "C" }, C: { Type: "Succeed" } },
    });
  });

  test("chains in chains are taken apart", () => {
    const inner = Chain.of(new Pass("B"), new Pass("C"));
    expect(Object.keys(compile(Chain.of(new Pass("A"), inner, new Fail("D"))).States)).toEqual(["A", "B", "C", "D"]);
  });

  test("next gives a new chain and leaves the step as it is", () => {
    const a = new Pass("A");
    a.next(new Pass("B"));
    expect(compile(a).States).toEqual({ A: { Type: "Pass", End: true } });
  });

  test("one step may stand in two workflows", () => {
    const a = new Pass("A");
    const first = compile(a.next(new Pass("B")));
    const second = compile(a.next(new Pass("C")));
    expect([first.States["A"], second.States["A"]]).toEqual([
      { Type: "Pass", Next: "B" },
      { Type: "Pass", Next: "C" },
    ]);
  });

  test("a catch may lead back, with a function for its target", () => {
    const work = new Task("Work", { resource, catch: { errorEquals: ["Busy"], next: (): Following => again } });
    const again = Chain.of(new Pass("Again"), work);
    expect(compile(work).States).toMatchObject({
      Work: { Catch: [{ ErrorEquals: ["Busy"], Next: "Again" }], End: true },
      Again: { Next: "Work" },
    });
  });

  test("a handler may join the main flow", () => {
    const end = new Succeed("End");
    const work = new Task("Work", {
      resource,
      catch: { errorEquals: ["States.ALL"], next: Chain.of(new Pass("Note"), end) },
    });
    expect(compile(Chain.of(work, end)).States).toMatchObject({ Work: { Next: "End" }, Note: { Next: "End" } });
  });

  test("20,000 steps compile without recursion over the chain", () => {
    const steps = Array.from({ length: 20_000 }, (_, index) => new Pass(`S${index}`));
    expect(Object.keys(compile(Chain.from(steps)).States)).toHaveLength(20_000);
  });

  test("a state named __proto__ is a state", () => {
    expect(renderDefinition(compile(new Pass("__proto__")), { compact: true })).toBe(
      '{"StartAt":"__proto__","States":{"__proto__":{"Type":"Pass","End":true}}}',
    );
  });

  test("the same source gives the same bytes", () => {
    const make = (): string =>
      renderDefinition(compile(Chain.of(new Pass("B", { parameters: { z: 1, a: input.a } }), new Pass("A"))));
    expect(make()).toBe(make());
  });
});

describe("payload templates", () => {
  const cases = [
    { name: "a reference", value: { k: input.a }, asl: { "k.$": "$$.Execution.Input['a']" } },
    { name: "the whole input", value: { k: input }, asl: { "k.$": "$$.Execution.Input" } },
    { name: "the state's own input", value: { k: new StepInput() }, asl: { "k.$": "$" } },
    {
      name: "a reference deep inside",
      value: { k: { l: { m: input.n } } },
      asl: { k: { l: { "m.$": "$$.Execution.Input['n']" } } },
    },
    {
      name: "a reference in an object in a list",
      value: { k: [{ l: input.a }, 2] },
      asl: { k: [{ "l.$": "$$.Execution.Input['a']" }, 2] },
    },
    {
      name: "a reference in a list",
      value: { k: ["x", input.a, 1, true, null] },
      asl: { "k.$": "States.Array('x', $$.Execution.Input['a'], 1, true, null)" },
    },
    {
      name: "a reference in a list in a list",
      value: { k: [[input.a], ["b"]] },
      asl: { "k.$": "States.Array(States.Array($$.Execution.Input['a']), States.Array('b'))" },
    },
    {
      name: "an object beside a reference",
      value: { k: [input.a, { b: "it's" }] },
      asl: { "k.$": "States.Array($$.Execution.Input['a'], States.StringToJson('\\{\"b\":\"it\\'s\"\\}'))" },
    },
    {
      name: "a text that intrinsic functions reserve",
      value: { k: ["{}'\\", input.a] },
      asl: { "k.$": "States.Array('\\{\\}\\'\\\\', $$.Execution.Input['a'])" },
    },
    { name: "plain data as it is", value: { k: [1, { a: null }, "$.x"] }, asl: { k: [1, { a: null }, "$.x"] } },
    { name: "a key that is written with its own .$", value: { "k.$": "$.x" }, asl: { "k.$": "$.x" } },
    { name: "no undefined members", value: { k: undefined, l: 1 }, asl: { l: 1 } },
    {
      name: "a call",
      value: { k: makeExpression({ kind: "call", name: "States.UUID", arguments: [] }) },
      asl: { "k.$": "States.UUID()" },
    },
  ];

  test.each(cases)("$name", ({ value, asl }) => {
    expect(compile(new Pass("A", { parameters: value })).States["A"]).toEqual({
      Type: "Pass",
      Parameters: asl,
      End: true,
    });
  });
});

describe("the output of a step", () => {
  const first = new Task("First", { resource, outputSchema: z.object({ rows: z.int() }) });

  test("is the input of the step after it", () => {
    const definition = compile(Chain.of(first, new Pass("Second", { parameters: { rows: first.output.rows } })));
    expect(definition.States["Second"]).toEqual({ Type: "Pass", Parameters: { "rows.$": "$['rows']" }, End: true });
  });

  const reads = (name: string) => new Pass(name, { parameters: { x: first.output.rows } });
  const misuses = [
    { name: "by an earlier step", definition: Chain.of(reads("A"), first) },
    { name: "of a step that is not in the workflow", definition: Chain.of(new Pass("A"), reads("B")) },
    {
      name: "where a Choice leads around it",
      definition: Chain.of(new Choice("Q").when(rule, first).when(rule, new Pass("Other")), reads("B")),
    },
    { name: "in another branch", definition: new Parallel("P", { branches: [first, reads("B")] }) },
    {
      name: "out of a branch that holds it",
      definition: Chain.of(new Parallel("P", { branches: [first] }), reads("B")),
    },
    {
      name: "in a child execution of a distributed Map",
      definition: Chain.of(first, new MapStep("M", { mode: "DISTRIBUTED", processor: reads("B") })),
    },
  ];

  test.each(misuses)("is refused when it is read $name", ({ definition }) => {
    expect(codes(definition)).toEqual(["unreachable_reference"]);
  });

  test("is refused with the way on which it is missing", () => {
    const around = Chain.of(new Choice("Q").when(rule, first).when(rule, new Pass("Other")), reads("B"));
    expect(tryCompile(around).issues[0]?.message).toBe(
      `the output of "First" at ['rows'] is read by "B", which is also reached without it: Q → B`,
    );
  });

  test("is refused in a handler of that very step", () => {
    const handler = new Pass("Handler");
    const work = new Task("Work", { resource, catch: { errorEquals: ["X"], next: (): Following => reads } });
    const reads = new Pass("Reads", { parameters: { x: work.output } });
    expect([codes(Chain.of(work, handler)), codes(Chain.of(work, reads))]).toEqual([
      ["unreachable_reference"],
      ["unreachable_reference"],
    ]);
  });
});

describe("how an output travels", () => {
  const made = new Task("Made", {
    resource,
    outputSchema: z.object({ uri: z.string(), rows: z.array(z.object({ id: z.string() })) }),
  });
  const uses = (name: string) => new Pass(name, { parameters: { u: made.output.uri } });
  const drop = new Task("Drop", { resource });
  const compiled = (...steps: readonly Following[]): Readonly<Record<string, unknown>> =>
    compile(Chain.from(steps)).States as never;
  const carriedUri = { "Made_uri.$": "$['uri']" };

  test("plainly, in the data, to the next step: nothing is assigned", () => {
    expect(compiled(made, uses("U"))).toEqual({
      Made: { Type: "Task", Resource: resource, Next: "U" },
      U: { Type: "Pass", Parameters: { "u.$": "$['uri']" }, End: true },
    });
  });

  test("plainly through steps that leave the data as it is", () => {
    const kept = new Task("Kept", { resource, resultPath: "$.kept" });
    const states = compiled(made, new Pass("A"), new Wait("W", { seconds: 1 }), kept, uses("U"));
    expect([states["Made"], states["U"]]).toEqual([
      { Type: "Task", Resource: resource, Next: "A" },
      { Type: "Pass", Parameters: { "u.$": "$['uri']" }, End: true },
    ]);
  });

  test("in a variable where a step on the way replaces the data", () => {
    const states = compiled(made, drop, uses("U"));
    expect([states["Made"], states["U"]]).toEqual([
      { Type: "Task", Resource: resource, Assign: carriedUri, Next: "Drop" },
      { Type: "Pass", Parameters: { "u.$": "$Made_uri" }, End: true },
    ]);
  });

  test("in a variable where a step on the way writes over that very place", () => {
    const over = new Task("Over", { resource, resultPath: "$.uri.more" });
    expect(compiled(made, over, uses("U"))["U"]).toMatchObject({ Parameters: { "u.$": "$Made_uri" } });
  });

  test("in one variable for all that read the same", () => {
    expect(compiled(made, drop, uses("U"), uses("V"))["Made"]).toMatchObject({ Assign: carriedUri });
  });

  test("in a variable into a ResultSelector, where $ is the result", () => {
    const selects = new Task("Selects", { resource, resultSelector: { u: made.output.uri } });
    expect(compiled(made, selects)["Selects"]).toMatchObject({ ResultSelector: { "u.$": "$Made_uri" } });
  });

  test("in a variable into parameters behind an inputPath", () => {
    const behind = new Pass("Behind", { inputPath: "$.rows", parameters: { u: made.output.uri } });
    expect(compiled(made, behind)["Behind"]).toMatchObject({ Parameters: { "u.$": "$Made_uri" } });
  });

  test("from under its own resultPath", () => {
    const under = new Task("Under", { resource, resultPath: "$.a", outputSchema: z.object({ uri: z.string() }) });
    const states = compiled(under, drop, new Pass("U", { parameters: { u: under.output.a.uri } }));
    expect(states["Under"]).toMatchObject({ Assign: { "Under_a_uri.$": "$['uri']" } });
  });

  test("into the branches of a Parallel, plainly where they begin with its input", () => {
    const both = new Parallel("Both", { branches: [uses("U"), Chain.of(drop, uses("V"))] });
    expect(compiled(made, both)["Both"]).toMatchObject({
      Branches: [
        { States: { U: { Parameters: { "u.$": "$['uri']" } } } },
        { States: { V: { Parameters: { "u.$": "$Made_uri" } } } },
      ],
    });
  });

  test("into the processor of a Map, in a variable, with the item in the context", () => {
    const each = new MapStep("Each", {
      items: made.output.rows,
      processor: ({ item, index }) => new Pass("Row", { parameters: { id: item.id, index, u: made.output.uri } }),
    });
    expect(compiled(made, each)["Each"]).toEqual({
      Type: "Map",
      ItemsPath: "$['rows']",
      ItemProcessor: {
        StartAt: "Row",
        States: {
          Row: {
            Type: "Pass",
            Parameters: { "id.$": "$$.Map.Item.Value['id']", "index.$": "$$.Map.Item.Index", "u.$": "$Made_uri" },
            End: true,
          },
        },
      },
      End: true,
    });
  });

  test("a caught error, plainly to its handler and in a variable further on", () => {
    const work = new Task("Work", {
      resource,
      catch: {
        errorEquals: ["States.ALL"],
        next: (error) =>
          Chain.of(
            new Pass("Now", { parameters: { why: error.Cause } }),
            new Pass("Later", { parameters: { why: error.Cause } }),
          ),
      },
    });
    const { Work, Now, Later } = compiled(work);
    expect({ Work, Now, Later }).toMatchObject({
      Work: { Catch: [{ Assign: { "caught_Cause.$": "$['Cause']" } }] },
      Now: { Parameters: { "why.$": "$['Cause']" } },
      Later: { Parameters: { "why.$": "$caught_Cause" } },
    });
  });

  test("a name that the author has taken is not taken again", () => {
    const assigns = new Pass("Assigns", { assign: { Made_uri: 1 } });
    const states = compiled(made, assigns, drop, uses("U"));
    expect(states["Made"]).toMatchObject({ Assign: { "Made_uri_2.$": "$['uri']" } });
  });

  test("compile tells how", () => {
    expect(compile(Chain.of(made, drop, uses("U")), { explain: true }).references).toEqual([
      {
        path: ["States", "U", "Parameters", "u"],
        reference: `the output of "Made" at ['uri']`,
        by: "variable",
        text: "$Made_uri",
        setBy: ["Made"],
      },
    ]);
  });
});

describe("Choice", () => {
  const yes = new Pass("Yes");
  const no = new Pass("No");

  test("its branches that end go on with what follows it, and so does what no rule takes", () => {
    const definition = Chain.of(new Choice("Q").when(rule, yes).when(rule, new Fail("Stop")), new Pass("After"));
    expect(compile(definition).States).toMatchObject({
      Q: { Default: "After" },
      Yes: { Next: "After" },
      Stop: { Type: "Fail" },
    });
  });

  test("otherwise is the default", () => {
    const definition = Chain.of(new Choice("Q").when(rule, yes).otherwise(no), new Pass("After"));
    expect(compile(definition).States).toMatchObject({ Q: { Default: "No" }, No: { Next: "After" } });
  });

  test("a way to a step that follows anyway is no branch of its own", () => {
    const end = new Pass("End");
    const definition = Chain.of(new Choice("Skip?").when(rule, end), new Pass("Work"), end);
    expect(compile(definition).States).toMatchObject({
      "Skip?": { Choices: [{ Next: "End" }], Default: "Work" },
      Work: { Next: "End" },
      End: { End: true },
    });
  });

  test("a loop leads back with a function", () => {
    const poll = new Task("Poll", { resource });
    const wait = new Wait("Pause", { seconds: 5 });
    const choice = new Choice("Done?").when(rule, new Succeed("Done")).otherwise(Chain.of(wait, poll));
    expect(compile(Chain.of(poll, choice)).States).toMatchObject({
      Poll: { Next: "Done?" },
      "Done?": { Default: "Pause" },
      Pause: { Next: "Poll" },
    });
  });

  test("it never changes: each rule gives a new one", () => {
    const plain = new Choice("Q");
    plain.when(rule, yes);
    expect(codes(plain)).toEqual(["missing_option"]);
  });
});

describe("what is refused", () => {
  const cyclic: Record<string, unknown> = {};
  cyclic["self"] = cyclic;
  cyclic["again"] = cyclic;
  class Money {
    amount = 1;
  }
  const cases: readonly { name: string; definition: unknown; codes: readonly IssueCode[]; options?: object }[] = [
    { name: "no step at all", definition: undefined, codes: ["not_a_step"] },
    { name: "a text for a step", definition: "Pass", codes: ["not_a_step"] },
    { name: "an empty chain", definition: untyped(Chain).of(), codes: ["empty_chain"] },
    {
      name: "something that is no step in a chain",
      definition: untyped(Chain).of(new Pass("A"), undefined),
      codes: ["not_a_step"],
    },
    {
      name: "one step twice in a chain",
      definition: (() => {
        const a = new Pass("A");
        return Chain.of(a, a);
      })(),
      codes: ["duplicate_step"],
    },
    {
      name: "two steps of one name",
      definition: Chain.of(new Pass("A"), new Pass("A")),
      codes: ["duplicate_state_name"],
    },
    { name: "a name of 81 characters", definition: new Pass("x".repeat(81)), codes: ["invalid_state_name"] },
    { name: "an empty name", definition: new Pass(""), codes: ["invalid_state_name"] },
    {
      name: "a step after Succeed",
      definition: untyped(Chain).of(new Succeed("A"), new Pass("B")),
      codes: ["terminal_step_in_chain"],
    },
    {
      name: "a step after Fail",
      definition: untyped(Chain).of(new Fail("A"), new Pass("B")),
      codes: ["terminal_step_in_chain"],
    },
    { name: "an unknown option", definition: new Pass("A", untyped({ seconds: 1 })), codes: ["unknown_option"] },
    { name: "an option of JSONata", definition: new Pass("A", { output: 1 }), codes: ["unsupported_in_jsonpath"] },
    { name: "a task without a resource", definition: new Task("A", untyped({})), codes: ["missing_resource"] },
    {
      name: "a resource that is no text",
      definition: new Task("A", untyped({ resource: 3 })),
      codes: ["invalid_text"],
    },
    {
      name: "two timeouts",
      definition: new Task("A", { resource, timeoutSeconds: 1, timeoutSecondsPath: "$.t" }),
      codes: ["conflicting_options"],
    },
    {
      name: "two heartbeats",
      definition: new Task("A", { resource, heartbeatSeconds: 1, heartbeatSecondsPath: "$.t" }),
      codes: ["conflicting_options"],
    },
    {
      name: "an error and its path",
      definition: new Fail("A", { error: "E", errorPath: "$.e" }),
      codes: ["conflicting_options"],
    },
    { name: "a timeout of 0", definition: new Task("A", { resource, timeoutSeconds: 0 }), codes: ["invalid_number"] },
    {
      name: "a timeout with a fraction",
      definition: new Task("A", { resource, timeoutSeconds: 1.5 }),
      codes: ["invalid_number"],
    },
    {
      name: "a machine timeout of 0",
      definition: new Pass("A"),
      options: { timeoutSeconds: 0 },
      codes: ["invalid_number"],
    },
    {
      name: "a machine timeout beyond what AWS takes",
      definition: new Pass("A"),
      options: { timeoutSeconds: 1e12 },
      codes: ["invalid_number"],
    },
    {
      name: "a heartbeat that is not below the timeout",
      definition: new Task("A", { resource, timeoutSeconds: 5, heartbeatSeconds: 5 }),
      codes: ["invalid_number"],
    },
    { name: "a path that cannot be read", definition: new Pass("A", { inputPath: "$[[bad" }), codes: ["invalid_path"] },
    {
      name: "a number under a key with .$",
      definition: new Pass("A", { parameters: { "k.$": 5 } }),
      codes: ["invalid_path"],
    },
    {
      name: "a text that is no function under a key with .$",
      definition: new Pass("A", { parameters: { "k.$": "not a path" } }),
      codes: ["invalid_path"],
    },
    { name: "a Wait without a time", definition: new Wait("A", untyped({})), codes: ["missing_option"] },
    {
      name: "a Wait with two times",
      definition: new Wait("A", untyped({ seconds: 1, timestampPath: "$.t" })),
      codes: ["conflicting_options"],
    },
    { name: "a Parallel without branches", definition: new Parallel("A", { branches: [] }), codes: ["missing_option"] },
    {
      name: "a batcher without a bound",
      definition: new MapStep("A", { mode: "DISTRIBUTED", processor: new Pass("P"), itemBatcher: {} }),
      codes: ["invalid_map"],
    },
    {
      name: "a reader that is no object",
      definition: new MapStep("A", { mode: "DISTRIBUTED", processor: new Pass("P"), itemReader: untyped("csv") }),
      codes: ["invalid_map"],
    },
    { name: "a Map without a processor", definition: new MapStep("A", untyped({})), codes: ["missing_option"] },
    {
      name: "one step inside and outside of a branch",
      definition: (() => {
        const a = new Pass("A");
        return Chain.of(a, new Parallel("P", { branches: [a] }));
      })(),
      codes: ["ambiguous_next"],
    },
    {
      name: "one name inside and outside of a branch",
      definition: Chain.of(new Pass("A"), new Parallel("P", { branches: [new Pass("A")] })),
      codes: ["duplicate_state_name"],
    },
    { name: "a path without $", definition: new Pass("A", { inputPath: "a.b" }), codes: ["invalid_path"] },
    {
      name: "a result path into the context",
      definition: new Pass("A", { resultPath: "$$.x" }),
      codes: ["invalid_path"],
    },
    {
      name: "a result path with a wildcard",
      definition: new Pass("A", { resultPath: "$.a[*]" }),
      codes: ["invalid_path"],
    },
    {
      name: "parameters that are a list",
      definition: new Pass("A", { parameters: untyped([1]) }),
      codes: ["invalid_template"],
    },
    {
      name: "a function among parameters",
      definition: new Pass("A", { parameters: { f: () => 1 } }),
      codes: ["invalid_template"],
    },
    {
      name: "an object of a class",
      definition: new Pass("A", { parameters: { m: new Money() } }),
      codes: ["invalid_template"],
    },
    { name: "a date", definition: new Pass("A", { parameters: { d: new Date(0) } }), codes: ["invalid_template"] },
    { name: "not a number", definition: new Pass("A", { parameters: { n: Number.NaN } }), codes: ["invalid_template"] },
    {
      name: "undefined in a list",
      definition: new Pass("A", { parameters: { l: [undefined] } }),
      codes: ["invalid_template"],
    },
    {
      name: "a value that contains itself",
      definition: new Pass("A", { parameters: cyclic }),
      codes: ["nesting_too_deep", "nesting_too_deep"],
    },
    {
      name: "a placeholder in a constant",
      definition: new Pass("A", { result: untyped({ k: input.a }) }),
      codes: ["placeholder_in_constant"],
    },
    {
      name: "a placeholder under a key with .$",
      definition: new Pass("A", { parameters: { "k.$": input.a } }),
      codes: ["dynamic_key_collision"],
    },
    {
      name: "a key beside the same one with .$",
      definition: new Pass("A", { parameters: { k: 1, "k.$": "$.x" } }),
      codes: ["dynamic_key_collision"],
    },
    {
      name: "a key beside the same one with .$, in JSONata",
      definition: new Pass("A", { queryLanguage: "JSONata", parameters: { k: 1, "k.$": "$.x" } }),
      codes: ["dynamic_key_collision"],
    },
    {
      name: "a placeholder after its key with .$, deep inside",
      definition: new Pass("A", { parameters: { l: [{ m: { "k.$": "$.x", k: input.a } }] } }),
      codes: ["dynamic_key_collision"],
    },
    {
      name: "a key with .$ after the placeholder, in assign",
      definition: new Pass("A", { assign: { k: input.a, "k.$": "$.x" } }),
      codes: ["dynamic_key_collision"],
    },
    {
      name: "a list that JSONPath cannot say",
      definition: new Pass("A", { parameters: { l: [input.a, { k: input.n }] } }),
      codes: ["unsupported_in_jsonpath"],
    },
    {
      name: "a retry without errors",
      definition: new Task("A", { resource, retry: untyped({}) }),
      codes: ["invalid_retry"],
    },
    {
      name: "States.ALL beside another error",
      definition: new Task("A", { resource, retry: { errorEquals: ["States.ALL", "X"] } }),
      codes: ["invalid_retry"],
    },
    {
      name: "States.ALL before another retrier",
      definition: new Task("A", { resource, retry: [{ errorEquals: ["States.ALL"] }, { errorEquals: ["X"] }] }),
      codes: ["invalid_retry"],
    },
    {
      name: "States.ALL before another catcher",
      definition: new Task("A", {
        resource,
        catch: [
          { errorEquals: ["States.ALL"], next: new Succeed("B") },
          { errorEquals: ["X"], next: new Succeed("C") },
        ],
      }),
      codes: ["invalid_catch"],
    },
    {
      name: "an interval of 0",
      definition: new Task("A", { resource, retry: { errorEquals: ["X"], intervalSeconds: 0 } }),
      codes: ["invalid_retry"],
    },
    {
      name: "a backoff below 1",
      definition: new Task("A", { resource, retry: { errorEquals: ["X"], backoffRate: 0.5 } }),
      codes: ["invalid_retry"],
    },
    {
      name: "a longest pause below the interval",
      definition: new Task("A", { resource, retry: { errorEquals: ["X"], intervalSeconds: 9, maxDelaySeconds: 5 } }),
      codes: ["invalid_retry"],
    },
    {
      name: "an unknown option of a retry",
      definition: new Task("A", { resource, retry: untyped({ errorEquals: ["X"], tries: 3 }) }),
      codes: ["invalid_retry"],
    },
    {
      name: "a catch without errors",
      definition: new Task("A", { resource, catch: untyped({ next: new Pass("B") }) }),
      codes: ["invalid_catch"],
    },
    {
      name: "a catch that leads nowhere",
      definition: new Task("A", { resource, catch: untyped({ errorEquals: ["X"] }) }),
      codes: ["not_a_step"],
    },
  ];

  test.each(cases)("$name", ({ definition, options = {}, codes: expected }) => {
    expect(codes(definition, options)).toEqual(expected);
  });

  test("a function in a chain says that it stands alone", () => {
    const late = new Pass("B");
    const again = untyped(Chain).of(new Pass("A"), () => late);
    expect(() => compile(new Choice("C").when(rule, again))).toThrow(
      'expected a step or a chain in the rule 0 of "C", got a function (a function stands alone, as a target, and may give a chain: () => Chain.of(wait, ask))',
    );
  });

  test("a list in a chain says how a list becomes one", () => {
    expect(() => compile(untyped(Chain).of([new Pass("A"), new Pass("B")]))).toThrow(
      "(a list of steps is a chain by Chain.from(list))",
    );
  });

  test("a step with two different followers", () => {
    const a = new Task("A", { resource, catch: { errorEquals: ["X"], next: () => Chain.of(b, c) } });
    const b = new Pass("B");
    const c = new Pass("C");
    expect(codes(Chain.of(a, b, new Pass("D")))).toEqual(["ambiguous_next"]);
  });

  test("a placeholder of another input than the workflow's", () => {
    const other = new ExecutionInput(z.object({ a: z.string() }));
    const reads = new Pass("A", { parameters: { x: other.a } });
    expect([codes(reads, { input }), codes(reads, { input: other }), codes(reads)]).toEqual([
      ["unreachable_reference"],
      [],
      [],
    ]);
  });

  test("an endless loop, with its states", () => {
    const a = new Pass("A");
    const b = new Task("B", { resource, catch: { errorEquals: ["X"], next: () => a } });
    expect(
      tryCompile(Chain.of(a, b, new Task("C", { resource, catch: { errorEquals: ["X"], next: () => a } }))).issues,
    ).toEqual([]);
    const loop = new Choice("Q").when(rule, () => a).otherwise(() => a);
    expect(tryCompile(Chain.of(a, loop)).issues).toMatchObject([{ code: "endless_loop", path: ["States", "A"] }]);
  });

  test("keys of a constant mean nothing", () => {
    expect(compile(new Pass("A", { result: { "a.$": "$.x", a: 1 } })).States["A"]).toMatchObject({
      Result: { "a.$": "$.x", a: 1 },
    });
  });

  test("a value that only a session knows, when there is none", () => {
    const late = deferred("the default bucket", async () => "b");
    expect(() => compile(new Pass("A", { parameters: { bucket: late } }))).toThrow("unresolved_value");
  });

  test("everything at once, with places", () => {
    expect(() =>
      compile(Chain.of(new Pass("A", untyped({ parameters: 3, foo: 1 })), new Pass("A", { resultPath: "x" }))),
    ).toThrowErrorMatchingInlineSnapshot(`
      [DefinitionError: [duplicate_state_name] States.A: two steps are named "A" (give each state of the machine its own name)
      [invalid_template] States.A.Parameters: expected an object, got 3 (give an object whose values are JSON or placeholders)
      [unknown_option] States.A.foo: Pass has no option "foo"; the nearest are "assign", "comment", "result" (use an option of this step)
      [invalid_path] States.A.ResultPath: expected a reference path, got "x": expected a path that begins with $, got "x" at character 0 (write a path such as $.a['b'][0])]
    `);
  });
});
