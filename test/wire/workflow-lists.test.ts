import { SFNClient } from "@aws-sdk/client-sfn";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { version } from "../../src/language/version.js";
import { type Local, startLocal } from "../../src/local/index.js";
import type { Session } from "../../src/sagemaker/session/session.js";
import { Chain } from "../../src/states/chain.js";
import { Fail } from "../../src/states/fail.js";
import { Pass } from "../../src/states/pass.js";
import type { Execution } from "../../src/workflow/execution.js";
import { Workflow } from "../../src/workflow/workflow.js";
import { temporaryFiles } from "../unit/temporary-files.js";

let local: Local;
let session: Session;

beforeEach(async () => {
  local = await startLocal({ directory: temporaryFiles({}) });
  session = local.session();
});

afterEach(async () => {
  await local.close();
});

async function created(name: string, definition: Pass<unknown> | Fail = new Pass("A")): Promise<Workflow> {
  const role = "arn:aws:iam::000000000000:role/r";
  const workflow = new Workflow({ session, role, name, definition, tags: [{ key: "team", value: "data" }] });
  await workflow.create();
  return workflow;
}

async function ran(workflow: Workflow, names: readonly string[]): Promise<readonly Execution[]> {
  const executions = await Promise.all(names.map((name) => workflow.execute({}, { name })));
  await Promise.all(executions.map((execution) => execution.wait()));
  return executions;
}

test("state machines are listed page by page", async () => {
  for (const name of ["a", "b", "c"]) await created(name);
  const names = async (options: object): Promise<string[]> =>
    (await Workflow.list(session, options).toArray()).map(({ name }) => name);
  expect(await names({ pageSize: 1 })).toEqual(["a", "b", "c"]);
  expect(await names({ maxItems: 2 })).toEqual(["a", "b"]);
});

test("a workflow is attached to what is listed, described and run", async () => {
  await created("a");
  const [machine] = await Workflow.list(session).toArray();
  const workflow = await Workflow.attach(session, machine?.stateMachineArn ?? "");
  expect((await workflow.describe()).name).toBe("a");
  expect(await workflow.definition()).toEqual({ StartAt: "A", States: { A: { Type: "Pass", End: true } } });
  const execution = await workflow.execute({ a: [1] });
  expect(await execution.output()).toEqual({ a: [1] });
  expect(await execution.input()).toEqual({ a: [1] });
});

test("executions are listed by their status, newest first", async () => {
  const failing = await created("f", new Fail("F", { error: "E" }));
  await ran(failing, ["x", "y"]);
  const failed = await failing.listExecutions({ status: "FAILED" }).toArray();
  expect(failed.map(({ name }) => name).sort()).toEqual(["x", "y"]);
  expect(failed[0]?.snapshot?.stopDate).toBeInstanceOf(Date);
  expect(await failing.listExecutions({ status: "SUCCEEDED" }).toArray()).toEqual([]);
});

test("tags are added, replaced and removed", async () => {
  const workflow = await created("a");
  await workflow.addTags([
    { key: "team", value: "ops" },
    { key: "cost", value: "1" },
  ]);
  await workflow.removeTags(["cost", "nobody"]);
  expect(await workflow.listTags()).toEqual([{ key: "team", value: "ops" }]);
});

describe("a history", () => {
  test("is read from either end, in pages as small as one likes", async () => {
    const [execution] = await ran(await created("a"), ["x"]);
    const types = async (options: object): Promise<unknown[]> =>
      ((await execution?.listEvents(options).toArray()) ?? []).map(({ type }) => type);
    const all = await types({});
    expect(all).toEqual(["ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"]);
    expect(await types({ pageSize: 1 })).toEqual(all);
    expect(await types({ maxItems: 2, reverseOrder: true })).toEqual(["ExecutionSucceeded", "PassStateExited"]);
  });

  test("is a table", async () => {
    const [execution] = await ran(await created("a"), ["x"]);
    expect((await execution?.listEvents().toText())?.split("\n")).toHaveLength(6);
    expect(await execution?.listEvents().toHtml()).toContain("PassStateEntered");
  });
});

test("a picture shows how far the states of an execution came, in the machine that it ran", async () => {
  const role = "arn:aws:iam::000000000000:role/r";
  const definition = Chain.of(new Pass("A"), new Fail("B", { error: "E" }));
  const workflow: Workflow = new Workflow({ session, role, name: "pictured", definition });
  await workflow.create();
  const [failed] = await ran(workflow, ["x"]);
  await workflow.update({ definition: new Pass("New") });
  expect((await failed?.renderProgress())?.toText()).toBe("x: FAILED\n✔ A  Pass\n✖ B  Fail  E\n");
  expect((await failed?.renderProgress({ maxEvents: 2 }))?.toText()).toBe("x: FAILED\n▶ A  Pass\n· B  Fail  E\n");
  const html = (await failed?.renderProgress())?.toHtml();
  expect(html).toContain("sfn-ds-failed");
  expect(html).not.toContain("Inspect in AWS");
  expect((await workflow.renderGraph()).toText()).toBe("pictured\nNew  Pass\n");
});

test("each call says once that it is sfn-ds's, and a client of somebody else's says it for nothing else", async () => {
  const agents: string[] = [];
  const { requestHandler } = (await session.sfn()).config;
  const client = new SFNClient({
    region: "us-east-1",
    customUserAgent: "theirs/1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    requestHandler,
  });
  client.middlewareStack.add(
    (next) => (handled) => {
      agents.push((handled.request as { readonly headers: Record<string, string> }).headers["user-agent"] ?? "");
      return next(handled);
    },
    { step: "deserialize" },
  );
  const theirs = { sfn: async () => client, logs: () => session.logs(), expandRole: async (role: string) => role };
  await Workflow.list(theirs).toArray();
  const { ListStateMachinesCommand } = await import("@aws-sdk/client-sfn");
  await client.send(new ListStateMachinesCommand({}));
  expect(agents.map((agent) => agent.split("sfn-ds/").length - 1)).toEqual([1, 0]);
  expect(agents[0]).toMatch(new RegExp(`theirs/1.* sfn-ds/${version}$`));
});
