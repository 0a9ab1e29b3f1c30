import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { quickstart, root, sfnDs, temporaryFolder } from "./run.js";

/** The committed definition is that of a machine with python3. */
const hasPython = spawnSync("python3", ["--version"]).status === 0;

let data = "";

beforeEach(() => {
  data = temporaryFolder();
});

afterEach(() => {
  rmSync(data, { recursive: true, force: true });
});

const bucket = "s3/sagemaker-us-east-1-000000000000";

/** Fills a folder with links to every program but python3, and this Node. */
function programsWithoutPython(folder: string): string {
  mkdirSync(folder, { recursive: true });
  symlinkSync(process.execPath, join(folder, "node"));
  for (const from of (process.env["PATH"] ?? "").split(":").filter(existsSync)) {
    for (const name of readdirSync(from)) {
      const link = join(folder, name);
      if (!name.startsWith("python3") && !existsSync(link)) symlinkSync(join(from, name), link);
    }
  }
  return folder;
}

describe("the quickstart", () => {
  test("runs to its end, twice over the same folder", async () => {
    const first = await quickstart(data).ended;
    const second = await quickstart(data).ended;
    expect([first.code, second.code], first.err + second.err).toEqual([0, 0]);
  });

  test("shows states and log lines, and says where definition and output are", async () => {
    const { out, err } = await quickstart(data).ended;
    expect(err).toMatch(
      /▶ Preprocess[\s\S]*│ read messages.txt[\s\S]*│ wrote 5 messages, 35 words[\s\S]*✔ Preprocess[\s\S]*✔ succeeded/,
    );
    expect(out).toMatch(/^definition: .*\.asl\.json$/m);
    expect(out).toMatch(/^output: +s3:\/\/.*messages\.jsonl$/m);
  });

  test("really transforms the messages", async () => {
    await quickstart(data).ended;
    const lines = readFileSync(join(data, bucket, "one-step-processing/output/messages.jsonl"), "utf8")
      .trim()
      .split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { text: "Please check the oil of press two before the next shift", words: 11 },
      { text: "Line four is running again after the bearing was replaced", words: 10 },
      { text: "The sensor on line four reports high vibration", words: 8 },
      { text: "Temperature back to normal", words: 4 },
      { text: "Belt stopped", words: 2 },
    ]);
  });

  test("says the same with the script in JavaScript, where there is no python3", async () => {
    const { code, err } = await quickstart(data, { PATH: programsWithoutPython(join(data, "bin")) }).ended;
    expect(code, err).toBe(0);
    expect(err).toContain("wrote 5 messages, 35 words");
    const uploaded = readdirSync(join(data, bucket, "sfn-ds"), { recursive: true }).map(String);
    expect(uploaded.some((name) => name.endsWith("preprocess.cjs"))).toBe(true);
  });

  test("uploads the script under a key made of its hash", async () => {
    await quickstart(data).ended;
    const script = readFileSync(join(root, "examples/one-step-processing/preprocess.py"));
    const folders = readdirSync(join(data, bucket, "sfn-ds"));
    const hash = createHash("sha256").update(script).digest("hex");
    expect(folders.some((folder) => hash.startsWith(folder))).toBe(true);
  });

  test.skipIf(!hasPython)("the committed definition is what the source makes", async () => {
    const { code, out, err } = await sfnDs(["check", "examples/one-step-processing/workflow.ts"]).ended;
    expect(code, out + err).toBe(0);
  });
});
