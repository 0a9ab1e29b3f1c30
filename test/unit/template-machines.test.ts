// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are placeholders of CloudFormation.
import { describe, expect, test } from "vitest";
import { templateMachines } from "../../src/document/template-machines.js";

const head = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n";

function resource(properties: string, type = "AWS::StepFunctions::StateMachine"): string {
  return `${head}  Flow:\n    Type: ${type}\n    Properties:\n${properties.replace(/^/gm, "      ")}\n`;
}

function definitionIn(text: string): unknown {
  return templateMachines(text)?.machines[0]?.definition;
}

describe("definitions in templates", () => {
  test.each([
    { name: "a definition", text: '{ "StartAt": "A", "States": {}, "Comment": "AWS::StepFunctions::StateMachine" }' },
    { name: "no YAML", text: `${head}  - }` },
    { name: "a definition with resources", text: "StartAt: A\nStates: {}\nResources: {}" },
    { name: "a list", text: "- AWS::Serverless::StateMachine" },
    { name: "far too deep", text: `${head}${"[".repeat(100_000)}` },
    { name: "nothing", text: "" },
  ])("$name is no template", ({ text }) => {
    expect(templateMachines(text)).toBeUndefined();
  });

  const definitions = [
    { name: "data", properties: "Definition:\n  StartAt: A", definition: { StartAt: "A" } },
    { name: "a text", properties: 'DefinitionString: \'{"StartAt":"A"}\'', definition: '{"StartAt":"A"}' },
    {
      name: "a block",
      properties: 'DefinitionString: |\n  { "StartAt":\n    "A" }',
      definition: '{ "StartAt":\n  "A" }\n',
    },
    {
      name: "!Sub of a block",
      properties: 'DefinitionString: !Sub |\n  { "A": "${A.Arn}" }',
      definition: '{ "A": "${A.Arn}" }\n',
    },
    {
      name: "Fn::Sub with variables",
      properties: "DefinitionString:\n  Fn::Sub: ['[${a}]', { a: !Ref A }]",
      definition: "[${a}]",
    },
    {
      name: "Fn::Join",
      properties: 'DefinitionString: { "Fn::Join": ["", [\'{"a":"\', { "Fn::GetAtt": ["F", "Arn"] }, \'"}\']] }',
      definition: '{"a":"${F.Arn}"}',
    },
    {
      name: "Fn::ToJsonString",
      properties: "DefinitionString:\n  Fn::ToJsonString: { A: !Ref B }",
      definition: { A: "${B}" },
    },
    { name: "!ToJsonString", properties: "DefinitionString: !ToJsonString { A: 1 }", definition: { A: 1 } },
    {
      name: "functions within data",
      properties:
        "Definition:\n  A: !GetAtt F.Arn\n  B: { Ref: T }\n  C: [!Sub 'x-${Y}', { Fn::If: [a, b, c] }]\n  D: !ImportValue z",
      definition: { A: "${F.Arn}", B: "${T}", C: ["x-${Y}", "${If}"], D: "${ImportValue}" },
    },
  ];

  test.each(definitions)("are read from $name", ({ properties, definition }) => {
    expect(definitionIn(resource(properties))).toEqual(definition);
  });

  test("are read from templates of JSON, with what the template knows of the placeholders", () => {
    const Properties = {
      Type: "EXPRESS",
      Definition: { StartAt: "A" },
      DefinitionSubstitutions: { Table: "orders", Arn: { Ref: "F" } },
    };
    const template = {
      Resources: { Flow: { Type: "AWS::Serverless::StateMachine", Properties }, Other: { Type: "X" } },
    };
    expect(templateMachines(JSON.stringify(template))).toMatchObject({
      machines: [{ name: "Flow", type: "EXPRESS", definition: { StartAt: "A" }, substitutions: { Table: "orders" } }],
      elsewhere: [],
    });
  });

  test.each([
    { name: "!Ref", properties: "DefinitionString: !Ref Text", from: "Ref" },
    { name: "Fn::ImportValue", properties: "Definition: { 'Fn::ImportValue': x }", from: "ImportValue" },
    { name: "!Sub of one name", properties: "DefinitionString: !Sub '${Text}'", from: "Sub" },
    { name: "a placeholder", properties: "DefinitionString: ${Text}", from: "a placeholder" },
  ])("are not known before the stack is made: $name", ({ properties, from }) => {
    expect(templateMachines(resource(properties))).toEqual({ machines: [], elsewhere: [`Flow has it from ${from}`] });
  });

  test.each([
    "Definition: !If [c, { StartAt: A }, !If [d, !Ref AWS::NoValue, { StartAt: B }]]",
    'DefinitionString: { "Fn::If": [c, { "Fn::ToJsonString": { StartAt: A } }, !ToJsonString { StartAt: B }] }',
  ])("are read from each way of a condition: %s", (properties) => {
    const { machines, elsewhere } = templateMachines(resource(properties)) ?? {};
    expect(machines?.map(({ definition }) => definition)).toEqual([{ StartAt: "A" }, { StartAt: "B" }]);
    expect(elsewhere).toEqual([]);
  });

  test.each([
    "AWSTemplateFormatVersion: x",
    "Resources: {}",
    '{ "Resources": { "B": { "Type": "AWS::S3::Bucket" } } }',
  ])("a template without any is a template: %s", (text) => {
    expect(templateMachines(text)).toEqual({ machines: [], elsewhere: [] });
  });

  test("are told of where they are elsewhere", () => {
    const text = resource("DefinitionUri: flow.asl.json", "AWS::Serverless::StateMachine");
    expect(templateMachines(text)).toEqual({ machines: [], elsewhere: ['Flow has it in the file "flow.asl.json"'] });
  });
});

describe("places in templates", () => {
  const data = resource("Definition:\n  States:\n    A/b:\n      Next: C\n    L: [1, 2]\n  Arn: !GetAtt F.Arn");
  test.each([
    { pointer: "/States/A~1b/Next", line: 9, column: 19 },
    { pointer: "/States/L/1", line: 10, column: 18 },
    { pointer: "/States/L/7/x", line: 10, column: 14 },
    { pointer: "/Arn", line: 11, column: 22 },
  ])("of data: $pointer", ({ pointer, line, column }) => {
    expect(templateMachines(data)?.machines[0]?.positionOf({ pointer })).toEqual({ line, column });
  });

  test("of a key are where the key is", () => {
    const spot = { pointer: "/States/A~1b/Next", isKey: true };
    expect(templateMachines(data)?.machines[0]?.positionOf(spot)).toEqual({ line: 9, column: 13 });
  });

  test("of a block are those of its lines", () => {
    const text = resource('DefinitionString: !Sub |\n  {\n    "StartAt": "A"\n  }');
    const at = templateMachines(text)?.machines[0]?.positionOf({ pointer: "/StartAt", line: 2, column: 14 });
    expect(at).toEqual({ line: 8, column: 22 });
    expect(text.split("\n")[7]?.slice(21)).toBe('"A"');
  });

  test("of any other text are where the text begins", () => {
    const text = resource('DefinitionString: \'{"StartAt":"A"}\'');
    const at = templateMachines(text)?.machines[0]?.positionOf({ pointer: "/StartAt", line: 1, column: 12 });
    expect(at).toEqual({ line: 6, column: 25 });
  });
});
