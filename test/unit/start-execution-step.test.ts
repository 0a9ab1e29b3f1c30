import { describe, expect, test } from "vitest";
import * as z from "zod";
import { compile, compileResolved, tryCompile } from "../../src/compile/compile.js";
import { context } from "../../src/expression/context.js";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import { StartExecutionStep } from "../../src/services/start-execution-step.js";
import { Chain } from "../../src/states/chain.js";
import { Pass } from "../../src/states/pass.js";
import { Workflow } from "../../src/workflow/workflow.js";
import { fakeSession } from "./fake-session.js";

const stateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:child";
const startedBy = { "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$": "$$.Execution.Id" };
const input = new ExecutionInput(z.object({ uri: z.string(), machine: z.string() }));
const session = {
  ...fakeSession({ CreateStateMachine: () => ({ stateMachineArn, creationDate: new Date() }) }),
  region: async () => "us-east-1",
  account: async () => "123456789012",
};

function child(): Workflow<{ uri: string }, { rows: number }> {
  const made = new Pass("Made", { result: { rows: 1 } });
  const own = new ExecutionInput(z.object({ uri: z.string() }));
  return new Workflow<{ uri: string }, { rows: number }>({
    session,
    role: "r",
    name: "child",
    input: own,
    definition: made as never,
  });
}

function issuesOf(options: object): readonly string[] {
  return tryCompile(new StartExecutionStep("S", options as never)).issues.map(
    ({ code, message }) => `${code}: ${message}`,
  );
}

describe("a workflow started by another one", () => {
  test("the step waits for its end and links the executions", async () => {
    const run = new StartExecutionStep("Run", { workflow: child(), input: { uri: input.uri }, name: "one" });
    const use = new Pass("Use", { parameters: { rows: run.output.Output.rows } });
    const { definition } = await compileResolved(Chain.of(run, use));
    expect(definition).toEqual({
      StartAt: "Run",
      States: {
        Run: {
          Type: "Task",
          Resource: "arn:aws:states:::states:startExecution.sync:2",
          Parameters: {
            StateMachineArn: stateMachineArn,
            Name: "one",
            Input: { ...startedBy, "uri.$": "$$.Execution.Input['uri']" },
          },
          Next: "Use",
        },
        Use: { Type: "Pass", Parameters: { "rows.$": "$['Output']['rows']" }, End: true },
      },
    });
  });

  test("the workflow around it can be looked at before the child is created, but not deployed", async () => {
    const inner = child();
    const step = new StartExecutionStep("Run", { workflow: inner, input: { uri: "s3://b/k" } });
    const outer = new Workflow({ session, role: "r", name: "outer", definition: step });
    await expect(outer.definition()).resolves.toMatchObject({
      States: { Run: { Parameters: { StateMachineArn: stateMachineArn } } },
    });
    await expect(outer.create()).rejects.toMatchObject({
      code: "workflow_not_created",
      message: expect.stringContaining('the workflow "child", which "Run" starts, does not point at a state machine'),
    });
    await inner.create();
    await expect(outer.create()).resolves.toBe(stateMachineArn);
  });

  test("the partition is that of the child", async () => {
    const china = { ...session, region: async () => "cn-north-1" };
    const workflow = new Workflow({ session: china, role: "r", name: "child", definition: new Pass("A") });
    const { definition } = await compileResolved(new StartExecutionStep("Run", { workflow }));
    expect(definition.States["Run"]).toMatchObject({
      Resource: "arn:aws-cn:states:::states:startExecution.sync:2",
      Parameters: { StateMachineArn: "arn:aws-cn:states:cn-north-1:123456789012:stateMachine:child" },
    });
  });

  test("a session that knows no account tells the ARN after create() alone", async () => {
    const { region: _, ...other } = session;
    const workflow = new Workflow({ session: other, role: "r", name: "child", definition: new Pass("A") });
    await expect(workflow.arn()).rejects.toMatchObject({ code: "workflow_not_created" });
    await workflow.create();
    await expect(workflow.arn()).resolves.toBe(stateMachineArn);
  });
});

