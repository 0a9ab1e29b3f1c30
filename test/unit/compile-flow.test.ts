import { describe, expect, test } from "vitest";
import { compile, tryCompile } from "../../src/compile/compile.js";
import { DefinitionError } from "../../src/language/errors.js";
import type { JsonObject } from "../../src/language/json.js";
import { type AnyChainable, Chain, type Following } from "../../src/states/chain.js";
import { Choice } from "../../src/states/choice.js";
import { Fail } from "../../src/states/fail.js";
import { Map as MapStep } from "../../src/states/map.js";
import { Parallel } from "../../src/states/parallel.js";
import { Pass } from "../../src/states/pass.js";
import { Succeed } from "../../src/states/succeed.js";
import { Task } from "../../src/states/task.js";
import { when } from "../../src/states/when.js";
import { run } from "./run-definition.js";

const rule = when("$.n").greaterThan(3);
const resource = "arn:aws:lambda:us-east-1:123456789012:function:f";

/** Code, place and message of each issue. */
function found(definition: unknown): readonly unknown[] {
  return tryCompile(definition).issues.map(({ code, path, message }) => [code, path.join("."), message]);
}

/** Code and place of each issue. */
function places(definition: unknown): readonly string[] {
  return tryCompile(definition).issues.map(({ code, path }) => `${code} ${path.join(".")}`);
}

describe("a Choice within a branch of another one", () => {
  const inner = () => Chain.of(new Choice("Inner").when(rule, new Pass("P")), new Pass("After inner"));
  const nested = {
    Inner: { Default: "After inner" },
    P: { Next: "After inner" },
    "After inner": { Next: "After outer" },
    "After outer": { End: true },
  };

  test("leads to what follows it in its own chain, and that to what follows the outer one", () => {
    const definition = Chain.of(new Choice("Outer").when(rule, inner()), new Pass("After outer"));
    expect(compile(definition).States).toMatchObject({ Outer: { Default: "After outer" }, ...nested });
  });

  test("also three deep", () => {
    const middle = Chain.of(new Choice("Middle").when(rule, inner()), new Pass("After outer"));
    const definition = Chain.of(new Choice("Outer").when(rule, middle), new Pass("End"));
    expect(compile(definition).States).toMatchObject({
      Outer: { Default: "End" },
      Middle: { Default: "After outer" },
      ...nested,
      "After outer": { Next: "End" },
    });
  });

  test("leads on also where another way of it jumps to that very branch", () => {
    const p = new Pass("P");
    const definition = Chain.of(new Choice("Q").when(rule, () => p).when(rule, p), new Pass("After"));
    expect(compile(definition).States).toMatchObject({ P: { Next: "After" } });
  });

  test("with two different followers is refused", () => {
    const choice = new Choice("Q").when(rule, new Pass("P"));
    const definition = new Parallel("Both", {
      branches: [Chain.of(new Choice("R").when(rule, Chain.of(choice, new Pass("A"))), choice, new Pass("B"))],
    });
    expect(found(definition)).toEqual([
      ["ambiguous_next", "States.Both.Branches.0.States.Q.Next", '"B" follows in one chain and "A" in another'],
    ]);
  });
});

describe("a state that cannot be reached", () => {
  const stop = new Fail("Stop");
  const done = new Succeed("Done");

  test("follows a Choice whose every way ends", () => {
    const definition = Chain.of(new Choice("Q").when(rule, stop).otherwise(done), new Pass("A"), new Pass("B"));
    expect(found(definition)).toEqual([
      ["unreachable_state", "States.A", 'nothing leads to "A": every way out of "Q" ends, or jumps elsewhere'],
    ]);
  });

  test("follows a Choice that jumps", () => {
    const first: Following = new Pass("First");
    const choice = new Choice("Q").when(rule, () => first).otherwise(stop);
    expect(places(Chain.of(first, choice, new Pass("A")))).toEqual(["unreachable_state States.A"]);
  });

  test("is jumped over", () => {
    const end = new Pass("End");
    const definition = Chain.of(new Choice("Q").when(rule, end).otherwise(end), new Pass("A"), end);
    expect(places(definition)).toEqual(["unreachable_state States.A"]);
  });

  test("stands in a branch or a processor, and is named there", () => {
    const dead = (name: string) =>
      Chain.of(
        new Choice(`Q${name}`).when(rule, new Fail(`F${name}`)).otherwise(new Succeed(`S${name}`)),
        new Pass(name),
      );
    const definition = new Parallel("P", { branches: [dead("A"), new MapStep("M", { processor: dead("B") })] });
    expect(places(definition)).toEqual([
      "unreachable_state States.P.Branches.0.States.A",
      "unreachable_state States.P.Branches.1.States.M.ItemProcessor.States.B",
    ]);
  });

  test("is none where one branch is open, where no rule may apply, or where another way leads", () => {
    const open = Chain.of(new Choice("Q").when(rule, stop).otherwise(new Pass("Go on")), new Pass("A"));
    const unmatched = Chain.of(new Choice("Q").when(rule, stop), new Pass("A"));
    const a = new Pass("A");
    const handled = Chain.of(
      new Task("T", { resource, catch: { errorEquals: ["X"], next: () => a } }),
      new Choice("Q").when(rule, stop).otherwise(done),
      a,
    );
    expect([found(open), found(unmatched), found(handled)]).toEqual([[], [], []]);
  });
});

