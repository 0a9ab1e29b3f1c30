import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  paginateListExecutions,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { describe, expect, onTestFinished, test } from "vitest";
import { defaultIdentity } from "../../src/local/identity.js";
import { createLocalService } from "../../src/local/service.js";
import { inProcess, overHttp, temporaryFolder } from "./clients.js";

const roleArn = "arn:aws:iam::000000000000:role/sfn-ds-local";
const reader = (fields: object = {}) => ({
  Resource: "arn:aws:states:::s3:getObject",
  ReaderConfig: { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW" },
  Parameters: { Bucket: "data", Key: "rows.csv" },
  ...fields,
});
const writer = { Resource: "arn:aws:states:::s3:putObject", Parameters: { Bucket: "data", Prefix: "out" } };
const passed = { P: { Type: "Pass", End: true } };
/** Fails for items whose `a` is `bad`. */
const picky = {
  C: { Type: "Choice", Choices: [{ Variable: "$.a", StringEquals: "bad", Next: "F" }], Default: "P" },
  F: { Type: "Fail", Error: "Bad", Cause: "a bad row" },
  P: { Type: "Pass", End: true },
};
const waiting = { W: { Type: "Wait", Seconds: 3600, End: true } };

function map(fields: object, states: Record<string, object> = passed, type = "STANDARD"): string {
  const processor = {
    ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: type },
    StartAt: Object.keys(states)[0],
    States: states,
  };
  const state = { Type: "Map", Label: "Rows", ItemProcessor: processor, End: true, ...fields };
  return JSON.stringify({ StartAt: "Map", States: { Map: state } });
}

