import { chmodSync } from "node:fs";
import { expect, test } from "vitest";
import { startLocal } from "../../src/local/index.js";
import type { LogEvent } from "../../src/sagemaker/processing/logs.js";
import { ProcessingJob } from "../../src/sagemaker/processing/processing-job.js";
import { ScriptProcessor } from "../../src/sagemaker/processing/script-processor.js";
import { temporaryFiles } from "../unit/temporary-files.js";

const base = {
  role: "arn:aws:iam::000000000000:role/R",
  imageUri: "i",
  instanceCount: 1,
  instanceType: "ml.m5.xlarge",
} as const;

/** A Python that says what it was asked to do. */
const python = '#!/bin/sh\necho "$(basename "$PWD"): $*"\n[ "$2" != pip ] || cat requirements.txt\n';

async function run(files: Readonly<Record<string, string>>, interpreter = python) {
  const local = await startLocal({ directory: temporaryFiles({}) });
  try {
    const tools = temporaryFiles({ python3: interpreter });
    chmodSync(`${tools}/python3`, 0o755);
    const folder = temporaryFiles({ ...files, "requirements.txt": "demo==1\n" });
    const processor = new ScriptProcessor({
      session: local.session(),
      ...base,
      command: [`${tools}/python3`],
    });
    const lines: string[] = [];
    const logs = ({ message }: LogEvent): void => void lines.push(message);
    await processor.run({ code: folder, entryPoint: "main.py", arguments: ["--rows", 3], logs });
    return lines.filter((line) => !line.startsWith("[sfn-ds]"));
  } finally {
    await local.close();
  }
}

test("a folder of code runs in its place, after its requirements were installed", async () => {
  expect(await run({ "main.py": "1" })).toEqual([
    "code: -m pip install -r requirements.txt",
    "demo==1",
    "code: main.py --rows 3",
  ]);
});

test("requirements that cannot be installed fail the job, and the program does not run", async () => {
  const failing = `${python}[ "$2" != pip ] || exit 3\n`;
  await expect(run({ "main.py": "1" }, failing)).rejects.toMatchObject({
    code: "job_failed",
    message: expect.stringMatching(/exit code: 3; the last lines of its log:[\s\S]*\n {2}demo==1\n/),
  });
});

test("a job is found again by its name, and among those of its processor", async () => {
  const local = await startLocal({ directory: temporaryFiles({}) });
  try {
    const processor = new ScriptProcessor({ ...base, session: local.session(), command: ["true"] });
    const job = await processor.run({ logs: false });
    const found = await ProcessingJob.fromArn(local.session(), job.arn);
    expect([found.name, (await processor.latestJob())?.name]).toEqual([job.name, job.name]);
  } finally {
    await local.close();
  }
});
