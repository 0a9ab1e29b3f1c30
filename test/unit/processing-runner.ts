import { readdir } from "node:fs/promises";
import { onTestFinished } from "vitest";
import type { JsonObject } from "../../src/language/json.js";
import { defaultIdentity } from "../../src/local/identity.js";
import { processingLogGroup } from "../../src/local/jobs/job-log.js";
import { createProcessingJobs, type ProcessingJobsOptions } from "../../src/local/jobs/processing-jobs.js";
import { createLogStore } from "../../src/local/log-store.js";
import { openRoot } from "../../src/local/root.js";
import { createObjectStore } from "../../src/local/storage/object-store.js";
import { temporaryFolder } from "../wire/clients.js";

/** A runner on a folder of its own, with a bucket `data`. */
export async function openRunner(options: Partial<ProcessingJobsOptions> = {}) {
  const root = await openRoot(await temporaryFolder());
  const storage = createObjectStore(root);
  await storage.createBucket("data");
  const logs = createLogStore();
  const jobs = createProcessingJobs({ root, identity: defaultIdentity, storage, logs, graceSeconds: 1, ...options });
  onTestFinished(() => jobs.close());
  return {
    jobs,
    storage,
    logs,
    put: (key: string, text: string) => storage.put("data", key, Buffer.from(text)),
    get: async (key: string) => Buffer.from((await storage.read("data", key)).body).toString("utf8"),
    keys: (prefix = "") => storage.keys("data", prefix),
    /** Runs a job to its end. */
    async run(request: JsonObject) {
      await jobs.create(request);
      return jobs.ended(String(request["ProcessingJobName"]));
    },
    /** Lines of all hosts, ours left out. */
    lines: () =>
      (logs.streams(processingLogGroup) ?? []).flatMap((stream) =>
        stream.lines.map(({ message }) => message).filter((line) => !line.startsWith("[sfn-ds]")),
      ),
    notes: () =>
      (logs.streams(processingLogGroup) ?? []).flatMap((stream) =>
        stream.lines.map(({ message }) => message).filter((line) => line.startsWith("[sfn-ds]")),
      ),
    scratchFolders: () => readdir(root.jobs),
  };
}

/** A request that runs a shell script. */
export function shellJob(script: string, more: JsonObject = {}): JsonObject {
  return {
    ProcessingJobName: "job-1",
    RoleArn: "arn:aws:iam::000000000000:role/sfn-ds-local",
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 1 } },
    AppSpecification: { ImageUri: "image", ContainerEntrypoint: ["sh", "-c", script] },
    ...more,
  };
}

/** Members of a request with one input and one output. */
export const inputAndOutput: JsonObject = {
  ProcessingInputs: [
    {
      InputName: "in",
      S3Input: { S3Uri: "s3://data/in/", LocalPath: "/opt/ml/processing/input", S3DataType: "S3Prefix" },
    },
  ],
  ProcessingOutputConfig: {
    Outputs: [
      {
        OutputName: "out",
        S3Output: { S3Uri: "s3://data/out", LocalPath: "/opt/ml/processing/output", S3UploadMode: "EndOfJob" },
      },
    ],
  },
};
