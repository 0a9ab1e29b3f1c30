import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { quickstart, root, sfnDs, temporaryFolder } from "./run.js";

const moments = 20;
/** Milliseconds within which the signal comes: from before the first line to after the last. */
const span = 1600;
const signals = ["SIGKILL", "SIGINT", "SIGTERM"] as const;
const example = join(root, "examples/one-step-processing");

/** Processes of the run: all that carry its mark, and the job's, which carry the address of their service or its folder. */
function processesOf(marks: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)) {
    const texts = ["environ", "cmdline"].map((file) => textOf(`/proc/${pid}/${file}`));
    if (marks.some((mark) => texts.some((text) => text.includes(mark))))
      found.push(`${pid} ${texts[1]?.replaceAll("\0", " ")}`);
  }
  return found;
}

/** A process may be gone, or be somebody else's, by the time it is looked at. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ESRCH" || code === "EACCES") return "";
    throw error;
  }
}

/**
 * Files of the run that are not what was put there whole: its S3 objects, what S3 keeps beside them, the definition.
 * What was being written when the process died stays: in `tmp` of the data folder, whose next service takes it away, and as
 * `<definition>.<process>.unfinished`.
 */
function brokenFiles(data: string): readonly string[] {
  const objects = filesBelow(join(data, "s3/sagemaker-us-east-1-000000000000")).filter((file) => !isWhole(file));
  const meta = filesBelow(join(data, "s3-meta")).filter((file) => !isWholeJson(file));
  const definition = join(root, ".sfn-ds/one-step-processing.asl.json");
  return [...objects, ...meta, ...[definition].filter((file) => existsSync(file) && !isWholeJson(file))];
}

function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => join(parentPath, name));
}

function isWholeJson(file: string): boolean {
  try {
    return typeof JSON.parse(readFileSync(file, "utf8")) === "object";
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function isWhole(file: string): boolean {
  const text = readFileSync(file, "utf8");
  if (file.endsWith("messages.txt")) return text === readFileSync(join(example, "data/messages.txt"), "utf8");
  if (file.endsWith("preprocess.py")) return text === readFileSync(join(example, "preprocess.py"), "utf8");
  if (file.endsWith("preprocess.cjs")) return text === readFileSync(join(example, "preprocess.cjs"), "utf8");
  return file.endsWith("messages.jsonl") && text.endsWith("\n") && text.trim().split("\n").length === 5;
}

test.skipIf(process.platform !== "linux")(
  `killing the quickstart at ${moments} random moments leaves no process and no broken file (skipped where there is no /proc)`,
  async () => {
    for (let round = 0; round < moments; round++) {
      const data = temporaryFolder();
      const mark = `sfn-ds-kill-${process.pid}-${round}-`;
      const signal = signals[round % signals.length] ?? "SIGKILL";
      const moment = Math.floor(Math.random() * span);
      const at = `${signal} after ${moment} ms`;
      const running = quickstart(data, { SFN_DS_TEST_MARK: mark });
      await delay(moment);
      running.child.kill(signal);
      const { err } = await running.ended;
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(err)?.[0];
      const marks = [mark, data, ...(url === undefined ? [] : [url])];
      await expect.poll(() => processesOf(marks), { timeout: 10_000, message: at }).toEqual([]);
      expect(brokenFiles(data), at).toEqual([]);
      await sfnDs(["local", "--data", data, "--", "true"]).ended;
      expect(filesBelow(join(data, "tmp")), at).toEqual([]);
      rmSync(data, { recursive: true, force: true });
    }
  },
  240_000,
);
