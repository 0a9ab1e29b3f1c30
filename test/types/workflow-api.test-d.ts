import type { HistoryEvent } from "@aws-sdk/client-sfn";
import { describe, expectTypeOf, test } from "vitest";
import * as z from "zod";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import { Task } from "../../src/states/task.js";
import type { Execution } from "../../src/workflow/execution.js";
import type { Listing } from "../../src/workflow/listing.js";
import type { WorkflowSession } from "../../src/workflow/session.js";
import { Workflow } from "../../src/workflow/workflow.js";

declare const session: WorkflowSession;
const count = new Task("Count", { resource: "arn:f", outputSchema: z.object({ rows: z.number() }) });
const input = new ExecutionInput(z.object({ uri: z.string() }));
const workflow = new Workflow({ session, role: "r", name: "n", input, definition: count });

describe("listings", () => {
  test("give executions with the output of the workflow, and events", async () => {
    for await (const execution of workflow.listExecutions()) {
      expectTypeOf(await execution.output()).toEqualTypeOf<{ rows: number }>();
      expectTypeOf(await execution.listEvents().toArray()).toEqualTypeOf<HistoryEvent[]>();
      expectTypeOf(execution.snapshot?.stopDate).toEqualTypeOf<Date | undefined>();
    }
    expectTypeOf(await workflow.listExecutions().toHtml()).toBeString();
    expectTypeOf(workflow.listExecutions()).toExtend<Listing<Execution>>();
    for await (const { type } of Workflow.list(session)) expectTypeOf(type).toEqualTypeOf<"STANDARD" | "EXPRESS">();
  });

  test("take their options and no others", () => {
    // @ts-expect-error no status of AWS
    workflow.listExecutions({ status: "DONE" });
    // @ts-expect-error Python's name
    workflow.listExecutions({ statusFilter: "FAILED" });
    // @ts-expect-error a text is no number
    Workflow.list(session, { maxItems: "5" });
    // @ts-expect-error another name
    (null as unknown as Execution).listEvents({ reverse: true });
  });
});

describe("options of a workflow", () => {
  const base = { session, role: "r", name: "n", definition: count };
  test("are AWS's own, typed", () => {
    new Workflow({
      ...base,
      loggingConfiguration: { level: "ALL" },
      tracingConfiguration: { enabled: true },
      logger: console,
    });
    // @ts-expect-error no level of AWS
    new Workflow({ ...base, loggingConfiguration: { level: "SOME" } });
    // @ts-expect-error a text is no flag
    new Workflow({ ...base, tracingConfiguration: { enabled: "yes" } });
    // @ts-expect-error no type of key
    new Workflow({ ...base, encryptionConfiguration: { type: "MINE" } });
    // @ts-expect-error no level of messages
    new Workflow({ ...base, logger: "loud" });
    // @ts-expect-error a tag has key and value
    new Workflow({ ...base, tags: [{ name: "team" }] });
  });

  test("of its methods", () => {
    workflow.update({ publish: true, versionDescription: "second", tracingConfiguration: { enabled: false } });
    // @ts-expect-error a text is no flag
    workflow.create({ publish: "yes" });
    workflow.upsert({ validate: false });
    // @ts-expect-error a text is no flag
    workflow.update({ validate: "no" });
    // @ts-expect-error a version is a number or a name
    workflow.execute({ uri: "s3://b" }, { version: true });
    // @ts-expect-error no such format
    workflow.getCloudFormationTemplate({ format: "xml" });
    // @ts-expect-error no such layout
    workflow.renderGraph({ layout: "TB" });
    // @ts-expect-error keys, and not tags
    workflow.removeTags([{ key: "team", value: "data" }]);
    // @ts-expect-error a cause is a text
    (null as unknown as Execution).stop({ cause: 5 });
  });
});