describe("what is sent", () => {
  test.each([
    { integrationPattern: "RUN_JOB", suffix: ".sync:2" },
    { integrationPattern: "REQUEST_RESPONSE", suffix: "" },
    { integrationPattern: "WAIT_FOR_TASK_TOKEN", suffix: ".waitForTaskToken" },
  ] as const)("$integrationPattern is the suffix '$suffix'", ({ integrationPattern, suffix }) => {
    const step = new StartExecutionStep("S", {
      stateMachineArn,
      integrationPattern,
      input: { token: context.task.token },
    });
    expect(compile(step).States["S"]).toMatchObject({
      Resource: `arn:aws:states:::states:startExecution${suffix}`,
      Parameters: { Input: { "token.$": "$$.Task.Token" } },
    });
  });

  test("without an input, the link alone", () => {
    expect(compile(new StartExecutionStep("S", { stateMachineArn })).States["S"]).toMatchObject({
      Parameters: { StateMachineArn: stateMachineArn, Input: startedBy },
    });
  });

  test("no link where none is wanted, nor where the input is a placeholder", () => {
    const parametersOf = (options: object): unknown =>
      compile(new StartExecutionStep("S", { stateMachineArn, ...options })).States["S"];
    expect(parametersOf({ associateWithParent: false })).toMatchObject({
      Parameters: { StateMachineArn: stateMachineArn },
    });
    expect(parametersOf({ associateWithParent: false, input: { a: 1 } })).toMatchObject({
      Parameters: { Input: { a: 1 } },
    });
    expect(parametersOf({ input })).toMatchObject({ Parameters: { "Input.$": "$$.Execution.Input" } });
    expect(parametersOf({ input: ["a"] })).toMatchObject({ Parameters: { Input: ["a"] } });
  });

  test("a placeholder for the ARN, and the fields of every Task", () => {
    const step = new StartExecutionStep("S", {
      stateMachineArn: input.machine,
      timeoutSeconds: 60,
      resultPath: "$.child",
      retry: { errorEquals: ["States.TaskFailed"] },
    });
    expect(compile(step).States["S"]).toMatchObject({
      Resource: "arn:aws:states:::states:startExecution.sync:2",
      Parameters: { "StateMachineArn.$": "$$.Execution.Input['machine']" },
      TimeoutSeconds: 60,
      ResultPath: "$.child",
      Retry: [{ ErrorEquals: ["States.TaskFailed"] }],
    });
  });
});

describe("what is wrong", () => {
  test.each([
    {
      name: "nothing to start",
      options: {},
      found: "missing_option: StartExecutionStep needs workflow or stateMachineArn",
    },
    {
      name: "two things to start",
      options: { workflow: child(), stateMachineArn },
      found: "conflicting_options: workflow and stateMachineArn are both set",
    },
    {
      name: "what is no workflow",
      options: { workflow: "child" },
      found: 'invalid_argument: expected a Workflow, got "child"',
    },
    {
      name: "what is no ARN of a state machine",
      options: { stateMachineArn: "arn:aws:states:us-east-1:123456789012:execution:child:run" },
      found:
        'invalid_argument: expected the ARN of a state machine, got "arn:aws:states:us-east-1:123456789012:execution:child:run"',
    },
    {
      name: "a pattern that there is not",
      options: { stateMachineArn, integrationPattern: "SYNC" },
      found: 'invalid_argument: expected one of RUN_JOB, REQUEST_RESPONSE, WAIT_FOR_TASK_TOKEN, got "SYNC"',
    },
    {
      name: "a name that AWS refuses",
      options: { stateMachineArn, name: "a b" },
      found: 'invalid_name: the character " " is not allowed',
    },
    {
      name: "an option that there is not",
      options: { stateMachineArn, parameters: {} },
      found: 'unknown_option: StartExecutionStep has no option "parameters"; the nearest are',
    },
  ])("$name", ({ options, found }) => {
    expect(issuesOf(options)).toEqual([expect.stringContaining(found)]);
  });

  test("options that are no object", () => {
    expect(() => new StartExecutionStep("S", "child" as never)).toThrow(
      "[invalid_argument] StartExecutionStep takes an object of options",
    );
  });
});
