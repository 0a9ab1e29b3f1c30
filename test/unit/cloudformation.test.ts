import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { renderTemplate, type TemplateMachine } from "../../src/document/cloudformation.js";
import type { StateMachineDefinition } from "../../src/language/asl.js";
import { DefinitionError } from "../../src/language/errors.js";
import { fromAsl } from "../../src/states/frozen-definition.js";
import { Pass } from "../../src/states/pass.js";
import { Workflow } from "../../src/workflow/workflow.js";
import { fakeSession } from "./fake-session.js";

const roleArn = "arn:aws:iam::123456789012:role/Runner";
const withResult = (Result: string): StateMachineDefinition => ({
  StartAt: "A",
  States: { A: { Type: "Pass", Result, End: true } },
});
const machine: TemplateMachine = { name: "count", roleArn, definition: withResult("r") };

interface Template {
  readonly Resources: {
    readonly StateMachineComponent: {
      readonly Properties: Readonly<Record<string, unknown>> & { DefinitionString: string };
    };
  };
}

function propertiesIn(text: string): Template["Resources"]["StateMachineComponent"]["Properties"] {
  return (parse(text) as Template).Resources.StateMachineComponent.Properties;
}

async function issuesOf(options: object): Promise<readonly string[]> {
  try {
    await renderTemplate(machine, options);
  } catch (error) {
    if (DefinitionError.is(error)) return error.issues.map(({ code, path }) => [code, ...path].join(" "));
    throw error;
  }
  return [];
}

test("a template is YAML in block style", async () => {
  expect(await renderTemplate(machine, {})).toMatchInlineSnapshot(`
    "AWSTemplateFormatVersion: "2010-09-09"
    Description: CloudFormation template for AWS Step Functions - State Machine
    Resources:
      StateMachineComponent:
        Type: AWS::StepFunctions::StateMachine
        Properties:
          StateMachineName: count
          DefinitionString: |-
            {
              "StartAt": "A",
              "States": {
                "A": {
                  "Type": "Pass",
                  "Result": "r",
                  "End": true
                }
              }
            }
          RoleArn: arn:aws:iam::123456789012:role/Runner
    "
  `);
});

test("as JSON it says the same", async () => {
  const options = { description: "yes" };
  const json: unknown = JSON.parse(await renderTemplate(machine, { ...options, format: "json" }));
  expect(json).toEqual(parse(await renderTemplate(machine, options)));
  expect(json).toMatchObject({ Description: "yes" });
});

test("each setting of a workflow stands in the template", async () => {
  const destinations = [{ cloudWatchLogsLogGroup: { logGroupArn: "arn:aws:logs:us-east-1:1:log-group:g:*" } }];
  const workflow = new Workflow({
    session: fakeSession({}),
    role: "Runner",
    name: "count",
    definition: new Pass("A"),
    type: "EXPRESS",
    tags: [{ key: "team", value: "on" }],
    loggingConfiguration: { level: "ERROR", includeExecutionData: false, destinations },
    tracingConfiguration: { enabled: true },
    encryptionConfiguration: { type: "CUSTOMER_MANAGED_KMS_KEY", kmsKeyId: "k", kmsDataKeyReusePeriodSeconds: 300 },
  });
  const { DefinitionString: _, ...properties } = propertiesIn(await workflow.getCloudFormationTemplate());
  expect(properties).toEqual({
    StateMachineName: "count",
    StateMachineType: "EXPRESS",
    RoleArn: roleArn,
    LoggingConfiguration: {
      Level: "ERROR",
      IncludeExecutionData: false,
      Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: "arn:aws:logs:us-east-1:1:log-group:g:*" } }],
    },
    TracingConfiguration: { Enabled: true },
    EncryptionConfiguration: { Type: "CUSTOMER_MANAGED_KMS_KEY", KmsKeyId: "k", KmsDataKeyReusePeriodSeconds: 300 },
    Tags: [{ Key: "team", Value: "on" }],
  });
});

test("a machine that is attached to keeps its tags in the template", async () => {
  const session = fakeSession({
    DescribeStateMachine: { name: "count", roleArn, definition: JSON.stringify(withResult("r")) },
    ListTagsForResource: { tags: [{ key: "team", value: "data" }] },
  });
  const arn = "arn:aws:states:us-east-1:123456789012:stateMachine:count";
  const properties = propertiesIn(await (await Workflow.attach(session, arn)).getCloudFormationTemplate());
  expect(properties["Tags"]).toEqual([{ Key: "team", Value: "data" }]);
});

