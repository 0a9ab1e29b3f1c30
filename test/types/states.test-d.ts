import { assertType, describe, expectTypeOf, test } from "vitest";
import * as z from "zod";
import { compile } from "../../src/compile/compile.js";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import type { Ref } from "../../src/expression/placeholder.js";
import { Chain, type OutputOf } from "../../src/states/chain.js";
import { Fail } from "../../src/states/fail.js";
import { Pass } from "../../src/states/pass.js";
import { Succeed } from "../../src/states/succeed.js";
import { Task } from "../../src/states/task.js";
import type { WorkflowSession } from "../../src/workflow/session.js";
import { Workflow } from "../../src/workflow/workflow.js";

const input = new ExecutionInput(z.object({ text: z.string(), count: z.number() }));
const resource = "arn:aws:lambda:us-east-1:123456789012:function:f";
const task = new Task("T", { resource, outputSchema: z.object({ rows: z.array(z.object({ id: z.string() })) }) });
declare const session: WorkflowSession;

describe("steps carry the type of their output", () => {
  test("a task's schema", () => {
    expectTypeOf(task.output.rows[0].id).toExtend<Ref<string>>();
  });

  test("a chain's output is its last step's", () => {
    const chain = Chain.of(new Pass("A"), task);
    expectTypeOf<OutputOf<typeof chain>>().toEqualTypeOf<{ rows: { id: string }[] }>();
  });

  test("a workflow's output is its definition's", async () => {
    const workflow = new Workflow({ session, role: "r", name: "n", input, definition: new Pass("A").next(task) });
    const output = await (await workflow.execute({ text: "t", count: 1 })).output();
    expectTypeOf(output.rows[0]?.id).toEqualTypeOf<string | undefined>();
  });
});

describe("what is wrong is a compile error", () => {
  test("an option that a state does not have", () => {
    // @ts-expect-error Pass does not wait
    new Pass("A", { seconds: 1 });
    // @ts-expect-error a retry on Pass
    new Pass("A", { retry: { errorEquals: ["X"] } });
    // @ts-expect-error Succeed has no parameters
    new Succeed("A", { parameters: {} });
    // @ts-expect-error a misspelt option
    new Task("A", { resource, timeoutSecond: 1 });
  });

  test("an option of another type", () => {
    // @ts-expect-error seconds are a number
    new Task("A", { resource, timeoutSeconds: "60" });
    // @ts-expect-error a path of seconds leads to a number
    new Task("A", { resource, timeoutSecondsPath: input.text });
    // @ts-expect-error error names are texts
    new Task("A", { resource, retry: { errorEquals: [1] } });
    // @ts-expect-error the strategy is one of two
    new Task("A", { resource, retry: { errorEquals: ["X"], jitterStrategy: "HALF" } });
    // @ts-expect-error the cause is a text
    new Fail("A", { cause: 3 });
    // @ts-expect-error parameters are an object
    new Pass("A", { parameters: "x" });
  });

  test("a task without a resource", () => {
    // @ts-expect-error it calls nothing
    new Task("A", {});
    // @ts-expect-error nor this one
    new Task("A");
  });

  test("a step after the end of the flow", () => {
    // @ts-expect-error Fail has no next
    assertType(new Fail("A").next(new Pass("B")));
    // @ts-expect-error Succeed has no next
    assertType(new Succeed("A").next(new Pass("B")));
    // @ts-expect-error Succeed can only be the last
    Chain.of(new Succeed("A"), new Pass("B"));
  });

  test("something that is no step", () => {
    // @ts-expect-error an empty chain
    Chain.of();
    // @ts-expect-error a name is no step
    Chain.of(new Pass("A"), "B");
    // @ts-expect-error a definition in ASL is no step: use fromAsl in a workflow
    compile({ StartAt: "A", States: {} });
    // @ts-expect-error a catch leads to a step
    new Task("A", { resource, catch: { errorEquals: ["X"], next: "B" } });
  });

  test("a field that an output does not have", () => {
    // @ts-expect-error the schema has rows
    assertType(task.output.lines);
  });

  test("an input that does not fit the schema", async () => {
    const workflow = new Workflow({ session, role: "r", name: "n", input, definition: task });
    // @ts-expect-error count is missing
    await workflow.execute({ text: "t" });
    // @ts-expect-error count is a number
    await workflow.execute({ text: "t", count: "1" });
    // @ts-expect-error there is no such key
    await workflow.execute({ text: "t", count: 1, other: 2 });
  });

  test("a workflow without a name or a role", () => {
    // @ts-expect-error it needs a name
    new Workflow({ session, role: "r", definition: task });
    // @ts-expect-error it needs a role
    new Workflow({ session, name: "n", definition: task });
  });
});
