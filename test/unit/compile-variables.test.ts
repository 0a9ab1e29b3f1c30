import { describe, expect, test } from "vitest";
import * as z from "zod";
import { compile, tryCompile } from "../../src/compile/compile.js";
import { text } from "../../src/expression/text.js";
import { variable } from "../../src/expression/variable.js";
import { Chain, type Following } from "../../src/states/chain.js";
import { Choice } from "../../src/states/choice.js";
import { Map as MapStep } from "../../src/states/map.js";
import { Parallel } from "../../src/states/parallel.js";
import { Pass } from "../../src/states/pass.js";
import { Task } from "../../src/states/task.js";
import { Wait } from "../../src/states/wait.js";
import { when } from "../../src/states/when.js";

const resource = "arn:aws:lambda:us-east-1:123456789012:function:f";
const count = variable("count", z.int());
const rule = when("$.n").greaterThan(3);

const sets = (name: string) => new Pass(name, { assign: { count: 1 } });
const reads = (name: string) => new Pass(name, { parameters: { n: count } });

/** Code, place and message of each issue. */
function found(definition: unknown): readonly string[] {
  return tryCompile(definition).issues.map(({ code, path, message }) => `${code} ${path.join(".")}: ${message}`);
}

describe("a variable that is read", () => {
  test("may have been set before, by any kind of state", () => {
    const setters: readonly Following[] = [
      sets("A"),
      new Pass("A", { assign: { "count.$": "$.n" } }),
      new Task("A", { resource, assign: { "count.$": "$.n" } }),
      new Wait("A", { seconds: 1, assign: { count: 1 } }),
      new Parallel("A", { branches: [new Pass("X")], assign: { count: 1 } }),
      new MapStep("A", { processor: new Pass("X"), assign: { count: 1 } }),
    ];
    for (const setter of setters) expect(found(Chain.of(setter, new Pass("Between"), reads("B")))).toEqual([]);
  });

  test("must be set by some state", () => {
    expect(found(Chain.of(new Pass("A"), reads("B")))).toEqual([
      'unset_variable States.B.Parameters.n: $count is read by "B", but no state sets it',
    ]);
  });

  test("must be set before: what a state assigns is there from the next one on", () => {
    const both = new Pass("A", { assign: { count: 1 }, parameters: { n: count } });
    expect([found(both), found(Chain.of(reads("B"), sets("A")))]).toEqual([
      ['unset_variable States.A.Parameters.n: $count is read by "A", which is also reached before it is set: A'],
      ['unset_variable States.B.Parameters.n: $count is read by "B", which is also reached before it is set: B'],
    ]);
  });

  test("must be set on every path out of a Choice", () => {
    const one = Chain.of(new Choice("Q").when(rule, sets("A")).otherwise(new Pass("Other")), new Pass("C"), reads("B"));
    const all = Chain.of(new Choice("Q").when(rule, sets("A1")).otherwise(sets("A2")), new Pass("C"), reads("B"));
    expect([found(one), found(all)]).toEqual([
      [
        'unset_variable States.B.Parameters.n: $count is read by "B", which is also reached before it is set: Q → Other → C → B',
      ],
      [],
    ]);
  });

  test("is set by the rule that is taken, and by the Choice itself when none is", () => {
    const next = reads("B");
    const byDefault = new Choice("Q", { assign: { count: 1 } });
    expect([
      found(
        Chain.of(
          byDefault.when(rule, () => next),
          next,
        ),
      ),
      found(
        Chain.of(
          byDefault.when(rule, () => next, { assign: { count: 2 } }),
          next,
        ),
      ),
      found(
        Chain.of(
          new Choice("Q").when(rule, () => next, { assign: { count: 2 } }),
          next,
        ),
      ),
    ]).toEqual([
      ['unset_variable States.B.Parameters.n: $count is read by "B", which is also reached before it is set: Q → B'],
      [],
      ['unset_variable States.B.Parameters.n: $count is read by "B", which is also reached before it is set: Q → B'],
    ]);
  });

  test("is not set by a state that is left through its catch, but by the catch", () => {
    const handled = (assign: object) =>
      new Task("A", { resource, assign: { count: 1 }, catch: { errorEquals: ["X"], next: reads("B"), ...assign } });
    expect([found(handled({})), found(handled({ assign: { count: 0 } }))]).toEqual([
      ['unset_variable States.B.Parameters.n: $count is read by "B", which is also reached before it is set: A → B'],
      [],
    ]);
  });

  test("may be set again and again in a loop", () => {
    const work: Following = new Pass("Work", { parameters: { n: count }, assign: { count: text`${count}x` } });
    const loop = new Choice("Again?").when(rule, () => work).otherwise(new Pass("End", { parameters: { n: count } }));
    expect([found(Chain.of(sets("A"), work, loop)), found(Chain.of(work, loop)).length]).toEqual([[], 2]);
  });

  test("is seen in branches and processors, at any depth", () => {
    const inner = new MapStep("M", { processor: new Parallel("P", { branches: [reads("B")] }) });
    expect(found(Chain.of(sets("A"), inner))).toEqual([]);
    expect(found(Chain.of(inner, sets("A")))).toEqual([
      'unset_variable States.M.ItemProcessor.States.P.Branches.0.States.B.Parameters.n: $count is read by "B", which is also reached before it is set: M',
    ]);
  });

  test("is seen neither in another branch nor after its own one", () => {
    const branches = new Parallel("P", { branches: [sets("A"), reads("B")] });
    const after = Chain.of(new MapStep("M", { processor: sets("A") }), reads("B"));
    expect([found(branches), found(after)]).toEqual([
      [
        'unset_variable States.P.Branches.1.States.B.Parameters.n: $count is read by "B", but set by "A" in branch 0 of "P", and seen there alone',
      ],
      [
        'unset_variable States.B.Parameters.n: $count is read by "B", but set by "A" in the processor of "M", and seen there alone',
      ],
    ]);
  });

  test("is not seen in a child execution of a distributed Map, which has its own", () => {
    const map = (processor: Following) => Chain.of(sets("A"), new MapStep("M", { mode: "DISTRIBUTED", processor }));
    expect([found(map(reads("B"))), found(map(Chain.of(sets("A2"), reads("B"))))]).toEqual([
      [
        "unset_variable States.M.ItemProcessor.States.B.Parameters.n: $count is not there in a child execution; give it on with itemSelector",
      ],
      [],
    ]);
  });

  test("is looked for in conditions, texts and paths too", () => {
    const choice = new Choice("Q").when(when(count).greaterThan(3), new Pass("A"));
    const wait = new Wait("W", { seconds: count });
    const inText = new Pass("T", { parameters: { t: text`n=${count}` } });
    expect(tryCompile(Chain.of(wait, inText, choice)).issues.map(({ code }) => code)).toEqual([
      "unset_variable",
      "unset_variable",
      "unset_variable",
    ]);
  });

  test("is looked for in JSONata too", () => {
    const inJsonata = new Pass("B", { queryLanguage: "JSONata", parameters: { n: count } });
    const set = new Pass("A", { queryLanguage: "JSONata", assign: { count: 1 } });
    expect([tryCompile(inJsonata).issues.map(({ code }) => code), found(Chain.of(set, inJsonata))]).toEqual([
      ["unset_variable"],
      [],
    ]);
  });

  test("one of thousands costs what one costs", () => {
    const names = Array.from({ length: 2000 }, (_, index) => `v${index}`);
    const steps = names.map((name, index) => {
      const earlier = names[Math.floor(index / 2)] ?? name;
      const parameters = index === 0 ? {} : { x: variable(earlier, z.int()) };
      return new Pass(`S${index}`, { assign: { [name]: 1 }, parameters });
    });
    expect(found(Chain.from(steps))).toEqual([]);
  });
});

