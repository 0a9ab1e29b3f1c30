import { spawnSync } from "node:child_process";
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateTrainingJobCommand,
  type CreateTrainingJobCommandInput,
  DescribeTrainingJobCommand,
  ListTrainingJobsCommand,
  StopTrainingJobCommand,
} from "@aws-sdk/client-sagemaker";
import { describe, expect, onTestFinished, test } from "vitest";
import { VirtualClock } from "../../src/local/clock.js";
import { chooseIsolation, type IsolationKind } from "../../src/local/jobs/isolation.js";
import { openRoot } from "../../src/local/root.js";
import { channel, image, openTraining, tarball, trainingJob } from "./training.js";

const ml = "$SFN_DS_ML_ROOT";
const probeFolder = await mkdtemp(join(tmpdir(), "sfn-ds-"));
const available = await chooseIsolation(await openRoot(probeFolder), "auto");
await rm(probeFolder, { recursive: true });
const hasPython = spawnSync("python3", ["--version"]).status === 0;

const kinds: readonly { isolation: IsolationKind; skip: boolean; why: string }[] = [
  { isolation: "namespace", skip: available.kind !== "namespace", why: available.reason },
  { isolation: "scratch", skip: false, why: "" },
];

for (const { isolation, skip, why } of kinds) {
  describe.skipIf(skip)(`a training job, isolation ${isolation}${skip ? ` (skipped: ${why})` : ""}`, () => {
    const open = (options = {}) => openTraining({ isolation, ...options });

    test("learns from its channels and leaves a model.tar.gz below its name", async () => {
      const script = 'mkdir "$SM_MODEL_DIR/sub"; tr a-z A-Z < "$SM_CHANNEL_TRAIN/a/b.csv" > "$SM_MODEL_DIR/sub/m"';
      const local = await open({ script });
      await local.put("in/a/b.csv", "hello");
      const done = await local.run({ InputDataConfig: [channel("train", "in/")] });
      expect(done).toMatchObject({
        TrainingJobStatus: "Completed",
        SecondaryStatus: "Completed",
        ModelArtifacts: { S3ModelArtifacts: "s3://data/out/job-1/output/model.tar.gz" },
      });
      expect(await local.keys("out/")).toEqual(["out/job-1/output/model.tar.gz"]);
      expect(await local.unpacked("out/job-1/output/model.tar.gz")).toEqual({ "sub/m": "HELLO" });
    });

    test("finds its configuration files", async () => {
      const config = `${ml}/input/config`;
      const script = `cat ${config}/hyperparameters.json; echo; cat ${config}/inputdataconfig.json; echo; cat ${config}/resourceconfig.json`;
      const local = await open({ script });
      await local.put("in/a", "x");
      await local.run({ HyperParameters: { epochs: "3" }, InputDataConfig: [channel("train", "in/")] });
      expect(local.lines().map((line) => JSON.parse(line))).toEqual([
        { epochs: "3" },
        {
          train: {
            ContentType: "text/csv",
            TrainingInputMode: "File",
            S3DistributionType: "FullyReplicated",
            RecordWrapperType: "None",
          },
        },
        expect.objectContaining({
          current_host: "algo-1",
          hosts: ["algo-1"],
          current_instance_type: "ml.m5.large",
          network_interface_name: "lo",
        }),
      ]);
    });

    test("is Failed with the text of its failure file and the exit code", async () => {
      const local = await open({ script: `echo 'no rows' > ${ml}/output/failure; echo m > ${ml}/model/m; exit 3` });
      const done = await local.run();
      expect(done).toMatchObject({
        TrainingJobStatus: "Failed",
        SecondaryStatus: "Failed",
        FailureReason: "AlgorithmError: no rows, exit code: 3",
      });
      expect([done.ModelArtifacts, await local.keys("out/")]).toEqual([undefined, []]);
    });

    test("that was stopped keeps its model", async () => {
      const local = await open({ script: `echo m > ${ml}/model/m; echo up; while :; do sleep 0.1; done` });
      await local.client.send(new CreateTrainingJobCommand(trainingJob()));
      await expect.poll(() => local.lines(), { timeout: 10_000 }).toEqual(["up"]);
      await local.client.send(new StopTrainingJobCommand({ TrainingJobName: "job-1" }));
      expect(await local.training.ended("job-1")).toMatchObject({
        TrainingJobStatus: "Stopped",
        SecondaryStatus: "Stopped",
        ModelArtifacts: { S3ModelArtifacts: "s3://data/out/job-1/output/model.tar.gz" },
      });
      expect(await local.unpacked("out/job-1/output/model.tar.gz")).toEqual({ m: "m\n" });
    });

    test("leaves what it has put into the output folder, also when it fails", async () => {
      const local = await open({ script: `echo x > ${ml}/output/data/plot; exit 1` });
      await local.run();
      expect(await local.unpacked("out/job-1/output/output.tar.gz")).toEqual({ plot: "x\n" });
    });

    test.skipIf(!hasPython)("runs the program of script mode in its code, with its hyperparameters", async () => {
      const program = [
        "import os, sys, helper",
        "print(os.path.basename(os.getcwd()), sys.argv[1:], helper.word)",
        "print(os.environ['SM_HP_RATE'], os.environ['SM_USER_ENTRY_POINT'])",
      ].join("\n");
      const local = await open();
      await local.put("code/s.tar.gz", await tarball({ "train.py": program, "helper.py": "word = 'found'" }));
      const done = await local.run({
        HyperParameters: {
          sagemaker_program: '"train.py"',
          sagemaker_submit_directory: '"s3://data/code/s.tar.gz"',
          rate: "0.1",
          e: "3",
          verbose: "true",
          name: '"a b"',
        },
      });
      expect(done.FailureReason).toBeUndefined();
      expect(local.lines()).toEqual([
        "code ['-e', '3', '--name', 'a b', '--rate', '0.1', '--verbose', 'True'] found",
        "0.1 train.py",
      ]);
    });

    test("runs a command where it lives", async () => {
      const directory = await realpath(await mkdtemp(join(tmpdir(), "sfn-ds-")));
      onTestFinished(() => rm(directory, { recursive: true }));
      await writeFile(join(directory, "train.sh"), "echo here");
      const local = await open({ commands: { "*train*": { command: ["sh", "train.sh"], directory } } });
      await local.run();
      expect(local.lines()).toEqual(["here"]);
    });

    test("has the channels, hosts and hyperparameters in its environment", async () => {
      const names = ["SM_CHANNELS", "SM_HOSTS", "SM_CURRENT_HOST", "SM_NUM_GPUS", "SM_HPS", "SM_HP_DEEP", "SM_HP_LIST"];
      const script = `for n in ${names.join(" ")} TRAINING_JOB_NAME OWN; do eval "echo \\"\\$$n\\""; done`;
      const local = await open({ script });
      await local.put("in/a", "x");
      await local.run({
        InputDataConfig: [channel("train", "in/"), channel("eval", "in/")],
        HyperParameters: { deep: "true", list: "[1, 2]", sagemaker_job_name: '"x"' },
        Environment: { OWN: "mine", SM_HOSTS: "other" },
      });
      const [channels, ...rest] = local.lines();
      expect([channels, ...rest]).toEqual([
        '["eval","train"]',
        '["algo-1"]',
        "algo-1",
        "0",
        '{"deep":true,"list":[1,2]}',
        "true",
        "[1,2]",
        "job-1",
        "mine",
      ]);
    });
  });
}

