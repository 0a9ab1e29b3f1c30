import { describe, expect, test } from "vitest";
import { Data } from "../../src/interpreter/data.js";
import { FieldReader } from "../../src/interpreter/field-reader.js";
import {
  type ChildResult,
  defaultForFiles,
  defaultForOutput,
  inlineOutput,
  writeAll,
  writtenOutput,
} from "../../src/interpreter/map/result-files.js";
import { planWriterConfig } from "../../src/interpreter/map/writer-config.js";
import type { Json, JsonObject } from "../../src/language/json.js";
import { resultFiles } from "./result-files.js";

const machine = "arn:aws:states:us-east-1:111111111111";
const target = { bucket: "results", prefix: "jobs", mapRunArn: `${machine}:mapRun:m/Rows:run-uuid` };
const data = (value: Json) => new Data(value);
const ended = (name: string) => ({
  name,
  executionArn: `${machine}:execution:m/Rows:${name}`,
  stateMachineArn: `${machine}:stateMachine:m/Rows`,
  input: data(name),
  startDate: "2025-02-04T01:49:50.099Z",
  stopDate: "2025-02-04T01:49:50.163Z",
});
const succeeded = (name: string, output: Json): ChildResult => ({
  ...ended(name),
  status: "SUCCEEDED",
  output: data(output),
});
const failed = (name: string): ChildResult => ({ ...ended(name), status: "FAILED", error: "Boom", cause: "why" });
const pending: ChildResult = { status: "PENDING", input: data("late") };
const children = [succeeded("a", [1, 2]), failed("b"), succeeded("c", { d: 3 }), pending];

/** Bodies of the files by their names, parsed where they are JSON. */
function written(given: readonly ChildResult[], ...more: [config?: typeof defaultForFiles, mostBytes?: number]) {
  const files = resultFiles(target, given, ...more);
  return Object.fromEntries(files.map(({ key, body }) => [key.replace("jobs/run-uuid/", ""), body]));
}

const parsed = (text: string | undefined): Json => JSON.parse(text ?? "null") as Json;

describe("the files of a Map run", () => {
  test("are one for each status and the manifest", () => {
    expect(resultFiles(target, children).map(({ key }) => key)).toEqual([
      "jobs/run-uuid/FAILED_0.json",
      "jobs/run-uuid/PENDING_0.json",
      "jobs/run-uuid/SUCCEEDED_0.json",
      "jobs/run-uuid/manifest.json",
    ]);
  });

  test.each([
    { prefix: undefined, key: "run-uuid/manifest.json" },
    { prefix: "", key: "run-uuid/manifest.json" },
    { prefix: "a/b", key: "a/b/run-uuid/manifest.json" },
    { prefix: "a/b/", key: "a/b/run-uuid/manifest.json" },
  ])("are under the prefix $prefix", ({ prefix, key }) => {
    expect(resultFiles({ ...target, prefix }, []).map((file) => file.key)).toEqual([key]);
  });

  test("are named with their sizes in the manifest", () => {
    const files = written([succeeded("é", 1)]);
    expect(parsed(files["manifest.json"])).toEqual({
      DestinationBucket: "results",
      MapRunArn: target.mapRunArn,
      ResultFiles: {
        FAILED: [],
        PENDING: [],
        SUCCEEDED: [
          { Key: "jobs/run-uuid/SUCCEEDED_0.json", Size: Buffer.byteLength(files["SUCCEEDED_0.json"] ?? "") },
        ],
      },
    });
  });

  test("have the record of each execution that has succeeded", () => {
    expect(written([succeeded("a", [1, 2])])["SUCCEEDED_0.json"]).toMatchInlineSnapshot(
      `"[{"ExecutionArn":"arn:aws:states:us-east-1:111111111111:execution:m/Rows:a","Input":"\\"a\\"","InputDetails":{"Included":true},"Name":"a","Output":"[1,2]","OutputDetails":{"Included":true},"RedriveCount":0,"RedriveStatus":"NOT_REDRIVABLE","RedriveStatusReason":"Execution is SUCCEEDED and cannot be redriven","StartDate":"2025-02-04T01:49:50.099Z","StateMachineArn":"arn:aws:states:us-east-1:111111111111:stateMachine:m/Rows","Status":"SUCCEEDED","StopDate":"2025-02-04T01:49:50.163Z"}]"`,
    );
  });

  test("have the record of each execution that has failed", () => {
    expect(written([failed("b")])["FAILED_0.json"]).toMatchInlineSnapshot(
      `"[{"Cause":"why","Error":"Boom","ExecutionArn":"arn:aws:states:us-east-1:111111111111:execution:m/Rows:b","Input":"\\"b\\"","InputDetails":{"Included":true},"Name":"b","OutputDetails":{"Included":true},"RedriveCount":0,"RedriveStatus":"REDRIVABLE_BY_MAP_RUN","StartDate":"2025-02-04T01:49:50.099Z","StateMachineArn":"arn:aws:states:us-east-1:111111111111:stateMachine:m/Rows","Status":"FAILED","StopDate":"2025-02-04T01:49:50.163Z"}]"`,
    );
  });

  test("have what was to be the input of those that never started", () => {
    expect(written([pending])["PENDING_0.json"]).toBe(
      '[{"Input":"\\"late\\"","InputDetails":{"Included":true},"Status":"PENDING"}]',
    );
  });

  test.each([{ status: "TIMED_OUT" as const }, { status: "ABORTED" as const }])(
    "count $status as failed",
    ({ status }) => {
      expect(written([{ ...ended("t"), status }])["FAILED_0.json"]).toContain(`"Status":"${status}"`);
    },
  );

  test("have the outputs alone with COMPACT, but the records of what has failed", () => {
    const files = written(children, { transformation: "COMPACT", outputType: "JSON" });
    expect(files["SUCCEEDED_0.json"]).toBe('[[1,2],{"d":3}]');
    expect(parsed(files["FAILED_0.json"])).toMatchObject([{ Error: "Boom", Cause: "why", Status: "FAILED" }]);
  });

  test("have the items of the outputs with FLATTEN", () => {
    const files = written(children, { transformation: "FLATTEN", outputType: "JSON" });
    expect(files["SUCCEEDED_0.json"]).toBe('[1,2,{"d":3}]');
  });

  test("have a line for each result with JSONL", () => {
    const files = written(children, { transformation: "COMPACT", outputType: "JSONL" });
    expect(files["SUCCEEDED_0.json"]).toBe('[1,2]\n{"d":3}\n');
  });

  test("are more than one where one would be too large", () => {
    const files = written(
      [succeeded("a", 1), succeeded("b", 2), succeeded("c", 3)],
      { transformation: "COMPACT", outputType: "JSON" },
      6,
    );
    expect([files["SUCCEEDED_0.json"], files["SUCCEEDED_1.json"]]).toEqual(["[1,2]", "[3]"]);
  });
});

