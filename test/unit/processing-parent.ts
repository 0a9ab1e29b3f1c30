// A service with one job, to be killed by a test. Arguments: data folder, isolation of a processing job or `training`, script.
import { defaultIdentity } from "../../src/local/identity.js";
import { isolationOf } from "../../src/local/jobs/isolation.js";
import { namedCommands } from "../../src/local/jobs/local-commands.js";
import { createLogStore } from "../../src/local/logs/log-store.js";
import { createProcessingJobs } from "../../src/local/processing/processing-jobs.js";
import { openRoot } from "../../src/local/root.js";
import { createObjectStore } from "../../src/local/storage/object-store.js";
import { createTrainingJobs } from "../../src/local/training/training-jobs.js";
import { shellJob } from "./processing-job-request.js";

const [folder = "", kind, script = ""] = process.argv.slice(2);
const root = await openRoot(folder);
const surroundings = {
  root,
  identity: defaultIdentity,
  storage: createObjectStore(root),
  logs: createLogStore(),
  isolation: isolationOf(root, kind === "namespace" ? "namespace" : "scratch"),
};
if (kind === "training") {
  const jobs = createTrainingJobs(surroundings, namedCommands({ "*": ["sh", "-c", script] }));
  await jobs.create({
    TrainingJobName: "job-1",
    RoleArn: "arn:aws:iam::000000000000:role/sfn-ds-local",
    AlgorithmSpecification: { TrainingImage: "image", TrainingInputMode: "File" },
    OutputDataConfig: { S3OutputPath: "s3://data/out" },
    ResourceConfig: { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 1 },
  });
  await jobs.ended("job-1");
} else {
  const jobs = createProcessingJobs(surroundings);
  await jobs.create(shellJob(script));
  await jobs.ended("job-1");
}
