import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort, isUp } from "./port.js";
import { root, runToEnd, start } from "./run.js";

const isInstalled = spawnSync("moto_server", ["--version"]).error === undefined;
const hasAwsCli = spawnSync("aws", ["--version"]).status === 0;

let emulator: ChildProcess;
let environment: Record<string, string> = {};

async function aws<T>(...args: readonly string[]): Promise<T> {
  const { code, out, err } = await runToEnd("aws", [...args, "--output", "json"], { environment });
  if (code !== 0) throw new Error(err);
  return (out.trim() === "" ? undefined : JSON.parse(out)) as T;
}

/** The role runs the program: it is made, then assumed, before anything else. */
async function assumeNewRole(): Promise<void> {
  const policy = '{"Version":"2012-10-17","Statement":[]}';
  await aws("iam", "create-role", "--role-name", "runner", "--path", "/team/", "--assume-role-policy-document", policy);
  const role = "arn:aws:iam::123456789012:role/team/runner";
  const { Credentials: credentials } = await aws<{ Credentials: Record<string, string> }>(
    "sts",
    "assume-role",
    "--role-arn",
    role,
    "--role-session-name",
    "session",
  );
  environment = {
    ...environment,
    AWS_ACCESS_KEY_ID: credentials["AccessKeyId"] ?? "",
    AWS_SECRET_ACCESS_KEY: credentials["SecretAccessKey"] ?? "",
    AWS_SESSION_TOKEN: credentials["SessionToken"] ?? "",
  };
}

describe.skipIf(!isInstalled || !hasAwsCli)(
  "the example on a foreign emulator (skipped where moto_server or the aws CLI is not installed)",
  () => {
    beforeAll(async () => {
      const port = await freePort();
      emulator = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
      environment = {
        AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
        AWS_REGION: "us-east-1",
        AWS_DEFAULT_REGION: "us-east-1",
        AWS_ACCESS_KEY_ID: "testing",
        AWS_SECRET_ACCESS_KEY: "testing",
      };
      await isUp(`http://127.0.0.1:${port}/moto-api/`);
      await assumeNewRole();
    }, 60_000);

    afterAll(() => {
      emulator.kill("SIGKILL");
    });

    test("uploads, creates, starts and describes, and all of it can be read back with the aws CLI", async () => {
      const program = start("node", ["--import", "tsx", "examples/one-step-processing/workflow.ts"], { environment });
      await program.printed("✔ succeeded");

      const { stateMachines } = await aws<{ stateMachines: { stateMachineArn: string; name: string }[] }>(
        "stepfunctions",
        "list-state-machines",
      );
      expect(stateMachines.map(({ name }) => name)).toEqual(["one-step-processing"]);
      const machine = stateMachines[0]?.stateMachineArn ?? "";
      const { definition, roleArn } = await aws<{ definition: string; roleArn: string }>(
        "stepfunctions",
        "describe-state-machine",
        "--state-machine-arn",
        machine,
      );
      expect(roleArn).toBe("arn:aws:iam::123456789012:role/team/runner");
      const { Parameters: request } = (
        JSON.parse(definition) as { States: { Preprocess: { Parameters: Record<string, unknown> } } }
      ).States.Preprocess;
      expect(request).toMatchObject({
        "ProcessingJobName.$": "$$.Execution.Input['PreprocessingJobName']",
        RoleArn: roleArn,
      });

      const { executions } = await aws<{ executions: { executionArn: string }[] }>(
        "stepfunctions",
        "list-executions",
        "--state-machine-arn",
        machine,
      );
      const arn = executions[0]?.executionArn ?? "";
      const { input } = await aws<{ input: string }>("stepfunctions", "describe-execution", "--execution-arn", arn);
      const uploaded = (JSON.parse(input) as { InputMessage: string }).InputMessage;
      const messages = await runToEnd("aws", ["s3", "cp", uploaded, "-"], { environment });
      expect(messages.out).toBe(readFileSync(`${root}examples/one-step-processing/data/messages.txt`, "utf8"));

      const code = (request["ProcessingInputs"] as { InputName: string; S3Input: { S3Uri: string } }[]).find(
        ({ InputName }) => InputName === "code",
      );
      const script = await runToEnd("aws", ["s3", "cp", code?.S3Input.S3Uri ?? "", "-"], { environment });
      expect(script.out).toBe(
        readFileSync(`${root}examples/one-step-processing/${basename(code?.S3Input.S3Uri ?? "")}`, "utf8"),
      );

      // The emulator pretends a history and never ends the execution: somebody has to.
      await aws(
        "stepfunctions",
        "stop-execution",
        "--execution-arn",
        arn,
        "--error",
        "Enough",
        "--cause",
        "the test has seen all",
      );
      const { code: exitCode, err } = await program.ended;
      expect([exitCode, err.includes("ExecutionFailedError: the execution was stopped")]).toEqual([1, true]);
    });
  },
);
