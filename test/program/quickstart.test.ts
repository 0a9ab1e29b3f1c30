import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { quickstart, root, runToEnd, sfnDs, temporaryFolder } from "./run.js";

/** Which of its two scripts the example takes on this machine. */
const script = spawnSync("python3", ["--version"]).status === 0 ? "preprocess.py" : "preprocess.cjs";

let data = "";

beforeEach(() => {
  data = temporaryFolder();
});

afterEach(() => {
  rmSync(data, { recursive: true, force: true });
});

const bucket = "s3/sagemaker-us-east-1-000000000000";

/** Fills a folder with links to every program but those that begin so, and this Node. */
function programsWithout(hidden: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  symlinkSync(process.execPath, join(folder, "node"));
  for (const from of (process.env["PATH"] ?? "").split(":").filter(existsSync)) {
    for (const name of readdirSync(from)) {
      const link = join(folder, name);
      if (!name.startsWith(hidden) && !existsSync(link)) symlinkSync(join(from, name), link);
    }
  }
  return folder;
}

const messages = [
  { text: "Please check the oil of press two before the next shift", words: 11 },
  { text: "Line four is running again after the bearing was replaced", words: 10 },
  { text: "The sensor on line four reports high vibration", words: 8 },
  { text: "Temperature back to normal", words: 4 },
  { text: "Belt stopped", words: 2 },
];

/** What the run has written to S3. */
function outputMessages(): readonly unknown[] {
  const text = readFileSync(join(data, bucket, "one-step-processing/output/messages.jsonl"), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
}

/** The lines of a run, without what differs from run to run and from machine to machine; the two streams mix as they like. */
function linesOf(text: string): readonly string[] {
  return text
    .trim()
    .replaceAll(join(data, "s3"), ".sfn-ds/s3")
    .replace(/127\.0\.0\.1:\d+/g, "<address>")
    .replace(/\d+\.\d\d s$/gm, "<time>")
    .replace(/preprocess-\d+/g, "<job>")
    .replace(/isolation .*$/m, "isolation <kind and reason>")
    .split("\n")
    .sort();
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

  test("prints what the README shows", async () => {
    const { out, err } = await quickstart(data).ended;
    const blocks = readFileSync(join(root, "README.md"), "utf8").split(/^```.*$/m);
    const shown = blocks.find((block) => block.startsWith("\nsfn-ds local http"));
    expect(linesOf(out + err)).toEqual(linesOf(shown ?? ""));
  });

  test("really transforms the messages", async () => {
    await quickstart(data).ended;
    expect(outputMessages()).toEqual(messages);
  });

  test.each([
    { name: "where /opt/ml cannot be at its own place", hidden: "unshare" },
    { name: "with the script in JavaScript, where there is no python3", hidden: "python3" },
  ])("does the same $name", async ({ hidden }) => {
    const { code, err } = await quickstart(data, { PATH: programsWithout(hidden, join(data, "bin")) }).ended;
    expect(code, err).toBe(0);
    expect(err).toContain("wrote 5 messages, 35 words");
    expect(outputMessages()).toEqual(messages);
  });

  test("tells where /opt/ml cannot be at its own place", async () => {
    const { err } = await quickstart(data, { PATH: programsWithout("unshare", join(data, "bin")) }).ended;
    expect(err).toContain('isolation "scratch"');
  });

  test("uploads the script in JavaScript where there is no python3", async () => {
    await quickstart(data, { PATH: programsWithout("python3", join(data, "bin")) }).ended;
    const uploaded = readdirSync(join(data, bucket, "sfn-ds"), { recursive: true }).map(String);
    expect(uploaded.some((name) => name.endsWith("preprocess.cjs"))).toBe(true);
  });

  test("uploads the script under a key made of its hash", async () => {
    await quickstart(data).ended;
    const text = readFileSync(join(root, "examples/one-step-processing", script));
    const folders = readdirSync(join(data, bucket, "sfn-ds"));
    const hash = createHash("sha256").update(text).digest("hex");
    expect(folders.some((folder) => hash.startsWith(folder))).toBe(true);
  });

  test("the committed definition is what the source makes, with and without python3", async () => {
    const check = ["check", "examples/one-step-processing/workflow.ts"];
    const here = await sfnDs(check).ended;
    const without = await sfnDs(check, { environment: { PATH: programsWithout("python3", join(data, "bin")) } }).ended;
    expect([here.code, without.code], here.out + here.err + without.out + without.err).toEqual([0, 0]);
  });
});

describe("the example's scripts fail when there is nothing to read", () => {
  const scripts = [
    { file: "preprocess.py", command: "python3" },
    { file: "preprocess.cjs", command: "node" },
  ];

  for (const { file, command } of scripts) {
    const isThere = spawnSync(command, ["--version"]).status === 0;
    test.skipIf(!isThere)(`${file} (skipped where ${command} is not installed)`, async () => {
      mkdirSync(join(data, "processing/input"), { recursive: true });
      const path = join(root, "examples/one-step-processing", file);
      const { code, err } = await runToEnd(command, [path], { environment: { SFN_DS_ML_ROOT: data } });
      expect([code, err]).toEqual([1, expect.stringContaining(`below ${join(data, "processing/input")}, found none`)]);
    });
  }
});
