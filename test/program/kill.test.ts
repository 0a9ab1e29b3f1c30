import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { quickstart, root, temporaryFolder } from "./run.js";

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

/** Objects of the run's S3 that are not what was put there whole. */
function brokenObjects(data: string): readonly string[] {
  const bucket = join(data, "s3/sagemaker-us-east-1-000000000000");
  if (!existsSync(bucket)) return [];
  const files = readdirSync(bucket, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => join(parentPath, name)).filter((file) => !isWhole(file));
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
      expect(brokenObjects(data), at).toEqual([]);
      rmSync(data, { recursive: true, force: true });
    }
  },
  240_000,
);