test("what the template cannot move is told", async () => {
  const told: string[] = [];
  const tell = (message: string): void => void told.push(message);
  const logger = { debug: tell, info: tell, warn: tell, error: tell };
  const session = fakeSession({});
  const definition = fromAsl(JSON.stringify(withResult("r")));
  await new Workflow({ session, role: "Runner", name: "count", definition, logger }).getCloudFormationTemplate();
  expect(told).toEqual([
    "the template names resources of this account and region; adapt them before it is used in another one",
  ]);
});

describe("what CloudFormation replaces", () => {
  const texts = ["{Name}", "{", "{'a': 1}", "{}"]
    .flatMap((text) => [`$${text}`, `\\$${text}`, `$$${text}`])
    .concat("{{resolve:ssm:name}}", "{{{resolve:ssm:name}}");
  test.each(texts)("%s in a definition stays the text that it is", async (text) => {
    const { DefinitionString } = propertiesIn(await renderTemplate({ ...machine, definition: withResult(text) }, {}));
    expect(DefinitionString).not.toMatch(/\$\{|\{\{resolve:/);
    expect(JSON.parse(DefinitionString)).toEqual(withResult(text));
  });

  test("is what is asked for, and nothing else", async () => {
    const options = { parameters: { Image: { Type: "String" } }, substitutions: { Image: { Ref: "Image" } } };
    const text = await renderTemplate({ ...machine, definition: withResult(`\${Image} \${Other}`) }, options);
    const { DefinitionString, DefinitionSubstitutions } = propertiesIn(text);
    expect(DefinitionString).toContain(`"\${Image} \\u0024{Other}"`);
    expect(DefinitionSubstitutions).toEqual({ Image: { Ref: "Image" } });
    expect(parse(text)).toMatchObject({ Parameters: { Image: { Type: "String" } } });
  });

  test("and is not in the definition, is refused", async () => {
    expect(await issuesOf({ substitutions: { Image: "x" } })).toEqual(["invalid_argument substitutions Image"]);
  });
});

test("options that are none are refused, together", async () => {
  const options = { descripton: "x", description: "é".repeat(513), format: "xml", parameters: [], substitutions: 5 };
  expect(await issuesOf(options)).toEqual([
    "unknown_option descripton",
    "invalid_text description",
    "invalid_argument format",
    "invalid_argument parameters",
    "invalid_argument substitutions",
  ]);
  expect(await issuesOf({ description: "é".repeat(512) })).toEqual([]);
});

describe("names and values that CloudFormation would refuse are refused", () => {
  const circular: Record<string, unknown> = { Type: "String" };
  circular["Default"] = circular;
  const loop: Record<string, unknown> = {};
  loop["Ref"] = [loop, loop];
  test.each([
    ["parameters", "a b", { Type: "String" }],
    ["parameters", "", { Type: "String" }],
    ["parameters", "A", {}],
    ["parameters", "A", 5],
    ["parameters", "A", null],
    ["parameters", "A", { Type: "" }],
    ["parameters", "A", { Type: "Number", Default: { Ref: "B" } }],
    ["parameters", "A", circular],
    ["substitutions", "", "x"],
    ["substitutions", "a-b c", "x"],
    ["substitutions", "A", 5],
    ["substitutions", "A", null],
    ["substitutions", "A", ["x"]],
    ["substitutions", "A", { Ref: "X", Other: 1 }],
    ["substitutions", "A", { Type: "String" }],
    ["substitutions", "A", { Ref: () => 1 }],
    ["substitutions", "A", loop],
  ] as const)("%s %j", async (option, name, value) => {
    const options = { [option]: { [name]: value } };
    const text = `\${${name}}`;
    const thrown = await renderTemplate({ ...machine, definition: withResult(text) }, options).catch((error) => error);
    expect(DefinitionError.is(thrown) && thrown.issues.map(({ code, path }) => [code, path])).toEqual([
      ["invalid_argument", [option, name]],
    ]);
  });

  test("and others are written", async () => {
    const parameters = { Size: { Type: "Number", Default: 1, AllowedValues: [1, 2], NoEcho: true } };
    const substitutions = { "AWS::Region": { Ref: "AWS::Region" }, a_b: { "Fn::Sub": ["x", { y: { Ref: "Size" } }] } };
    const definition = withResult(`\${AWS::Region}\${a_b}`);
    const template = parse(await renderTemplate({ ...machine, definition }, { parameters, substitutions }));
    expect(template).toMatchObject({ Parameters: parameters });
  });
});
