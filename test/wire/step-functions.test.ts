import { randomUUID } from "node:crypto";
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListActivitiesCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  ListTagsForResourceCommand,
  paginateGetExecutionHistory,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import { describe, expect, onTestFinished, test } from "vitest";
import type { HistoryEvent } from "../../src/interpreter/history-event.js";
import { VirtualClock } from "../../src/local/clock.js";
import { listen } from "../../src/local/http.js";
import { defaultIdentity } from "../../src/local/identity.js";
import { jobTask } from "../../src/local/step-functions/job-task.js";
import { processingCall } from "../../src/local/step-functions/sagemaker-tasks.js";
import { createStepFunctions } from "../../src/local/step-functions/step-functions.js";
import { ServiceError } from "../../src/local/wire.js";
import { inProcess } from "./clients.js";
import { FakeJobs } from "./fake-jobs.js";
import { noObjects } from "./no-objects.js";

const roleArn = "arn:aws:iam::000000000000:role/sfn-ds-local";
const pass = definition({ A: { Type: "Pass", Result: { x: 1 }, End: true } });
const wait = definition({ A: { Type: "Wait", Seconds: 3600, End: true } });
const task = (pattern: string, fields: object = {}) =>
  definition({
    A: {
      Type: "Task",
      Resource: `arn:aws:states:::sagemaker:createProcessingJob${pattern}`,
      Parameters: { "ProcessingJobName.$": "$.name", ProcessingResources: {}, AppSpecification: {}, RoleArn: roleArn },
      End: true,
      ...fields,
    },
  });

function definition(states: Record<string, object>): string {
  return JSON.stringify({ StartAt: "A", States: states });
}

/** A service with a virtual clock and faked jobs, a client of it, and a way to wait for its events. */
function service(over: "in process" | "HTTP" = "in process") {
  const clock = new VirtualClock();
  const jobs = new FakeJobs();
  const heard: { readonly arn: string; readonly type: string }[] = [];
  const waiting = new Set<() => void>();
  const onEvent = (arn: string, { type }: HistoryEvent): void => {
    heard.push({ arn, type });
    for (const look of waiting) look();
  };
  const tasks = [jobTask(processingCall, jobs, randomUUID)];
  const stepFunctions = createStepFunctions({ identity: defaultIdentity, clock, tasks, storage: noObjects, onEvent });
  /** Resolves once an execution has recorded an event whose type matches. */
  const event = (arn: string | undefined, wanted: RegExp): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!heard.some((one) => one.arn === arn && wanted.test(one.type))) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { clock, jobs, stepFunctions, event, client: () => clientOf(stepFunctions.handle, over) };
}

async function clientOf(handle: Parameters<typeof listen>[0], over: "in process" | "HTTP"): Promise<SFNClient> {
  if (over === "in process") return new SFNClient(inProcess(handle));
  const server = await listen(handle);
  onTestFinished(() => server.close());
  return new SFNClient({ ...inProcess(handle), endpoint: server.url, requestHandler: {} });
}

const ended = /^Execution(Succeeded|Failed|TimedOut|Aborted)$/;

/** Creates a machine named `m` and starts it. */
async function start(client: SFNClient, text: string, input?: string) {
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({ name: "m", definition: text, roleArn }),
  );
  const { executionArn } = await client.send(
    new StartExecutionCommand({ stateMachineArn, ...(input === undefined ? {} : { input }) }),
  );
  return { stateMachineArn, executionArn };
}

