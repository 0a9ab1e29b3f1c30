// A service with one job, to be killed by a test. Arguments: data folder, isolation, script.
import { defaultIdentity } from "../../src/local/identity.js";
import { isolationOf } from "../../src/local/jobs/isolation.js";
import { createLogStore } from "../../src/local/logs/log-store.js";
import { createProcessingJobs } from "../../src/local/processing/processing-jobs.js";
import { openRoot } from "../../src/local/root.js";
import { createObjectStore } from "../../src/local/storage/object-store.js";
import { shellJob } from "./processing-job-request.js";

const [folder = "", isolation, script = ""] = process.argv.slice(2);
const root = await openRoot(folder);
const jobs = createProcessingJobs({
  root,
  identity: defaultIdentity,
  storage: createObjectStore(root),
  logs: createLogStore(),
  isolation: isolationOf(root, isolation === "namespace" ? "namespace" : "scratch"),
});
await jobs.create(shellJob(script));
await jobs.ended("job-1");