const fast = (script: string) => openTraining({ isolation: "scratch", script });

describe("a training job", () => {
  test("tells its metrics: the last value that its output has", async () => {
    const local = await fast("echo loss=3 auc=0.5; echo auc=0.75; echo loss=none");
    const { FinalMetricDataList } = await local.run({
      AlgorithmSpecification: {
        TrainingImage: image,
        TrainingInputMode: "File",
        MetricDefinitions: [
          { Name: "auc", Regex: "auc=([0-9.]+)" },
          { Name: "loss", Regex: "loss=(\\S+)" },
          { Name: "never", Regex: "never=(.*)" },
          { Name: "broken", Regex: "(" },
        ],
      },
    });
    expect(FinalMetricDataList).toEqual([
      { MetricName: "auc", Value: 0.75, Timestamp: expect.any(Date) },
      { MetricName: "loss", Value: 3, Timestamp: expect.any(Date) },
    ]);
    expect(local.notes().join("\n")).toContain('the metric "broken" cannot be looked for');
  });

  test("goes through its phases", async () => {
    const { SecondaryStatusTransitions, TrainingTimeInSeconds } = await (await fast("exit 0")).run();
    expect(SecondaryStatusTransitions?.map(({ Status }) => Status)).toEqual([
      "Starting",
      "Downloading",
      "Training",
      "Uploading",
      "Completed",
    ]);
    expect(TrainingTimeInSeconds).toEqual(expect.any(Number));
  });

  test("that makes no model says so", async () => {
    const local = await fast("exit 0");
    await local.run();
    expect(local.notes()).toContain("[sfn-ds] /opt/ml/model is empty: no model was uploaded");
  });

  test("leaves its model as files where no archive is wanted", async () => {
    const local = await fast('echo m > "$SM_MODEL_DIR/m"');
    const { ModelArtifacts } = await local.run({
      OutputDataConfig: { S3OutputPath: "s3://data/out/", CompressionType: "NONE" },
    });
    expect([ModelArtifacts?.S3ModelArtifacts, await local.keys("out/")]).toEqual([
      "s3://data/out/job-1/output/model/",
      ["out/job-1/output/model/m"],
    ]);
  });

  test("on two hosts makes one model of what both have left", async () => {
    const local = await fast('echo $SM_CURRENT_HOST > "$SM_MODEL_DIR/$SM_CURRENT_HOST"; echo $SM_HOSTS');
    await local.run({ ResourceConfig: { InstanceCount: 2, InstanceType: "ml.m5.large", VolumeSizeInGB: 1 } });
    expect(await local.unpacked("out/job-1/output/model.tar.gz")).toEqual({
      "algo-1": "algo-1\n",
      "algo-2": "algo-2\n",
    });
    expect(new Set(local.lines())).toEqual(new Set(['["algo-1","algo-2"]']));
  });

  test("names in its log all that does nothing here", async () => {
    const local = await fast("exit 0");
    const asked = {
      ModelPackageConfig: { ModelPackageGroupArn: "arn:aws:sagemaker:us-east-1:000000000000:model-package-group/g" },
      ProfilerConfig: { S3OutputPath: "s3://data/p" },
      RemoteDebugConfig: { EnableRemoteDebug: true },
      MlflowConfig: { MlflowResourceArn: "arn:aws:sagemaker:us-east-1:000000000000:mlflow-tracking-server/m" },
      InfraCheckConfig: { EnableInfraCheck: true },
      SessionChainingConfig: { EnableSessionTagChaining: true },
      ExperimentConfig: { ExperimentName: "e" },
      EnableInterContainerTrafficEncryption: true,
      EnableNetworkIsolation: true,
      DebugHookConfig: { S3OutputPath: "s3://data/d" },
      VpcConfig: { SecurityGroupIds: ["sg-1"], Subnets: ["subnet-1"] },
      EnableManagedSpotTraining: true,
    };
    await local.run({
      ...asked,
      AlgorithmSpecification: {
        TrainingImage: image,
        TrainingInputMode: "File",
        TrainingImageConfig: { TrainingRepositoryAccessMode: "Vpc" },
      },
      OutputDataConfig: { S3OutputPath: "s3://data/out", KmsKeyId: "key" },
      ResourceConfig: {
        InstanceCount: 1,
        InstanceType: "ml.m5.large",
        VolumeSizeInGB: 1,
        VolumeKmsKeyId: "key",
        KeepAlivePeriodInSeconds: 60,
      },
      StoppingCondition: { MaxRuntimeInSeconds: 60, MaxWaitTimeInSeconds: 60 },
    });
    const told = local.notes().flatMap((line) => /^\[sfn-ds\] (\w+) has no effect locally$/.exec(line)?.[1] ?? []);
    const nested = [
      "TrainingImageConfig",
      "KmsKeyId",
      "VolumeKmsKeyId",
      "KeepAlivePeriodInSeconds",
      "MaxWaitTimeInSeconds",
    ];
    expect([...told].sort()).toEqual([...Object.keys(asked), ...nested].sort());
  });

  test("that asks for nothing special has nothing to tell", async () => {
    const local = await fast("exit 0");
    await local.run({ EnableNetworkIsolation: false });
    expect(local.notes().join("\n")).not.toContain("no effect");
  });

  test("takes up its checkpoints", async () => {
    const local = await fast(`cat ${ml}/checkpoints/n; echo 2 > ${ml}/checkpoints/n`);
    await local.put("state/n", "1\n");
    await local.run({ CheckpointConfig: { S3Uri: "s3://data/state" } });
    expect(local.lines()).toEqual(["1"]);
    expect(Buffer.from(await local.storage.read("data", "state/n")).toString()).toBe("2\n");
  });

  test("whose time is over is Stopped, and says why", async () => {
    const clock = new VirtualClock();
    const local = await openTraining({ isolation: "scratch", clock, script: "echo up; while :; do sleep 0.1; done" });
    await local.client.send(new CreateTrainingJobCommand(trainingJob()));
    await expect.poll(() => local.lines(), { timeout: 10_000 }).toEqual(["up"]);
    clock.advance(60_000);
    await expect
      .poll(() => local.training.describe("job-1"), { timeout: 10_000 })
      .toMatchObject({ TrainingJobStatus: "Stopped", SecondaryStatus: "MaxRuntimeExceeded" });
  });

  test("without data fails with the place where there is none", async () => {
    const { FailureReason } = await (await fast("exit 0")).run({ InputDataConfig: [channel("train", "nowhere/")] });
    expect(FailureReason).toContain('No S3 objects found under S3 URL "s3://data/nowhere/"');
  });

  test("whose bucket is not there fails with it", async () => {
    const { FailureReason } = await (await fast('echo m > "$SM_MODEL_DIR/m"')).run({
      OutputDataConfig: { S3OutputPath: "s3://no-such-bucket/out" },
    });
    expect(FailureReason).toMatch(/^ClientError: Failed to upload s3:\/\/no-such-bucket\/out\/job-1/);
  });

  test("that fails says why, also where its output cannot be saved", async () => {
    const local = await fast(`rmdir ${ml}/output/data; echo x > ${ml}/output/data; exit 4`);
    const { FailureReason } = await local.run();
    expect(FailureReason).toBe("AlgorithmError: , exit code: 4");
    expect(local.notes().join("\n")).toContain(
      "ClientError: Artifact upload failed: ENOTDIR: not a directory, scandir 'algo-1:/opt/ml/output/data'",
    );
  });

  const clash = (place: string) => `if [ $SM_CURRENT_HOST = algo-1 ]; then mkdir ${place}; else echo x > ${place}; fi`;
  const twoHosts = { ResourceConfig: { InstanceCount: 2, InstanceType: "ml.m5.large", VolumeSizeInGB: 1 } } as const;

  test("that fails says why, also where its hosts leave a file and a folder of the same name", async () => {
    const { FailureReason } = await (await fast(`${clash(`${ml}/output/data/x`)}; exit 4`)).run(twoHosts);
    expect(FailureReason).toBe("AlgorithmError: , exit code: 4");
  });

  test("whose hosts' models cannot be one fails with the place of the container, and keeps its metrics", async () => {
    const done = await (await fast(`echo auc=1; ${clash(`${ml}/model/x`)}`)).run({
      ...twoHosts,
      AlgorithmSpecification: {
        TrainingImage: image,
        TrainingInputMode: "File",
        MetricDefinitions: [{ Name: "auc", Regex: "auc=([0-9.]+)" }],
      },
    });
    expect(done).toMatchObject({ TrainingJobStatus: "Failed", FinalMetricDataList: [{ MetricName: "auc", Value: 1 }] });
    expect(done.FailureReason).toMatch(/^ClientError: Artifact upload failed: .*algo-[12]:\/opt\/ml\/model\/x/);
    expect(done.FailureReason).not.toContain(tmpdir());
    expect(done.ModelArtifacts).toBeUndefined();
  });

  test("whose model folder leads elsewhere uploads nothing", async () => {
    const local = await fast('rmdir "$SM_MODEL_DIR"; ln -s /etc "$SM_MODEL_DIR"');
    await local.run();
    expect(await local.keys("out/")).toEqual([]);
  });

  test("is listed and described, and named once", async () => {
    const local = await fast("exit 0");
    await local.run({ Tags: [{ Key: "a", Value: "b" }] });
    const { TrainingJobSummaries } = await local.client.send(new ListTrainingJobsCommand({ NameContains: "JOB" }));
    expect(TrainingJobSummaries?.map(({ TrainingJobName }) => TrainingJobName)).toEqual(["job-1"]);
    await expect(local.client.send(new CreateTrainingJobCommand(trainingJob()))).rejects.toMatchObject({
      name: "ResourceInUse",
      message: expect.stringContaining("arn:aws:sagemaker:us-east-1:000000000000:training-job/job-1"),
    });
    expect(local.training.describe("job-1")).not.toHaveProperty("Tags");
    await expect(local.client.send(new DescribeTrainingJobCommand({ TrainingJobName: "other" }))).rejects.toMatchObject(
      { name: "ValidationException", message: "Requested resource not found." },
    );
    await expect(local.client.send(new StopTrainingJobCommand({ TrainingJobName: "job-1" }))).rejects.toThrow(
      "The request was rejected because the training job is in status Completed.",
    );
  });
});

