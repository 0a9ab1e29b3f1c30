import { describe, expect, test } from "vitest";
import * as z from "zod";
import { compile, tryCompile } from "../../src/compile/compile.js";
import { renderDefinition } from "../../src/document/render.js";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import { States } from "../../src/expression/intrinsics.js";
import { jsonata } from "../../src/expression/jsonata-expression.js";
import { text } from "../../src/expression/text.js";
import { expressionOf } from "../../src/expression/tree.js";
import type { Issue } from "../../src/language/errors.js";
import { type AnyChainable, Chain, type Following } from "../../src/states/chain.js";
import { Choice } from "../../src/states/choice.js";
import { not } from "../../src/states/condition.js";
import { deferred } from "../../src/states/deferred.js";
import { Fail } from "../../src/states/fail.js";
import { Map as MapStep } from "../../src/states/map.js";
import { Parallel } from "../../src/states/parallel.js";
import { Pass } from "../../src/states/pass.js";
import { prefixStates } from "../../src/states/prefix-states.js";
import { type AnyStep, authoredState } from "../../src/states/step.js";
import { Succeed } from "../../src/states/succeed.js";
import { Task } from "../../src/states/task.js";
import { Wait } from "../../src/states/wait.js";
import { when } from "../../src/states/when.js";

const resource = "arn:aws:lambda:us-east-1:123456789012:function:f";
const model = z.object({ uri: z.string(), score: z.number() });
const input = new ExecutionInput(z.object({ bucket: z.string(), rows: z.array(z.object({ id: z.string() })) }));

function task(name: string, options: object = {}): Task<z.infer<typeof model>> {
  return new Task(name, { resource, outputSchema: model, ...options });
}

function issuesOf(definition: unknown): readonly Issue[] {
  return tryCompile(definition).issues;
}

/** A fragment with everything in it: a loop, a handler, a choice, a nested Map and Parallel. */
function trainFragment() {
  const prepare = task("Prepare");
  const train = new Task("Train", {
    resource,
    parameters: { data: prepare.output.uri, bucket: input.bucket },
    outputSchema: model,
    catch: {
      errorEquals: ["Busy"],
      resultPath: "$.error",
      next: (error): AnyChainable => Chain.of(new Pass("Note", { parameters: { why: error.Cause } }), train),
    },
  });
  const enough = new Choice("Good enough?")
    .when(
      when(train.output.score)
        .greaterThan(0.9)
        .and(not(when(train.output.uri).isNull())),
      new Pass("Good"),
    )
    .otherwise((): AnyChainable => retry);
  const retry: AnyChainable = Chain.of(new Wait("Cool down", { seconds: 30 }), prepare);
  const each = new MapStep("Each row", {
    items: input.rows,
    itemSelector: ({ item, index }) => ({ id: item.id, index }),
    processor: ({ item }) => new Pass("Row", { parameters: { id: item.id, uri: train.output.uri } }),
  });
  const both = new Parallel("Both", {
    branches: [
      each,
      new Pass("Tell", { parameters: { message: text`trained ${train.output.uri}`, list: [train.output.score, 1] } }),
    ],
  });
  return { chain: Chain.of(prepare, train, enough, both), model: train.output.uri, train };
}

describe("a fragment twice in one machine", () => {
  const left = prefixStates("Left ", trainFragment());
  const right = prefixStates("Right ", trainFragment());
  const compare = new Pass("Compare", { parameters: { left: left.model, right: right.model } });

  test("stands there under both prefixes, each reading its own", async () => {
    const definition = compile(Chain.of(left.chain, right.chain, compare));
    await expect(renderDefinition(definition)).toMatchFileSnapshot("../golden/fragment-twice.json");
  });

  test("stands in the branches of a Parallel", () => {
    const branches = [left.chain, right.chain] as const;
    expect(issuesOf(new Parallel("P", { branches }))).toEqual([]);
  });

  test("one fragment gives both copies, and stays what it was", () => {
    const fragment = trainFragment();
    const before = compile(fragment.chain);
    const copies = ["A ", "B "].map((prefix) => prefixStates(prefix, fragment).chain);
    expect(issuesOf(Chain.from([...copies, fragment.chain]))).toEqual([]);
    expect(compile(fragment.chain)).toEqual(before);
  });

  test("compiles to the same each time", () => {
    expect(renderDefinition(compile(left.chain))).toBe(renderDefinition(compile(left.chain)));
  });
});

