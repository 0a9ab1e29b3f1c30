import { describe, expect, test } from "vitest";
import * as z from "zod";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import { JobFailedError } from "../../src/sagemaker/processing/job-errors.js";
import { logText } from "../../src/sagemaker/processing/log-text.js";
import { ProcessingInput } from "../../src/sagemaker/processing/processing-input.js";
import { ProcessingJob } from "../../src/sagemaker/processing/processing-job.js";
import { ProcessingOutput } from "../../src/sagemaker/processing/processing-output.js";
import { Processor } from "../../src/sagemaker/processing/processor.js";
import type { RunOptions } from "../../src/sagemaker/processing/run-processing-job.js";
import { ScriptProcessor } from "../../src/sagemaker/processing/script-processor.js";
import { awsError, FakeAws, fakeBucket } from "./fake-aws.js";
import { temporaryFiles } from "./temporary-files.js";

const role = "arn:aws:iam::123456789012:role/SageMaker";
const quiet = { wait: false, logs: false } as const;

const optionsOf = (aws: FakeAws) => ({
  session: aws.session(),
  role,
  imageUri: "x.dkr.ecr/preprocess:1",
  instanceCount: 1,
  instanceType: "ml.m5.xlarge",
});
const plain = (aws: FakeAws, options = {}): Processor => new Processor({ ...optionsOf(aws), ...options });
const script = (aws: FakeAws): ScriptProcessor => new ScriptProcessor({ ...optionsOf(aws), command: ["python3"] });

describe("run", () => {
  test("the script is uploaded below the job's name before the job is created", async () => {
    const folder = temporaryFiles({ "prep.py": "print(1)" });
    const aws = new FakeAws({ HeadBucket: () => awsError("NotFound", 404) });
    await script(aws).run({ code: `${folder}/prep.py`, ...quiet });
    expect(aws.operations).toEqual([
      "GetCallerIdentity",
      "HeadBucket",
      "CreateBucket",
      "PutObject",
      "CreateProcessingJob",
    ]);
    expect(aws.inputsOf("PutObject")).toMatchObject([{ Key: "preprocess-2022-01-21-15-28-38-000/input/code/prep.py" }]);
  });

  test("the request is what a step would send", async () => {
    const folder = temporaryFiles({ "d/a.csv": "1", "d/b.csv": "2" });
    const aws = new FakeAws();
    await script(aws).run({
      ...quiet,
      jobName: "j",
      code: "s3://b/c.py",
      arguments: ["--rows", 3],
      inputs: [new ProcessingInput({ source: `${folder}/d`, destination: "/opt/ml/processing/d" })],
      outputs: [new ProcessingOutput({ source: "/opt/ml/processing/o" })],
      experimentConfig: { RunName: "r" },
    });
    const keys = aws.inputsOf("PutObject").map(({ Key }) => String(Key));
    expect(keys.sort()).toEqual(["j/input/input-1/a.csv", "j/input/input-1/b.csv"]);
    expect(aws.inputsOf("CreateProcessingJob")).toMatchObject([
      {
        ProcessingJobName: "j",
        ProcessingInputs: [{ S3Input: { S3Uri: `s3://${fakeBucket}/j/input/input-1` } }, { InputName: "code" }],
        ProcessingOutputConfig: { Outputs: [{ S3Output: { S3Uri: `s3://${fakeBucket}/j/output/output-1` } }] },
        AppSpecification: {
          ContainerArguments: ["--rows", "3"],
          ContainerEntrypoint: ["python3", "/opt/ml/processing/input/code/c.py"],
        },
        RoleArn: role,
        ExperimentConfig: { RunName: "r" },
      },
    ]);
  });

  test("uploads are encrypted with the key of the run", async () => {
    const folder = temporaryFiles({ "a.py": "1" });
    const aws = new FakeAws();
    await script(aws).run({ ...quiet, code: `${folder}/a.py`, kmsKey: "kk" });
    expect(aws.inputsOf("PutObject")).toMatchObject([{ ServerSideEncryption: "aws:kms", SSEKMSKeyId: "kk" }]);
  });

  test("a role's name is looked up", async () => {
    const aws = new FakeAws();
    await plain(aws, { role: "Name" }).run(quiet);
    expect(aws.inputsOf("CreateProcessingJob")).toMatchObject([
      { RoleArn: "arn:aws:iam::123456789012:role/path/Name" },
    ]);
  });

  test("running twice changes nothing of the processor", async () => {
    const aws = new FakeAws();
    const processor = plain(aws, { role: "Name", env: { A: "1" } });
    await processor.run(quiet);
    await processor.run(quiet);
    const [first, second] = aws.inputsOf("CreateProcessingJob");
    expect(first).toEqual(second);
  });

  test("the job knows its name and ARN", async () => {
    const { name, arn } = await plain(new FakeAws()).run({ ...quiet, jobName: "j" });
    expect({ name, arn }).toEqual({ name: "j", arn: "arn:job/j" });
  });

  test("waiting shows the log's lines to whoever asked", async () => {
    const aws = new FakeAws({
      DescribeLogStreams: () => ({ logStreams: [{ logStreamName: "j/algo-1-1" }] }),
      GetLogEvents: (_, count) => ({
        events: count === 1 ? [{ timestamp: 1, message: "hi" }] : [],
        nextForwardToken: "t",
      }),
    });
    const lines: string[] = [];
    await plain(aws).run({ jobName: "j", logs: ({ message }) => lines.push(message) });
    expect(lines).toEqual(["hi"]);
    expect(aws.inputsOf("DescribeLogStreams")[0]).toEqual({
      logGroupName: "/aws/sagemaker/ProcessingJobs",
      logStreamNamePrefix: "j/",
    });
  });

  test("logs without waiting are refused before anything is done", async () => {
    const aws = new FakeAws();
    await expect(plain(aws).run({ wait: false, logs: true })).rejects.toMatchObject({ code: "conflicting_wait" });
    expect(aws.operations).toEqual([]);
  });

  const input = new ExecutionInput(z.object({ text: z.string() }));
  const refused: readonly {
    readonly name: string;
    readonly run: (aws: FakeAws) => Promise<unknown>;
    readonly codes: readonly string[];
  }[] = [
    {
      name: "a placeholder",
      run: (aws) => plain(aws, { instanceType: input.text }).run(quiet),
      codes: ["invalid_processor"],
    },
    {
      name: "a placeholder in the environment",
      run: (aws) => plain(aws, { env: { A: input.text } }).run(quiet),
      codes: ["invalid_processor"],
    },
    {
      name: "a misspelt option",
      run: (aws) => plain(aws).run({ ...quiet, jobname: "x" } as RunOptions),
      codes: ["unknown_option"],
    },
    {
      name: "an input that is a text",
      run: (aws) => plain(aws).run({ ...quiet, inputs: ["s3://b"] as never }),
      codes: ["invalid_processing_input"],
    },
    {
      name: "a missing script and a bad name",
      run: (aws) => script(aws).run({ ...quiet, code: "nope.py", jobName: "a_b" }),
      codes: ["invalid_job_name", "missing_file"],
    },
  ];
  test.each(refused)("$name is refused, and nothing is done", async ({ run, codes }) => {
    const aws = new FakeAws();
    const error: unknown = await run(aws).catch((reason: unknown) => reason);
    expect((error as { readonly issues: readonly { readonly code: string }[] }).issues.map(({ code }) => code)).toEqual(
      codes,
    );
    expect(aws.operations).toEqual([]);
  });
});

