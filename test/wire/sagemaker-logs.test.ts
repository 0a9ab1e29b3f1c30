import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateProcessingJobCommand,
  type CreateProcessingJobCommandInput,
  CreateTransformJobCommand,
  DescribeProcessingJobCommand,
  ListProcessingJobsCommand,
  SageMakerClient,
  StopProcessingJobCommand,
} from "@aws-sdk/client-sagemaker";
import { describe, expect, test } from "vitest";
import { defaultIdentity } from "../../src/local/identity.js";
import { processingLogGroup } from "../../src/local/jobs/job-log.js";
import { createLogStore } from "../../src/local/logs/log-store.js";
import { serveLogs } from "../../src/local/logs/logs.js";
import { sageMakerOperations, serveSageMaker } from "../../src/local/sagemaker/sagemaker.js";
import { openRunner } from "../unit/processing-runner.js";
import { inProcess, overHttp } from "./clients.js";

async function open() {
  const runner = await openRunner({ isolation: "scratch" });
  const operations = sageMakerOperations({
    identity: defaultIdentity,
    storage: runner.storage,
    now: Date.now,
    processing: runner.jobs,
    training: runner.jobs,
  });
  const handle = serveSageMaker(operations);
  return { runner, handle, client: new SageMakerClient(inProcess(handle)) };
}

function job(script: string, name = "Job-1") {
  return {
    ProcessingJobName: name,
    RoleArn: "arn:aws:iam::000000000000:role/sfn-ds-local",
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 1 } },
    AppSpecification: { ImageUri: "image", ContainerEntrypoint: ["sh", "-c", script] },
  } as const satisfies CreateProcessingJobCommandInput;
}