describe("an endless loop", () => {
  test("is refused where other states end", () => {
    const spin: Following = new Pass("Spin");
    const definition = Chain.of(
      new Choice("Q").when(
        rule,
        Chain.of(
          spin,
          new Choice("Again").when(rule, () => spin).otherwise(() => spin),
        ),
      ),
      new Pass("End"),
    );
    expect(found(definition)).toEqual([
      ["endless_loop", "States.Spin", 'no way leads out of Spin → Again → Spin: no state from "Spin" on ends'],
    ]);
  });

  test("is refused in a handler, a branch and a processor, each once", () => {
    const spin = (name: string): Choice => {
      const made: Choice = new Choice<unknown>(name).when(rule, () => made).otherwise(() => made);
      return made;
    };
    const definition = Chain.of(
      new Task("T", { resource, catch: { errorEquals: ["X"], next: spin("A") } }),
      new Parallel("P", { branches: [spin("B"), new MapStep("M", { processor: spin("C") })] }),
    );
    expect(tryCompile(definition).issues.map(({ code, path }) => [code, path.at(-1)])).toEqual([
      ["endless_loop", "A"],
      ["endless_loop", "B"],
      ["endless_loop", "C"],
    ]);
  });

  test("is none where a rule or a handler leads out, also far behind the loop", () => {
    const poll: Following = new Task("Poll", { resource });
    const choice = new Choice("Done?").when(rule, Chain.of(new Pass("A"), new Pass("B"))).otherwise(() => poll);
    const work: Following = new Task("Work", { resource, catch: { errorEquals: ["X"], next: () => new Pass("Out") } });
    const again = new Choice("Again").when(rule, () => work).otherwise(() => work);
    expect([found(Chain.of(poll, choice)), found(Chain.of(work, again))]).toEqual([[], []]);
  });

  test("of 20,000 states is found without recursion", () => {
    const steps = Array.from({ length: 20_000 }, (_, index) => new Pass(`S${index}`));
    const [first = new Pass("none")] = steps;
    const definition = Chain.of(
      new Choice("Q").when(
        rule,
        Chain.from([...steps, new Choice("R").when(rule, () => first).otherwise(() => first)]),
      ),
      new Pass("End"),
    );
    expect(tryCompile(definition).issues).toMatchObject([{ code: "endless_loop", path: ["States", "S0"] }]);
  });
});

