import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { Session } from "../../src/sagemaker/session/session.js";
import { Pass } from "../../src/states/pass.js";
import { Workflow } from "../../src/workflow/workflow.js";
import { temporaryFiles } from "../unit/temporary-files.js";

const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const servers: Server[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

interface Seen {
  readonly request: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** A server that says yes to everything, and what it was sent. */
async function listen(seen: Seen[]): Promise<string> {
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const { method, url, headers } = request;
    seen.push({ request: `${method} ${url}`, headers, body: Buffer.concat(pieces) });
    response.setHeader("connection", "close").end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("a small file goes over the wire under the bucket's path", async () => {
  const folder = temporaryFiles({ "a b.csv": "1,2" });
  const seen: Seen[] = [];
  const session = new Session({ region: "eu-west-1", credentials, endpoint: await listen(seen) });
  await session.uploadData(`${folder}/a b.csv`, { bucket: "b" });
  expect(seen.map(({ request }) => request.replace(/\?.*/, ""))).toEqual([
    "HEAD /b/data/a%20b.csv",
    "PUT /b/data/a%20b.csv",
  ]);
  expect(String(seen[1]?.body)).toBe("1,2");
});

test("a large file goes over the wire as it is, with its checksum", async () => {
  const content = "0123456789".repeat(900_000);
  const folder = temporaryFiles({ big: content });
  const seen: Seen[] = [];
  const session = new Session({ region: "eu-west-1", credentials, endpoint: await listen(seen) });
  await session.uploadData(`${folder}/big`, { bucket: "b" });
  const sha256 = createHash("sha256").update(content).digest();
  expect(seen).toHaveLength(2);
  expect(
    createHash("sha256")
      .update(seen[1]?.body ?? "")
      .digest("hex"),
  ).toBe(sha256.toString("hex"));
  expect(seen[1]?.headers["x-amz-checksum-sha256"]).toBe(sha256.toString("base64"));
  expect(seen[1]?.headers["content-length"]).toBe(String(content.length));
});

test("the clients follow AWS_ENDPOINT_URL", async () => {
  const seen: Seen[] = [];
  vi.stubEnv("AWS_ENDPOINT_URL", await listen(seen));
  const folder = temporaryFiles({ a: "1" });
  await new Session({ region: "eu-west-1", credentials }).uploadData(`${folder}/a`, { bucket: "b" });
  expect(seen[0]?.request).toMatch(/^HEAD \/b\/data\/a/);
});

test("an endpoint that nobody listens on is an error that says what to do", async () => {
  const endpoint = await listen([]);
  await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
  const session = new Session({ region: "eu-west-1", credentials, endpoint });
  await expect(session.account()).rejects.toMatchObject({ code: "endpoint_unreachable" });
});

test("missing credentials are an error that says what to do", async () => {
  const folder = temporaryFiles({ config: "", credentials: "" });
  const absent = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"];
  for (const name of absent) vi.stubEnv(name, undefined);
  vi.stubEnv("AWS_CONFIG_FILE", `${folder}/config`);
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", `${folder}/credentials`);
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  const session = new Session({ region: "eu-west-1", endpoint: await listen([]) });
  await expect(session.account()).rejects.toMatchObject({ code: "no_credentials" });
});

test("a missing region is an error that says what to do", async () => {
  const folder = temporaryFiles({ config: "" });
  for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"]) vi.stubEnv(name, undefined);
  vi.stubEnv("AWS_CONFIG_FILE", `${folder}/config`);
  const session = new Session({ credentials, endpoint: await listen([]) });
  await expect(session.account()).rejects.toMatchObject({ code: "no_region" });
});

test("each client is made once", async () => {
  const session = new Session({ region: "eu-west-1", credentials });
  const kinds = ["sfn", "s3", "sagemaker", "sts", "iam", "logs"] as const;
  for (const kind of kinds) expect(await session[kind]()).toBe(await session[kind]());
});

test("each client says once that it is sfn-ds", async () => {
  const seen: Seen[] = [];
  const session = new Session({ region: "eu-west-1", credentials, endpoint: await listen(seen) });
  await session.ensureDefaultBucket().catch(() => undefined);
  const machine = new Workflow({
    session,
    role: "arn:aws:iam::123456789012:role/R",
    name: "m",
    definition: new Pass("A"),
  });
  await machine.create().catch(() => undefined);
  const agents = seen.map(({ headers }) => String(headers["user-agent"]).match(/sfn-ds\/\d+\.\d+\.\d+/g)?.length);
  expect(agents.length).toBeGreaterThan(1);
  expect(new Set(agents)).toEqual(new Set([1]));
});
