import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import {
  CreateTrainingJobCommand,
  type CreateTrainingJobCommandInput,
  DescribeTrainingJobCommand,
  type DescribeTrainingJobCommandOutput,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { create, extract } from "tar";
import { onTestFinished } from "vitest";
import type { Clock } from "../../src/local/clock.js";
import { defaultIdentity } from "../../src/local/identity.js";
import { type IsolationKind, isolationOf } from "../../src/local/jobs/isolation.js";
import { trainingLogGroup } from "../../src/local/jobs/job-log.js";
import { type LocalCommands, namedCommands } from "../../src/local/jobs/local-commands.js";
import { createLogStore } from "../../src/local/logs/log-store.js";
import { openRoot } from "../../src/local/root.js";
import { sageMakerOperations, serveSageMaker } from "../../src/local/sagemaker/sagemaker.js";
import { createObjectStore } from "../../src/local/storage/object-store.js";
import { createTrainingJobs } from "../../src/local/training/training-jobs.js";
import { openRunner } from "../unit/processing-runner.js";
import { inProcess, temporaryFolder } from "./clients.js";

export const image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/train:1";

/** A request of CreateTrainingJob. */
export function trainingJob(more: Partial<CreateTrainingJobCommandInput> = {}): CreateTrainingJobCommandInput {
  return {
    TrainingJobName: "job-1",
    RoleArn: "arn:aws:iam::000000000000:role/sfn-ds-local",
    AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: "File" },
    OutputDataConfig: { S3OutputPath: "s3://data/out" },
    ResourceConfig: { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 1 },
    StoppingCondition: { MaxRuntimeInSeconds: 60 },
    ...more,
  };
}

/** One channel, of the objects under `s3://data/<prefix>`. */
export function channel(name: string, prefix: string) {
  return {
    ChannelName: name,
    ContentType: "text/csv",
    DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: `s3://data/${prefix}` } },
  } as const;
}

/** A local SageMaker with training jobs, and a bucket `data`. */
export async function openTraining(
  options: {
    readonly isolation?: IsolationKind | "auto";
    readonly commands?: LocalCommands;
    /** A shell script that stands for every image. */
    readonly script?: string;
    readonly clock?: Clock;
  } = {},
) {
  const root = await openRoot(await temporaryFolder());
  const storage = createObjectStore(root);
  await storage.createBucket("data");
  const logs = createLogStore();
  const surroundings = {
    root,
    identity: defaultIdentity,
    storage,
    logs,
    isolation: isolationOf(root, options.isolation ?? "auto"),
    graceSeconds: 1,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  };
  const { script } = options;
  const commands = options.commands ?? (script === undefined ? {} : { "*": ["sh", "-c", script] });
  const training = createTrainingJobs(surroundings, namedCommands(commands));
  onTestFinished(() => training.close());
  const { jobs: processing } = await openRunner({ isolation: "scratch" });
  const handle = serveSageMaker(
    sageMakerOperations({ identity: defaultIdentity, storage, now: Date.now, processing, training }),
  );
  const client = new SageMakerClient(inProcess(handle));
  const lines = () =>
    (logs.streams(trainingLogGroup) ?? []).flatMap((stream) => stream.lines.map((line) => line.message));
  return {
    training,
    client,
    storage,
    logs,
    put: (key: string, content: string | Uint8Array) => storage.put("data", key, Buffer.from(content)),
    keys: (prefix = "") => storage.keys("data", prefix),
    /** Files of an archive in S3. */
    async unpacked(key: string) {
      const folder = await mkdtemp(join(tmpdir(), "sfn-ds-"));
      onTestFinished(() => rm(folder, { recursive: true }));
      await writeFile(join(folder, "a.tar.gz"), await storage.read("data", key));
      await mkdir(join(folder, "x"));
      await extract({ file: join(folder, "a.tar.gz"), cwd: join(folder, "x") });
      const entries = await readdir(join(folder, "x"), { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
      const texts = files.map(async (file) => [file.slice(folder.length + 3), await readFile(file, "utf8")] as const);
      return Object.fromEntries(await Promise.all(texts));
    },
    /** Runs a job to its end. */
    async run(more: Partial<CreateTrainingJobCommandInput> = {}): Promise<DescribeTrainingJobCommandOutput> {
      const request = trainingJob(more);
      await client.send(new CreateTrainingJobCommand(request));
      await training.ended(String(request.TrainingJobName));
      return client.send(new DescribeTrainingJobCommand({ TrainingJobName: request.TrainingJobName }));
    },
    /** Lines of all hosts, ours left out. */
    lines: () => lines().filter((line) => !line.startsWith("[sfn-ds]")),
    notes: () => lines().filter((line) => line.startsWith("[sfn-ds]")),
  };
}

/** The bytes of a `tar.gz` with these files. */
export async function tarball(files: { readonly [path: string]: string }): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "sfn-ds-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, "in", path)), { recursive: true });
    await writeFile(join(folder, "in", path), text);
  }
  await create({ file: join(folder, "a.tar"), cwd: join(folder, "in") }, Object.keys(files));
  return gzipSync(await readFile(join(folder, "a.tar")));
}
