import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { listen } from "../../src/local/http.js";
import { inProcessHandler } from "../../src/local/in-process.js";
import type { WireHandler } from "../../src/local/wire.js";

/** A folder that goes when the test has finished. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sfn-ds-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Settings of an AWS client that talks to a handler of this process. */
export function inProcess(handle: WireHandler) {
  return { ...nobody, endpoint: "http://localhost", requestHandler: inProcessHandler(handle) };
}

/** Settings of an AWS client that talks to a handler over HTTP on the loopback interface. */
export async function overHttp(handle: WireHandler) {
  return { ...nobody, endpoint: await listening(handle) };
}

const nobody = {
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
  maxAttempts: 1,
} as const;

async function listening(handle: WireHandler): Promise<string> {
  const server = await listen(handle);
  onTestFinished(() => server.close());
  return server.url;
}
