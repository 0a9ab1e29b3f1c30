import { describe, expect, test } from "vitest";
import { compile, tryCompile } from "../../src/compile/compile.js";
import { context } from "../../src/expression/context.js";
import type { IntegrationPattern } from "../../src/language/arn.js";
import type { TaskState } from "../../src/language/asl.js";
import { allIntegrations } from "../../src/language/integrations.js";
import * as services from "../../src/services/index.js";
import type { AnyStep } from "../../src/states/step.js";

type StepClass = new (name: string, options: object) => AnyStep;

/** The class of each integration. Those of SageMaker are in `sfn-ds/sagemaker`; Those that have a test of their own are left out. */
const classes = new Map<string, StepClass>();
for (const [name, value] of Object.entries(services)) {
  if (!name.endsWith("Step") || ["StartExecutionStep", "AwsSdkStep"].includes(name)) continue;
  const made = value as unknown as StepClass;
  const [, call = ""] = /states:::([\w-]+:\w+)/.exec(resourceOf(new made("A", {}))) ?? [];
  classes.set(call, made);
}

function resourceOf(step: AnyStep): string {
  return (tryCompile(step).definition.States[step.name] as TaskState).Resource;
}

const table = allIntegrations()
  .filter(([service, action]) => service !== "sagemaker" && `${service}:${action}` !== "states:startExecution")
  .map(([service, action, integration]) => ({ call: `${service}:${action}`, ...integration }));

function classOf(call: string): StepClass {
  const found = classes.get(call);
  if (found === undefined) throw new Error(`no class of ${call}`);
  return found;
}

/** Values that have to be what they are, and one of two parameters that go without each other, by the call. */
const particular: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "http:invoke": {
    ApiEndpoint: "https://example.com",
    Authentication: { ConnectionArn: "c" },
    InvocationConfig: undefined,
  },
  "bedrock:invokeModel": { Input: undefined },
};

/** A request with every parameter. */
function requestOf({ call, required, optional }: (typeof table)[number]): Record<string, unknown> {
  const entries = [...required, ...optional].map((name) => [name, `the ${name}`]);
  const request = { ...Object.fromEntries(entries), ...particular[call] };
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
}

test("each integration has one class, and each class an integration", () => {
  expect([...classes.keys()].sort()).toEqual(table.map(({ call }) => call).sort());
});

const suffixes = { REQUEST_RESPONSE: "", RUN_JOB: ".sync", WAIT_FOR_TASK_TOKEN: ".waitForTaskToken" } as const;

describe.each(table)("$call", (row) => {
  const Step = classOf(row.call);

  test("each pattern gives its ARN, and another one is refused", () => {
    for (const integrationPattern of Object.keys(suffixes) as IntegrationPattern[]) {
      const step = new Step("A", { parameters: requestOf(row), integrationPattern });
      const issues = tryCompile(step).issues.filter(({ code }) => code !== "missing_task_token");
      if (row.patterns.includes(integrationPattern)) {
        expect(issues).toEqual([]);
        expect(resourceOf(step)).toBe(`arn:aws:states:::${row.call}${suffixes[integrationPattern]}`);
      } else {
        expect(issues).toMatchObject([{ code: "invalid_argument", path: ["States", "A", "integrationPattern"] }]);
      }
    }
  });

  test("it waits for the job's end where it can", () => {
    const suffix = row.patterns.includes("RUN_JOB") ? ".sync" : "";
    expect(resourceOf(new Step("A", { parameters: requestOf(row) }))).toBe(`arn:aws:states:::${row.call}${suffix}`);
  });

  test("each parameter is written", () => {
    const parameters = requestOf(row);
    expect(compile(new Step("A", { parameters })).States["A"]).toMatchObject({ Parameters: parameters });
  });

  test("without one that is required it is refused; as a placeholder or by hand it is there", () => {
    for (const name of row.required) {
      const { [name]: _, ...rest } = requestOf(row);
      expect(tryCompile(new Step("A", { parameters: rest })).issues).toMatchObject([
        { code: "missing_parameter", path: ["States", "A", "Parameters", name], message: `${row.call} needs ${name}` },
      ]);
      expect(tryCompile(new Step("A", { parameters: { ...rest, [name]: context.execution.name } })).issues).toEqual([]);
      expect(tryCompile(new Step("A", { parameters: { ...rest, [`${name}.$`]: "$.a" } })).issues).toEqual([]);
    }
  });

  test("one that it does not have is refused", () => {
    const parameters = { ...requestOf(row), Colour: "blue" };
    expect(tryCompile(new Step("A", { parameters })).issues).toMatchObject([
      { code: "unknown_parameter", path: ["States", "A", "Parameters", "Colour"] },
    ]);
    expect(tryCompile(new Step("A", { parameters, checkParameters: false })).issues).toEqual([]);
  });
});

describe("what AWS asks of parameters together, and of what stands in them", () => {
  const http = { ApiEndpoint: "https://example.com", Method: "GET" };
  const connection = { ConnectionArn: "arn:aws:events:us-east-1:123456789012:connection/c" };
  const api = { ApiEndpoint: "id.execute-api.us-east-1.amazonaws.com", Method: "GET" };
  test.each<readonly [string, object, readonly string[]]>([
    ["http:invoke", http, ["missing_parameter Authentication"]],
    ["http:invoke", { ...http, Authentication: connection }, []],
    ["http:invoke", { ...http, InvocationConfig: connection }, []],
    ["http:invoke", { ...http, InvocationConfig: { "ConnectionArn.$": "$.arn" } }, []],
    ["http:invoke", { ...http, "InvocationConfig.$": "$.config" }, []],
    ["http:invoke", { ...http, InvocationConfig: {} }, ["missing_parameter InvocationConfig ConnectionArn"]],
    [
      "http:invoke",
      { ...http, InvocationConfig: connection, Authentication: connection },
      ["conflicting_options Authentication"],
    ],
    [
      "http:invoke",
      { ...http, ApiEndpoint: "http://example.com", Authentication: connection },
      ["invalid_argument ApiEndpoint"],
    ],
    ["http:invoke", { ...http, ApiEndpoint: "$".concat("{Url}/a"), Authentication: connection }, []],
    ["apigateway:invoke", { ...api, Headers: { Accept: ["text/plain"], "Type.$": "$.types" } }, []],
    ["apigateway:invoke", { ...api, "Headers.$": "$.headers" }, []],
    [
      "apigateway:invoke",
      { ...api, Headers: { Authorization: ["x"], "x-amzn-y": ["x"], "Host.$": "$.h" } },
      ["Authorization", "x-amzn-y", "Host.$"].map((name) => `invalid_argument Headers ${name}`),
    ],
    ["apigateway:invoke", { ...api, Headers: { Accept: "text/plain" } }, ["invalid_argument Headers Accept"]],
    ["bedrock:invokeModel", { ModelId: "m" }, ["missing_parameter Body"]],
    ["bedrock:invokeModel", { ModelId: "m", Input: { S3Uri: "s3://b/k" } }, []],
    ["bedrock:invokeModel", { ModelId: "m", Body: {}, "Input.$": "$.in" }, ["conflicting_options Input"]],
  ])("%s of %o", (call, parameters, issues) => {
    const found = (options: object) =>
      tryCompile(new (classOf(call))("A", options)).issues.map(({ code, path }) => [code, ...path.slice(3)].join(" "));
    expect(found({ parameters })).toEqual(issues);
    expect(found({ parameters, checkParameters: false })).toEqual([]);
  });
});