describe("what is copied", () => {
  test("a single step, which keeps its class", () => {
    const copy = prefixStates("My ", new Pass("A", { result: 1 }));
    expect(copy).toBeInstanceOf(Pass);
    expect(compile(copy.next(new Pass("B"))).States).toMatchObject({ "My A": { Result: 1, Next: "B" }, B: {} });
  });

  test("a Choice, which takes further rules", () => {
    const choice = new Choice("C").when(when("$.a").isNull(), new Succeed("S"));
    const copy = prefixStates("My ", choice).otherwise(new Fail("F"));
    expect(Object.keys(compile(copy).States)).toEqual(["My C", "My S", "F"]);
  });

  test("a copy, under both prefixes", () => {
    const { chain } = prefixStates("A ", prefixStates("B ", trainFragment()));
    const names = Object.keys(compile(chain).States);
    expect(names).toEqual(Object.keys(compile(trainFragment().chain).States).map((name) => `A B ${name}`));
  });

  test("what a class of the author's own has set besides", () => {
    class Labelled extends Pass.prototype.constructor {
      readonly label = "l";
    }
    const step = Reflect.construct(Labelled, ["A", {}]) as Pass & { label: string };
    expect(prefixStates("My ", step)).toMatchObject({ name: "My A", label: "l" });
  });

  test("objects in a JSONata expression", () => {
    const a = task("A");
    const written = new Pass("B", { parameters: { all: jsonata`$merge(${{ deep: { uri: a.output.uri } }})` } });
    const [, copy] = prefixStates("L ", Chain.of(a, written)).steps;
    const { parameters } = authoredState(copy as AnyStep).options as { parameters: { all: object } };
    expect(JSON.stringify(expressionOf(parameters.all))).toContain('"name":"L A"');
  });

  test("a handler that leads back into the fragment", () => {
    const again = (): Following => Chain.of(new Pass("Again"), work);
    const work = new Task("Work", { resource, catch: [{ errorEquals: ["Busy"], next: again }] });
    expect(compile(prefixStates("L ", work)).States).toMatchObject({
      "L Work": { Catch: [{ Next: "L Again" }], End: true },
      "L Again": { Next: "L Work" },
    });
  });

  test("intrinsic functions, with lists and objects in them", () => {
    const a = task("A");
    const b = new Pass("B", {
      parameters: {
        all: States.array(a.output.uri, [a.output.score, 1] as never),
        other: States.uuid(),
        data: input.bucket,
      },
    });
    const definition = JSON.stringify(compile(prefixStates("L ", Chain.of(a, new Pass("Gone", { result: 1 }), b))));
    expect(definition).toContain("$L_A_uri");
    expect(definition).toContain("$L_A_score");
    expect(definition).not.toContain('"$A_');
  });
});

