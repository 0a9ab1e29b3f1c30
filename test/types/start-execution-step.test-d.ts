import { describe, expectTypeOf, test } from "vitest";
import * as z from "zod";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import type { Ref } from "../../src/expression/placeholder.js";
import { StartExecutionStep } from "../../src/services/start-execution-step.js";
import { Chain } from "../../src/states/chain.js";
import { Pass } from "../../src/states/pass.js";
import { Task } from "../../src/states/task.js";
import type { WorkflowSession } from "../../src/workflow/session.js";
import { Workflow } from "../../src/workflow/workflow.js";

declare const session: WorkflowSession;
const input = new ExecutionInput(z.object({ uri: z.string(), limit: z.number() }));
const count = new Task("Count", {
  resource: "arn:f",
  outputSchema: z.object({ rows: z.array(z.object({ id: z.string() })) }),
});
const workflow = new Workflow({ session, role: "r", name: "child", input, definition: Chain.of(new Pass("A"), count) });
const open = new Workflow({ session, role: "r", name: "open", definition: count });
const stateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:child";

describe("the output is that of the other workflow", () => {
  test("after its end", () => {
    const step = new StartExecutionStep("S", { workflow, input: { uri: input.uri, limit: 3 } });
    expectTypeOf(step.output.Output.rows[0].id).toExtend<Ref<string>>();
    expectTypeOf(step.output.Input.limit).toExtend<Ref<number>>();
    expectTypeOf(step.output.StopDate).toExtend<Ref<number>>();
    // @ts-expect-error what the child does not give
    step.output.Output.columns;
    // @ts-expect-error an id is no number
    expectTypeOf(step.output.Output.rows[0].id).toExtend<Ref<number>>();
  });

  test("the answer alone, where nobody waits", () => {
    const step = new StartExecutionStep("S", { workflow, input, integrationPattern: "REQUEST_RESPONSE" });
    expectTypeOf(step.output.ExecutionArn).toExtend<Ref<string>>();
    // @ts-expect-error there is no output yet
    step.output.Output;
  });

  test("at the place of resultPath, and selected", () => {
    const put = new StartExecutionStep("S", { workflow, input, resultPath: "$.child" });
    expectTypeOf(put.output.child.Output.rows).toExtend<Ref<readonly { id: string }[]>>();
    const selected = new StartExecutionStep("S", { workflow, input, resultSelector: { name: "n" } });
    const read = new StartExecutionStep("S", {
      workflow,
      input,
      resultSelector: (done) => ({ rows: done.Output.rows }),
    });
    expectTypeOf(read.output.rows[0].id).toExtend<Ref<string>>();
    expectTypeOf(selected.output.name).toExtend<Ref<string>>();
  });

  test("unknown, of a machine that is known by its ARN", () => {
    const step = new StartExecutionStep("S", { stateMachineArn, input: { any: ["thing"] } });
    expectTypeOf(step.output.Output).toExtend<Ref<unknown>>();
    expectTypeOf(step.output.ExecutionArn).toExtend<Ref<string>>();
  });

  test("a workflow without a schema takes any input, and none", () => {
    new StartExecutionStep("S", { workflow: open });
    new StartExecutionStep("S", { workflow: open, input: { any: 1 } });
  });
});

describe("what is wrong is a compile error", () => {
  test("an input of another type", () => {
    // @ts-expect-error uri is a text
    new StartExecutionStep("S", { workflow, input: { uri: 1, limit: 3 } });
    // @ts-expect-error a reference of a number is no text
    new StartExecutionStep("S", { workflow, input: { uri: input.limit, limit: 3 } });
    // @ts-expect-error limit is missing
    new StartExecutionStep("S", { workflow, input: { uri: "s3://b/k" } });
    // @ts-expect-error a reference of another object
    new StartExecutionStep("S", { workflow, input: count.output });
    // @ts-expect-error a key that the other workflow does not have
    new StartExecutionStep("S", { workflow, input: { uri: "s3://b/k", limit: 3, more: 1 } });
    // @ts-expect-error no input at all
    new StartExecutionStep("S", { workflow });
  });

  test("what is started", () => {
    // @ts-expect-error nothing
    new StartExecutionStep("S", {});
    // @ts-expect-error both
    new StartExecutionStep("S", { workflow: open, stateMachineArn });
    // @ts-expect-error a name is no workflow
    new StartExecutionStep("S", { workflow: "child" });
    // @ts-expect-error an ARN is a text
    new StartExecutionStep("S", { stateMachineArn: input.limit });
  });

  test("an option that there is not", () => {
    // @ts-expect-error a pattern of another spelling
    new StartExecutionStep("S", { workflow: open, integrationPattern: "SYNC" });
    // @ts-expect-error the step makes its parameters itself
    new StartExecutionStep("S", { workflow: open, parameters: {} });
  });
});
