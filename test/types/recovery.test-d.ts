import { expectTypeOf, test } from "vitest";
import * as z from "zod";
import {
  Choice,
  type Condition,
  Map as MapStep,
  Pass,
  type Placeholder,
  type Ref,
  StepInput,
  Task,
  when,
} from "../../src/index.js";
import type { CaughtError } from "../../src/states/recovery.js";

const resource = "arn:aws:lambda:us-east-1:123456789012:function:f";
const data = new StepInput(z.object({ rows: z.number() }));
const next = new Pass("Note");

test("the functions of a catch read the error", () => {
  new Task("A", {
    resource,
    catch: {
      errorEquals: ["States.ALL"],
      next,
      assign: (error) => {
        expectTypeOf(error).toEqualTypeOf<Placeholder<CaughtError>>();
        return { why: error.Cause };
      },
      output: (error) => {
        expectTypeOf(error.Error).toEqualTypeOf<Ref<string>>();
        // @ts-expect-error an error has no code
        return error.Code;
      },
    },
  });
});

test("the output of a catch may be any value", () => {
  for (const output of ["a", 1, true, null, { a: data.rows }, data.rows, [1]]) {
    new Task("A", { resource, catch: { errorEquals: ["States.ALL"], next, output } });
  }
});

test("items that are a list are typed by what is in it", () => {
  new MapStep("A", {
    items: [{ id: "a" }],
    processor: ({ item }) => {
      expectTypeOf(item.id).toEqualTypeOf<Ref<string>>();
      return next;
    },
  });
});

test("a comment leaves a condition a condition", () => {
  expectTypeOf(when(data.rows).greaterThan(3).comment("many")).toEqualTypeOf<Condition>();
  // @ts-expect-error a comment is a text
  new Choice("A").when(when(data.rows).greaterThan(3).comment(3), next);
});
