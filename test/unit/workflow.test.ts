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
/** A machine that is made by this very call. */
const created = (): object => ({ stateMachineArn: arn, creationDate: new Date() });
const definition = Chain.of(new Pass("A"), new Succeed("B"));
const same = '{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Succeed"}}}';
const existing = { name: "count", roleArn: "arn:aws:iam::123456789012:role/Runner", definition: same };
const otherTags = [
  { key: "team", value: "ops" },
  { key: "cost", value: "1" },
];
const input = new ExecutionInput(z.object({ rows: z.number() }));

function workflowOn(session: ReturnType<typeof fakeSession>, name = "count"): Workflow<{ rows: number }> {
  return new Workflow({ session, role: "Runner", name, input, definition });
}

function tagged(session: ReturnType<typeof fakeSession>): Workflow {
  return new Workflow({ session, role: "Runner", name: "count", definition, tags: [{ key: "team", value: "data" }] });
}

async function differencesOn(workflow: Pick<Workflow, "create">): Promise<readonly string[]> {
  const error = await workflow.create().catch((thrown: unknown) => thrown);
  if (error instanceof WorkflowExistsError) return error.differences;
  throw new Error(`expected a WorkflowExistsError, got ${JSON.stringify(error)}`);
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

  test("gives the type of the machine where the workflow has one", async () => {
    const session = fakeSession({ CreateStateMachine: created });
    const made = new Workflow({ session, role: "Runner", name: "count", type: "EXPRESS", definition: new Pass("A") });
    await made.create();
    expect(session.calls[0]?.input).toMatchObject({ type: "EXPRESS" });
    const waits = new Task("Wait", { resource: "arn:aws:states:::ecs:runTask.sync" });
    const refused = new Workflow({ session, role: "Runner", name: "count", type: "EXPRESS", definition: waits });
    await expect(refused.create()).rejects.toMatchObject({ issues: [{ code: "not_in_express" }] });
    const wrong = new Workflow({ session, role: "Runner", name: "count", type: "FAST" as never, definition: waits });
    await expect(wrong.create()).rejects.toMatchObject({ issues: [{ code: "invalid_text", path: ["type"] }] });
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
    const session = fakeSession({
      CreateStateMachine: { stateMachineArn: arn, creationDate: new Date(0) },
      DescribeStateMachine: { name: "count", roleArn: "arn:aws:iam::123456789012:role/Other", definition: same },
    });
    expect(await codeOf(() => workflowOn(session).create())).toBe("workflow_exists");
  });

  test("of a machine that is the same takes it", async () => {
    const session = fakeSession({
      CreateStateMachine: { stateMachineArn: arn, creationDate: new Date(0) },
      DescribeStateMachine: existing,
    });
    expect(await workflowOn(session).create()).toBe(arn);
  });

  test("of a machine whose text differs in its layout alone takes it", async () => {
    const session = fakeSession({
      CreateStateMachine: awsError("StateMachineAlreadyExists", `State Machine Already Exists: '${arn}'`),
      DescribeStateMachine: { ...existing, definition: JSON.stringify(JSON.parse(same), null, 7) },
    });
    expect(await workflowOn(session).create()).toBe(arn);
  });

  const settings = [
    { member: "type", value: "EXPRESS", pointer: "/type" },
    { member: "loggingConfiguration", value: { level: "ALL" }, pointer: "/loggingConfiguration/level" },
    { member: "tracingConfiguration", value: { enabled: true }, pointer: "/tracingConfiguration/enabled" },
    {
      member: "encryptionConfiguration",
      value: { type: "CUSTOMER_MANAGED_KMS_KEY" },
      pointer: "/encryptionConfiguration/type",
    },
  ];

  test.each(settings)("of a machine of another $member names it", async ({ member, value, pointer }) => {
    const session = fakeSession({
      CreateStateMachine: awsError("StateMachineAlreadyExists", `State Machine Already Exists: '${arn}'`),
      DescribeStateMachine: { ...existing, [member]: value },
    });
    expect(await differencesOn(workflowOn(session))).toEqual([expect.stringContaining(`${pointer}\n`)]);
  });

  test.each([
    { name: "older than the call", creationDate: new Date(0) },
    { name: "from the future, by a clock that goes ahead", creationDate: new Date(Date.now() + 3_600_000) },
    { name: "missing", creationDate: undefined },
  ])("looks at the machine when its date is $name", async ({ creationDate }) => {
    const session = fakeSession({
      CreateStateMachine: { stateMachineArn: arn, creationDate },
      DescribeStateMachine: { ...existing, roleArn: "arn:aws:iam::123456789012:role/Other" },
    });
    expect(await differencesOn(workflowOn(session))).toEqual([expect.stringContaining("/roleArn\n")]);
  });

  test("asks nothing more of a machine that this call has made", async () => {
    const session = fakeSession({ CreateStateMachine: created });
    await tagged(session).create();
    expect(session.calls.map(({ operation }) => operation)).toEqual(["CreateStateMachine"]);
  });

  test("of a machine with other tags says which, and leaves AWS's own out", async () => {
    const session = fakeSession({
      CreateStateMachine: { stateMachineArn: arn, creationDate: new Date(0) },
      DescribeStateMachine: existing,
      ListTagsForResource: { tags: [...otherTags, { key: "aws:cloudformation:stack-name", value: "s" }] },
    });
    expect(await differencesOn(tagged(session))).toEqual(['/tags/team\n  - "ops"\n  + "data"', '/tags/cost\n  - "1"']);
  });

  test("leaves tags alone when it was given none", async () => {
    const session = fakeSession({
      CreateStateMachine: { stateMachineArn: arn, creationDate: new Date(0) },
      DescribeStateMachine: existing,
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
      return created();
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

  describe("update of a machine that somebody else made holds a definition to the rules of its type", () => {
    const waits = fromAsl({
      StartAt: "A",
      States: { A: { Type: "Task", Resource: "arn:aws:states:::states:startExecution.sync", End: true } },
    } as never);
    const cases = [
      { type: "EXPRESS", answer: { type: "EXPRESS" }, code: "invalid_definition" },
      { type: "STANDARD", answer: { type: "STANDARD" }, code: "nothing was thrown" },
      { type: "unknown", answer: awsError("AccessDeniedException", "no"), code: "nothing was thrown" },
    ];

    test.each(cases)("$type", async ({ answer, code }) => {
      const workflow = workflowOn(fakeSession({ DescribeStateMachine: answer, UpdateStateMachine: {} }));
      workflow.stateMachineArn = arn;
      expect(await codeOf(() => workflow.update({ definition: waits }))).toBe(code);
    });

    test("and asks for the type once at most, and not where nothing is validated", async () => {
      const session = fakeSession({ DescribeStateMachine: { type: "STANDARD" }, UpdateStateMachine: {} });
      const workflow = workflowOn(session);
      workflow.stateMachineArn = arn;
      await workflow.update({ definition: waits, validate: false });
      await workflow.update({ definition: waits });
      await workflow.update({ definition: waits });
      expect(session.calls).toHaveLength(4);
    });
  });

  test("update sends the definition alone, or the role alone", async () => {
    const session = fakeSession({ CreateStateMachine: created, UpdateStateMachine: {} });
    const workflow = workflowOn(session);
    await workflow.create();
    await workflow.update({ role: "Other" });
    await workflow.update({ definition: new Pass("New") });
    expect(session.calls.slice(1).map(({ input: sent }) => Object.keys(sent))).toEqual([
      ["stateMachineArn", "roleArn"],
      ["stateMachineArn", "definition"],
    ]);
  });

  test("after update the workflow has the new role and definition", async () => {
    const session = fakeSession({ CreateStateMachine: created, UpdateStateMachine: {} });
    const workflow = workflowOn(session);
    await workflow.create();
    await workflow.update({ role: "Other", definition: new Pass("New") });
    expect([workflow.role, (await workflow.definition()).StartAt]).toEqual(["Other", "New"]);
  });

  test("after an update that failed it has the old ones", async () => {
    const session = fakeSession({
      CreateStateMachine: created,
      UpdateStateMachine: awsError("ConflictException", "no"),
    });
    const workflow = workflowOn(session);
    await workflow.create();
    await workflow.update({ role: "Other", definition: new Pass("New") }).catch(() => undefined);
    expect([workflow.role, (await workflow.definition()).StartAt]).toEqual(["Runner", "A"]);
  });

  test("update refuses a role that is no text, and sends nothing", async () => {
    const session = fakeSession({ CreateStateMachine: created });
    const workflow = workflowOn(session);
    await workflow.create();
    expect(await codeOf(() => workflow.update({ role: 3 as never }))).toBe("invalid_text");
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

  test("upsert cannot change the type of a machine", async () => {
    const session = fakeSession({
      CreateStateMachine: awsError("StateMachineAlreadyExists", `State Machine Already Exists: '${arn}'`),
      DescribeStateMachine: { ...existing, type: "EXPRESS" },
    });
    expect(await codeOf(() => workflowOn(session).upsert())).toBe("workflow_exists");
  });

  test("upsert sets the tags that differ and takes the others away", async () => {
    const session = fakeSession({
      CreateStateMachine: { stateMachineArn: arn, creationDate: new Date(0) },
      DescribeStateMachine: existing,
      ListTagsForResource: { tags: otherTags },
      UpdateStateMachine: {},
      UntagResource: {},
      TagResource: {},
    });
    await tagged(session).upsert();
    expect(session.calls.slice(-2)).toEqual([
      { operation: "UntagResource", input: { resourceArn: arn, tagKeys: ["cost"] } },
      { operation: "TagResource", input: { resourceArn: arn, tags: [{ key: "team", value: "data" }] } },
    ]);
  });

  test("upsert tells each upload once", async () => {
    const told: string[] = [];
    const late = deferred(
      "a file",
      async () => "s3://b/k",
      async (progress) => progress({ kind: "uploaded", uri: "s3://b/k", sizeBytes: 1 }),
    );
    const session = fakeSession({
      CreateStateMachine: awsError("StateMachineAlreadyExists", `State Machine Already Exists: '${arn}'`),
      DescribeStateMachine: existing,
      UpdateStateMachine: {},
    });
    const step = new Pass("A", { parameters: { uri: late } });
    const onProgress = ({ uri }: { readonly uri: string }): void => void told.push(uri);
    await new Workflow({ session, role: "Runner", name: "count", definition: step }).upsert({ onProgress });
    expect(told).toEqual(["s3://b/k"]);
  });
});

describe("execute", () => {
  const execution = { executionArn: `${arn.replace("stateMachine", "execution")}:run`, startDate: new Date(0) };

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

  const circle: { self?: unknown } = {};
  circle.self = circle;
  const unwritable = [
    { name: "a circle", value: circle },
    { name: "a bigint", value: { rows: 1n } },
    { name: "a function", value: () => 1 },
    { name: "a symbol", value: Symbol("s") },
  ];

  test.each(unwritable)("refuses $name by name, and sends nothing", async ({ value }) => {
    const session = fakeSession({ CreateStateMachine: created });
    const workflow = new Workflow({ session, role: "Runner", name: "count", definition });
    await workflow.create();
    const message = /^\[invalid_input\] the input cannot be written as JSON: [^\n]+$/;
    await expect(workflow.execute(value)).rejects.toThrow(message);
    expect(session.calls).toHaveLength(1);
  });

  test("refuses a placeholder as a placeholder", async () => {
    const session = fakeSession({ CreateStateMachine: created });
    const workflow = new Workflow({ session, role: "Runner", name: "count", definition });
    await workflow.create();
    expect(await codeOf(() => workflow.execute({ rows: input }))).toBe("accidental_text");
  });

  test("refuses a name that AWS refuses", async () => {
    const [workflow] = await createdWorkflow();
    expect(await codeOf(() => workflow.execute({ rows: 1 }, { name: "a b" }))).toBe("invalid_name");
  });

  test("is refused before create", async () => {
    expect(await codeOf(() => workflowOn(fakeSession({})).execute({ rows: 1 }))).toBe("workflow_not_created");
  });
});

describe("the options of a workflow", () => {
  const right = { session: fakeSession({}), role: "r", name: "n", definition: new Succeed("S") };

  const wrong = [
    { name: "no role", options: { role: undefined }, code: "invalid_text" },
    { name: "an empty role", options: { role: "" }, code: "invalid_text" },
    { name: "a placeholder as role", options: { role: input.rows }, code: "invalid_text" },
    { name: "no name", options: { name: undefined }, code: "invalid_name" },
    { name: "a number as name", options: { name: 3n }, code: "invalid_name" },
    { name: "no session", options: { session: undefined }, code: "invalid_argument" },
    { name: "something that is no session", options: { session: {} }, code: "invalid_argument" },
    { name: "a comment that is no text", options: { comment: 3 }, code: "invalid_text" },
    { name: "a version that is no text", options: { version: 1 }, code: "invalid_text" },
    { name: "tags that are none", options: { tags: "team" }, code: "invalid_argument" },
    { name: "a tag that is no text", options: { tags: { team: 3 } }, code: "invalid_argument" },
    { name: "a tag without a value", options: { tags: [{ key: "team" }] }, code: "invalid_argument" },
    { name: "an option that there is not", options: { timeout: 5 }, code: "unknown_option" },
    { name: "no definition", options: { definition: undefined }, code: "not_a_step" },
    { name: "two mistakes at once", options: { name: "a b", role: 3 }, code: "invalid_text,invalid_name" },
  ];

  test.each(wrong)("$name is an issue", async ({ options, code }) => {
    expect(await codeOf(() => new Workflow({ ...right, ...options } as never).create())).toBe(code);
  });

  test.each([undefined, null, "name", [], input])("that are no object are refused at once: %#", async (options) => {
    expect(await codeOf(async () => new Workflow(options as never))).toBe("invalid_argument");
  });

  test("an empty comment is a comment", async () => {
    expect((await new Workflow({ ...right, comment: "" }).definition()).Comment).toBe("");
  });
});

describe("a definition of fromAsl", () => {
  const frozen = fromAsl(same);
  const base = { session: fakeSession({ CreateStateMachine: created }), role: "r/r", name: "n", definition: frozen };

  test.each([{ comment: "c" }, { timeoutSeconds: 5 }, { version: "1.0" }])("does not go with %o", async (option) => {
    expect(await codeOf(() => new Workflow({ ...base, ...option }).definition())).toBe("conflicting_options");
  });

  test("that JSON cannot hold is refused by name", async () => {
    const circle: Record<string, unknown> = { StartAt: "A" };
    circle["States"] = circle;
    expect(await codeOf(() => new Workflow({ ...base, definition: fromAsl(circle as never) }).create())).toBe(
      "invalid_definition",
    );
  });
});

describe("the size of a definition", () => {
  const most = 1_048_576;

  /** A definition of so many characters when compact. */
  function ofLength(length: number): string {
    const text = (filling: string): string =>
      `{"StartAt":"A","States":{"A":{"Type":"Pass","Comment":"${filling}","End":true}}}`;
    return text("x".repeat(length - text("").length));
  }

  async function sentOf(asl: string): Promise<string> {
    const session = fakeSession({ CreateStateMachine: created });
    await new Workflow({ session, role: "r/r", name: "n", definition: fromAsl(asl) }).create();
    return String(session.calls[0]?.input["definition"]);
  }

  test("is that of the compact text: what fits only so is sent so", async () => {
    expect((await sentOf(ofLength(most))).length).toBe(most);
  });

  test("a definition that fits is sent indented", async () => {
    expect(await sentOf(ofLength(200))).toMatch(/^\{\n {2}"StartAt"/);
  });

  test.each([
    { name: "taken from ASL", large: fromAsl(ofLength(most + 1)) },
    { name: "compiled", large: new Pass("A", { comment: "x".repeat(most) }) },
  ])("one of more characters than AWS takes is refused: $name", async ({ large }) => {
    const session = fakeSession({ CreateStateMachine: created });
    const workflow = new Workflow({ session, role: "r/r", name: "n", definition: large });
    expect([await codeOf(() => workflow.create()), session.calls.length]).toEqual(["definition_too_large", 0]);
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
