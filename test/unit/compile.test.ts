import { describe, expect, test } from "vitest";
import * as z from "zod";
import { compile, tryCompile } from "../../src/compile/compile.js";
import { renderDefinition } from "../../src/document/render.js";
import { ExecutionInput, StepInput } from "../../src/expression/execution-input.js";
import { makeExpression } from "../../src/expression/placeholder.js";
import type { IssueCode } from "../../src/language/errors.js";
import { Chain } from "../../src/states/chain.js";
import { deferred } from "../../src/states/deferred.js";
import { Fail } from "../../src/states/fail.js";
import { Pass } from "../../src/states/pass.js";
import { Succeed } from "../../src/states/succeed.js";
import { Task } from "../../src/states/task.js";

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
    const work: Task = new Task("Work", { resource, catch: { errorEquals: ["Busy"], next: () => again } });
    const again: Chain = Chain.of(new Pass("Again"), work);
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
    { name: "the later of k and k.$", value: { k: 1, "k.$": "$.x" }, asl: { "k.$": "$.x" } },
    { name: "the later of k.$ and k", value: { "k.$": "$.x", k: 1 }, asl: { k: 1 } },
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

  const misuses = [
    {
      name: "two steps back",
      definition: Chain.of(first, new Pass("B"), new Pass("C", { parameters: { x: first.output.rows } })),
    },
    {
      name: "by the step itself or an earlier one",
      definition: Chain.of(new Pass("A", { parameters: { x: first.output.rows } }), first),
    },
    {
      name: "of a step that is not in the workflow",
      definition: Chain.of(new Pass("A"), new Pass("B", { parameters: { x: first.output.rows } })),
    },
    {
      name: "in a list of objects",
      definition: Chain.of(first, new Pass("B"), new Pass("C", { parameters: { l: [{ x: first.output.rows }] } })),
    },
    { name: "in a path", definition: Chain.of(first, new Pass("B"), new Pass("C", { inputPath: first.output.rows })) },
  ];

  test.each(misuses)("is refused when it is read $name", ({ definition }) => {
    expect(codes(definition)).toEqual(["unreachable_reference"]);
  });

  test("is refused in a handler of that very step", () => {
    const handler = new Pass("Handler");
    const work: Task = new Task("Work", { resource, catch: { errorEquals: ["X"], next: () => reads } });
    const reads = new Pass("Reads", { parameters: { x: work.output } });
    expect([codes(Chain.of(work, handler)), codes(Chain.of(work, reads))]).toEqual([
      ["unreachable_reference"],
      ["unreachable_reference"],
    ]);
  });
});

describe("what is refused", () => {
  const cyclic: Record<string, unknown> = {};
  cyclic["self"] = cyclic;
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
    { name: "an option of JSONata", definition: new Pass("A", untyped({ output: 1 })), codes: ["unknown_option"] },
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
      codes: ["nesting_too_deep"],
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

  test("a step with two different followers", () => {
    const a = new Task("A", { resource, catch: { errorEquals: ["X"], next: () => Chain.of(b, c) } });
    const b = new Pass("B");
    const c = new Pass("C");
    expect(codes(Chain.of(a, b, new Pass("D")))).toEqual(["ambiguous_next"]);
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
