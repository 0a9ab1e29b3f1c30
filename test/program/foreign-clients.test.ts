import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defaultIdentity } from "../../src/local/identity.js";
import { type Local, startLocal } from "../../src/local/index.js";
import { localVariables } from "../../src/local/variables.js";
import { cleanEnvironment, runToEnd } from "./run.js";

const has = (command: string, ...args: readonly string[]): boolean => spawnSync(command, args).status === 0;
const hasAwsCli = has("aws", "--version");
const hasBoto3 = has("python3", "-c", "import boto3");

const definition = JSON.stringify({ StartAt: "A", States: { A: { Type: "Pass", Result: { sum: 3 }, End: true } } });

let directory = "";
let local: Local;
let environment: Record<string, string> = {};

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "sfn-ds-clients-"));
  local = await startLocal({ directory });
  environment = { ...cleanEnvironment(), ...localVariables(local.url, defaultIdentity) };
});

afterAll(async () => {
  await local.close();
  rmSync(directory, { recursive: true, force: true });
});

async function aws(...args: readonly string[]): Promise<unknown> {
  const { code, out, err } = await runToEnd("aws", [...args, "--output", "json"], { environment });
  if (code !== 0) throw new Error(err);
  return out.trim() === "" ? undefined : JSON.parse(out);
}

describe.skipIf(!hasAwsCli)("the aws CLI (skipped where it is not installed)", () => {
  test("creates a machine, starts it, describes it and reads its history", async () => {
    const role = "arn:aws:iam::000000000000:role/sfn-ds-local";
    const machine = (await aws(
      "stepfunctions",
      "create-state-machine",
      "--name",
      "cli",
      "--role-arn",
      role,
      "--definition",
      definition,
    )) as { stateMachineArn: string };
    const started = (await aws(
      "stepfunctions",
      "start-execution",
      "--state-machine-arn",
      machine.stateMachineArn,
      "--input",
      "{}",
    )) as { executionArn: string };
    const arn = ["--execution-arn", started.executionArn];
    await expect
      .poll(() => aws("stepfunctions", "describe-execution", ...arn), { timeout: 20_000 })
      .toMatchObject({ status: "SUCCEEDED", output: '{"sum":3}' });
    const history = (await aws("stepfunctions", "get-execution-history", ...arn)) as { events: { type: string }[] };
    expect(history.events.map(({ type }) => type)).toEqual([
      "ExecutionStarted",
      "PassStateEntered",
      "PassStateExited",
      "ExecutionSucceeded",
    ]);
  });

  test("copies a file to S3 and back, and says who it is", async () => {
    const file = join(directory, "there.txt");
    writeFileSync(file, "hello");
    await runToEnd("aws", ["s3", "mb", "s3://cli-bucket"], { environment });
    await runToEnd("aws", ["s3", "cp", file, "s3://cli-bucket/a/b.txt"], { environment });
    const { out } = await runToEnd("aws", ["s3", "cp", "s3://cli-bucket/a/b.txt", "-"], { environment });
    expect(out).toBe("hello");
    expect(await aws("sts", "get-caller-identity")).toMatchObject({
      Arn: "arn:aws:sts::000000000000:assumed-role/sfn-ds-local/sfn-ds",
    });
  });
});

const boto3Program = `
import json, sys, time
import boto3
client = boto3.client("stepfunctions")
role = "arn:aws:iam::000000000000:role/sfn-ds-local"
machine = client.create_state_machine(name="boto3", definition=sys.argv[1], roleArn=role)["stateMachineArn"]
execution = client.start_execution(stateMachineArn=machine, input="{}")["executionArn"]
for _ in range(200):
    description = client.describe_execution(executionArn=execution)
    if description["status"] != "RUNNING":
        break
    time.sleep(0.05)
events = client.get_execution_history(executionArn=execution)["events"]
print(json.dumps({"status": description["status"], "output": description["output"], "types": [event["type"] for event in events]}))
`;

describe.skipIf(!hasBoto3)("boto3 (skipped where it is not installed)", () => {
  test("creates a machine, starts it, describes it and reads its history", async () => {
    const { out, err } = await runToEnd("python3", ["-c", boto3Program, definition], { environment });
    expect(out, err).not.toBe("");
    expect(JSON.parse(out)).toEqual({
      status: "SUCCEEDED",
      output: '{"sum":3}',
      types: ["ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"],
    });
  });
});
