import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Local, startLocal } from "../../src/local/index.js";
import { ProcessingOutput } from "../../src/sagemaker/processing/processing-output.js";
import { ProcessingStep } from "../../src/sagemaker/processing/processing-step.js";
import { ScriptProcessor } from "../../src/sagemaker/processing/script-processor.js";
import { ExecutionFailedError } from "../../src/workflow/errors.js";
import type { Execution } from "../../src/workflow/execution.js";
import { Workflow } from "../../src/workflow/workflow.js";

let directory = "";
let local: Local;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "sfn-ds-failing-"));
  local = await startLocal({ directory: join(directory, "data") });
});

afterEach(async () => {
  await local.close();
  rmSync(directory, { recursive: true, force: true });
});

interface Job {
  readonly command?: string;
  readonly script: string;
  readonly maxRuntimeInSeconds?: number;
  readonly timeoutSeconds?: number;
}

async function start({
  command = "sh",
  script,
  maxRuntimeInSeconds,
  timeoutSeconds,
}: Job): Promise<Execution<unknown>> {
  writeFileSync(join(directory, "script"), script);
  const session = local.session();
  const role = "sfn-ds-local";
  const limit = maxRuntimeInSeconds === undefined ? {} : { maxRuntimeInSeconds };
  const processor = new ScriptProcessor({
    session,
    role,
    imageUri: "image",
    command: [command],
    instanceCount: 1,
    instanceType: "ml.m5.large",
    ...limit,
  });
  const step = new ProcessingStep("Work", {
    processor,
    code: join(directory, "script"),
    outputs: [
      new ProcessingOutput({
        source: "/opt/ml/processing/out",
        outputName: "out",
        destination: "s3://sagemaker-us-east-1-000000000000/out",
      }),
    ],
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  });
  const workflow = new Workflow({ session, role, name: "work", definition: step });
  await workflow.create();
  return workflow.execute(undefined);
}

async function failureOf(job: Job): Promise<ExecutionFailedError> {
  const execution = await start(job);
  const error = await execution.output().catch((thrown: unknown) => thrown);
  if (error instanceof ExecutionFailedError) return error;
  throw new Error(`expected a failure, got ${JSON.stringify(error)}`);
}

describe("an execution whose job does not end well", () => {
  test("tells the state, the exit code and the message that the script left", async () => {
    const error = await failureOf({
      script: "echo 'no rows' > \"$SFN_DS_ML_ROOT/output/message\"; exit 3\n",
    });
    expect(error).toMatchObject({ state: "Work", error: "States.TaskFailed", status: "FAILED" });
    expect(error.message).toMatch(/in the state "Work": States\.TaskFailed: AlgorithmError.*exit code: 3.*no rows/);
  });

  test("names a command that is not there", async () => {
    const error = await failureOf({ command: "pyhton3", script: "print(1)\n" });
    expect(error.message).toContain("pyhton3");
  });

  test("is stopped after its longest run time", async () => {
    const error = await failureOf({ script: "sleep 3600\n", maxRuntimeInSeconds: 1 });
    expect(error.cause).toContain('"ProcessingJobStatus":"Stopped"');
  });

  test("is ended by the state's timeout", async () => {
    const error = await failureOf({ script: "sleep 3600\n", timeoutSeconds: 1 });
    expect(error).toMatchObject({ error: "States.Timeout", state: "Work" });
  });

  test("is ended by stop(), with error and cause", async () => {
    const execution = await start({ script: "sleep 3600\n" });
    await execution.stop({ error: "Enough", cause: "seen" });
    const error = await execution.output().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "execution_aborted", status: "ABORTED", error: "Enough", cause: "seen" });
  });
});
