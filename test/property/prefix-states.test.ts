import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "../../src/compile/compile.js";
import { StepInput } from "../../src/expression/execution-input.js";
import { type AnyChainable, Chain } from "../../src/states/chain.js";
import { Choice } from "../../src/states/choice.js";
import { Map as MapStep } from "../../src/states/map.js";
import { Parallel } from "../../src/states/parallel.js";
import { Pass } from "../../src/states/pass.js";
import { prefixStates } from "../../src/states/prefix-states.js";
import type { Step } from "../../src/states/step.js";
import { Task } from "../../src/states/task.js";
import { when } from "../../src/states/when.js";

const resource = "arn:aws:lambda:us-east-1:123456789012:function:f";
const data = new StepInput();

/** A description of one step: what kind, which of the steps before it is read, and what stands in it. */
interface Plan {
  readonly kind: "task" | "pass" | "choice" | "parallel" | "map" | "catch";
  readonly reads: number;
  readonly inner: readonly Plan[];
}

const plan: fc.Memo<Plan> = fc.memo((depth) =>
  fc.record({
    kind: fc.constantFrom("task", "pass", "catch", ...(depth > 1 ? (["choice", "parallel", "map"] as const) : [])),
    reads: fc.nat(20),
    inner: depth > 1 ? fc.array(plan(depth - 1), { minLength: 1, maxLength: 3 }) : fc.constant([]),
  }),
);

/** Builds the steps of a list; each may read any that was made before it in the lists around it. */
function built(plans: readonly Plan[], before: readonly Step[], count: { value: number }): AnyChainable {
  const known = [...before];
  const steps = plans.map((one) => {
    const step = make(one, known, count);
    known.push(step as Step);
    return step;
  });
  return Chain.from(steps);
}

function make({ kind, reads, inner }: Plan, known: readonly Step[], count: { value: number }): AnyChainable {
  const name = `S${count.value++}`;
  const read = known.length === 0 ? data : (known[reads % known.length]?.output ?? data);
  const parameters = { read, list: ["a", read] };
  switch (kind) {
    case "pass":
      return new Pass(name, { parameters });
    case "task":
      return new Task(name, { resource, parameters });
    case "catch":
      return new Task(name, {
        resource,
        parameters,
        catch: {
          errorEquals: ["States.ALL"],
          next: (error) => new Pass(`${name} failed`, { parameters: { why: error.Cause, read } }),
        },
      });
    case "choice": {
      const way = built(inner, known, count);
      return new Choice(name).when(when(read as never).isPresent(), way).otherwise(new Pass(`${name} else`));
    }
    case "parallel":
      return new Parallel(name, { branches: [built(inner, known, count), new Pass(`${name} beside`)] });
    case "map":
      return new MapStep(name, {
        processor: ({ item, index }) =>
          Chain.from([new Pass(`${name} item`, { parameters: { item, index } }), built(inner, known, count)]),
      });
  }
}

test("prefixing renames every state and changes nothing else", () => {
  fc.assert(
    fc.property(fc.array(plan(3), { minLength: 1, maxLength: 6 }), (plans) => {
      const chain = built(plans, [], { value: 0 });
      const before = JSON.stringify(compileLoosely(chain));
      const after = JSON.stringify(compileLoosely(prefixStates("Q_", chain)));
      expect(after.replaceAll("Q_", "")).toBe(before);
      expect(stateNames(JSON.parse(after)).filter((name) => !name.startsWith("Q_"))).toEqual([]);
    }),
  );
});

/** Both sides may refuse a reference, with the same words. */
function compileLoosely(chain: AnyChainable): unknown {
  try {
    return compile(chain as Chain);
  } catch (error) {
    return { issues: String(error) };
  }
}

function stateNames(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = "States" in value ? Object.keys(value.States as object) : [];
  return [...own, ...Object.values(value).flatMap(stateNames)];
}
