import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { root, runToEnd, sfnDs, temporaryFolder } from "./run.js";

const examples = readdirSync(join(root, "examples"));
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
  test.each(examples)("%s", async (name) => {
    const { code, out, err } = await sfnDs(["check", `examples/${name}/workflow.ts`]).ended;
    expect(code, out + err).toBe(0);
  });
});

test("the README names every example", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  expect(examples.filter((name) => !readme.includes(`](examples/${name}/workflow.ts)`))).toEqual([]);
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

test.skipIf(!hasPython)("train-and-deploy splits a table (skipped where python3 is not installed)", async () => {
  const rows = Array.from({ length: 10 }, (_, index) => `${index},${index % 2}`);
  mkdirSync(join(data, "processing/input"), { recursive: true });
  writeFileSync(join(data, "processing/input/table.csv"), ["x,y", ...rows, ""].join("\n"));
  const script = join(root, "examples/train-and-deploy/split.py");
  const { code, out, err } = await runToEnd("python3", [script], { environment: { SFN_DS_ML_ROOT: data } });
  expect([code, out], err).toEqual([0, "train: 8 rows\nvalidation: 2 rows\n"]);
});
