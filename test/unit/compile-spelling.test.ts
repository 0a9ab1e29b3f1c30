import { describe, expect, test } from "vitest";
import * as z from "zod";
import { compile, tryCompile } from "../../src/compile/compile.js";
import { StepInput } from "../../src/expression/execution-input.js";
import { variable } from "../../src/expression/variable.js";
import type { StateMachineDefinition } from "../../src/language/asl.js";
import { Choice } from "../../src/states/choice.js";
import { type Condition, not } from "../../src/states/condition.js";
import { ItemReader } from "../../src/states/item-reader.js";
import { Map as MapStep } from "../../src/states/map.js";
import { Pass } from "../../src/states/pass.js";
import { Succeed } from "../../src/states/succeed.js";
import { Task } from "../../src/states/task.js";
import { when } from "../../src/states/when.js";

const data = new StepInput(z.object({ rows: z.number(), mode: z.string() }));

function only({ States }: StateMachineDefinition): unknown {
  return Object.values(States)[0];
}

test("a Succeed gives on a part of its input", () => {
  expect(only(compile(new Succeed("A", { outputPath: data.rows })))).toEqual({
    Type: "Succeed",
    OutputPath: "$['rows']",
  });
});

test("a reader that has nothing to configure has no ReaderConfig", () => {
  const itemReader = ItemReader.listing({ bucket: "b" });
  const map = new MapStep("A", { mode: "DISTRIBUTED", itemReader, processor: new Pass("B") });
  expect(only(compile(map))).toMatchObject({
    ItemReader: { Resource: "arn:aws:states:::s3:listObjectsV2", Parameters: { Bucket: "b" } },
  });
  expect(only(compile(map))).not.toHaveProperty("ItemReader.ReaderConfig");
});

describe("a path that finds many values, in a call that is given as text", () => {
  const call = (text: string) => new Pass("A", { parameters: { "first.$": text } });

  test.each([
    "States.ArrayGetItem($.rows[?(@.id == 1)], 0)",
    "States.JsonToString($..id)",
    "States.ArrayLength($.rows[*].id)",
  ])("%s stands as it is", (text) => {
    expect(only(compile(call(text)))).toMatchObject({ Parameters: { "first.$": text } });
  });

  test("other texts are still read", () => {
    expect(tryCompile(call("States.ArrayLength($.rows[)")).issues.map(({ code }) => code)).toEqual(["invalid_path"]);
  });
});

describe("the comment of a condition", () => {
  const many = when(data.rows).greaterThan(3);
  const full = when(data.mode).equals("full");
  const ruleOf = (condition: Condition, more = {}): unknown => {
    const choice = new Choice("A").when(condition, new Pass("B"), more);
    return (only(compile(choice)) as { readonly Choices: readonly unknown[] }).Choices[0];
  };

  test("stands in its own rule", () => {
    expect(ruleOf(many.comment("enough").and(not(full.comment("all")).comment("some")))).toEqual({
      And: [
        { Variable: "$['rows']", NumericGreaterThan: 3, Comment: "enough" },
        { Not: { Variable: "$['mode']", StringEquals: "full", Comment: "all" }, Comment: "some" },
      ],
      Next: "B",
    });
  });

  test("keeps a group apart", () => {
    expect(ruleOf(many.and(full).comment("both").and(many))).toMatchObject({
      And: [{ And: [{}, {}], Comment: "both" }, {}],
    });
  });

  test("gives way to that of the branch", () => {
    expect(ruleOf(many.comment("condition"), { comment: "branch" })).toMatchObject({ Comment: "branch" });
  });

  test("is that of the rule in JSONata", () => {
    const choice = new Choice("A").when(many.and(full.comment("inner")).comment("whole"), new Pass("B"));
    const { Choices } = only(compile(choice, { queryLanguage: "JSONata" })) as { readonly Choices: unknown };
    expect(Choices).toEqual([{ Condition: expect.any(String), Comment: "whole", Next: "B" }]);
  });

  test("is a text", () => {
    const { issues } = tryCompile(new Choice("A").when(many.comment(3 as never), new Pass("B")));
    expect(issues).toMatchObject([
      { code: "invalid_condition", path: ["States", "A", "Choices", 0, "Comment"], message: "expected a text, got 3" },
    ]);
  });
});

test("a variable that a catch makes from the error is known to have been set", () => {
  const note = new Pass("Note", { parameters: { why: variable("why", z.string()) } });
  const resource = "arn:aws:lambda:us-east-1:123456789012:function:f";
  const rule = { errorEquals: ["States.ALL"], next: note };
  const task = new Task("A", { resource, catch: { ...rule, assign: (error) => ({ why: error.Cause }) } });
  expect(only(compile(task))).toMatchObject({ Catch: [{ Assign: { "why.$": "$['Cause']" } }] });
});

describe("in JSONata", () => {
  const options = { queryLanguage: "JSONata" } as const;
  const resource = "arn:aws:lambda:us-east-1:123456789012:function:f";

  test("the output of a catch may be made from the error", () => {
    const rule = { errorEquals: ["States.ALL"], next: new Pass("B") };
    const task = new Task("A", { resource, catch: { ...rule, output: (error) => ({ why: error.Cause }) } });
    expect(only(compile(task, options))).toMatchObject({
      Catch: [{ Output: { why: "{% $states.errorOutput.Cause %}" } }],
    });
  });

  test("the output of a Choice is its own, and that of a rule the rule's", () => {
    const choice = new Choice("A", { output: { way: "none" } })
      .when(when(data.rows).greaterThan(3), new Pass("B"), { output: { way: "many" } })
      .when(when(data.rows).greaterThan(2), new Pass("C"))
      .otherwise(new Pass("D"));
    const state = only(compile(choice, options)) as { readonly Choices: readonly object[]; readonly Output: unknown };
    expect([state.Output, state.Choices.map((one) => ("Output" in one ? one.Output : undefined))]).toEqual([
      { way: "none" },
      [{ way: "many" }, undefined],
    ]);
  });

  const list = new MapStep("A", { items: [1, 2], processor: ({ item }) => new Pass("B", { parameters: { n: item } }) });

  test("the items of a Map may be a list", () => {
    expect(only(compile(list, options))).toMatchObject({ Items: [1, 2] });
  });

  test("and in JSONPath they may not", () => {
    expect(tryCompile(list).issues).toMatchObject([
      { code: "unsupported_in_jsonpath", path: ["States", "A", "ItemsPath"], hint: expect.stringContaining("JSONata") },
    ]);
  });
});

test("a list in the place of a template is named as one", () => {
  const { issues } = tryCompile(new Pass("A", { parameters: [data.rows] as never }));
  expect(issues.map(({ message }) => message)).toEqual(["expected an object, got a list"]);
});
