import { describe, expect, test } from "vitest";
import * as z from "zod";
import { tryCompile } from "../../src/compile/compile.js";
import { context } from "../../src/expression/context.js";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import { States } from "../../src/expression/intrinsics.js";
import { text } from "../../src/expression/text.js";
import { uniqueName } from "../../src/sagemaker/unique-name.js";
import { Chain } from "../../src/states/chain.js";
import { deferred } from "../../src/states/deferred.js";
import { Map as MapStep } from "../../src/states/map.js";
import { Pass } from "../../src/states/pass.js";
import type { Retry } from "../../src/states/recovery.js";
import { Task, type TaskOptions } from "../../src/states/task.js";
import type { Template } from "../../src/states/template.js";

const input = new ExecutionInput(z.object({ name: z.string(), RetryCount: z.string() }));

/** Code, place and message of each issue. */
function found(definition: unknown): readonly unknown[] {
  return tryCompile(definition).issues.map(({ code, path, message }) => [code, path.join("."), message]);
}

function codes(definition: unknown): readonly string[] {
  return tryCompile(definition).issues.map(({ code }) => code);
}

describe("a call that waits for its task token", () => {
  const ask = (options: Partial<TaskOptions>) =>
    new Task("Ask", { resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken", ...options });

  test("is refused without the token in its request", () => {
    const message = 'expected the task token somewhere in the request, as "Ask" waits until somebody sends it back';
    expect(found(ask({ parameters: { QueueUrl: "q" } }))).toEqual([
      ["missing_task_token", "States.Ask.Parameters", message],
    ]);
  });

  const refused: readonly (readonly [string, Partial<TaskOptions>])[] = [
    ["without a request", {}],
    ["with another member of the context", { parameters: { run: context.execution.name } }],
    ["with the token as a text that is not evaluated", { parameters: { token: "$$.Task.Token" } }],
    [
      "with the token's name in a text of a function",
      { parameters: { "t.$": "States.Format('$$.Task.Token {}', $.x)" } },
    ],
    ["with the token in the result alone", { resultSelector: { token: context.task.token } }],
    ["with something of that name in the input", { parameters: { "t.$": "$.Task.Token" } }],
  ];
  test.each(refused)("is refused %s", (_name, options) => {
    expect(codes(ask(options))).toEqual(["missing_task_token"]);
  });

  const accepted: readonly (readonly [string, Partial<TaskOptions>])[] = [
    ["as a placeholder", { parameters: { MessageBody: { input: 1, token: context.task.token } } }],
    ["in a list", { parameters: { tokens: ["a", context.task.token] } }],
    ["in a text", { parameters: { MessageBody: text`token=${context.task.token}` } }],
    ["in a function in a function", { parameters: { m: States.array(States.format("{}", context.task.token)) } }],
    ["as a path", { parameters: { "t.$": "$$.Task.Token" } }],
    ["as a path in quotes", { parameters: { deep: [{ "t.$": "$$['Task']['Token']" }] } }],
    ["as a function by hand", { parameters: { "t.$": "States.Format('x {}', $$.Task.Token)" } }],
    ["within the whole context", { parameters: { "c.$": "$$" } }],
    ["within what holds it", { parameters: { "c.$": "$$.Task" } }],
    ["found by a query", { parameters: { "c.$": "$$..Token" } }],
    ["in the effective input", { inputPath: "$$.Task" }],
  ];
  test.each(accepted)("may have it %s", (_name, options) => {
    expect(codes(ask(options))).toEqual([]);
  });

  const inJsonata: readonly (readonly [string, Partial<TaskOptions>, readonly string[]])[] = [
    ["a placeholder", { parameters: { t: context.task.token } }, []],
    ["a placeholder in an object in a list", { parameters: { l: [{ t: context.task.token }, 1] } }, []],
    ["an expression", { parameters: { t: "{% 'x' & $states.context.Task.Token %}" } }, []],
    ["an expression that may hold it", { parameters: { t: "{% $string($states.context) %}" } }, []],
    [
      "another member of the context",
      { parameters: { t: "{% $states.context.Execution.Id %}" } },
      ["missing_task_token"],
    ],
    ["other members", { parameters: { t: input.name } }, ["missing_task_token"]],
  ];
  test.each(inJsonata)("is told in JSONata by %s", (_name, options, expected) => {
    expect(codes(ask({ queryLanguage: "JSONata", ...options }))).toEqual(expected);
  });

  test("is the only one that needs it", () => {
    const others = ["arn:aws:states:::sqs:sendMessage", "arn:aws:states:us-east-1:123456789012:activity:a"];
    expect(others.map((resource) => codes(ask({ resource })))).toEqual([[], []]);
  });
});

describe("a retry of a call that starts what has a name", () => {
  const sync = "arn:aws:states:::sagemaker:createProcessingJob.sync";
  const train = (parameters: Template, retry: Retry | readonly Retry[], resource = sync) =>
    new Task("Train", { resource, parameters, retry });
  const all: Retry = { errorEquals: ["States.ALL"] };
  const one = { ProcessingJobName: "job-1" };

  test("is refused where the name is the same at each try", () => {
    const issues = tryCompile(train(one, [{ errorEquals: ["Busy"] }, all])).issues;
    expect(issues).toEqual([
      {
        code: "retry_of_taken_name",
        path: ["States", "Train", "Retry", 1],
        message:
          'expected another ProcessingJobName at each try, got "job-1", which is taken when States.ALL is retried',
        hint: 'leave the name out where that is possible, or make one for each try: uniqueName("train")',
      },
    ]);
  });

  const before = new Pass("Before", { parameters: { id: States.uuid() } });
  const constants: readonly (readonly [string, Template])[] = [
    ["of the input", { ProcessingJobName: input.name }],
    ["of the input, whatever its member is called", { ProcessingJobName: input.RetryCount }],
    ["of the execution", { ProcessingJobName: text`job-${context.execution.name}` }],
    ["of the state's entry", { ProcessingJobName: context.state.enteredTime }],
    ["with a seed", { "ProcessingJobName.$": "States.Format('j-{}', States.MathRandom(1, 9, 3))" }],
    ["written by hand", { "ProcessingJobName.$": "$.name" }],
    ["that looks like a call", { ProcessingJobName: "States.UUID()" }],
  ];
  test.each(constants)("is refused for a name %s", (_name, parameters) => {
    expect(codes(train(parameters, all))).toEqual(["retry_of_taken_name"]);
  });

  test("is refused for a name that a step before has made", () => {
    expect(codes(Chain.of(before, train({ ProcessingJobName: before.output.id }, all)))).toEqual([
      "retry_of_taken_name",
    ]);
  });

  test("is refused for a unique name that a step before has made", () => {
    const named = new Pass("Named", { parameters: { name: uniqueName("job") } });
    const definition = Chain.of(named, train({ ProcessingJobName: named.output.name }, all));
    expect(codes(definition)).toEqual(["retry_of_taken_name"]);
  });

  test("is refused for a name that a session gives, as soon as it has given it", () => {
    const late = deferred("the name", async () => "job-1");
    const definition = train({ ProcessingJobName: late }, all);
    expect(tryCompile(definition, {}, new Map([[late, "job-1"]])).issues).toMatchObject([
      { code: "retry_of_taken_name" },
    ]);
  });

  const changing: readonly (readonly [string, Template])[] = [
    ["with a UUID", { ProcessingJobName: text`job-${States.uuid()}` }],
    ["with the number of the try", { ProcessingJobName: text`job-${context.state.retryCount}` }],
    ["with a random number", { ProcessingJobName: text`job-${States.mathRandom(1, 1_000_000)}` }],
    ["made to be unique", { ProcessingJobName: uniqueName("job") }],
    ["made to be unique, shorter", { ProcessingJobName: uniqueName("job", { maxLength: 32 }) }],
    ["with a UUID, by hand", { "ProcessingJobName.$": "States.Format('j-{}', States.UUID())" }],
  ];
  test.each(changing)("is right for a name %s", (_name, parameters) => {
    expect(codes(train(parameters, all))).toEqual([]);
  });

  const useless: readonly (readonly [string, readonly Retry[]])[] = [
    ["States.ALL", [all]],
    ["States.TaskFailed", [{ errorEquals: ["X", "States.TaskFailed"] }]],
    ["States.Timeout", [{ errorEquals: ["States.Timeout"] }]],
    ["the error that says that the name is taken", [{ errorEquals: ["SageMaker.ResourceInUseException"] }]],
    ["a timeout, as a failure is not retried", [{ errorEquals: ["States.TaskFailed"], maxAttempts: 0 }, all]],
  ];
  test.each(useless)("is refused for %s", (_name, retry) => {
    expect(codes(train(one, retry))).toEqual(["retry_of_taken_name"]);
  });

  const useful: readonly (readonly [string, readonly Retry[]])[] = [
    [
      "a refusal of the call",
      [{ errorEquals: ["SageMaker.AmazonSageMakerException", "SageMaker.ResourceLimitExceededException"] }],
    ],
    ["nothing", [{ errorEquals: ["States.ALL"], maxAttempts: 0 }]],
    [
      "what is neither a failure nor a timeout",
      [{ errorEquals: ["States.TaskFailed", "States.Timeout"], maxAttempts: 0 }, all],
    ],
  ];
  test.each(useful)("is right for %s", (_name, retry) => {
    expect(codes(train(one, retry))).toEqual([]);
  });

  const inJsonata: readonly (readonly [string, unknown, readonly string[]])[] = [
    ["a constant", "job-1", ["retry_of_taken_name"]],
    ["a placeholder", input.name, ["retry_of_taken_name"]],
    ["a UUID in a text", text`job-${States.uuid()}`, []],
    ["the number of the try", text`job-${context.state.retryCount}`, []],
    ["a unique name", uniqueName("job"), []],
    ["a unique name that is short", uniqueName("job", { maxLength: 32 }), []],
    ["an expression that is steady", "{% 'job-' & $states.context.Execution.Name %}", ["retry_of_taken_name"]],
    ["an expression that is not", "{% 'job-' & $uuid() %}", []],
  ];
  test.each(inJsonata)("is told in JSONata by %s", (_name, name, expected) => {
    const parameters = { ProcessingJobName: name };
    const step = new Task("Train", { resource: sync, parameters, retry: all, queryLanguage: "JSONata" });
    expect(codes(step)).toEqual(expected);
  });

  test("is refused for each call of that kind", () => {
    const calls: readonly (readonly [string, string])[] = [
      ["sagemaker:createTrainingJob.sync", "TrainingJobName"],
      ["sagemaker:createTransformJob.sync", "TransformJobName"],
      ["sagemaker:createHyperParameterTuningJob.sync", "HyperParameterTuningJobName"],
      ["sagemaker:createLabelingJob.sync", "LabelingJobName"],
    ];
    for (const [call, field] of calls) {
      expect(codes(train({ [field]: "x" }, all, `arn:aws-cn:states:::${call}`))).toEqual(["retry_of_taken_name"]);
      expect(codes(train({}, all, `arn:aws-cn:states:::${call}`))).toEqual([]);
    }
  });

  test("is right for calls that end before the work does, but for the error that names the reason", () => {
    const taken: Retry = { errorEquals: ["SageMaker.ResourceInUseException"] };
    for (const call of ["sagemaker:createProcessingJob", "aws-sdk:sagemaker:createProcessingJob"]) {
      expect(codes(train(one, all, `arn:aws:states:::${call}`))).toEqual([]);
      expect(codes(train(one, taken, `arn:aws:states:::${call}`))).toEqual(["retry_of_taken_name"]);
    }
  });

  test("is right for calls whose names may be used again", () => {
    expect(codes(train({ JobName: "x" }, all, "arn:aws:states:::glue:startJobRun.sync"))).toEqual([]);
    expect(codes(train({ Name: "x" }, all, "arn:aws:states:::states:startExecution.sync:2"))).toEqual([]);
  });
});

describe("a child execution that is Express", () => {
  const each = (processor: Task | MapStep, executionType: "STANDARD" | "EXPRESS" = "EXPRESS") =>
    new MapStep("Each", { mode: "DISTRIBUTED", executionType, processor });
  const call = (resource: string) => new Task("Call", { resource, parameters: { Token: context.task.token } });
  const job = "arn:aws:states:::ecs:runTask.sync";

  test.each([
    job,
    "arn:aws:states:::states:startExecution.sync:2",
    "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    "arn:aws:states:us-east-1:123456789012:activity:count",
  ])("has no %s", (resource) => {
    expect(codes(each(call(resource)))).toEqual(["not_in_express"]);
    expect(codes(each(call(resource), "STANDARD"))).toEqual([]);
  });

  test("has no distributed Map", () => {
    const inner = new MapStep("Inner", { mode: "DISTRIBUTED", processor: new Pass("A") });
    expect(codes(each(inner))).toEqual(["not_in_express"]);
    expect(codes(each(inner, "STANDARD"))).toEqual([]);
  });

  test("also not within its branches and inline Maps", () => {
    const inner = new MapStep("Inner", { processor: call(job) });
    expect(found(each(inner))).toEqual([
      [
        "not_in_express",
        "States.Each.ItemProcessor.States.Inner.ItemProcessor.States.Call",
        '"Call" calls its service with .sync, and the children of "Each" are Express',
      ],
    ]);
  });

  test("of an inner distributed Map is its own", () => {
    const inner = new MapStep("Inner", { mode: "DISTRIBUTED", executionType: "STANDARD", processor: call(job) });
    expect(codes(each(inner, "STANDARD"))).toEqual([]);
  });

  test("is like one of the machine's own", () => {
    const inStandard = new MapStep("Each", { mode: "DISTRIBUTED", processor: call(job) });
    expect(tryCompile(call(job), { type: "EXPRESS" }).issues.map(({ message }) => message)).toEqual([
      '"Call" calls its service with .sync, and the executions are Express',
    ]);
    expect(tryCompile(call(job), { type: "STANDARD" }).issues).toEqual([]);
    expect(tryCompile(inStandard, { type: "EXPRESS" }).issues.map(({ path }) => path.join("."))).toEqual([
      "States.Each",
    ]);
  });

  test("has what answers at once", () => {
    expect(codes(each(call("arn:aws:states:::sqs:sendMessage")))).toEqual([]);
  });
});