/** The service, with the bucket `data` and the objects that are given in it. */
async function service(objects: Record<string, string> = {}, over: "in process" | "HTTP" = "in process") {
  const local = await createLocalService({ directory: await temporaryFolder(), identity: defaultIdentity });
  onTestFinished(async () => void (await local.close()));
  const settings = over === "HTTP" ? await overHttp(local.handle) : inProcess(local.handle);
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  const sfn = new SFNClient(settings);
  await s3.send(new CreateBucketCommand({ Bucket: "data" }));
  for (const [Key, Body] of Object.entries(objects)) await s3.send(new PutObjectCommand({ Bucket: "data", Key, Body }));
  const start = async (definition: string, input = "{}"): Promise<string> => {
    const { stateMachineArn } = await sfn.send(new CreateStateMachineCommand({ name: "m", definition, roleArn }));
    const { executionArn = "" } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input }));
    return executionArn;
  };
  const ended = async (executionArn: string) => {
    for (;;) {
      const described = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      if (described.status !== "RUNNING") return described;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const run = async (definition: string, input?: string) => ended(await start(definition, input));
  const mapRunOf = async (executionArn: string | undefined) => {
    const { mapRuns } = await sfn.send(new ListMapRunsCommand({ executionArn }));
    return sfn.send(new DescribeMapRunCommand({ mapRunArn: mapRuns?.[0]?.mapRunArn }));
  };
  const text = async (Key: string) =>
    (await s3.send(new GetObjectCommand({ Bucket: "data", Key }))).Body?.transformToString();
  const childrenOf = async (executionArn: string | undefined) => {
    const { mapRunArn } = await mapRunOf(executionArn);
    return (await sfn.send(new ListExecutionsCommand({ mapRunArn }))).executions ?? [];
  };
  return { local, sfn, s3, start, run, ended, mapRunOf, childrenOf, text };
}

describe.each(["in process", "HTTP"] as const)("%s", (over) => {
  test("the rows of a CSV file are worked on, and their results are written", async () => {
    const { run, text } = await service({ "rows.csv": "a,b\n1,2\n3,4\n" }, over);
    const { status, output = "" } = await run(map({ ItemReader: reader(), ResultWriter: writer }));
    expect(status).toBe("SUCCEEDED");
    const { MapRunArn, ResultWriterDetails } = JSON.parse(output);
    const uuid = MapRunArn.slice(MapRunArn.lastIndexOf(":") + 1);
    expect(MapRunArn).toMatch(/^arn:aws:states:us-east-1:000000000000:mapRun:m\/Rows:[0-9a-f-]{36}$/);
    expect(ResultWriterDetails).toEqual({ Bucket: "data", Key: `out/${uuid}/manifest.json` });
    const manifest = JSON.parse((await text(ResultWriterDetails.Key)) ?? "");
    const results = JSON.parse((await text(manifest.ResultFiles.SUCCEEDED[0].Key)) ?? "");
    expect(results.map(({ Output }: { Output: string }) => JSON.parse(Output))).toEqual([
      { a: "1", b: "2" },
      { a: "3", b: "4" },
    ]);
  });
});

test("a Map run is listed and described", async () => {
  const { sfn, run, mapRunOf } = await service();
  const { executionArn, output } = await run(map({ MaxConcurrency: 1, ToleratedFailureCount: 2 }), "[1,2]");
  expect(output).toBe("[1,2]");
  const { mapRuns } = await sfn.send(new ListMapRunsCommand({ executionArn }));
  const mapRunArn = expect.stringMatching(/:mapRun:m\/Rows:/);
  expect(mapRuns).toEqual([
    {
      executionArn,
      mapRunArn,
      stateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:m/Rows",
      startDate: expect.any(Date),
      stopDate: expect.any(Date),
    },
  ]);
  const counts = {
    aborted: 0,
    failed: 0,
    pending: 0,
    resultsWritten: 2,
    running: 0,
    succeeded: 2,
    timedOut: 0,
    total: 2,
  };
  expect(await mapRunOf(executionArn)).toMatchObject({
    executionArn,
    mapRunArn,
    status: "SUCCEEDED",
    maxConcurrency: 1,
    toleratedFailureCount: 2,
    toleratedFailurePercentage: 0,
    itemCounts: counts,
    executionCounts: counts,
  });
});

test("child executions are listed by their Map run, not by the machine", async () => {
  const { sfn, run, mapRunOf, childrenOf } = await service();
  const { executionArn, stateMachineArn } = await run(map({}), "[7]");
  const { mapRunArn } = await mapRunOf(executionArn);
  const [child] = await childrenOf(executionArn);
  expect(child).toMatchObject({
    executionArn: `arn:aws:states:us-east-1:000000000000:execution:m/Rows:${child?.name}`,
    stateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:m/Rows",
    mapRunArn,
    itemCount: 1,
    status: "SUCCEEDED",
  });
  const { executions } = await sfn.send(new ListExecutionsCommand({ stateMachineArn }));
  expect(executions?.map((one) => one.executionArn)).toEqual([executionArn]);
});

test("a child execution is described, and has a history of its own", async () => {
  const { sfn, run, mapRunOf, childrenOf } = await service();
  const { executionArn } = await run(map({}), "[7]");
  const { mapRunArn } = await mapRunOf(executionArn);
  const [child] = await childrenOf(executionArn);
  const named = { executionArn: child?.executionArn };
  expect(await sfn.send(new DescribeExecutionCommand(named))).toMatchObject({ input: "7", output: "7", mapRunArn });
  expect(await sfn.send(new DescribeStateMachineForExecutionCommand(named))).toMatchObject({
    mapRunArn,
    label: "Rows",
  });
  const { events } = await sfn.send(new GetExecutionHistoryCommand(named));
  expect(events?.map(({ type }) => type)).toEqual([
    "ExecutionStarted",
    "PassStateEntered",
    "PassStateExited",
    "ExecutionSucceeded",
  ]);
});

test("batches are counted as executions, what is in them as items", async () => {
  const { run, mapRunOf, childrenOf } = await service();
  const { executionArn } = await run(map({ ItemBatcher: { MaxItemsPerBatch: 2 } }), "[1,2,3]");
  expect(await mapRunOf(executionArn)).toMatchObject({
    itemCounts: { succeeded: 3, total: 3 },
    executionCounts: { succeeded: 2, total: 2 },
  });
  expect((await childrenOf(executionArn)).map(({ itemCount }) => itemCount).sort()).toEqual([1, 2]);
});

test("tolerated failures leave the Map run a success", async () => {
  const { run, mapRunOf } = await service({ "rows.csv": "a\n1\nbad\n3\n" });
  const { executionArn, status } = await run(map({ ItemReader: reader(), ToleratedFailureCount: 1 }, picky));
  expect(status).toBe("SUCCEEDED");
  expect(await mapRunOf(executionArn)).toMatchObject({ status: "SUCCEEDED", itemCounts: { succeeded: 2, failed: 1 } });
});

test("one failure more than is tolerated fails the Map run, and what is left is not begun", async () => {
  const { run, mapRunOf } = await service({ "rows.csv": "a\nbad\nbad\n3\n" });
  const fields = { ItemReader: reader(), ToleratedFailureCount: 1, MaxConcurrency: 1 };
  const { executionArn, status, error } = await run(map(fields, picky));
  expect({ status, error }).toEqual({ status: "FAILED", error: "States.ExceedToleratedFailureThreshold" });
  expect(await mapRunOf(executionArn)).toMatchObject({
    status: "FAILED",
    itemCounts: { failed: 2, pending: 1, total: 3 },
  });
});

describe("a Map run that fails while its child executions run", () => {
  const states = {
    C: { ...picky.C, Default: "W" },
    F: { Type: "Fail", Error: "Bad", Cause: "a bad row" },
    W: waiting.W,
  };
  const input = JSON.stringify(Array.from({ length: 150 }, (_, a) => ({ a: a === 50 ? "bad" : a })));

  test("writes a record of each item", async () => {
    const { run, mapRunOf, text } = await service();
    const { executionArn } = await run(map({ ResultWriter: writer }, states), input);
    const { mapRunArn = "" } = await mapRunOf(executionArn);
    const folder = `out/${mapRunArn.slice(mapRunArn.lastIndexOf(":") + 1)}`;
    const { ResultFiles } = JSON.parse((await text(`${folder}/manifest.json`)) ?? "");
    const inputs: number[] = [];
    for (const { Key } of [...ResultFiles.FAILED, ...ResultFiles.PENDING]) {
      for (const { Input } of JSON.parse((await text(Key)) ?? "")) inputs.push(JSON.parse(Input).a);
    }
    expect(inputs.filter((a) => typeof a === "number").sort((one, other) => one - other)).toEqual(
      Array.from({ length: 150 }, (_, a) => a).filter((a) => a !== 50),
    );
    expect(inputs).toHaveLength(150);
  });
});

test("a failed child execution can be redriven by its Map run alone", async () => {
  const { sfn, run, childrenOf } = await service();
  const { executionArn } = await run(map({}, picky), '[{"a":"bad"}]');
  const [child] = await childrenOf(executionArn);
  expect(await sfn.send(new DescribeExecutionCommand({ executionArn: child?.executionArn }))).toMatchObject({
    status: "FAILED",
    error: "Bad",
    redriveStatus: "REDRIVABLE_BY_MAP_RUN",
  });
});

test("stopping an execution stops the child executions of its Map", async () => {
  const { sfn, start, mapRunOf, childrenOf } = await service();
  const executionArn = await start(map({}, waiting), JSON.stringify(Array.from({ length: 150 }, (_, index) => index)));
  await expect.poll(async () => (await mapRunOf(executionArn)).itemCounts?.running).toBe(100);
  await sfn.send(new StopExecutionCommand({ executionArn }));
  await expect
    .poll(async () => (await mapRunOf(executionArn)).itemCounts)
    .toMatchObject({ aborted: 100, pending: 50, running: 0 });
  expect(await mapRunOf(executionArn)).toMatchObject({ status: "ABORTED", stopDate: expect.any(Date) });
  expect(new Set((await childrenOf(executionArn)).map(({ status }) => status))).toEqual(new Set(["ABORTED"]));
});

test("a child execution that is stopped counts as aborted", async () => {
  const { sfn, start, ended, mapRunOf, childrenOf } = await service();
  const executionArn = await start(map({ ToleratedFailureCount: 1 }, waiting), "[1]");
  await expect.poll(async () => (await mapRunOf(executionArn)).itemCounts?.running).toBe(1);
  const [child] = await childrenOf(executionArn);
  await sfn.send(new StopExecutionCommand({ executionArn: child?.executionArn }));
  await ended(executionArn);
  expect((await mapRunOf(executionArn)).itemCounts).toMatchObject({ aborted: 1, running: 0 });
});

test("closing the service tells of the executions that were started, not of their children", async () => {
  const { local, start, mapRunOf } = await service();
  const executionArn = await start(map({}, waiting), "[1,2,3]");
  await expect.poll(async () => (await mapRunOf(executionArn)).itemCounts?.running).toBe(3);
  expect(await local.close()).toEqual({ executionsEnded: 1 });
});

test("2,000 items are worked on while the service goes on answering", async () => {
  const { sfn, start, ended, mapRunOf } = await service();
  const executionArn = await start(map({}), JSON.stringify(Array.from({ length: 2000 }, (_, index) => index)));
  let longest = 0;
  let last = performance.now();
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  const { status, output = "" } = await ended(executionArn);
  clearInterval(beat);
  expect(status).toBe("SUCCEEDED");
  expect(JSON.parse(output)).toHaveLength(2000);
  const { mapRunArn } = await mapRunOf(executionArn);
  let listed = 0;
  for await (const { executions = [] } of paginateListExecutions({ client: sfn, pageSize: 1000 }, { mapRunArn })) {
    listed += executions.length;
  }
  expect(listed).toBe(2000);
  expect(longest).toBeLessThan(500);
});

const listing = (fields: object = {}) => ({
  Resource: "arn:aws:states:::s3:listObjectsV2",
  Parameters: { Bucket: "data", Prefix: "in/" },
  ...fields,
});

test("the objects under a prefix are the items", async () => {
  const { run } = await service({ "in/a.json": "[1]", "in/b.json": "[2,3]", "other.json": "[4]" });
  const { output = "" } = await run(map({ ItemReader: listing() }));
  expect(JSON.parse(output)).toMatchObject([
    { Key: "in/a.json", Size: 3, StorageClass: "STANDARD", Etag: expect.stringMatching(/^"[0-9a-f]{32}"$/) },
    { Key: "in/b.json", Size: 5 },
  ]);
});

test("the items in the objects under a prefix are put into one list", async () => {
  const { run } = await service({ "in/a.json": "[1]", "in/b.json": "[2,3]" });
  const ReaderConfig = { InputType: "JSON", Transformation: "LOAD_AND_FLATTEN" };
  expect((await run(map({ ItemReader: listing({ ReaderConfig }) }))).output).toBe("[1,2,3]");
});

test("MaxItems ends the list of objects", async () => {
  const { run } = await service({ "in/a.json": "[1]", "in/b.json": "[2,3]" });
  const { output = "" } = await run(map({ ItemReader: listing({ ReaderConfig: { MaxItems: 1 } }) }));
  expect(JSON.parse(output)).toHaveLength(1);
});

test("the files that an S3 inventory names are read", async () => {
  const manifest = {
    destinationBucket: "arn:aws:s3:::data",
    fileFormat: "CSV",
    fileSchema: "Bucket, Key",
    files: [{ key: "one.csv" }, { key: "two.csv" }],
  };
  const { run } = await service({
    "manifest.json": JSON.stringify(manifest),
    "one.csv": "b,k1\n",
    "two.csv": "b,k2\n",
  });
  const ItemReader = reader({
    ReaderConfig: { InputType: "MANIFEST" },
    Parameters: { Bucket: "data", Key: "manifest.json" },
  });
  const { output = "" } = await run(map({ ItemReader }));
  expect(JSON.parse(output)).toEqual([
    { Bucket: "b", Key: "k1" },
    { Bucket: "b", Key: "k2" },
  ]);
});

test.each([
  { what: "key", Parameters: { Bucket: "data", Key: "none.csv" }, cause: /^The specified key does not exist\. \(/ },
  { what: "bucket", Parameters: { Bucket: "none", Key: "none.csv" }, cause: /^The specified bucket does not exist \(/ },
])("a $what that is not there fails the reader", async ({ Parameters, cause }) => {
  const { run, mapRunOf } = await service();
  const described = await run(map({ ItemReader: reader({ Parameters }) }));
  expect(described).toMatchObject({ error: "States.ItemReaderFailed", cause: expect.stringMatching(cause) });
  expect(await mapRunOf(described.executionArn)).toMatchObject({ status: "FAILED", itemCounts: { total: 0 } });
});

test("a bucket that is not there fails the writer", async () => {
  const { run } = await service();
  const ResultWriter = { ...writer, Parameters: { Bucket: "none" } };
  expect(await run(map({ ResultWriter }), "[1]")).toMatchObject({
    error: "States.ResultWriterFailed",
    cause: expect.stringMatching(/^The specified bucket does not exist \(/),
  });
});

test("Express child executions run, but are not told one by one", async () => {
  const { sfn, run, mapRunOf } = await service();
  const { executionArn, output } = await run(map({}, passed, "EXPRESS"), "[1]");
  expect(output).toBe("[1]");
  const { mapRunArn } = await mapRunOf(executionArn);
  await expect(sfn.send(new ListExecutionsCommand({ mapRunArn }))).rejects.toMatchObject({
    name: "StateMachineTypeNotSupported",
  });
});

test("Express child executions have no limit to their events", async () => {
  const { run } = await service();
  const states = {
    First: { QueryLanguage: "JSONata", Type: "Pass", Assign: { n: 0 }, Next: "Again" },
    Again: {
      QueryLanguage: "JSONata",
      Type: "Choice",
      Choices: [{ Condition: "{% $n < 12600 %}", Assign: { n: "{% $n + 1 %}" }, Next: "Again" }],
      Default: "Last",
    },
    Last: { Type: "Pass", End: true },
  };
  expect(await run(map({}, states, "EXPRESS"), "[1]")).toMatchObject({ status: "SUCCEEDED", output: "[1]" });
});

test("a Map run that is not there is not found", async () => {
  const { sfn } = await service();
  const mapRunArn = "arn:aws:states:us-east-1:000000000000:mapRun:m/Rows:none";
  await expect(sfn.send(new DescribeMapRunCommand({ mapRunArn }))).rejects.toMatchObject({ name: "ResourceNotFound" });
});

test("a Map in a child execution begins a Map run of its own", async () => {
  const { run, childrenOf, mapRunOf } = await service();
  const inner = JSON.parse(map({ Label: "Inner" })).States.Map;
  const { executionArn, output } = await run(map({}, { Inner: inner }), "[[1],[2,3]]");
  expect(output).toBe("[[1],[2,3]]");
  const [child] = await childrenOf(executionArn);
  expect((await mapRunOf(child?.executionArn)).mapRunArn).toMatch(/:mapRun:m\/Rows\/Inner:/);
});