describe("a job", () => {
  const statuses = (...all: readonly object[]) => ({
    DescribeProcessingJob: (_: unknown, count: number) => all[Math.min(count, all.length) - 1],
  });
  const jobOf = (aws: FakeAws): ProcessingJob => new ProcessingJob(aws.session(), { name: "j", arn: "a" });
  const running = { ProcessingJobStatus: "InProgress" };

  test("waiting asks with longer and longer pauses until the job has completed", async () => {
    const aws = new FakeAws(statuses(running, running, running, { ProcessingJobStatus: "Completed" }));
    await expect(jobOf(aws).wait()).resolves.toMatchObject({ ProcessingJobStatus: "Completed" });
    expect(aws.slept).toEqual([500, 750, 1125]);
  });

  test("no pause is longer than 15 seconds", async () => {
    const aws = new FakeAws(
      statuses(...Array.from({ length: 20 }, () => running), { ProcessingJobStatus: "Completed" }),
    );
    await jobOf(aws).wait();
    expect(Math.max(...aws.slept)).toBe(15_000);
  });

  test("a failure says the service's reason and the program's message", async () => {
    const ended = { ProcessingJobStatus: "Failed", FailureReason: "exit code: 1", ExitMessage: "no rows" };
    await expect(jobOf(new FakeAws(statuses(ended))).wait()).rejects.toMatchObject({
      code: "job_failed",
      message: expect.stringMatching(/the job j failed: exit code: 1; it said: no rows/),
    });
  });

  test("a failure tells the last lines of the log, of several instances with their names", async () => {
    const aws = new FakeAws({
      ...statuses({ ProcessingJobStatus: "Failed", FailureReason: "exit code: 1" }),
      DescribeLogStreams: () => ({
        logStreams: [
          { logStreamName: "j/algo-1-1", lastEventTimestamp: 2 },
          { logStreamName: "j/algo-2-1", lastEventTimestamp: 9 },
        ],
      }),
      GetLogEvents: ({ logStreamName }) => ({
        events: [
          logStreamName === "j/algo-1-1"
            ? { timestamp: 1, message: "starting" }
            : { timestamp: 2, message: "\u001b[31mKeyError: rows\u001b[0m" },
        ],
      }),
    });
    const error: unknown = await jobOf(aws)
      .wait()
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(JobFailedError);
    expect((error as JobFailedError).lines.map(({ message }) => message)).toHaveLength(2);
    expect(String(error)).toMatchInlineSnapshot(`
      "JobFailedError: the job j failed: exit code: 1; the last lines of its log:
        algo-1 | starting
        algo-2 | KeyError: rows
       (see the job's log)"
    `);
    expect(aws.inputsOf("GetLogEvents")[0]).toMatchObject({ logStreamName: "j/algo-2-1", startFromHead: false });
  });

  test("a failure says when the log cannot be read", async () => {
    const aws = new FakeAws({
      ...statuses({ ProcessingJobStatus: "Failed", FailureReason: "exit code: 1" }),
      DescribeLogStreams: () => awsError("AccessDeniedException"),
    });
    await expect(jobOf(aws).wait()).rejects.toThrow("its log cannot be read: AccessDeniedException");
  });

  test("a failure for want of machines has a code of its own", async () => {
    const FailureReason = "CapacityError: Unable to provision requested ML compute capacity";
    const aws = new FakeAws(statuses({ ProcessingJobStatus: "Failed", FailureReason }));
    await expect(jobOf(aws).wait()).rejects.toMatchObject({ code: "no_capacity", name: "JobFailedError" });
  });

  test("pauses have a chance length, between the half and the whole", async () => {
    const aws = new FakeAws(statuses(running, running, { ProcessingJobStatus: "Completed" }));
    const chances = [0, 0.5];
    const session = aws.session({ random: () => chances.shift() ?? 1 });
    await new ProcessingJob(session, { name: "j", arn: "a" }).wait();
    expect(aws.slept).toEqual([250, 562.5]);
  });

  test("a stopped job is an error", async () => {
    const aws = new FakeAws(statuses({ ProcessingJobStatus: "Stopping" }, { ProcessingJobStatus: "Stopped" }));
    await expect(jobOf(aws).wait()).rejects.toMatchObject({
      code: "job_stopped",
      name: "StoppedJobError",
      jobName: "j",
    });
  });

  test("a stopped job is an ordinary end when that is allowed", async () => {
    const aws = new FakeAws(statuses({ ProcessingJobStatus: "Stopped" }));
    await expect(jobOf(aws).wait({ allowStopped: true })).resolves.toMatchObject({ ProcessingJobStatus: "Stopped" });
  });

  test("an abort ends the waiting with an error of its own", async () => {
    const controller = new AbortController();
    const aws = new FakeAws({
      DescribeProcessingJob: () => {
        controller.abort();
        return running;
      },
    });
    await expect(jobOf(aws).wait({ signal: controller.signal })).rejects.toMatchObject({ code: "wait_aborted" });
  });

  test("an error of the service is given on", async () => {
    const aws = new FakeAws({ DescribeProcessingJob: () => awsError("AccessDeniedException") });
    await expect(jobOf(aws).wait()).rejects.toThrow("AccessDeniedException");
  });

  test("stopping asks the service by the job's name", async () => {
    const aws = new FakeAws();
    await jobOf(aws).stop();
    expect(aws.inputsOf("StopProcessingJob")).toEqual([{ ProcessingJobName: "j" }]);
  });

  test("showing the log begins each line with its instance, where there are several", async () => {
    const aws = new FakeAws({
      ...statuses({
        ProcessingJobStatus: "Completed",
        ProcessingResources: { ClusterConfig: { InstanceCount: 2 } },
      }),
      DescribeLogStreams: () => ({ logStreams: [{ logStreamName: "j/algo-2-1" }] }),
      GetLogEvents: (_, count) => ({
        events: count === 1 ? [{ timestamp: 1, message: "10%\r20%\u0007" }] : [],
        nextForwardToken: "t",
      }),
    });
    const lines: string[] = [];
    await jobOf(aws).showLogs({ color: false, write: (line) => lines.push(line) });
    expect(lines).toEqual(["algo-2 | 20%"]);
  });

  const summaries = [
    { ProcessingJobName: "prep-2022-01-21-15-28-38-000", ProcessingJobArn: "arn:2" },
    { ProcessingJobName: "my-prep-2022-01-21-15-28-38-000", ProcessingJobArn: "arn:3" },
    { ProcessingJobName: "prep-2022-01-20-15-28-38-000", ProcessingJobArn: "arn:1" },
  ];
  const listing = {
    ListProcessingJobs: ({ NextToken }: Readonly<Record<string, unknown>>) =>
      NextToken === undefined
        ? { ProcessingJobSummaries: summaries.slice(0, 2), NextToken: "t" }
        : { ProcessingJobSummaries: summaries.slice(2) },
  };

  test("the account's jobs are listed page by page, as they are read", async () => {
    const aws = new FakeAws(listing);
    const names: string[] = [];
    for await (const { arn } of ProcessingJob.list(aws.session(), { status: "Failed", maxItems: 3 })) names.push(arn);
    expect(names).toEqual(["arn:2", "arn:3", "arn:1"]);
    expect(aws.inputsOf("ListProcessingJobs")).toMatchObject([
      { StatusEquals: "Failed", MaxResults: 3, SortOrder: "Descending" },
      { MaxResults: 1, NextToken: "t" },
    ]);
  });

  test("a processor's jobs are those that its runs have named", async () => {
    const processor = plain(new FakeAws(listing), { baseJobName: "prep" });
    const arns: string[] = [];
    for await (const { arn } of processor.jobs()) arns.push(arn);
    expect([arns, (await processor.latestJob())?.arn]).toEqual([["arn:2", "arn:1"], "arn:2"]);
  });

  test("a job is found by its name and by its ARN", async () => {
    const aws = new FakeAws({
      DescribeProcessingJob: () => ({ ProcessingJobName: "Job-1", ProcessingJobArn: "arn:job-1" }),
    });
    const arn = "arn:aws:sagemaker:us-east-1:123456789012:processing-job/job-1";
    const found = [
      await ProcessingJob.fromName(aws.session(), "Job-1"),
      await ProcessingJob.fromArn(aws.session(), arn),
    ];
    expect(found.map(({ name, arn }) => [name, arn])).toEqual([
      ["Job-1", "arn:job-1"],
      ["Job-1", "arn:job-1"],
    ]);
    expect(aws.inputsOf("DescribeProcessingJob").map((input) => input["ProcessingJobName"])).toEqual([
      "Job-1",
      "job-1",
    ]);
  });

  test.each(["arn:aws:sagemaker:us-east-1:1:training-job/x", "x", 3])("%j is no ARN of a job", async (arn) => {
    const finding = ProcessingJob.fromArn(new FakeAws().session(), arn as string);
    await expect(finding).rejects.toMatchObject({ issues: [{ code: "invalid_argument", path: ["arn"] }] });
  });
});