describe.each(["in process", "HTTP"] as const)("%s", (over) => {
  test("a machine is created, runs and tells its history", async () => {
    const { client, event } = service(over);
    const sfn = await client();
    const { executionArn } = await start(sfn, pass, '{ "a": 1 }');
    await event(executionArn, ended);
    expect(await sfn.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: "SUCCEEDED",
      input: '{ "a": 1 }',
      inputDetails: { included: true },
      output: '{"x":1}',
      redriveStatus: "NOT_REDRIVABLE",
      redriveStatusReason: "Execution is SUCCEEDED and cannot be redriven",
      startDate: new Date("2026-01-01T00:00:00Z"),
      stopDate: new Date("2026-01-01T00:00:00Z"),
    });
    const { events } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events?.map(({ type }) => type)).toEqual([
      "ExecutionStarted",
      "PassStateEntered",
      "PassStateExited",
      "ExecutionSucceeded",
    ]);
  });

  test("an error has AWS's name and words", async () => {
    const sfn = await service(over).client();
    const executionArn = "arn:aws:states:us-east-1:000000000000:execution:m:none";
    await expect(sfn.send(new DescribeExecutionCommand({ executionArn }))).rejects.toMatchObject({
      name: "ExecutionDoesNotExist",
      message: `Execution Does Not Exist: '${executionArn}'`,
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe("state machines", () => {
  test("are described as they were created", async () => {
    const sfn = await service().client();
    const { stateMachineArn } = await start(sfn, pass);
    const { $metadata: _, ...described } = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
    expect(described).toEqual({
      stateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:m",
      name: "m",
      status: "ACTIVE",
      type: "STANDARD",
      definition: pass,
      roleArn,
      creationDate: new Date("2026-01-01T00:00:00Z"),
      loggingConfiguration: { level: "OFF", includeExecutionData: false },
      tracingConfiguration: { enabled: false },
      encryptionConfiguration: { type: "AWS_OWNED_KEY" },
    });
  });

  test("are created once: the same again gives the same, another definition is refused", async () => {
    const sfn = await service().client();
    const create = (text: string, role = roleArn) =>
      sfn.send(new CreateStateMachineCommand({ name: "m", definition: text, roleArn: role }));
    const first = await create(pass);
    expect((await create(pass, `${roleArn}-2`)).stateMachineArn).toBe(first.stateMachineArn);
    await expect(create(JSON.stringify(JSON.parse(pass), null, 2))).rejects.toMatchObject({
      name: "StateMachineAlreadyExists",
      message: `State Machine Already Exists: '${first.stateMachineArn}'`,
    });
  });

  test("are updated for executions to come", async () => {
    const { client, event } = service();
    const sfn = await client();
    const { stateMachineArn, executionArn } = await start(sfn, wait);
    const { revisionId } = await sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition: pass }));
    const running = await sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
    expect(running.definition).toBe(wait);
    const next = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
    await event(next.executionArn, ended);
    const described = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
    expect(described).toMatchObject({ definition: pass, revisionId });
  });

  test("are listed by name, a page at a time", async () => {
    const sfn = await service().client();
    for (const name of ["b", "c", "a"]) {
      await sfn.send(new CreateStateMachineCommand({ name, definition: pass, roleArn }));
    }
    const first = await sfn.send(new ListStateMachinesCommand({ maxResults: 2 }));
    const second = await sfn.send(new ListStateMachinesCommand({ maxResults: 2, nextToken: first.nextToken }));
    expect([first, second].map(({ stateMachines }) => stateMachines?.map(({ name }) => name))).toEqual([
      ["a", "b"],
      ["c"],
    ]);
    expect(second.nextToken).toBeUndefined();
  });

  test("are deleted, also when they are not there", async () => {
    const sfn = await service().client();
    const { stateMachineArn } = await start(sfn, pass);
    await sfn.send(new DeleteStateMachineCommand({ stateMachineArn }));
    await sfn.send(new DeleteStateMachineCommand({ stateMachineArn }));
    await expect(sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: "StateMachineDoesNotExist",
    });
  });

  test("have tags", async () => {
    const sfn = await service().client();
    const { stateMachineArn: resourceArn } = await start(sfn, pass);
    await sfn.send(
      new TagResourceCommand({
        resourceArn,
        tags: [
          { key: "a", value: "1" },
          { key: "b", value: "2" },
        ],
      }),
    );
    await sfn.send(new UntagResourceCommand({ resourceArn, tagKeys: ["a", "a"] }));
    const { tags } = await sfn.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(tags).toEqual([{ key: "b", value: "2" }]);
  });

  test("have at most 50 tags, whenever they come", async () => {
    const sfn = await service().client();
    const tags = Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: "" }));
    const create = (given: typeof tags) =>
      sfn.send(new CreateStateMachineCommand({ name: "m", definition: pass, roleArn, tags: given }));
    await expect(create(tags)).rejects.toMatchObject({ name: "TooManyTags" });
    const { stateMachineArn: resourceArn } = await create(tags.slice(1));
    const more = sfn.send(new TagResourceCommand({ resourceArn, tags: tags.slice(0, 1) }));
    await expect(more).rejects.toMatchObject({ name: "TooManyTags" });
  });

  const refusals = [
    {
      name: "no name",
      request: { name: undefined },
      error: "ValidationException",
      text: "Value null at 'name' failed to satisfy constraint: Member must not be null",
    },
    {
      name: "a long name",
      request: { name: "n".repeat(81) },
      error: "ValidationException",
      text: "Member must have length less than or equal to 80",
    },
    { name: "a name with a blank", request: { name: "a b" }, error: "InvalidName", text: "Invalid Name: 'a b'" },
    {
      name: "a role that is none",
      request: { roleArn: "role" },
      error: "InvalidArn",
      text: "Invalid Role Arn: 'role'",
    },
    { name: "type EXPRESS", request: { type: "EXPRESS" }, error: "StateMachineTypeNotSupported", text: "EXPRESS" },
    { name: "publish", request: { publish: true }, error: "ValidationException", text: "versions" },
    {
      name: "logging",
      request: { loggingConfiguration: { level: "ALL" } },
      error: "InvalidLoggingConfiguration",
      text: "logging",
    },
    {
      name: "text that is no JSON",
      request: { definition: "not json" },
      error: "InvalidDefinition",
      text: "Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: (String)\"not json\"; line: 1, column: 4]",
    },
    {
      name: "JSON that nests too deep",
      request: { definition: `{"a":${"[".repeat(5000)}${"]".repeat(5000)}}` },
      error: "InvalidDefinition",
      text: "Invalid State Machine Definition: 'TOO_DEEPLY_NESTED: ",
    },
    {
      name: "no states",
      request: { definition: '{"StartAt":"A"}' },
      error: "InvalidDefinition",
      text: "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /'",
    },
    {
      name: "a Lambda function",
      request: {
        definition: definition({
          A: { Type: "Task", Resource: "arn:aws:lambda:us-east-1:000000000000:function:f", End: true },
        }),
      },
      error: "InvalidDefinition",
      text: "it runs: arn:aws:states:::sagemaker:createProcessingJob, arn:aws:states:::sagemaker:createProcessingJob.sync at /States/A/Resource",
    },
    {
      name: "a parameter that there is not",
      request: { definition: task(".sync").replace('"RoleArn"', '"Role"') },
      error: "InvalidDefinition",
      text: "The field 'RoleArn' is required but was missing at /States/A/Parameters, SCHEMA_VALIDATION_FAILED: The field \"Role\" is not supported by Step Functions at /States/A/Parameters",
    },
  ] as const;

  test.each(refusals)("are refused with $name", async ({ request, error, text }) => {
    const sfn = await service().client();
    const command = new CreateStateMachineCommand({ name: "m", definition: pass, roleArn, ...request } as never);
    await expect(sfn.send(command)).rejects.toMatchObject({ name: error, message: expect.stringContaining(text) });
  });

  test("an update that changes nothing is refused", async () => {
    const sfn = await service().client();
    const { stateMachineArn } = await start(sfn, pass);
    await expect(sfn.send(new UpdateStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: "MissingRequiredParameter",
      message:
        "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified",
    });
  });
});