test("many results are written with pauses in between", () => {
  const many = Array.from({ length: 12_000 }, () => succeeded("a", 1));
  const steps = [...writeAll(target, many)].map((file) => file?.key.split("/").at(-1));
  expect(steps.filter((step) => step !== undefined)).toEqual(["SUCCEEDED_0.json", "manifest.json"]);
  expect(steps.filter((step) => step === undefined).length).toBeGreaterThanOrEqual(2);
});

test("the output of a Map that writes files says where the manifest is", () => {
  expect(writtenOutput(target)).toEqual({
    MapRunArn: target.mapRunArn,
    ResultWriterDetails: { Bucket: "results", Key: "jobs/run-uuid/manifest.json" },
  });
});

describe("the output of a Map that writes no files", () => {
  const both = [succeeded("a", [1, 2]), succeeded("b", 3)];

  test("is the list of the outputs", () => {
    expect(inlineOutput(both)).toEqual([[1, 2], 3]);
  });

  test("has the record of an execution that has failed in its place", () => {
    expect(inlineOutput([failed("x"), succeeded("b", 3)])).toMatchObject([{ Name: "x", Error: "Boom" }, 3]);
  });

  test("has the items of the outputs with FLATTEN", () => {
    expect(inlineOutput(both, { transformation: "FLATTEN", outputType: "JSON" })).toEqual([1, 2, 3]);
  });

  test("has the records with NONE", () => {
    expect(inlineOutput(both, { transformation: "NONE", outputType: "JSON" })).toMatchObject([
      { Name: "a" },
      { Name: "b" },
    ]);
  });

  test("is a text with JSONL", () => {
    expect(inlineOutput(both, { transformation: "COMPACT", outputType: "JSONL" })).toBe("[1,2]\n3\n");
  });
});

describe("WriterConfig", () => {
  const config = (fields: JsonObject) => planWriterConfig(new FieldReader(fields, "/States/M/ResultWriter", []));
  const Resource = "arn:aws:states:::s3:putObject";

  test.each([
    { name: "no ResultWriter", planned: planWriterConfig(undefined), expected: defaultForOutput },
    { name: "a bucket alone", planned: config({ Resource }), expected: defaultForFiles },
    {
      name: "one word of two",
      planned: config({ Resource, WriterConfig: { OutputType: "JSONL" } }),
      expected: { transformation: "NONE", outputType: "JSONL" },
    },
    {
      name: "both words",
      planned: config({ WriterConfig: { Transformation: "FLATTEN", OutputType: "JSON" } }),
      expected: { transformation: "FLATTEN", outputType: "JSON" },
    },
  ])("has its defaults for $name", ({ planned, expected }) => {
    expect(planned).toEqual(expected);
  });
});
