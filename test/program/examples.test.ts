import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { root, sfnDs, temporaryFolder } from "./run.js";

const examples = readdirSync(join(root, "examples"));
/** The other ones run a job without a state machine. */
const workflows = examples.filter((name) => existsSync(join(root, "examples", name, "workflow.ts")));
const hasPython = spawnSync("python3", ["--version"]).status === 0;

let data = "";

beforeEach(() => {
  data = temporaryFolder();
});

afterEach(() => {
  rmSync(data, { recursive: true, force: true });
});

describe("the committed definition is what the source makes", () => {
  // Where one differs, `sfn-ds check` says what and how the file is written anew.
  test.each(workflows)("%s", async (name) => {
    const { code, out, err } = await sfnDs(["check", `examples/${name}/workflow.ts`]).ended;
    expect(code, out + err).toBe(0);
  });
});

test("the README names every example", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const program = (name: string) => (workflows.includes(name) ? "workflow.ts" : "run.ts");
  expect(examples.filter((name) => !readme.includes(`](examples/${name}/${program(name)})`))).toEqual([]);
});

describe.skipIf(!hasPython)("error-handling runs on this machine (skipped where python3 is not installed)", () => {
  const run = (...file: readonly string[]) => {
    const program = ["node", "--import", "tsx", "examples/error-handling/workflow.ts", ...file];
    return sfnDs(["local", "--data", data, "--", ...program]).ended;
  };

  test("cleans the orders", async () => {
    const { code, out, err } = await run();
    const [, execution = ""] = /error-handling\/([0-9a-f-]{36})$/m.exec(out) ?? [];
    expect(code, err).toBe(0);
    const cleaned = join(data, "s3/sagemaker-us-east-1-000000000000/error-handling", execution, "orders.csv");
    expect(readFileSync(cleaned, "utf8").split(/\r?\n/)).toEqual(["order,amount", "17,20.50", "19,3.99", ""]);
  });

  test("tries a table that it cannot clean once more, then takes yesterday's", async () => {
    const { code, out, err } = await run("renamed-column.csv");
    expect(code, err).toBe(0);
    expect(err).toMatch(/✖ Clean[\s\S]*attempt 2[\s\S]*✖ Clean[\s\S]*▶ Use yesterday[\s\S]*✔ succeeded/);
    expect(err.match(/renamed-column\.csv: expected a column 'amount'/g)?.length).toBe(2);
    expect(out).toMatch(/error-handling\/yesterday$/m);
  });
});

/** Runs an example against a local service of its own. */
function runExample(file: string, options: readonly string[] = [], args: readonly string[] = []) {
  const program = ["node", "--import", "tsx", `examples/${file}`, ...args];
  return sfnDs(["local", "--data", data, ...options, "--", ...program]).ended;
}

const bucket = () => join(data, "s3/sagemaker-us-east-1-000000000000");

describe.skipIf(!hasPython)("script-processor runs on this machine (skipped where python3 is not installed)", () => {
  test("keeps the messages that are long enough", async () => {
    const { code, err } = await runExample("script-processor/workflow.ts");
    expect(code, err).toBe(0);
    const kept = readFileSync(join(bucket(), "script-processor/output/messages.txt"), "utf8");
    expect(kept.split("\n")).toEqual([
      "the train to Leeds is late again",
      "please send the invoice for March",
      "the app closes when I open settings",
      "please call me back",
      "",
    ]);
  });

  test("starts nothing with an input that the schema does not take", async () => {
    const { code, err } = await runExample("script-processor/workflow.ts", [], ["none"]);
    expect([code, err]).toEqual([1, expect.stringContaining("invalid_input")]);
    expect(err).not.toContain("Preprocess\n");
  });
});

test.skipIf(!hasPython)("run-two-inputs runs on this machine (skipped where python3 is not installed)", async () => {
  const { code, out, err } = await runExample("run-two-inputs/run.ts");
  expect(code, err).toBe(0);
  const [, day = ""] = /processed_data\/(\S+)\/means\.csv/.exec(out) ?? [];
  const means = readFileSync(join(bucket(), "processed_data", day, "means.csv"), "utf8");
  expect(means.split(/\r?\n/)).toEqual(["station,mean,readings", "north,3.0,3", "south,12.0,2", ""]);
});

describe.skipIf(!hasPython)("the pipeline runs on this machine (skipped where python3 is not installed)", () => {
  const commands = ["--commands", "examples/pipeline/commands.json"];

  test("prepares, trains, evaluates and deploys", async () => {
    const { code, out, err } = await runExample("pipeline/workflow.ts", commands);
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      EndpointStatus: "InService",
      ProductionVariants: [{ DeployedImages: [{ SpecifiedImage: expect.stringContaining("/churn-serve:1") }] }],
    });
    expect(err).toMatch(/✔ Prepare[\s\S]*train-loss=[\s\S]*✔ Train[\s\S]*"accuracy"[\s\S]*▶ Deploy: wait/);
    const [, model = ""] = /model uploaded to s3:\/\/[^/]+\/(\S+)/.exec(err) ?? [];
    const { status, stdout } = spawnSync("tar", ["tzf", join(bucket(), model)], { encoding: "utf8" });
    expect([status, stdout]).toEqual([0, "model.json\n"]);
  });

  test("does not deploy a model that is not good enough", async () => {
    const { code, err } = await runExample("pipeline/workflow.ts", commands, ["0.99"]);
    expect(code).toBe(1);
    expect(err).toMatch(/ModelNotGoodEnough: the accuracy of churn-\S+ is 0\.\d+, which is below 0\.99/);
    expect(err).not.toContain("▶ Create model");
  });

  test("says what to do where no command stands for the image", async () => {
    const { code, err } = await runExample("pipeline/workflow.ts", ["--command", "other:1=python3 train.py"]);
    expect([code, err]).toEqual([1, expect.stringContaining("Name a local command for it")]);
    expect(err).not.toContain("▶ Prepare");
  });
});
