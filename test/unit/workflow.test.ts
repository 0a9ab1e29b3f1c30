import { describe, expect, test } from "vitest";
import * as z from "zod";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import { DefinitionError } from "../../src/language/errors.js";
import { SfnDsError } from "../../src/language/sfn-ds-error.js";
import { Chain } from "../../src/states/chain.js";
import { deferred } from "../../src/states/deferred.js";
import { fromAsl } from "../../src/states/frozen-definition.js";
import { Pass } from "../../src/states/pass.js";
import { Succeed } from "../../src/states/succeed.js";
import { Task } from "../../src/states/task.js";
import { WorkflowExistsError } from "../../src/workflow/errors.js";
import { Workflow } from "../../src/workflow/workflow.js";
import { awsError, fakeSession } from "./fake-session.js";

const arn = "arn:aws:states:us-east-1:123456789012:stateMachine:count";
const later = new Date(Date.now() + 3_600_000);
const created = { stateMachineArn: arn, creationDate: later };
const definition = Chain.of(new Pass("A"), new Succeed("B"));
const input = new ExecutionInput(z.object({ rows: z.number() }));

function workflowOn(session: ReturnType<typeof fakeSession>, name = "count"): Workflow<{ rows: number }> {
  return new Workflow({ session, role: "Runner", name, input, definition });
}

async function codeOf(action: () => Promise<unknown>): Promise<string> {
  try {
    await action();
  } catch (error) {
    if (SfnDsError.is(error)) return error.code;
    if (DefinitionError.is(error)) return error.issues.map(({ code }) => code).join();
    throw error;
  }
  return "nothing was thrown";
}

describe("create", () => {
  test("sends the definition, the role's ARN and the tags", async () => {
    const session = fakeSession({ CreateStateMachine: created });
    const tags = [{ key: "team", value: "data" }];
    await new Workflow({ session, role: "Runner", name: "count", definition, tags }).create();
    const request = session.calls[0]?.input ?? {};
    expect({ ...request, definition: JSON.parse(String(request["definition"])) }).toEqual({
      name: "count",
      roleArn: "arn:aws:iam::123456789012:role/Runner",
      tags,
      definition: { StartAt: "A", States: { A: { Type: "Pass", Next: "B" }, B: { Type: "Succeed" } } },
    });
  });

  test("does nothing the second time", async () => {
    const session = fakeSession({ CreateStateMachine: created });
    const workflow = workflowOn(session);
    await workflow.create();
    await workflow.create();
    expect(session.calls).toHaveLength(1);
  });

  test("of a taken name says what differs", async () => {
    const session = fakeSession({
      CreateStateMachine: awsError("StateMachineAlreadyExists", `State Machine Already Exists: '${arn}'`),
      DescribeStateMachine: {
        name: "count",
        roleArn: "arn:aws:iam::123456789012:role/Other",
        definition: '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}',
      },
    });
    const error = await workflowOn(session)
      .create()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(WorkflowExistsError);
    expect((error as WorkflowExistsError).differences).toEqual([
      "/definition/States/A/End\n  - true",
      '/definition/States/A/Next\n  + "B"',
      '/definition/States/B\n  + {"Type":"Succeed"}',
      '/roleArn\n  - "arn:aws:iam::123456789012:role/Other"\n  + "arn:aws:iam::123456789012:role/Runner"',
    ]);
  });

  test("of a name whose machine differs in its role alone is refused too, though AWS answers with success", async () => {
    const same = '{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Succeed"}}}';
    const session = fakeSession({
      CreateStateMachine: { stateMachineArn: arn, creationDate: new Date(0) },
      DescribeStateMachine: { name: "count", roleArn: "arn:aws:iam::123456789012:role/Other", definition: same },
    });
    expect(await codeOf(() => workflowOn(session).create())).toBe("workflow_exists");
  });

  test("of a machine that is the same takes it", async () => {
    const same = '{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Succeed"}}}';
    const session = fakeSession({
      CreateStateMachine: { stateMachineArn: arn, creationDate: new Date(0) },
      DescribeStateMachine: { name: "count", roleArn: "arn:aws:iam::123456789012:role/Runner", definition: same },
    });
    expect(await workflowOn(session).create()).toBe(arn);
  });

  test("deploys what the definition needs before the machine is made", async () => {
    const order: string[] = [];
    const late = deferred(
      "a file",
      async () => "s3://b/k",
      async () => void order.push("deployed"),
    );
    const create = (): object => {
      order.push("created");
      return created;
    };
    const session = fakeSession({ CreateStateMachine: create });
    await new Workflow({
      session,
      role: "Runner",
      name: "count",
      definition: new Pass("A", { parameters: { uri: late } }),
    }).create();
    expect(order).toEqual(["deployed", "created"]);
  });

  test("sends nothing when the definition is wrong", async () => {
    const session = fakeSession({ CreateStateMachine: created });
    const wrong = new Workflow({ session, role: "Runner", name: "bad name", definition });
    expect([await codeOf(() => wrong.create()), session.calls.length]).toEqual(["invalid_name", 0]);
  });

  test("gives AWS's other errors as they are", async () => {
    const session = fakeSession({ CreateStateMachine: awsError("AccessDeniedException", "no") });
    await expect(workflowOn(session).create()).rejects.toMatchObject({ name: "AccessDeniedException" });
  });

  const failures = [
    { name: "no credentials", error: awsError("CredentialsProviderError", "Could not load"), code: "no_credentials" },
    { name: "no region", error: new Error("Region is missing"), code: "no_region" },
    {
      name: "nothing that listens",
      error: Object.assign(new Error("connect"), { code: "ECONNREFUSED" }),
      code: "endpoint_unreachable",
    },
  ];

  test.each(failures)("explains $name", async ({ error, code }) => {
    expect(await codeOf(() => workflowOn(fakeSession({ CreateStateMachine: error })).create())).toBe(code);
  });
});

