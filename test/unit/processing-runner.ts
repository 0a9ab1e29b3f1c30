import { readdir } from "node:fs/promises";
import { onTestFinished } from "vitest";
import type { JsonObject } from "../../src/language/json.js";
import { defaultIdentity } from "../../src/local/identity.js";
import { type IsolationKind, isolationOf } from "../../src/local/jobs/isolation.js";
import { processingLogGroup } from "../../src/local/jobs/job-log.js";
import type { JobsOptions } from "../../src/local/jobs/jobs.js";
import type { FindCommand } from "../../src/local/jobs/local-commands.js";
import { createLogStore, type LogStore } from "../../src/local/logs/log-store.js";
import { createProcessingJobs } from "../../src/local/processing/processing-jobs.js";
import { openRoot } from "../../src/local/root.js";
import { createObjectStore } from "../../src/local/storage/object-store.js";
import { temporaryFolder } from "../wire/clients.js";

interface RunnerOptions extends Partial<Omit<JobsOptions, "isolation">> {
  readonly isolation?: IsolationKind | "auto";
  readonly findCommand?: FindCommand;
}

/** A runner on a folder of its own, with a bucket `data`. */
export async function openRunner({ isolation: wanted = "auto", findCommand, ...options }: RunnerOptions = {}) {
  const root = await openRoot(await temporaryFolder());
  const storage = createObjectStore(root);
  await storage.createBucket("data");
  const { logs, lineSeen } = watchedLogs();
  const isolation = isolationOf(root, wanted);
  const surroundings = { root, identity: defaultIdentity, storage, logs, isolation, graceSeconds: 1, ...options };
  const jobs = createProcessingJobs(surroundings, findCommand);
  onTestFinished(() => jobs.close());
  return {
    jobs,
    storage,
    logs,
    /** Settles when a job has written this line. */
    lineSeen,
    put: (key: string, text: string) => storage.put("data", key, Buffer.from(text)),
    get: async (key: string) => Buffer.from(await storage.read("data", key)).toString("utf8"),
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

function watchedLogs() {
  const logs = createLogStore();
  const waiting = new Map<string, () => void>();
  const watched: LogStore = {
    ...logs,
    append(group, stream, message) {
      logs.append(group, stream, message);
      waiting.get(message)?.();
    },
  };
  const lineSeen = (line: string) => new Promise<void>((resolve) => waiting.set(line, resolve));
  return { logs: watched, lineSeen };
}