describe("executions", () => {
  test("of one name and input are one, while they run", async () => {
    const sfn = await service().client();
    const { stateMachineArn } = await start(sfn, wait);
    const again = (input: string) => sfn.send(new StartExecutionCommand({ stateMachineArn, name: "e", input }));
    const first = await again("{}");
    expect(await again("{}")).toMatchObject({ executionArn: first.executionArn, startDate: first.startDate });
    const refusal = { name: "ExecutionAlreadyExists", message: `Execution Already Exists: '${first.executionArn}'` };
    await expect(again("[]")).rejects.toMatchObject(refusal);
    await sfn.send(new StopExecutionCommand({ executionArn: first.executionArn }));
    await expect(again("{}")).rejects.toMatchObject(refusal);
  });

  test("started twice at once are one", async () => {
    const sfn = await service().client();
    const { stateMachineArn } = await start(sfn, wait);
    const command = new StartExecutionCommand({ stateMachineArn, name: "e" });
    const [one, other] = await Promise.all([sfn.send(command), sfn.send(command)]);
    expect(one.executionArn).toBe(other.executionArn);
  });

  const inputs = [
    {
      input: "not json",
      text: "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    },
    { input: "{'a': 1}", text: "Unexpected character (''' (code 39)): was expecting double-quote to start field name" },
    { input: "", text: "The input holds no JSON." },
    { input: "[".repeat(5000), text: "The input nests too deep." },
    { input: `"${"ä".repeat(131_072)}"`, text: "The input has more than 262144 bytes." },
  ];

  test.each(inputs)("refuse the input $text", async ({ input, text }) => {
    const sfn = await service().client();
    await expect(start(sfn, pass, input)).rejects.toMatchObject({
      name: "InvalidExecutionInput",
      message: `Invalid State Machine Execution Input: '${text}'`,
    });
  });

  test("wait as long as the clock says", async () => {
    const { client, clock, event } = service();
    const sfn = await client();
    const { executionArn } = await start(sfn, wait);
    await event(executionArn, /WaitStateEntered/);
    clock.jump();
    await event(executionArn, ended);
    const { startDate, stopDate } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect(Number(stopDate) - Number(startDate)).toBe(3_600_000);
  });

  test("are stopped with a reason", async () => {
    const { client, clock } = service();
    const sfn = await client();
    const { executionArn } = await start(sfn, wait);
    await sfn.send(new StopExecutionCommand({ executionArn, error: "E", cause: "C" }));
    expect(await sfn.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: "ABORTED",
      error: "E",
      cause: "C",
      redriveStatus: "REDRIVABLE",
    });
    const { events } = await sfn.send(
      new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 1 }),
    );
    expect(events).toEqual([
      expect.objectContaining({
        type: "ExecutionAborted",
        previousEventId: 0,
        executionAbortedEventDetails: { error: "E", cause: "C" },
      }),
    ]);
    expect(clock.pending).toBe(0);
  });

  test("are listed, newest first, by status and page", async () => {
    const { client } = service();
    const sfn = await client();
    const { stateMachineArn } = await start(sfn, wait);
    const arns: (string | undefined)[] = [];
    for (const name of ["a", "b", "c"]) {
      arns.unshift((await sfn.send(new StartExecutionCommand({ stateMachineArn, name }))).executionArn);
    }
    const first = await sfn.send(
      new ListExecutionsCommand({ stateMachineArn, maxResults: 2, statusFilter: "RUNNING" }),
    );
    await sfn.send(new StartExecutionCommand({ stateMachineArn, name: "later" }));
    const second = await sfn.send(
      new ListExecutionsCommand({ stateMachineArn, maxResults: 1, nextToken: first.nextToken }),
    );
    const listed = [...(first.executions ?? []), ...(second.executions ?? [])].map(({ executionArn }) => executionArn);
    expect(listed).toEqual(arns);
    expect((await sfn.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: "FAILED" }))).executions).toEqual(
      [],
    );
  });

  const requests = [
    {
      request: { statusFilter: "running" },
      error: "ValidationException",
      text: "1 validation error detected: Value 'running' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]",
    },
    {
      request: { maxResults: 1001 },
      error: "ValidationException",
      text: "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
    },
    { request: { nextToken: "x" }, error: "InvalidToken", text: "Invalid Token: 'Invalid token'" },
    {
      request: { stateMachineArn: "nonsense" },
      error: "InvalidArn",
      text: "Invalid Arn: 'Invalid ARN prefix: nonsense'",
    },
    {
      request: { maxResults: "1" },
      error: "SerializationException",
      text: "expected a whole number at 'maxResults', got \"1\"",
    },
  ];

  test.each(requests)("ListExecutions refuses $request", async ({ request, error, text }) => {
    const sfn = await service().client();
    const { stateMachineArn } = await start(sfn, wait);
    const command = new ListExecutionsCommand({ stateMachineArn, ...request } as never);
    await expect(sfn.send(command)).rejects.toMatchObject({ name: error, message: text });
  });

  test("tell a history from its end while it grows", async () => {
    const { client, clock, event } = service();
    const sfn = await client();
    const waits = { A: { Type: "Pass", Next: "B" }, B: { Type: "Wait", Seconds: 1, End: true } };
    const { executionArn } = await start(sfn, definition(waits));
    await event(executionArn, /WaitStateEntered/);
    const page = (nextToken?: string) =>
      sfn.send(new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 2, nextToken }));
    const first = await page();
    clock.jump();
    await event(executionArn, ended);
    const second = await page(first.nextToken);
    expect([first, second].flatMap(({ events = [] }) => events.map(({ id }) => id))).toEqual([4, 3, 2, 1]);
    expect(second.nextToken).toBeUndefined();
  });

  test("tell a long history page by page, and without data", async () => {
    const { client, event } = service();
    const sfn = await client();
    const states = Object.fromEntries(
      Array.from({ length: 400 }, (_, index) => [
        index === 0 ? "A" : `S${index}`,
        { Type: "Pass", ...(index === 399 ? { End: true } : { Next: `S${index + 1}` }) },
      ]),
    );
    const { executionArn } = await start(sfn, definition(states));
    await event(executionArn, ended);
    const ids: (number | undefined)[] = [];
    for await (const { events = [] } of paginateGetExecutionHistory({ client: sfn, pageSize: 90 }, { executionArn })) {
      ids.push(...events.map(({ id }) => id));
    }
    expect(ids).toEqual(Array.from({ length: 802 }, (_, index) => index + 1));
    const { events } = await sfn.send(
      new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false, maxResults: 2 }),
    );
    expect(events?.[1]?.stateEnteredEventDetails).toEqual({ name: "A", inputDetails: { truncated: false } });
  });
});