describe("the output of a Choice", () => {
  const made = (foo: number) => new Pass(`Made ${foo}`, { result: { foo } });
  const choice = new Choice("Q").when(rule, made(1)).otherwise(made(2));
  const reads = new Pass("Reads", { parameters: { x: choice.output.foo } });

  test("is what flows into the step that follows it", () => {
    expect(compile(Chain.of(choice, reads)).States).toMatchObject({
      Q: { Default: "Made 2" },
      Reads: { Parameters: { "x.$": "$['foo']" } },
    });
    expect(compile(Chain.of(choice, reads)).States["Q"]).not.toHaveProperty("Assign");
  });

  test("is carried from the end of each branch", () => {
    const later = Chain.of(choice, new Pass("Between", { result: {} }), reads);
    const definition = compile(later);
    expect(definition.States).toMatchObject({
      "Made 1": { Assign: { "Q_foo.$": "$['foo']" } },
      "Made 2": { Assign: { "Q_foo.$": "$['foo']" } },
      Reads: { Parameters: { "x.$": "$Q_foo" } },
    });
    const outputs = [5, 1].map((n) => run(definition as unknown as JsonObject, { n }).output);
    expect(outputs).toEqual(['{"x":1}', '{"x":2}']);
    expect(compile(later, { queryLanguage: "JSONata" }).States).toMatchObject({
      "Made 1": { Assign: { Q_foo: "{% 1 %}" } },
      "Made 2": { Assign: { Q_foo: "{% 2 %}" } },
      Reads: { Output: { x: "{% $Q_foo %}" } },
    });
  });

  test("is read within a branch of what follows it, and by a handler of that", () => {
    const both = new Parallel("Both", {
      branches: [reads],
      catch: { errorEquals: ["X"], next: new Pass("Note", { parameters: { x: choice.output.foo } }) },
    });
    expect(compile(Chain.of(choice, both)).States).toMatchObject({
      Both: { Branches: [{ States: { Reads: { Parameters: { "x.$": "$['foo']" } } } }] },
      Note: { Parameters: { "x.$": "$Q_foo" } },
    });
  });

  test("is that of the inner Choice where a branch is one", () => {
    const outer = new Choice("Outer").when(rule, choice).otherwise(made(3));
    const readsOuter = new Pass("Reads", { parameters: { x: outer.output.foo } });
    const definition = compile(Chain.of(outer, new Pass("Between", { result: {} }), readsOuter));
    const outputs = [5, 1].map((n) => run(definition as unknown as JsonObject, { n }).output);
    expect(outputs).toEqual(['{"x":1}', '{"x":3}']);
  });

  test("is after an inputPath a variable", () => {
    const cut = new Pass("Cut", { inputPath: "$.foo", parameters: { x: choice.output.foo } });
    expect(compile(Chain.of(choice, cut)).States["Cut"]).toMatchObject({ Parameters: { "x.$": "$Q_foo" } });
  });

  test("is not all that flows where another way leads", () => {
    const open = new Choice("Q").when(rule, made(1));
    const readsOpen = new Pass("Reads", { parameters: { x: open.output.foo } });
    const back = new Choice("Again").when(rule, () => reads).otherwise(new Pass("End"));
    const refused = (why: string) => [
      ["unreachable_reference", "States.Reads.Parameters.x", `the output of "Q" at ['foo'] ${why}`],
    ];
    expect(found(Chain.of(open, readsOpen))).toEqual(
      refused(`is made by no branch where no rule of "Q" applies; give it an otherwise`),
    );
    expect(found(Chain.of(choice, reads, back))).toEqual(
      refused(`is not all that flows into "Reads": "Again" leads there too`),
    );
  });

  test("is not there on a way around the branches", () => {
    const skip = new Choice("Skip").when(rule, () => reads).otherwise(new Pass("Go"));
    const definition = Chain.of(skip, choice, new Pass("Meet"), reads);
    expect(found(definition)).toEqual([
      [
        "unreachable_reference",
        "States.Reads.Parameters.x",
        `the output of "Q" at ['foo'] is read by "Reads", but its branches come together in "Meet", ` +
          "which is not on every way there: Skip → Reads",
      ],
    ]);
  });

  test("is not there where a branch only lets it through", () => {
    const kept = new Task("Kept", { resource, resultPath: "$.kept" });
    const half = new Choice("Q").when(rule, kept).otherwise(made(2));
    const definition = Chain.of(
      half,
      new Pass("Between", { result: {} }),
      new Pass("Reads", { parameters: { x: half.output.foo } as never }),
    );
    expect(found(definition)).toEqual([
      [
        "unreachable_reference",
        "States.Reads.Parameters.x",
        `the output of "Q" at ['foo'] comes from "Kept", where it reads what the step only lets through; read it from the step that made it`,
      ],
    ]);
  });

  test("is not there where nothing follows", () => {
    const task = new Task("T", { resource, catch: { errorEquals: ["X"], next: reads } });
    expect(places(Chain.of(task, choice))).toEqual(["unreachable_reference States.Reads.Parameters.x"]);
  });
});

describe("of much that is wrong", () => {
  const count = 3000;
  const steps = Array.from({ length: count }, (_, index) => new Pass(`S${index}`));
  const reading = steps.map(({ name }, index) => new Pass(`R${index}`, { parameters: { v: new Pass(name).output } }));

  test("the message tells the first hundred issues, and how many more there are", () => {
    const error = thrownBy(() => compile(Chain.from(reading)));
    expect(error.issues).toHaveLength(count);
    expect(error.message.split("\n")).toHaveLength(101);
    expect(error.message).toMatch(/… and 2900 more$/);
  });

  test("a long way is told by its ends", () => {
    const read = new Pass("Read", { parameters: { v: (steps[0] as Pass).output } });
    const start = new Choice("Start").when(rule, Chain.from([...steps, new Succeed("End")]));
    const around = start.otherwise(
      Chain.from([...Array.from({ length: 50 }, (_, index) => new Pass(`W${index}`)), read]),
    );
    const [issue] = tryCompile(around).issues;
    expect(issue?.message).toContain("W8 → … 32 more … → W41 →");
  });

  test("a chain of many calls of next is taken apart once", () => {
    const chain = steps.reduce<AnyChainable>(
      (before, step) => (before as Pass).next(step) as AnyChainable,
      new Pass("First"),
    );
    expect(Object.keys(compile(chain).States)).toHaveLength(count + 1);
  });
});

function thrownBy(run: () => unknown): DefinitionError {
  try {
    run();
  } catch (error) {
    if (DefinitionError.is(error)) return error;
  }
  throw new Error("expected a DefinitionError");
}
