import { describe, expect, test, vi } from "vitest";
import { inProcessHandler } from "../../src/local/in-process.js";
import { chooseIsolation } from "../../src/local/jobs/isolation.js";
import { openJobLog, processingLogGroup } from "../../src/local/jobs/job-log.js";
import { createLineCutter } from "../../src/local/jobs/log-lines.js";
import { inScratch } from "../../src/local/jobs/scratch-paths.js";
import { createLogStore } from "../../src/local/logs/log-store.js";
import { openRoot } from "../../src/local/root.js";
import { temporaryFolder } from "../wire/clients.js";

describe("a word of a command in a scratch folder", () => {
  const words = [
    ["/opt/ml", "/s"],
    ["/opt/ml/processing/a", "/s/processing/a"],
    ["--in=/opt/ml/processing/a", "--in=/s/processing/a"],
    ["/opt/ml/a:/opt/ml/b", "/s/a:/s/b"],
    ["cat /opt/ml/a > '/opt/ml/b'", "cat /s/a > '/s/b'"],
    ["/opt/mlops", "/opt/mlops"],
    ["/data/opt/ml/a", "/data/opt/ml/a"],
    ["s3://bucket/opt/ml/a", "s3://bucket/opt/ml/a"],
  ] as const;
  test.each(words)("%j is %j", (word, rewritten) => {
    expect(inScratch(word, "/s")).toBe(rewritten);
  });
});

describe("lines", () => {
  const cuts = [
    { name: "end at line ends", chunks: ["a\nb\r\n", "c"], lines: ["a", "b", "c"] },
    { name: "go on in the next chunk", chunks: ["a", "b\n"], lines: ["ab"] },
    { name: "may be empty", chunks: ["\n\na\n"], lines: ["", "", "a"] },
    {
      name: "are cut when they are long",
      chunks: ["12345678", "9\nx\n"],
      lines: ["12345 [sfn-ds: 4 more characters of this line were left out]", "x"],
    },
  ];
  test.each(cuts)("$name", ({ chunks, lines }) => {
    const found: string[] = [];
    const cutter = createLineCutter(5, (line) => found.push(line));
    for (const chunk of chunks) cutter.write(Buffer.from(chunk));
    cutter.end();
    expect(found).toEqual(lines);
  });

  test("keep a character whose bytes come apart", () => {
    const found: string[] = [];
    const cutter = createLineCutter(5, (line) => found.push(line));
    for (const byte of Buffer.from("ü\n")) cutter.write(Uint8Array.of(byte));
    expect(found).toEqual(["ü"]);
  });
});

test("a log that is full says so once", () => {
  const logs = createLogStore();
  const log = openJobLog(logs, processingLogGroup, "s");
  for (const line of ["x".repeat(64 * 1024 ** 2 - 1), "more", "and more"]) log.line(line);
  const last = logs
    .stream("/aws/sagemaker/ProcessingJobs", "s")
    ?.lines.slice(1)
    .map(({ message }) => message);
  expect(last).toEqual(["[sfn-ds] more than 67108864 characters: the rest of the output is left out"]);
});

describe("the choice of an isolation", () => {
  test("falls back to a scratch folder with the reason", async () => {
    const folder = await temporaryFolder();
    const root = await openRoot(folder);
    vi.stubEnv("PATH", folder);
    const chosen = await chooseIsolation(root, "auto").finally(() => vi.unstubAllEnvs());
    expect(chosen).toEqual({ kind: "scratch", reason: expect.stringMatching(/namespaces/) });
  });

  test("refuses a namespace that does not work", async () => {
    const folder = await temporaryFolder();
    const root = await openRoot(folder);
    vi.stubEnv("PATH", folder);
    const chosen = chooseIsolation(root, "namespace").finally(() => vi.unstubAllEnvs());
    await expect(chosen).rejects.toMatchObject({
      code: "isolation_not_available",
      message: expect.stringContaining('choose the isolation "scratch" or "auto"'),
    });
  });
});

test("a call that was aborted does not reach the service", async () => {
  const handler = inProcessHandler(() => Promise.reject(new Error("reached")));
  const request = { method: "GET", hostname: "localhost", path: "/", headers: {} };
  const sent = handler.handle(request, { abortSignal: AbortSignal.abort() });
  await expect(sent).rejects.toMatchObject({ name: "AbortError" });
});
