import { describe, expect, test } from "vitest";
import * as z from "zod";
import type { CloudFormationOptions } from "../../src/document/cloudformation-options.js";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import { DefinitionError } from "../../src/language/errors.js";
import type { GraphOptions } from "../../src/picture/graph-picture.js";
import { fromAsl } from "../../src/states/frozen-definition.js";
import { Pass } from "../../src/states/pass.js";
import { Execution, type RenderProgressOptions, type StopOptions } from "../../src/workflow/execution.js";
import type { ListEventsOptions } from "../../src/workflow/history.js";
import type { ListExecutionsOptions } from "../../src/workflow/list-executions.js";
import type { PageOptions } from "../../src/workflow/pages.js";
import { Workflow } from "../../src/workflow/workflow.js";
import type { DeployOptions, ExecuteOptions, WorkflowChanges } from "../../src/workflow/workflow-calls.js";
import type { WorkflowOptions } from "../../src/workflow/workflow-options.js";
import { type FakeSession, fakeSession } from "./fake-session.js";

// Each option is in a request, or does what it says, and none is dropped: an option without a row is a compile error.

const arn = "arn:aws:states:us-east-1:123456789012:stateMachine:count";
const executionArn = "arn:aws:states:us-east-1:123456789012:execution:count:run-1";
const asl = '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}';
const group = { cloudWatchLogsLogGroup: { logGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:g:*" } };

function aws(): FakeSession {
  return fakeSession({
    CreateStateMachine: ({ publish }) => ({
      stateMachineArn: arn,
      creationDate: new Date(),
      ...(publish === true ? { stateMachineVersionArn: `${arn}:1` } : {}),
    }),
    UpdateStateMachine: {},
    StartExecution: { executionArn, startDate: new Date(0) },
    StopExecution: {},
    DescribeExecution: { status: "RUNNING" },
    DescribeStateMachineForExecution: { definition: asl },
    ListExecutions: { executions: [] },
    ListStateMachines: { stateMachines: [] },
    GetExecutionHistory: { events: [] },
  });
}

const last = (session: FakeSession): Readonly<Record<string, unknown>> => session.calls.at(-1)?.input ?? {};
const base = { role: "Runner", name: "count", definition: new Pass("A") };

async function createdOn(session: FakeSession, options: object = {}): Promise<Workflow> {
  const workflow: Workflow = new Workflow({ session, ...base, ...options });
  await workflow.create();
  return workflow;
}

/** What CreateStateMachine is given, its definition as data. */
async function requestOf(options: object): Promise<unknown> {
  const session = aws();
  await createdOn(session, options);
  const request = last(session);
  return { ...request, definition: JSON.parse(String(request["definition"])) };
}

async function codesOf(action: () => unknown): Promise<readonly string[]> {
  try {
    await action();
  } catch (error) {
    if (DefinitionError.is(error)) return error.issues.map(({ code }) => code);
    throw error;
  }
  return [];
}

type Table<Options> = { readonly [K in keyof Required<Options>]: () => Promise<void> };

const input = new ExecutionInput(z.object({ rows: z.number() }));
const logging = { level: "ALL", destinations: [group] } as const;
const encryption = { type: "CUSTOMER_MANAGED_KMS_KEY", kmsKeyId: "k" } as const;

/** The option stands in the request of CreateStateMachine. */
const inRequest = (options: object, expected: object) => async (): Promise<void> => {
  expect(await requestOf(options)).toMatchObject(expected);
};

const ofWorkflow: Table<WorkflowOptions<unknown, unknown>> = {
  session: async () => {
    const session = aws();
    await createdOn(session);
    expect(session.calls.map(({ operation }) => operation)).toEqual(["CreateStateMachine"]);
  },
  role: inRequest({ role: "Other" }, { roleArn: "arn:aws:iam::123456789012:role/Other" }),
  name: inRequest({ name: "other" }, { name: "other" }),
  definition: inRequest({ definition: new Pass("B") }, { definition: { StartAt: "B" } }),
  input: async () => {
    const workflow = await createdOn(aws(), { input });
    expect(await codesOf(() => workflow.execute({}))).toEqual(["invalid_input"]);
  },
  queryLanguage: inRequest({ queryLanguage: "JSONata" }, { definition: { QueryLanguage: "JSONata" } }),
  type: inRequest({ type: "EXPRESS" }, { type: "EXPRESS" }),
  comment: inRequest({ comment: "c" }, { definition: { Comment: "c" } }),
  timeoutSeconds: inRequest({ timeoutSeconds: 5 }, { definition: { TimeoutSeconds: 5 } }),
  version: inRequest({ version: "1.0" }, { definition: { Version: "1.0" } }),
  tags: inRequest({ tags: { k: "v" } }, { tags: [{ key: "k", value: "v" }] }),
  loggingConfiguration: inRequest({ loggingConfiguration: logging }, { loggingConfiguration: logging }),
  tracingConfiguration: inRequest(
    { tracingConfiguration: { enabled: true } },
    { tracingConfiguration: { enabled: true } },
  ),
  encryptionConfiguration: inRequest({ encryptionConfiguration: encryption }, { encryptionConfiguration: encryption }),
  logger: async () => {
    const told: string[] = [];
    const tell = (message: string): void => void told.push(message);
    await createdOn(aws(), { logger: { debug: tell, info: tell, warn: tell, error: tell } });
    expect(told).toHaveLength(1);
  },
};

const progress = async (): Promise<void> => {
  const events: unknown[] = [];
  const { deferred } = await import("../../src/states/deferred.js");
  const file = deferred(
    "a file",
    async () => "s3://b/k",
    async (tell) => tell({ kind: "uploaded", uri: "s3://b/k", sizeBytes: 3 }),
  );
  const definition = new Pass("A", { parameters: { uri: file } });
  await new Workflow({ session: aws(), ...base, definition }).create({ onProgress: (event) => events.push(event) });
  expect(events).toEqual([{ kind: "uploaded", uri: "s3://b/k", sizeBytes: 3 }]);
};

/** The option stands in the request of the call that `act` makes. */
const sent = (act: (workflow: Workflow) => Promise<unknown>, expected: object) => async (): Promise<void> => {
  const session = aws();
  await act(await createdOn(session));
  expect(last(session)).toMatchObject(expected);
};

/** What the validator has an error for. */
const refused = fromAsl({ StartAt: "A", States: { A: { Type: "Pass", Foo: 1, End: true } } } as never);

const ofDeployment: Table<DeployOptions> = {
  onProgress: progress,
  publish: async () => {
    const session = aws();
    await new Workflow({ session, ...base }).create({ publish: true });
    expect(last(session)["publish"]).toBe(true);
  },
  versionDescription: async () => {
    const session = aws();
    await new Workflow({ session, ...base }).create({ publish: true, versionDescription: "d" });
    expect(last(session)["versionDescription"]).toBe("d");
  },
  validate: async () => {
    const session = aws();
    await new Workflow({ session, ...base, definition: refused }).create({ validate: false });
    expect(last(session)["definition"]).toContain('"Foo": 1');
  },
};

const ofUpdate: Table<WorkflowChanges> = {
  onProgress: progress,
  publish: sent((workflow) => workflow.update({ role: "R", publish: true }), { publish: true }),
  versionDescription: sent((workflow) => workflow.update({ role: "R", publish: true, versionDescription: "d" }), {
    versionDescription: "d",
  }),
  validate: sent((workflow) => workflow.update({ definition: refused, validate: false }), {
    definition: expect.stringContaining('"Foo": 1'),
  }),
  definition: sent((workflow) => workflow.update({ definition: new Pass("B") }), {
    definition: expect.stringContaining('"StartAt": "B"'),
  }),
  role: sent((workflow) => workflow.update({ role: "R" }), { roleArn: "arn:aws:iam::123456789012:role/R" }),
  loggingConfiguration: sent((workflow) => workflow.update({ loggingConfiguration: { level: "OFF" } }), {
    loggingConfiguration: { level: "OFF" },
  }),
  tracingConfiguration: sent((workflow) => workflow.update({ tracingConfiguration: { enabled: false } }), {
    tracingConfiguration: { enabled: false },
  }),
  encryptionConfiguration: sent((workflow) => workflow.update({ encryptionConfiguration: encryption }), {
    encryptionConfiguration: encryption,
  }),
};

const ofExecute: Table<ExecuteOptions> = {
  name: sent((workflow) => workflow.execute({}, { name: "run-1" }), { name: "run-1" }),
  version: sent((workflow) => workflow.execute({}, { version: 3 }), { stateMachineArn: `${arn}:3` }),
};

const ofListing: Table<ListExecutionsOptions> = {
  maxItems: sent((workflow) => workflow.listExecutions({ maxItems: 3 }).toArray(), { maxResults: 3 }),
  pageSize: sent((workflow) => workflow.listExecutions({ pageSize: 4 }).toArray(), { maxResults: 4 }),
  status: sent((workflow) => workflow.listExecutions({ status: "ABORTED" }).toArray(), { statusFilter: "ABORTED" }),
};

/** The option stands in the request of the call that `act` makes. */
const asked = (act: (session: FakeSession) => Promise<unknown>, expected: object) => async (): Promise<void> => {
  const session = aws();
  await act(session);
  expect(last(session)).toMatchObject(expected);
};

const ofList: Table<PageOptions> = {
  maxItems: asked((session) => Workflow.list(session, { maxItems: 3 }).toArray(), { maxResults: 3 }),
  pageSize: asked((session) => Workflow.list(session, { pageSize: 4 }).toArray(), { maxResults: 4 }),
};

const execution = (session: FakeSession): Execution => new Execution(session, executionArn);
const ofEvents: Table<ListEventsOptions> = {
  maxItems: asked((session) => execution(session).listEvents({ maxItems: 3 }).toArray(), { maxResults: 3 }),
  pageSize: asked((session) => execution(session).listEvents({ pageSize: 4 }).toArray(), { maxResults: 4 }),
  reverseOrder: asked((session) => execution(session).listEvents({ reverseOrder: true }).toArray(), {
    reverseOrder: true,
  }),
};

const ofStop: Table<StopOptions> = {
  error: asked((session) => execution(session).stop({ error: "E" }), { error: "E" }),
  cause: asked((session) => execution(session).stop({ cause: "c" }), { cause: "c" }),
};

const portrait = async (render: (options: GraphOptions) => Promise<{ toMermaid(): string }>): Promise<void> => {
  expect((await render({})).toMermaid()).toContain("flowchart LR");
  expect((await render({ portrait: true })).toMermaid()).toContain("flowchart TB");
};

const ofGraph: Table<GraphOptions> = {
  portrait: async () => {
    const workflow = await createdOn(aws());
    await portrait((options) => workflow.renderGraph(options));
  },
};

const ofProgress: Table<RenderProgressOptions> = {
  portrait: () => portrait((options) => execution(aws()).renderProgress(options)),
  maxEvents: asked((session) => execution(session).renderProgress({ maxEvents: 7 }), { maxResults: 7 }),
};

/** What stands in the template. */
const inTemplate =
  (options: CloudFormationOptions, ...expected: readonly string[]) =>
  async (): Promise<void> => {
    const definition = new Pass("A", { result: "$".concat("{Image}") });
    const template = await new Workflow({ session: aws(), ...base, definition }).getCloudFormationTemplate(options);
    for (const text of expected) expect(template).toContain(text);
  };

const ofTemplate: Table<CloudFormationOptions> = {
  description: inTemplate({ description: "mine" }, "Description: mine"),
  format: inTemplate({ format: "json" }, '"Resources": {'),
  parameters: inTemplate({ parameters: { Image: { Type: "String" } } }, "Parameters:\n  Image:\n    Type: String"),
  substitutions: inTemplate({ substitutions: { Image: { Ref: "Image" } } }, "DefinitionSubstitutions:", "Ref: Image"),
};

describe.each(
  Object.entries({
    "new Workflow()": ofWorkflow,
    "create()": ofDeployment,
    "update()": ofUpdate,
    "execute()": ofExecute,
    "listExecutions()": ofListing,
    "Workflow.list()": ofList,
    "listEvents()": ofEvents,
    "stop()": ofStop,
    "renderGraph()": ofGraph,
    "renderProgress()": ofProgress,
    "getCloudFormationTemplate()": ofTemplate,
  } as Readonly<Record<string, Readonly<Record<string, () => Promise<void>>>>>),
)("each option counts: %s", (_, rows) => {
  test.each(Object.entries(rows))("%s", async (_name, holds) => holds());
});

type Act = (workflow: Workflow, of: Execution, options: never) => unknown;

const takers: Readonly<Record<string, Act>> = {
  "Workflow.attach()": (_, __, options) => Workflow.attach(aws(), arn, options),
  "create()": (_, __, options) => new Workflow({ session: aws(), ...base }).create(options),
  "upsert()": (_, __, options) => new Workflow({ session: aws(), ...base }).upsert(options),
  "update()": (workflow, _, options) => workflow.update(options),
  "execute()": (workflow, _, options) => workflow.execute({}, options),
  "listExecutions()": (workflow, _, options) => workflow.listExecutions(options),
  "Workflow.list()": (_, __, options) => Workflow.list(aws(), options),
  "renderGraph()": (workflow, _, options) => workflow.renderGraph(options),
  "getCloudFormationTemplate()": (workflow, _, options) => workflow.getCloudFormationTemplate(options),
  "listEvents()": (_, of, options) => of.listEvents(options),
  "renderProgress()": (_, of, options) => of.renderProgress(options),
  "wait()": (_, of, options) => of.wait(options),
  "output()": (_, of, options) => of.output(options),
  "follow()": (_, of, options) => of.follow(options),
  "stop()": (_, of, options) => of.stop(options),
};

describe("an option that is unknown is refused", () => {
  test.each(Object.entries(takers))("%s", async (_, act) => {
    const wrong = { unheardOf: 1 } as never;
    expect(await codesOf(async () => act(await createdOn(aws()), execution(aws()), wrong))).toEqual(["unknown_option"]);
  });

  test("new Workflow()", async () => {
    const wrong = { unheardOf: 1 } as object;
    expect(await codesOf(() => new Workflow({ session: aws(), ...base, ...wrong }).definition())).toEqual([
      "unknown_option",
    ]);
  });
});

describe("options that are no object are refused", () => {
  test.each(Object.entries(takers))("%s", async (_, act) => {
    for (const wrong of [null, 5, "x", []] as unknown as never[]) {
      expect(await codesOf(async () => act(await createdOn(aws()), execution(aws()), wrong))).toEqual([
        "invalid_argument",
      ]);
    }
  });
});

describe("an option of another kind is refused before AWS is asked", () => {
  const late = { signal: AbortSignal.timeout(1), sleep: async () => undefined };
  test.each<readonly [string, (of: Execution) => unknown, readonly string[]]>([
    ["a flag", (of) => of.listEvents({ reverseOrder: "yes" as never }), ["invalid_argument"]],
    ["texts", (of) => of.stop({ error: "e".repeat(257), cause: 5 as never }), ["invalid_text", "invalid_text"]],
    ["how many events", (of) => of.renderProgress({ maxEvents: -1 }), ["invalid_number"]],
    ["a timeout that is no number", (of) => of.wait({ ...late, timeoutSeconds: Number.NaN }), ["invalid_number"]],
    ["a timeout that is a text", (of) => of.output({ ...late, timeoutSeconds: "abc" as never }), ["invalid_number"]],
    ["a timeout below zero", (of) => of.wait({ ...late, timeoutSeconds: -1 }), ["invalid_number"]],
    [
      "a signal and a sleep",
      (of) => of.wait({ signal: 1 as never, sleep: 2 as never }),
      ["invalid_argument", "invalid_argument"],
    ],
    [
      "what follow() takes",
      (of) => of.follow({ write: 1, signal: {}, interruptible: 0, sleep: 1 } as never),
      Array(4).fill("invalid_argument"),
    ],
  ])("%s", async (_, act, codes) => {
    const session = aws();
    expect(await codesOf(() => act(execution(session)))).toEqual(codes);
    expect(session.calls).toEqual([]);
  });

  test("and the one that is told is the one that was given", async () => {
    await expect(execution(aws()).renderProgress({ maxEvents: -1 })).rejects.toThrow(/\[invalid_number\] maxEvents: /);
  });
});