test("a run's request is held against the API before anything is sent", async () => {
  const aws = new FakeAws();
  const running = plain(aws, { tags: { "a!": "b" } }).run(quiet);
  await expect(running).rejects.toMatchObject({ issues: [{ code: "invalid_request", path: ["Tags", 0, "Key"] }] });
  expect(aws.calls).toEqual([]);
});

test("inputs are uploaded at the same time, a few at once", async () => {
  const names = Array.from({ length: 9 }, (_, index) => `${index}.csv`);
  const folder = temporaryFiles(Object.fromEntries(names.map((name) => [name, name])));
  let now = 0;
  let most = 0;
  const aws = new FakeAws({
    PutObject: async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 20));
      now -= 1;
      return {};
    },
  });
  const inputs = names.map(
    (name, index) =>
      new ProcessingInput({ source: `${folder}/${name}`, destination: `/opt/ml/processing/in-${index}` }),
  );
  await plain(aws).run({ ...quiet, inputs });
  expect(aws.inputsOf("PutObject")).toHaveLength(9);
  expect(most).toBe(4);
  expect(aws.operations.at(-1)).toBe("CreateProcessingJob");
});

describe("a run that is aborted", () => {
  test("before it has begun does nothing", async () => {
    const aws = new FakeAws();
    const running = plain(aws).run({ signal: AbortSignal.abort() });
    await expect(running).rejects.toMatchObject({ code: "wait_aborted" });
    expect(aws.operations).toEqual([]);
  });

  test("while it uploads creates no job", async () => {
    const folder = temporaryFiles({ "a.py": "1" });
    const controller = new AbortController();
    const aws = new FakeAws({ PutObject: () => controller.abort() });
    const running = script(aws).run({ code: `${folder}/a.py`, signal: controller.signal });
    await expect(running).rejects.toMatchObject({ code: "wait_aborted" });
    expect(aws.operations).not.toContain("CreateProcessingJob");
  });
});

test("each instance has a colour of its own, and none where colours are off", () => {
  const of = (instance: number, color: boolean): string =>
    logText({ stream: `j/algo-${instance}-16`, timestamp: 0, message: "x" }, { color });
  expect([of(1, true), of(2, true), of(7, true) === of(1, true), of(1, false)]).toEqual([
    "\u001b[36mx\u001b[39m",
    "\u001b[32mx\u001b[39m",
    true,
    "x",
  ]);
});
