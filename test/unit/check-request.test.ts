import { describe, expect, test } from "vitest";
import * as z from "zod";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import { formatIssue } from "../../src/language/errors.js";
import { checkRequest, type RequestName } from "../../src/sagemaker/request/check-request.js";
import requestShapes from "../../src/sagemaker/request/request-shapes.json" with { type: "json" };
import { Problems } from "../../src/services/problems.js";

function foundIn(request: unknown, name: RequestName = "CreateModel"): readonly string[] {
  const problems = new Problems();
  checkRequest(name, request, ["Parameters"], problems);
  return problems.issues.map(formatIssue).map((line) => line.replace(/ \(see the page.*$/, ""));
}

const model = { ModelName: "m", ExecutionRoleArn: "arn:aws:iam::123456789012:role/R" };
const input = new ExecutionInput(z.object({ Name: z.string() }));

const cases = [
  { name: "what fits", request: model, found: [] },
  {
    name: "a required member that is missing",
    request: {},
    found: ["[invalid_request] Parameters.ModelName: expected a value, as the API demands one; got nothing"],
  },
  { name: "a required member as a path by hand", request: { "ModelName.$": "$.name" }, found: [] },
  { name: "a placeholder", request: { ...model, ModelName: input.Name }, found: [] },
  { name: "an expression of JSONata by hand", request: { ...model, ModelName: "{% $name %}" }, found: [] },
  {
    name: "a text that does not match its pattern",
    request: { ...model, ModelName: "a_b" },
    found: [
      '[invalid_request] Parameters.ModelName: expected a text that matches [a-zA-Z0-9]([\\-a-zA-Z0-9]*[a-zA-Z0-9])?, got "a_b"',
    ],
  },
  {
    name: "a text that is too long",
    request: { ...model, ModelName: "a".repeat(64) },
    found: ["[invalid_request] Parameters.ModelName: expected 0 to 63 characters, got 64"],
  },
  {
    name: "a text that is none",
    request: { ...model, ModelName: 7 },
    found: ["[invalid_request] Parameters.ModelName: expected a text, got 7"],
  },
  {
    name: "a word that is none of the choices",
    request: { ...model, InferenceExecutionConfig: { Mode: "Parallel" } },
    found: [
      '[invalid_request] Parameters.InferenceExecutionConfig.Mode: expected one of "Serial", "Direct", got "Parallel"',
    ],
  },
  {
    name: "a flag that is none",
    request: { ...model, EnableNetworkIsolation: "yes" },
    found: ['[invalid_request] Parameters.EnableNetworkIsolation: expected true or false, got "yes"'],
  },
  {
    name: "an item of a list, and its size",
    request: { ...model, VpcConfig: { SecurityGroupIds: [], Subnets: ["a b"] } },
    found: [
      "[invalid_request] Parameters.VpcConfig.SecurityGroupIds: expected 1 to 5 items, got 0",
      '[invalid_request] Parameters.VpcConfig.Subnets.0: expected a text that matches [-0-9a-zA-Z]+, got "a b"',
    ],
  },
  {
    name: "a list and an object that are none",
    request: { ...model, Containers: {}, VpcConfig: [] },
    found: [
      "[invalid_request] Parameters.Containers: expected a list, got {}",
      "[invalid_request] Parameters.VpcConfig: expected an object, got []",
    ],
  },
  {
    name: "a key and a value of a map",
    request: { ...model, PrimaryContainer: { Environment: { "1": "x", A: 3, "B.$": "$.b" } } },
    found: [
      '[invalid_request] Parameters.PrimaryContainer.Environment.1: expected a text that matches [a-zA-Z_][a-zA-Z0-9_]*, got "1"',
      "[invalid_request] Parameters.PrimaryContainer.Environment.A: expected a text, got 3",
    ],
  },
  { name: "a member that the model does not have is AWS's to judge", request: { ...model, Newest: 1 }, found: [] },
] as const;

describe("a request is held against what the API demands", () => {
  test.each(cases)("$name", ({ request, found }) => {
    expect(foundIn(request)).toEqual(found);
  });

  test("a whole number within its range", () => {
    const found = foundIn(
      {
        ProcessingJobName: "j",
        RoleArn: model.ExecutionRoleArn,
        AppSpecification: { ImageUri: "i" },
        ProcessingResources: {
          ClusterConfig: { InstanceCount: 101, InstanceType: "m5.xlarge", VolumeSizeInGB: 1.5 },
        },
      },
      "CreateProcessingJob",
    );
    const cluster = "Parameters.ProcessingResources.ClusterConfig";
    expect(found).toEqual([
      `[invalid_request] ${cluster}.InstanceCount: expected a whole number 1 to 100, got 101`,
      `[invalid_request] ${cluster}.InstanceType: expected a text that matches ml\\.[a-z0-9-]+\\.[a-z0-9-]+, got "m5.xlarge"`,
      `[invalid_request] ${cluster}.VolumeSizeInGB: expected a whole number 1 to 16384, got 1.5`,
    ]);
  });

  test("data that nests without end", () => {
    const endless: Record<string, unknown> = { ...model };
    endless["VpcConfig"] = endless;
    expect(foundIn(endless).length).toBeGreaterThan(0);
  });
});

test("a catalog may hold any character but those of control", () => {
  const catalog = (text: string) => ({
    ProcessingJobName: "p",
    RoleArn: "arn:aws:iam::123456789012:role/R",
    AppSpecification: { ImageUri: "i" },
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 30 } },
    ProcessingInputs: [
      {
        InputName: "rows",
        DatasetDefinition: {
          AthenaDatasetDefinition: {
            Catalog: text,
            Database: "d",
            QueryString: "SELECT 1",
            OutputS3Uri: "s3://b/o",
            OutputFormat: "ORC",
          },
        },
      },
    ],
  });
  expect(foundIn(catalog("AwsData🙂ä"), "CreateProcessingJob")).toEqual([]);
  expect(foundIn(catalog("AwsData\u0001"), "CreateProcessingJob")).toHaveLength(1);
});

test("each pattern of the model is one of JavaScript's", () => {
  const patterns = Object.values(requestShapes.shapes).flatMap((shape) => ("pattern" in shape ? [shape.pattern] : []));
  const isWrong = (pattern: string): boolean => {
    try {
      new RegExp(pattern, /\\p\{|\\uD8/.test(pattern) ? "u" : "");
      return false;
    } catch {
      return true;
    }
  };
  expect(patterns.filter(isWrong)).toEqual([]);
});