describe("a list of training jobs", () => {
  const wrong = [
    { more: { StatusEquals: "Foo" }, text: "Value 'Foo' at 'statusEquals' failed to satisfy constraint" },
    { more: { SortOrder: "Foo" }, text: "enum value set: [Ascending, Descending]" },
    { more: { SortBy: "Foo" }, text: "'sortBy'" },
    { more: { WarmPoolStatusEquals: "Foo" }, text: "'warmPoolStatusEquals'" },
    { more: { NameContains: "a_b" }, text: "regular expression" },
    { more: { MaxResults: 101 }, text: "less than or equal to 100" },
  ];
  test.each(wrong)("is refused for $more", async ({ more, text }) => {
    const { client } = await fast("exit 0");
    await expect(client.send(new ListTrainingJobsCommand(more as never))).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining(text),
    });
  });

  test("is empty where a warm pool is asked for: no job has one here", async () => {
    const local = await fast("exit 0");
    await local.run();
    const found = await local.client.send(new ListTrainingJobsCommand({ WarmPoolStatusEquals: "Available" }));
    expect(found.TrainingJobSummaries).toEqual([]);
  });
});

test("names of jobs that differ in nothing but case are one name, as their ARN is", async () => {
  const local = await fast("exit 0");
  await local.run({ TrainingJobName: "AB" });
  await expect(
    local.client.send(new CreateTrainingJobCommand(trainingJob({ TrainingJobName: "ab" }))),
  ).rejects.toMatchObject({ name: "ResourceInUse", message: expect.stringContaining("training-job/ab") });
  const described = await local.client.send(new DescribeTrainingJobCommand({ TrainingJobName: "ab" }));
  expect(described.TrainingJobName).toBe("AB");
});