describe("processing jobs", () => {
  test("of .sync are waited for, and their description is the result", async () => {
    const { client, jobs, event } = service();
    const sfn = await client();
    const { executionArn } = await start(sfn, task(".sync"), '{"name":"job"}');
    await event(executionArn, /TaskSubmitted/);
    jobs.end("job", "Completed");
    await event(executionArn, ended);
    const { output } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect(JSON.parse(output ?? "")).toEqual({
      ProcessingJobName: "job",
      ProcessingJobStatus: "Completed",
      CreationTime: 1_700_000_000_123,
      Tags: { AWS_STEP_FUNCTIONS_EXECUTION_ARN: executionArn, MANAGED_BY_AWS: "STARTED_BY_STEP_FUNCTIONS" },
    });
    expect(jobs.requests[0]?.["Tags"]).toEqual([
      { Key: "AWS_STEP_FUNCTIONS_EXECUTION_ARN", Value: executionArn },
      { Key: "MANAGED_BY_AWS", Value: "STARTED_BY_STEP_FUNCTIONS" },
    ]);
  });

  test("without .sync are answered at once", async () => {
    const { client, jobs, event } = service();
    const sfn = await client();
    const { executionArn } = await start(sfn, task(""), '{"name":"job"}');
    await event(executionArn, ended);
    const { output } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect(JSON.parse(output ?? "")).toMatchObject({
      ProcessingJobArn: "arn:aws:sagemaker:us-east-1:000000000000:processing-job/job",
      SdkHttpMetadata: { HttpStatusCode: 200 },
      SdkResponseMetadata: { RequestId: expect.any(String) },
    });
    expect(jobs.requests[0]).not.toHaveProperty("Tags");
  });

  test.each(["Failed", "Stopped"])("that end %s fail the state with their description", async (status) => {
    const { client, jobs, event } = service();
    const sfn = await client();
    const { executionArn } = await start(sfn, task(".sync"), '{"name":"job"}');
    await event(executionArn, /TaskSubmitted/);
    jobs.end("job", status);
    await event(executionArn, ended);
    const { error, cause } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect(error).toBe("States.TaskFailed");
    expect(JSON.parse(cause ?? "")).toMatchObject({ ProcessingJobStatus: status });
  });

  test.each([
    ["ResourceInUse", "SageMaker.ResourceInUseException"],
    ["ValidationException", "SageMaker.AmazonSageMakerException"],
  ])("that are refused with %s fail with %s", async (code, error) => {
    const { client, jobs, event } = service();
    const sfn = await client();
    jobs.refusal = new ServiceError(code, "no");
    const { executionArn } = await start(sfn, task(".sync"), '{"name":"job"}');
    await event(executionArn, ended);
    const described = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect(described.error).toBe(error);
    expect(described.cause).toMatch(
      new RegExp(
        `^no \\(Service: AmazonSageMaker; Status Code: 400; Error Code: ${code}; Request ID: .+; Proxy: null\\)$`,
      ),
    );
  });

  test("are stopped with their execution", async () => {
    const { client, jobs, event } = service();
    const sfn = await client();
    const { executionArn } = await start(sfn, task(".sync"), '{"name":"job"}');
    await event(executionArn, /TaskSubmitted/);
    await sfn.send(new StopExecutionCommand({ executionArn }));
    expect(jobs.stopped).toEqual(["job"]);
  });

  test("are stopped when their time is over", async () => {
    const { client, clock, jobs, event } = service();
    const sfn = await client();
    const { executionArn } = await start(sfn, task(".sync", { TimeoutSeconds: 5 }), '{"name":"job"}');
    await event(executionArn, /TaskSubmitted/);
    clock.jump();
    await event(executionArn, ended);
    expect(jobs.stopped).toEqual(["job"]);
    expect((await sfn.send(new DescribeExecutionCommand({ executionArn }))).error).toBe("States.Timeout");
  });
});