describe("SageMaker", () => {
  test("names a new job by its lower-case name", async () => {
    const { client } = await open();
    const { ProcessingJobArn } = await client.send(new CreateProcessingJobCommand(job("exit 0")));
    expect(ProcessingJobArn).toBe("arn:aws:sagemaker:us-east-1:000000000000:processing-job/job-1");
  });

  test("keeps the tags of a job out of its description", async () => {
    const { handle, client } = await open();
    await client.send(new CreateProcessingJobCommand({ ...job("exit 0"), Tags: [{ Key: "team", Value: "a" }] }));
    const headers = { "x-amz-target": "SageMaker.DescribeProcessingJob" };
    const body = Buffer.from('{"ProcessingJobName":"Job-1"}');
    const described = await handle({ method: "POST", path: "/", query: new URLSearchParams(), headers, body });
    expect(JSON.parse(String(described.body))).not.toHaveProperty("Tags");
  });

  test("describes a job that has ended", async () => {
    const { client, runner } = await open();
    await client.send(new CreateProcessingJobCommand(job("exit 2")));
    await runner.jobs.ended("Job-1");
    expect(await client.send(new DescribeProcessingJobCommand({ ProcessingJobName: "Job-1" }))).toMatchObject({
      ...job("exit 2"),
      ProcessingJobStatus: "Failed",
      FailureReason: "AlgorithmError: , exit code: 2",
      StoppingCondition: { MaxRuntimeInSeconds: 86_400 },
      CreationTime: expect.any(Date),
      ProcessingEndTime: expect.any(Date),
    });
  });

  test("fills in the defaults of an input", async () => {
    const { client } = await open();
    const S3Input = { S3Uri: "s3://data/in", LocalPath: "/opt/ml/processing/in", S3DataType: "S3Prefix" } as const;
    await client.send(
      new CreateProcessingJobCommand({ ...job("exit 0"), ProcessingInputs: [{ InputName: "in", S3Input }] }),
    );
    const described = await client.send(new DescribeProcessingJobCommand({ ProcessingJobName: "Job-1" }));
    const defaults = { S3InputMode: "File", S3DataDistributionType: "FullyReplicated", S3CompressionType: "None" };
    expect(described.ProcessingInputs).toEqual([
      { InputName: "in", AppManaged: false, S3Input: { ...S3Input, ...defaults } },
    ]);
  });

  test("stops a job", async () => {
    const { client, runner } = await open();
    const up = runner.lineSeen("up");
    await client.send(new CreateProcessingJobCommand(job("echo up; while :; do sleep 1; done")));
    await up;
    await client.send(new StopProcessingJobCommand({ ProcessingJobName: "Job-1" }));
    expect(await runner.jobs.ended("Job-1")).toMatchObject({ ProcessingJobStatus: "Stopped" });
  });

  test("refuses to stop a job that has ended", async () => {
    const { client, runner } = await open();
    await client.send(new CreateProcessingJobCommand(job("exit 0")));
    await runner.jobs.ended("Job-1");
    const sent = client.send(new StopProcessingJobCommand({ ProcessingJobName: "Job-1" }));
    await expect(sent).rejects.toThrow("The request was rejected because the processing job is in status Completed.");
  });

  test("lists jobs, the newest first, in pages", async () => {
    const { client } = await open();
    for (const name of ["a", "b", "c"]) await client.send(new CreateProcessingJobCommand(job("exit 0", name)));
    const first = await client.send(new ListProcessingJobsCommand({ MaxResults: 2 }));
    const second = await client.send(new ListProcessingJobsCommand({ NextToken: first.NextToken }));
    const names = [first, second].map((page) => page.ProcessingJobSummaries?.map((s) => s.ProcessingJobName));
    expect(names).toEqual([["c", "b"], ["a"]]);
  });

  test("refuses a second job of the same name", async () => {
    const { client } = await open();
    await client.send(new CreateProcessingJobCommand(job("exit 0")));
    const sent = client.send(new CreateProcessingJobCommand(job("exit 0")));
    await expect(sent).rejects.toMatchObject({ name: "ResourceInUse" });
  });

  test("says that it does not know a job", async () => {
    const { client } = await open();
    const sent = client.send(new DescribeProcessingJobCommand({ ProcessingJobName: "nobody" }));
    await expect(sent).rejects.toThrow("Could not find requested job with name: nobody");
  });

  test("refuses an operation that it does not have, by name", async () => {
    const { client } = await open();
    const sent = client.send(new CreateTransformJobCommand({} as never));
    await expect(sent).rejects.toThrow(/^SageMaker.CreateTransformJob is not served locally/);
  });

  test("answers over HTTP", async () => {
    const client = new SageMakerClient(await overHttp((await open()).handle));
    expect((await client.send(new ListProcessingJobsCommand({}))).ProcessingJobSummaries).toEqual([]);
  });

  const input = (more: object) => [
    {
      InputName: "in",
      S3Input: { S3Uri: "s3://data/in", LocalPath: "/opt/ml/processing/in", S3DataType: "S3Prefix", ...more },
    },
  ];
  const output = (more: object) => ({
    Outputs: [
      {
        OutputName: "out",
        S3Output: { S3Uri: "s3://data/o", LocalPath: "/opt/ml/processing/o", S3UploadMode: "EndOfJob", ...more },
      },
    ],
  });
  const refusals = [
    {
      name: "no role",
      change: { RoleArn: undefined },
      says: "Value null at 'roleArn' failed to satisfy constraint: Member must not be null",
    },
    {
      name: "a name with an underscore",
      change: { ProcessingJobName: "a_b" },
      says: "Value 'a_b' at 'processingJobName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}",
    },
    {
      name: "a name of 64 characters",
      change: { ProcessingJobName: "a".repeat(64) },
      says: "Member must have length less than or equal to 63",
    },
    {
      name: "no instance",
      change: {
        ProcessingResources: { ClusterConfig: { InstanceCount: 0, InstanceType: "ml.m5.large", VolumeSizeInGB: 1 } },
      },
      says: "Value '0' at 'processingResources.clusterConfig.instanceCount' failed to satisfy constraint: Member must have value greater than or equal to 1",
    },
    {
      name: "an unknown data type",
      change: { ProcessingInputs: input({ S3DataType: "Files" }) },
      says: "Value 'Files' at 'processingInputs.1.member.s3Input.s3DataType' failed to satisfy constraint: Member must satisfy enum value set: [ManifestFile, S3Prefix]",
    },
    {
      name: "a bad variable name",
      change: { Environment: { "A-B": "x" } },
      says: "Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z_][a-zA-Z0-9_]*]",
    },
    {
      name: "a number as a name",
      change: { ProcessingJobName: 5 },
      says: "expected a text at 'processingJobName', got 5",
    },
    {
      name: "no entrypoint",
      change: { AppSpecification: { ImageUri: "i" } },
      says: "AppSpecification.ContainerEntrypoint is needed",
    },
    {
      name: "pipe mode",
      change: { ProcessingInputs: input({ S3InputMode: "Pipe" }) },
      says: 'S3InputMode Pipe of input "in" does not run locally',
    },
    {
      name: "compressed inputs",
      change: { ProcessingInputs: input({ S3CompressionType: "Gzip" }) },
      says: 'S3CompressionType Gzip of input "in" does not run locally',
    },
    {
      name: "a dataset definition",
      change: { ProcessingInputs: [{ InputName: "in", DatasetDefinition: {} }] },
      says: 'DatasetDefinition of input "in" does not run locally',
    },
    {
      name: "a feature store",
      change: {
        ProcessingOutputConfig: { Outputs: [{ OutputName: "out", FeatureStoreOutput: { FeatureGroupName: "g" } }] },
      },
      says: 'FeatureStoreOutput of output "out" does not run locally',
    },
    {
      name: "a path outside",
      change: { ProcessingInputs: input({ LocalPath: "/etc" }) },
      says: 'expected a plain path below /opt/ml/processing/, got "/etc"',
    },
    {
      name: "a path that climbs",
      change: { ProcessingOutputConfig: output({ LocalPath: "/opt/ml/processing/../../../etc" }) },
      says: "expected a plain path below /opt/ml/processing/",
    },
    {
      name: "a bad bucket",
      change: { ProcessingInputs: input({ S3Uri: "s3://../x" }) },
      says: 'the S3Uri "s3://../x" of input "in" cannot be used',
    },
    {
      name: "a URI of another kind",
      change: { ProcessingInputs: input({ S3Uri: "https://s3.amazonaws.com/b/k" }) },
      says: "expected s3://bucket/key",
    },
  ];
  test.each(refusals)("refuses $name", async ({ change, says }) => {
    const { client } = await open();
    const request = { ...job("exit 0"), ...change } as CreateProcessingJobCommandInput;
    await expect(client.send(new CreateProcessingJobCommand(request))).rejects.toThrow(says);
  });

  test("tells all problems of a request at once", async () => {
    const { client } = await open();
    const sent = client.send(new CreateProcessingJobCommand({} as never));
    await expect(sent).rejects.toThrow(/^4 validation errors detected: /);
  });
});