describe("update and upsert", () => {
  test("update sends the new definition", async () => {
    const session = fakeSession({ CreateStateMachine: created, UpdateStateMachine: {} });
    const workflow = workflowOn(session);
    await workflow.create();
    await workflow.update({ definition: new Pass("New") });
    expect(JSON.parse(String(session.calls[1]?.input["definition"]))).toMatchObject({ StartAt: "New" });
  });

  test("update without anything new is refused", async () => {
    expect(await codeOf(() => workflowOn(fakeSession({})).update({}))).toBe("nothing_to_update");
  });

  test("update before create is refused", async () => {
    expect(await codeOf(() => workflowOn(fakeSession({})).update({ role: "Other" }))).toBe("workflow_not_created");
  });

  test("upsert replaces the machine that has the name", async () => {
    const session = fakeSession({
      CreateStateMachine: awsError("StateMachineAlreadyExists", `State Machine Already Exists: '${arn}'`),
      DescribeStateMachine: { name: "count", roleArn: "r", definition: "{}" },
      UpdateStateMachine: {},
    });
    expect([await workflowOn(session).upsert(), session.calls.at(-1)?.operation]).toEqual([arn, "UpdateStateMachine"]);
  });
});

describe("execute", () => {
  const execution = { executionArn: `${arn.replace("stateMachine", "execution")}:run`, startDate: later };

  async function createdWorkflow(
    answers: object = {},
  ): Promise<[Workflow<{ rows: number }>, ReturnType<typeof fakeSession>]> {
    const session = fakeSession({ CreateStateMachine: created, StartExecution: execution, ...answers });
    const workflow = workflowOn(session);
    await workflow.create();
    session.calls.length = 0;
    return [workflow, session];
  }

  test("sends the input and the name", async () => {
    const [workflow, session] = await createdWorkflow();
    await workflow.execute({ rows: 1 }, { name: "run" });
    expect(session.calls).toEqual([
      { operation: "StartExecution", input: { stateMachineArn: arn, name: "run", input: '{"rows":1}' } },
    ]);
  });

  const refused = [
    { name: "a missing key", value: {}, code: "invalid_input" },
    { name: "another type", value: { rows: "1" }, code: "invalid_input" },
    { name: "no input", value: undefined, code: "invalid_input" },
    { name: "an input that is too large", value: { rows: 1, more: "x".repeat(262_144) }, code: "invalid_input" },
  ];

  test.each(refused)("refuses $name and sends nothing", async ({ value, code }) => {
    const [workflow, session] = await createdWorkflow();
    expect([await codeOf(() => workflow.execute(value as never)), session.calls.length]).toEqual([code, 0]);
  });

  test("refuses a name that AWS refuses", async () => {
    const [workflow] = await createdWorkflow();
    expect(await codeOf(() => workflow.execute({ rows: 1 }, { name: "a b" }))).toBe("invalid_name");
  });

  test("is refused before create", async () => {
    expect(await codeOf(() => workflowOn(fakeSession({})).execute({ rows: 1 }))).toBe("workflow_not_created");
  });
});

describe("other ways to a workflow", () => {
  test("attach keeps the definition as it is", async () => {
    const session = fakeSession({
      DescribeStateMachine: {
        name: "X",
        roleArn: "r",
        definition: '{"StartAt":"A","States":{"A":{"Type":"Odd","More":1}}}',
      },
    });
    const workflow = await Workflow.attach(session, arn);
    expect(await workflow.definition()).toEqual({ StartAt: "A", States: { A: { Type: "Odd", More: 1 } } });
  });

  test.each(["[]", "{}", "not json", '{"StartAt":"A"}'])("fromAsl refuses %s", (text) => {
    expect(() => fromAsl(text)).toThrow("invalid_definition");
  });

  test("delete forgets the machine", async () => {
    const session = fakeSession({ CreateStateMachine: created, DeleteStateMachine: {} });
    const workflow = workflowOn(session);
    await workflow.create();
    await workflow.delete();
    expect([workflow.stateMachineArn, session.calls.at(-1)?.operation]).toEqual([undefined, "DeleteStateMachine"]);
  });

  test("comment, version and timeout stand in the definition", async () => {
    const options = { session: fakeSession({}), role: "r", name: "n", definition: new Succeed("S") };
    const workflow = new Workflow({ ...options, comment: "c", version: "1.0", timeoutSeconds: 5 });
    expect(await workflow.definition()).toEqual({
      Comment: "c",
      Version: "1.0",
      TimeoutSeconds: 5,
      StartAt: "S",
      States: { S: { Type: "Succeed" } },
    });
  });

  test("a definition without a session's knowledge compiles without one", async () => {
    const task = new Task("T", { resource: "arn:aws:states:::lambda:invoke" });
    const workflow = new Workflow({ session: fakeSession({}), role: "r", name: "n", definition: task });
    expect((await workflow.definition()).States["T"]).toEqual({
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke",
      End: true,
    });
  });

  test("it says what it is", () => {
    expect(String(workflowOn(fakeSession({})))).toBe(
      'Workflow(name="count", role="Runner", stateMachineArn=not created)',
    );
  });
});