describe("the service", () => {
  test("says what it does not serve", async () => {
    const sfn = await service().client();
    await expect(sfn.send(new ListActivitiesCommand({}))).rejects.toMatchObject({
      name: "UnknownOperationException",
      message: expect.stringContaining(
        'does not serve "AWSStepFunctions.ListActivities" yet; it serves CreateStateMachine',
      ),
    });
  });

  test("refuses a body that is no JSON object", async () => {
    const { stepFunctions } = service();
    const answer = await stepFunctions.handle({
      method: "POST",
      path: "/",
      query: new URLSearchParams(),
      headers: { "x-amz-target": "AWSStepFunctions.ListStateMachines" },
      body: Buffer.from("[]"),
    });
    expect(answer.status).toBe(400);
    expect(JSON.parse(String(answer.body))).toEqual({
      __type: "SerializationException",
      message: "expected a JSON object",
    });
  });

  test("ends what runs when it closes, and says how much that was", async () => {
    const { client, clock, jobs, stepFunctions, event } = service();
    const sfn = await client();
    const { executionArn } = await start(sfn, task(".sync", { TimeoutSeconds: 5 }), '{"name":"job"}');
    await event(executionArn, /TaskSubmitted/);
    expect(stepFunctions.running()).toBe(1);
    expect(await stepFunctions.close()).toEqual({ executionsEnded: 1 });
    expect(jobs.stopped).toEqual(["job"]);
    expect(clock.pending).toBe(0);
    expect((await sfn.send(new DescribeExecutionCommand({ executionArn }))).status).toBe("ABORTED");
  });
});

test.each(["arn:aws:states:us-east-1:000000000000:activity:a", "arn:aws:lambda:us-east-1:000000000000:function:f"])(
  "%s, which is not run here, is refused by name",
  async (Resource) => {
    const sfn = await service().client();
    const text = definition({ A: { Type: "Task", Resource, End: true } });
    await expect(
      sfn.send(new CreateStateMachineCommand({ name: "m", definition: text, roleArn })),
    ).rejects.toMatchObject({
      name: "InvalidDefinition",
      message: expect.stringContaining(`the embedded service does not run the resource "${Resource}" yet`),
    });
  },
);