const logGroupName = processingLogGroup;
const logStreamName = "job/algo-1-1";

function openLogs(...lines: readonly string[]) {
  let time = 1000;
  const logs = createLogStore(() => (time += 1000));
  for (const line of lines) logs.append(logGroupName, logStreamName, line);
  const handle = serveLogs({ logs, identity: defaultIdentity });
  return { logs, handle, client: new CloudWatchLogsClient(inProcess(handle)) };
}

describe("CloudWatch Logs", () => {
  test("says that a group does not exist yet", async () => {
    const sent = openLogs().client.send(new DescribeLogStreamsCommand({ logGroupName }));
    await expect(sent).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  test("says that a stream does not exist", async () => {
    const sent = openLogs("a").client.send(new GetLogEventsCommand({ logGroupName, logStreamName: "other" }));
    await expect(sent).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  test("finds the streams of a job", async () => {
    const { client, logs } = openLogs("a");
    logs.append(logGroupName, "other/algo-1-1", "b");
    const found = await client.send(new DescribeLogStreamsCommand({ logGroupName, logStreamNamePrefix: "job/" }));
    expect(found.logStreams?.map((stream) => stream.logStreamName)).toEqual([logStreamName]);
  });

  test("reads from the head in pages", async () => {
    const { client } = openLogs("a", "b", "c");
    const read = { logGroupName, logStreamName, limit: 2 };
    const first = await client.send(new GetLogEventsCommand({ ...read, startFromHead: true }));
    const second = await client.send(new GetLogEventsCommand({ ...read, nextToken: first.nextForwardToken }));
    const pages = [first, second].map(({ events }) => events?.map(({ message }) => message));
    expect(pages).toEqual([["a", "b"], ["c"]]);
  });

  test("gives the token that was sent at the end", async () => {
    const { client } = openLogs("a");
    const read = { logGroupName, logStreamName, startFromHead: true };
    const first = await client.send(new GetLogEventsCommand(read));
    const second = await client.send(new GetLogEventsCommand({ ...read, nextToken: first.nextForwardToken }));
    expect([second.events, second.nextForwardToken]).toEqual([[], first.nextForwardToken]);
  });

  test("goes on where it ended when lines come", async () => {
    const { client, logs } = openLogs("a");
    const read = { logGroupName, logStreamName, startFromHead: true };
    const first = await client.send(new GetLogEventsCommand(read));
    logs.append(logGroupName, logStreamName, "b");
    const second = await client.send(new GetLogEventsCommand({ ...read, nextToken: first.nextForwardToken }));
    expect(second.events?.map(({ message }) => message)).toEqual(["b"]);
  });

  test("begins with the newest events unless told otherwise", async () => {
    const { client } = openLogs("a", "b", "c");
    const { events } = await client.send(new GetLogEventsCommand({ logGroupName, logStreamName, limit: 2 }));
    expect(events?.map(({ message }) => message)).toEqual(["b", "c"]);
  });

  test("keeps to a span of time", async () => {
    const { client } = openLogs("a", "b", "c");
    const read = { logGroupName, logStreamName, startTime: 3000, endTime: 4000 };
    expect((await client.send(new GetLogEventsCommand(read))).events?.map(({ message }) => message)).toEqual(["b"]);
  });

  test("merges the events of several streams by time", async () => {
    const { client, logs } = openLogs("a");
    logs.append(logGroupName, "job/algo-2-1", "b");
    logs.append(logGroupName, logStreamName, "c");
    const { events } = await client.send(new FilterLogEventsCommand({ logGroupName, logStreamNamePrefix: "job/" }));
    expect(events?.map(({ message }) => message)).toEqual(["a", "b", "c"]);
  });

  test("refuses a filter pattern, by name", async () => {
    const sent = openLogs("a").client.send(new FilterLogEventsCommand({ logGroupName, filterPattern: "ERROR" }));
    await expect(sent).rejects.toThrow("filterPattern is not served locally");
  });

  test("lists groups over HTTP", async () => {
    const client = new CloudWatchLogsClient(await overHttp(openLogs("a").handle));
    const { logGroups } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/aws/" }));
    expect(logGroups?.map((group) => group.logGroupName)).toEqual([logGroupName]);
  });
});
