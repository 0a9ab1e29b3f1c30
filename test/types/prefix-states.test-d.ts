import { describe, expectTypeOf, test } from "vitest";
import * as z from "zod";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import type { Ref } from "../../src/expression/placeholder.js";
import { Chain } from "../../src/states/chain.js";
import { Pass } from "../../src/states/pass.js";
import { prefixStates } from "../../src/states/prefix-states.js";
import { Task } from "../../src/states/task.js";
import { when } from "../../src/states/when.js";

const resource = "arn:aws:lambda:us-east-1:123456789012:function:f";
const input = new ExecutionInput(z.object({ rows: z.number() }));
const train = new Task("Train", { resource, outputSchema: z.object({ uri: z.string(), score: z.number() }) });
const chain = Chain.of(new Pass("A"), train);

describe("a copy has the type of what was copied", () => {
  test("a step and a chain", () => {
    expectTypeOf(prefixStates("L ", train)).toEqualTypeOf(train);
    expectTypeOf(prefixStates("L ", chain)).toEqualTypeOf(chain);
  });

  test("an object of steps, references and conditions", () => {
    const copy = prefixStates("L ", {
      chain,
      train,
      inner: { score: train.output.score },
      ok: when(input.rows).isNull(),
    });
    expectTypeOf(copy.train.output.uri).toExtend<Ref<string>>();
    expectTypeOf(copy.inner.score).toExtend<Ref<number>>();
    // @ts-expect-error the copy has the names of the fragment alone
    copy.model;
    // @ts-expect-error a Ref<number> is no Ref<string>
    expectTypeOf(copy.inner.score).toExtend<Ref<string>>();
  });
});

describe("what is wrong is a compile error", () => {
  test("what is no fragment", () => {
    // @ts-expect-error a text is no step
    prefixStates("L ", "A");
    // @ts-expect-error nor is a number in an object
    prefixStates("L ", { chain, retries: 3 });
  });

  test("a prefix that is no text, and what is kept that is no step", () => {
    // @ts-expect-error a number
    prefixStates(1, chain);
    // @ts-expect-error names are no steps
    prefixStates("L ", chain, { keep: ["A"] });
  });
});
