import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Running, root, sfnDs, start, temporaryFolder } from "./run.js";

let directory = "";

beforeEach(() => {
  directory = temporaryFolder();
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** A workflow whose job would go on for an hour. */
const program = `
import { Workflow } from "${pathToFileURL(join(root, "dist/index.js")).href}";
import { ProcessingStep, ScriptProcessor, Session } from "${pathToFileURL(join(root, "dist/sagemaker/index.js")).href}";
const session = new Session();
const role = "arn:aws:iam::000000000000:role/sfn-ds-local";
const processor = new ScriptProcessor({ session, role, imageUri: "image", command: ["sh"], instanceCount: 1, instanceType: "ml.m5.large" });
const step = new ProcessingStep("Slow", { processor, code: process.argv[2], jobName: "slow" });
const workflow = new Workflow({ session, role, name: "slow", definition: step });
await workflow.create();
const execution = await workflow.execute(undefined, { name: "run-1" });
console.log(await execution.follow());
`;

function writeFiles(): void {
  writeFileSync(join(directory, "slow.sh"), "echo begun\nsleep 3600 & wait\n");
  writeFileSync(join(directory, "program.mjs"), program);
}

function startSlow(): Running {
  writeFiles();
  return sfnDs(["local", "--data", "data", "--", "node", "program.mjs", join(directory, "slow.sh")], { directory });
}

describe("Ctrl-C while a job runs", () => {
  test("detaches, and says that the execution ends with the service and how to keep it", async () => {
    const running = startSlow();
    await running.printed("│ begun");
    running.child.kill("SIGINT");
    const { code, out, err } = await running.ended;
    expect(code, err).toBe(130);
    expect(out).toContain("detached");
    expect(err).toContain(
      "detached: the execution run-1 ends with the local service; to keep it, start `sfn-ds local` by itself",
    );
    expect(err).not.toContain("goes on");
    expect(err).toContain("1 execution was still running and ended with the service");
  });

  test("detaches from a service that stays, says how to go on and how to stop, and the execution goes on", async () => {
    const service = sfnDs(["local", "--data", "data"], { directory });
    await service.printed("AWS_SECRET_ACCESS_KEY=");
    const environment = Object.fromEntries(
      [...service.seen().matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = "", value = ""]) => [name, value]),
    );
    writeFiles();
    const running = start("node", ["program.mjs", join(directory, "slow.sh")], { directory, environment });
    await running.printed("│ begun");
    running.child.kill("SIGINT");
    const { code, err } = await running.ended;
    expect([code, err]).toEqual([130, expect.stringContaining("detached: the execution run-1 goes on")]);
    expect(err).toContain(
      "aws stepfunctions stop-execution --execution-arn arn:aws:states:us-east-1:000000000000:execution:slow:run-1",
    );
    service.child.kill("SIGINT");
    expect((await service.ended).err).toContain("1 execution was still running and ended with the service");
  });

  test("SIGTERM ends command and service, and the exit code tells the signal", async () => {
    const running = startSlow();
    await running.printed("│ begun");
    running.child.kill("SIGTERM");
    expect((await running.ended).code).toBe(128 + 15);
  });
});

describe("sfn-ds local", () => {
  test("gives the exit code of its command", async () => {
    expect((await sfnDs(["local", "--", "sh", "-c", "exit 7"], { directory }).ended).code).toBe(7);
  });

  test("sets the variables by which AWS clients find it", async () => {
    const { out } = await sfnDs(["local", "--", "sh", "-c", 'echo "$AWS_ENDPOINT_URL $AWS_REGION $AWS_PROFILE."'], {
      directory,
      environment: { AWS_PROFILE: "work", AWS_REGION: "eu-west-1" },
    }).ended;
    expect(out).toMatch(/^http:\/\/127\.0\.0\.1:\d+ eu-west-1 \.$/m);
  });

  test("says so when the command is not there", async () => {
    const { code, err } = await sfnDs(["local", "--", "pyhton", "x.py"], { directory }).ended;
    expect([code, err.includes("[command_not_found]")]).toEqual([1, true]);
  });

  test("says so when the port is taken, with no stack trace", async () => {
    const first = sfnDs(["local"], { directory });
    await first.printed("AWS_ENDPOINT_URL=");
    const port = /127\.0\.0\.1:(\d+)/.exec(first.seen())?.[1] ?? "0";
    const second = await sfnDs(["local", "--port", port], { directory }).ended;
    first.child.kill("SIGINT");
    await first.ended;
    expect([second.code, second.err.includes("[port_in_use]"), second.err.includes("    at ")]).toEqual([
      1,
      true,
      false,
    ]);
  });

  test("says so when the data folder cannot be made, with no stack trace", async () => {
    writeFileSync(join(directory, "file"), "");
    const { code, err } = await sfnDs(["local", "--data", "file", "--", "true"], { directory }).ended;
    expect([code, err.includes("[data_folder_not_writable]"), err.includes("    at ")]).toEqual([1, true, false]);
  });
});