describe("script mode", () => {
  const run = async (content: Uint8Array, program = "train.sh") => {
    const local = await openTraining({ isolation: "scratch" });
    await local.put("s.tar.gz", content);
    const HyperParameters = { sagemaker_program: program, sagemaker_submit_directory: "s3://data/s.tar.gz" };
    return { local, done: await local.run({ HyperParameters }) };
  };

  test("runs a shell script", async () => {
    const { local } = await run(await tarball({ "train.sh": "echo shell" }));
    expect(local.lines()).toEqual(["shell"]);
  });

  test("fails with what is no archive", async () => {
    const { done } = await run(Buffer.from("no archive"));
    expect(done.FailureReason).toMatch(/^ClientError: expected a tar.gz with the code at s3:\/\/data\/s.tar.gz/);
  });

  test("gives way to a command that is named", async () => {
    const local = await fast("echo named");
    await local.run({ HyperParameters: { sagemaker_program: "a.py", sagemaker_submit_directory: "s3://data/x" } });
    expect(local.lines()).toEqual(["named"]);
  });
});

const algorithm = (more: object) => ({
  AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: "File", ...more } as const,
});
const source = (DataSource: object) => ({ InputDataConfig: [{ ChannelName: "train", DataSource }] });
const s3 = { S3DataType: "S3Prefix", S3Uri: "s3://data/in" };
const script = { sagemaker_program: "a.py", sagemaker_submit_directory: "s3://data/x" };
const refusals: readonly { name: string; more: object; text: string }[] = [
  { name: "a name that is none", more: { TrainingJobName: "a_b" }, text: "at 'trainingJobName' failed to satisfy" },
  { name: "two images", more: algorithm({ AlgorithmName: "x" }), text: "one of TrainingImage and AlgorithmName" },
  {
    name: "pipes",
    more: { ...source({ S3DataSource: s3 }), ...algorithm({ TrainingInputMode: "Pipe" }) },
    text: "Pipe",
  },
  { name: "a file system", more: source({ FileSystemDataSource: {} }), text: "FileSystemDataSource of channel" },
  { name: "no source", more: source({}), text: 'channel "train" has no S3DataSource' },
  {
    name: "a channel that leaves its folder",
    more: { InputDataConfig: [{ ChannelName: "..", DataSource: { S3DataSource: s3 } }] },
    text: 'the channel ".." would have no folder',
  },
  {
    name: "the same channel twice",
    more: { InputDataConfig: [channel("a", "x"), channel("a", "x")] },
    text: 'got "a" twice',
  },
  { name: "a NUL character", more: { HyperParameters: { a: "\0" } }, text: "NUL character" },
  { name: "instance groups", more: { ResourceConfig: { InstanceGroups: [] } }, text: "InstanceGroups do not run" },
  { name: "no instances", more: { ResourceConfig: { VolumeSizeInGB: 1 } }, text: "expected InstanceCount" },
  { name: "spot without a limit", more: { EnableManagedSpotTraining: true }, text: "Invalid MaxWaitTimeInSeconds" },
  {
    name: "checkpoints outside",
    more: { CheckpointConfig: { S3Uri: "s3://data/c", LocalPath: "/opt/ml/../x" } },
    text: "expected a LocalPath below /opt/ml/",
  },
  {
    name: "a program outside of its code",
    more: { HyperParameters: { ...script, sagemaker_program: "../a.py" } },
    text: "no path within the code",
  },
  {
    name: "a program of another language",
    more: { HyperParameters: { ...script, sagemaker_program: "a.R" } },
    text: "script mode runs a .py or .sh file",
  },
];

describe("what is refused at once", () => {
  test.each(refusals)("$name", async ({ more, text }) => {
    const { client } = await openTraining({ isolation: "scratch" });
    const commanded = "sagemaker_program" in ((more as CreateTrainingJobCommandInput).HyperParameters ?? {});
    const request = trainingJob({ ...(commanded ? {} : { HyperParameters: script }), ...more });
    await expect(client.send(new CreateTrainingJobCommand(request))).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining(text),
    });
  });

  test("a job without a command, with what to do", async () => {
    const { client } = await openTraining({ commands: { "*/other:*": ["true"] } });
    const sent = client.send(new CreateTrainingJobCommand(trainingJob()));
    await expect(sent).rejects.toMatchObject({
      name: "ValidationException",
      message: `the image "${image}" of the training job "job-1" is not run locally, and nothing says what to run in its place. Name a local command for it: startLocal({ commands: { "${image}": ["python3", "train.py"] } }), or sfn-ds local --command '${image}=python3 train.py'. Script mode needs no name: hyperparameters sagemaker_program and sagemaker_submit_directory`,
    });
  });
});