describe("what stays", () => {
  test("a reference to a step that is not in the fragment", () => {
    const outer = task("Outer");
    const inner = Chain.of(new Pass("Gone", { result: 1 }), new Pass("In", { parameters: { uri: outer.output.uri } }));
    expect(compile(Chain.of(outer, prefixStates("My ", inner))).States["My In"]).toMatchObject({
      Parameters: { "uri.$": "$Outer_uri" },
    });
  });

  test("the item of a Map around the fragment", () => {
    const each = new MapStep("Each", {
      items: input.rows,
      processor: ({ item }) => prefixStates("My ", new Pass("Row", { parameters: { id: item.id } })),
    });
    expect(JSON.stringify(compile(each))).toContain("$$.Map.Item.Value['id']");
  });

  test("the error of a catch around the fragment", () => {
    const work = new Task("Work", {
      resource,
      catch: {
        errorEquals: ["Busy"],
        next: (error) => prefixStates("My ", new Pass("Note", { parameters: { why: error.Cause } })),
      },
    });
    expect(compile(work).States["My Note"]).toMatchObject({ Parameters: { "why.$": "$['Cause']" } });
  });

  test("what is to be kept: one handler for both copies", () => {
    const tell = new Task("Tell", { resource });
    const giveUp = Chain.of(tell, new Fail("Give up"));
    const work = new Task("Work", { resource, catch: { errorEquals: ["States.ALL"], next: giveUp } });
    const keep = [giveUp];
    const chain = Chain.of(prefixStates("Left ", work, { keep }), prefixStates("Right ", work, { keep }));
    expect(Object.keys(compile(chain).States)).toEqual(["Left Work", "Right Work", "Tell", "Give up"]);
  });

  test("a jump out of the fragment to a kept step", () => {
    const start: Following = new Pass("Start");
    const fragment = new Choice("Again?").when(when("$.a").isNull(), () => start);
    const copy = prefixStates("My ", fragment, { keep: [start] });
    expect(compile(Chain.of(start, copy, new Succeed("End"))).States["My Again?"]).toMatchObject({
      Choices: [{ Next: "Start" }],
      Default: "End",
    });
  });

  test("values that a session knows", () => {
    const bucket = deferred("the bucket", async () => "b");
    const { unresolved } = tryCompile(prefixStates("My ", task("A", { parameters: { bucket } })));
    expect(unresolved).toEqual([bucket]);
    expect(unresolved[0]).toBe(bucket);
  });

  test("a key named __proto__", () => {
    const parameters = JSON.parse('{ "__proto__": { "a": 1 } }') as Record<string, unknown>;
    const state = JSON.stringify(compile(prefixStates("My ", new Pass("A", { parameters }))));
    expect(state).toContain('"__proto__":{"a":1}');
  });
});

describe("what is wrong", () => {
  test("names over 80 characters are told as always", () => {
    expect(issuesOf(prefixStates("p".repeat(70), new Pass("n".repeat(11)))).map(({ code }) => code)).toEqual([
      "invalid_state_name",
    ]);
  });

  test("two copies under one prefix", () => {
    const step = new Pass("A");
    const twice = Chain.of(prefixStates("L ", step), prefixStates("L ", step));
    expect(issuesOf(twice).map(({ code }) => code)).toEqual(["duplicate_state_name"]);
  });

  test("a step without a name still has none", () => {
    expect(issuesOf(prefixStates("L ", new Pass(undefined as never))).map(({ code }) => code)).toEqual([
      "invalid_state_name",
    ]);
  });

  test("a prefix that is no text", () => {
    expect(() => prefixStates(1 as never, new Pass("A"))).toThrow(
      "[invalid_text] expected a text before the names, got 1",
    );
  });

  test("what is no fragment", () => {
    expect(() => prefixStates("L ", "A" as never)).toThrow(
      "[not_a_step] expected a step, a chain or an object of them",
    );
  });

  test("what the author of a step got wrong is told of the copy", () => {
    const [found] = issuesOf(prefixStates("L ", new Pass("A", { parameters: { f: () => 1 } })));
    expect(found).toMatchObject({ code: "invalid_template", path: ["States", "L A", "Parameters", "f"] });
  });

  test("a value that contains itself is refused, not followed", () => {
    const loop: Record<string, unknown> = {};
    loop["a"] = [loop, loop];
    expect(issuesOf(prefixStates("L ", new Pass("A", { parameters: loop })))[0]?.code).toBe("nesting_too_deep");
  });
});

describe("size", () => {
  test("20,000 steps in a chain", () => {
    const chain = Chain.from(Array.from({ length: 20_000 }, (_, index) => new Pass(`S${index}`)));
    expect(Object.keys(compile(prefixStates("L ", chain)).States)).toHaveLength(20_000);
  });

  test("5,000 Parallels in each other", () => {
    let step: AnyChainable = new Pass("Inmost");
    for (let depth = 0; depth < 5000; depth++) step = new Parallel(`P${depth}`, { branches: [step] });
    expect(prefixStates("L ", step)).toMatchObject({ name: "L P4999" });
  });
});
