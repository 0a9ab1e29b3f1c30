import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
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
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const [path = "/", query = ""] = (request.url ?? "/").split("?");
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const { method = "GET" } = request;
    const answer = await handle({
      method,
      path,
      query: new URLSearchParams(query),
      headers,
      body: Buffer.concat(chunks),
    });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("expected a port");
  return `http://127.0.0.1:${address.port}`;
}
