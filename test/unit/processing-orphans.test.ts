import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { chooseIsolation, type IsolationKind } from "../../src/local/jobs/isolation.js";
import { openRoot } from "../../src/local/root.js";
import { temporaryFolder } from "../wire/clients.js";
import { shellJob } from "./processing-job-request.js";
import { openRunner } from "./processing-runner.js";

const parent = fileURLToPath(new URL("processing-parent.ts", import.meta.url));
const linux = process.platform === "linux";

/** A pipe that ends when the last process that holds it has gone. */
async function lifePipe() {
  const fifo = join(await temporaryFolder(), "life");
  execFileSync("mkfifo", [fifo]);
  const stream = createReadStream(fifo, "utf8");
  onTestFinished(() => void stream.destroy());
  return { fifo, held: once(stream, "data"), over: once(stream, "end") };
}

/** The job and a process in a session of its own hold the pipe. */
const heldBy = (fifo: string, after: string) =>
  `exec 9> '${fifo}'; setsid sh -c 'echo up >&9; while :; do sleep 1; done' & ${after}`;

const wait = "while :; do sleep 1; done";

for (const isolation of ["namespace", "scratch"] as const satisfies readonly IsolationKind[]) {
  describe.skipIf(!linux)(
    `what a job has started, isolation ${isolation}${linux ? "" : " (skipped: needs Linux)"}`,
    () => {
      test("goes with a job that ends", async (context) => {
        await skipUnlessAvailable(isolation, context);
        const { fifo, held, over } = await lifePipe();
        const runner = await openRunner({ isolation });
        await runner.jobs.create(shellJob(heldBy(fifo, `while ! [ -e '${fifo}.seen' ]; do sleep 0.01; done`)));
        await held;
        execFileSync("touch", [`${fifo}.seen`]);
        await over;
        expect(await runner.jobs.ended("job-1")).toMatchObject({ ProcessingJobStatus: "Completed" });
      });

      test("goes with a job that is stopped", async (context) => {
        await skipUnlessAvailable(isolation, context);
        const { fifo, held, over } = await lifePipe();
        const runner = await openRunner({ isolation });
        await runner.jobs.create(shellJob(heldBy(fifo, wait)));
        await held;
        runner.jobs.stop("job-1");
        await expect(over).resolves.toEqual([]);
      });

      test("goes when the service is killed", async (context) => {
        await skipUnlessAvailable(isolation, context);
        const { fifo, held, over } = await lifePipe();
        const child = spawn(
          process.execPath,
          ["--import", "tsx", parent, await temporaryFolder(), isolation, heldBy(fifo, wait)],
          { stdio: ["ignore", "ignore", "inherit"] },
        );
        await held;
        child.kill("SIGKILL");
        await expect(over).resolves.toEqual([]);
      });
    },
  );
}

test.skipIf(!linux)("a training job goes when the service is killed (skipped: needs Linux)", async () => {
  const { fifo, held, over } = await lifePipe();
  const words = ["--import", "tsx", parent, await temporaryFolder(), "training", heldBy(fifo, wait)];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "ignore", "inherit"] });
  await held;
  child.kill("SIGKILL");
  await expect(over).resolves.toEqual([]);
});

test("the scratch folder of a killed service goes when the next one starts", async () => {
  const { fifo, held, over } = await lifePipe();
  const folder = await temporaryFolder();
  const words = ["--import", "tsx", parent, folder, "scratch", heldBy(fifo, wait)];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "ignore", "inherit"] });
  const exited = once(child, "exit");
  await held;
  const before = await readdir(join(folder, "jobs"));
  child.kill("SIGKILL");
  await Promise.all([over, exited]);
  const { jobs } = await openRoot(folder);
  expect([before.length, await readdir(jobs)]).toEqual([1, []]);
});

async function skipUnlessAvailable(isolation: IsolationKind, context: { skip: (note?: string) => void }) {
  if (isolation === "scratch") return;
  const { kind, reason } = await chooseIsolation(await openRoot(await temporaryFolder()), "auto");
  if (kind !== "namespace") context.skip(reason);
}