describe("a variable that is set", () => {
  test("in an inner scope may not be one of an outer scope", () => {
    const definition = Chain.of(
      sets("A"),
      new Parallel("P", { branches: [new Pass("Q"), new MapStep("M", { processor: sets("B") })] }),
    );
    expect(found(definition)).toEqual([
      'variable_of_outer_scope States.P.Branches.1.States.M.ItemProcessor.States.B.Assign.count: $count is set by "A" outside: the processor of "M" may read it, and not set it',
    ]);
  });

  test("in a catcher of the Map counts for the scope around it", () => {
    const map = new MapStep("M", {
      processor: sets("A"),
      catch: { errorEquals: ["States.ALL"], next: new Pass("Note"), assign: { count: 0 } },
    });
    expect(found(map)).toEqual([
      'variable_of_outer_scope States.M.ItemProcessor.States.A.Assign.count: $count is set by "M" outside: the processor of "M" may read it, and not set it',
    ]);
  });

  test("in two branches, or in a child execution, is another one", () => {
    const definition = Chain.of(
      new Parallel("P", { branches: [sets("A"), sets("B")] }),
      new MapStep("M", { processor: sets("C") }),
    );
    const distributed = Chain.of(sets("A"), new MapStep("M", { mode: "DISTRIBUTED", processor: sets("B") }));
    expect([found(definition), found(distributed)]).toEqual([[], []]);
  });

  test("has a name that AWS takes", () => {
    const definition = new Choice("Q", { assign: { states: 1 } }).when(
      rule,
      new Pass("A", { assign: { ok: 1, "a b.$": "$.x" } }),
      {
        assign: { ["é".repeat(81)]: 1 },
      },
    );
    expect(tryCompile(definition).issues.map(({ code, path }) => [code, path.slice(1, -1).join(".")])).toEqual([
      ["invalid_name", "Q.Assign"],
      ["invalid_name", "Q.Choices.0.Assign"],
      ["invalid_name", "A.Assign"],
    ]);
  });

  test("keeps its name from what the compiler carries", () => {
    const made = new Task("Made", { resource, outputSchema: z.object({ uri: z.string() }) });
    const taken = { Made_uri: "mine" };
    const others: readonly Following[] = [
      new Pass("Other", { result: 1, assign: taken }),
      new Task("Other", { resource, catch: { errorEquals: ["X"], next: new Pass("H"), assign: taken } }),
      Chain.of(new Choice("Other").when(rule, new Pass("H"), { assign: taken }), new Pass("Drop", { result: 1 })),
    ];
    for (const other of others) {
      const definition = Chain.of(made, other, new Pass("Use", { parameters: { u: made.output.uri } }));
      const { Made } = compile(definition).States as unknown as { readonly Made: { readonly Assign: object } };
      expect(Made.Assign).toEqual({ "Made_uri_2.$": "$['uri']" });
    }
  });
});
