import { describe, expect, test } from "vitest";
import * as z from "zod";
import { compile, tryCompile } from "../../src/compile/compile.js";
import { context } from "../../src/expression/context.js";
import { AwsSdkStep, type AwsSdkStepOptions, awsSdk } from "../../src/services/index.js";

const call = { service: "s3", action: "listBuckets" } as const;

const issuesOf = (options: object) => tryCompile(new AwsSdkStep("A", options as never)).issues;

/** The options that are its own, each with a telling value and what it writes. */
const options: {
  readonly [K in "service" | "action" | "parameters" | "integrationPattern" | "outputSchema" | "partition"]: readonly [
    given: Required<AwsSdkStepOptions>[K] | unknown,
    written: object,
  ];
} = {
  service: ["sfn", { Resource: "arn:aws:states:::aws-sdk:sfn:listBuckets" }],
  action: ["getObject", { Resource: "arn:aws:states:::aws-sdk:s3:getObject" }],
  parameters: [{ Prefix: context.execution.name }, { Parameters: { "Prefix.$": "$$.Execution.Name" } }],
  integrationPattern: ["REQUEST_RESPONSE", { Resource: "arn:aws:states:::aws-sdk:s3:listBuckets" }],
  outputSchema: [z.object({ Buckets: z.array(z.unknown()) }), { Parameters: {} }],
  partition: ["aws-cn", { Resource: "arn:aws-cn:states:::aws-sdk:s3:listBuckets" }],
};

test.each(Object.entries(options))("the option %s is written", (name, [given, written]) => {
  const step = new AwsSdkStep("A", { ...call, [name]: given } as never);
  expect(compile(step).States["A"]).toMatchObject(written);
});

test("awsSdk gives the options that name a call", () => {
  expect(awsSdk("s3", "getObject", { Bucket: "b", Key: "k" })).toEqual({
    service: "s3",
    action: "getObject",
    parameters: { Bucket: "b", Key: "k" },
  });
  const step = new AwsSdkStep("A", { ...awsSdk("s3", "listBuckets"), timeoutSeconds: 5 });
  expect(compile(step).States["A"]).toEqual({
    Type: "Task",
    Resource: "arn:aws:states:::aws-sdk:s3:listBuckets",
    Parameters: {},
    TimeoutSeconds: 5,
    End: true,
  });
});

test("what is no object is no request", () => {
  for (const parameters of [5, null, "x", [1]]) {
    for (const queryLanguage of ["JSONPath", "JSONata"]) {
      const found = issuesOf({ ...call, parameters, queryLanguage });
      expect(found.map(({ code, path }) => [code, ...path].join(" "))).toEqual([
        "invalid_template States A Parameters",
      ]);
    }
  }
});

test("a callback", () => {
  const step = new AwsSdkStep("A", {
    service: "sagemaker",
    action: "createProcessingJob",
    parameters: { Environment: { TOKEN: context.task.token } } as never,
    integrationPattern: "WAIT_FOR_TASK_TOKEN",
  });
  expect(compile(step).States["A"]).toMatchObject({
    Resource: "arn:aws:states:::aws-sdk:sagemaker:createProcessingJob.waitForTaskToken",
  });
});

describe("what no such integration has is refused, with what to do", () => {
  test.each([
    ["a service in another case", { ...call, service: "S3" }, "service", "lower case"],
    ["a service with a hyphen", { ...call, service: "bedrock-runtime" }, "service", "lower case"],
    [
      "a service's name of optimized integrations",
      { service: "states", action: "startExecution" },
      "service",
      "has no service",
    ],
    ["no service", { action: "getObject" }, "service", "lower case"],
    ["an action in PascalCase", { ...call, action: "ListBuckets" }, "action", "camelCase"],
    ["an action with a suffix", { ...call, action: "createJob.sync" }, "action", "without a suffix"],
    ["an action of optimized integrations", { service: "eks", action: "runJob" }, "action", "has no action"],
    ["waiting for a job", { ...call, integrationPattern: "RUN_JOB" }, "integrationPattern", "expected"],
  ])("%s", (_, given, option, message) => {
    const issues = issuesOf(given);
    expect(issues.map(({ code, path }) => ({ code, path }))).toEqual([
      { code: "invalid_argument", path: ["States", "A", option] },
    ]);
    expect(issues[0]?.message).toContain(message);
  });

  test("the hints", () => {
    const hints = [
      issuesOf({ service: "states", action: "startExecution" }),
      issuesOf({ service: "eks", action: "runJob" }),
      issuesOf({ ...call, action: "listBuckets.sync" }),
    ].map(([first]) => first?.hint);
    expect(hints).toMatchInlineSnapshot(`
      [
        "the service is "sfn" there",
        "use EksRunJobStep",
        "leave the suffix out: integrationPattern says how the call waits, and aws-sdk has no RUN_JOB",
      ]
    `);
  });

  test("an option that there is not", () => {
    expect(issuesOf({ ...call, api: "x" })).toMatchObject([{ code: "unknown_option", path: ["States", "A", "api"] }]);
  });
});
