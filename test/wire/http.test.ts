import { Agent, request } from "node:http";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { describe, expect, onTestFinished, test } from "vitest";
import { SfnDsError } from "../../src/language/sfn-ds-error.js";
import { type ListenOptions, listen } from "../../src/local/http.js";
import { listenError, PortInUseError } from "../../src/local/listen-error.js";
import { readBody } from "../../src/local/protocols/body.js";
import { ServiceError, type WireHandler, type WireRequest } from "../../src/local/wire.js";

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

/** Serves a handler until the test has finished. */
async function serving(handle: WireHandler, options?: ListenOptions): Promise<string> {
  const server = await listen(handle, options);
  onTestFinished(() => server.close());
  return server.url;
}

/** A request whose headers nothing changes; `fetch` sets `Host` by itself. */
function send(url: string, headers: Record<string, string>, body = "", path = "/", agent?: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}${path}`,
      { method: "POST", headers, ...(agent === undefined ? {} : { agent }) },
      async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        resolve({ status: response.statusCode, body: Buffer.concat(chunks).toString() });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

const echo: WireHandler = async (wire) => ({ status: 200, headers: {}, body: await readBody(wire) });

test("a request arrives as it was sent", async () => {
  const seen: WireRequest[] = [];
  const url = await serving(async (wire) => {
    seen.push({ ...wire, body: await readBody(wire) });
    return { status: 200, headers: { "x-a": "b" }, body: "ok" };
  });
  await send(url, { "X-Amz-Target": "T" }, "body", "/a%20b?c=d%20e&f");
  const [first] = seen;
  expect(first).toMatchObject({ method: "POST", path: "/a%20b" });
  expect(first?.headers["x-amz-target"]).toBe("T");
  expect([...(first?.query ?? [])]).toEqual([
    ["c", "d e"],
    ["f", ""],
  ]);
  expect(first?.body).toEqual(Buffer.from("body"));
});

describe("only this machine is served", () => {
  const hosts = [
    { headers: { host: "127.0.0.1:1" }, status: 200 },
    { headers: { host: "localhost" }, status: 200 },
    { headers: { host: "[::1]:80" }, status: 200 },
    { headers: { host: "bucket.localhost:1" }, status: 200 },
    { headers: { host: "example.com" }, status: 403 },
    { headers: { host: "127.0.0.1.example.com" }, status: 403 },
    { headers: { host: "notlocalhost" }, status: 403 },
    { headers: { host: "localhost", origin: "http://localhost:3000" }, status: 200 },
    { headers: { host: "localhost", origin: "https://example.com" }, status: 403 },
    { headers: { host: "localhost", origin: "null" }, status: 403 },
  ];

  test.each(hosts)("$headers: $status", async ({ headers, status }) => {
    expect((await send(await serving(echo), headers)).status).toBe(status);
  });

  test("nothing but loopback is listened on", async () => {
    await expect(listen(echo, { host: "0.0.0.0" })).rejects.toMatchObject({ code: "host_not_allowed" });
  });
});

describe("a body", () => {
  const upToFour: WireHandler = async (wire) => {
    const body = await readBody(wire, 4).catch((error: unknown) => (error instanceof ServiceError ? error.code : ""));
    return { status: 200, headers: {}, body };
  };

  test("of the allowed size is taken", async () => {
    expect(await send(await serving(upToFour), {}, "four")).toEqual({ status: 200, body: "four" });
  });

  test.each([
    ["that says so", { "content-length": "5" }],
    ["in pieces", { "transfer-encoding": "chunked" }],
  ])("that is larger is refused: one %s", async (_, headers) => {
    expect((await send(await serving(upToFour), headers, "fives")).body).toBe("RequestEntityTooLarge");
  });

  test.each([0, 4])("of which only %d bytes are wanted is no harm to the next request", async (most) => {
    const url = await serving(async (wire) => {
      if (most > 0) await readBody({ ...wire, headers: {} }, most).catch(() => undefined);
      return { status: 200, headers: {}, body: "ok" };
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const large = "x".repeat(8 * 1024 ** 2);
    for (const body of [large, large, ""])
      expect(await send(url, {}, body, "/", agent)).toEqual({ status: 200, body: "ok" });
  });
});

test("an answer that is a stream arrives whole", async () => {
  const url = await serving(async () => ({ status: 200, headers: {}, body: Readable.from(["one,", "two"]) }));
  expect(await send(url, {})).toEqual({ status: 200, body: "one,two" });
});

test("a handler that fails answers 500, and the next request is served", async () => {
  let fails = true;
  const url = await serving(async () => {
    if (fails) throw new Error("broken");
    return { status: 200, headers: {}, body: "ok" };
  });
  expect(await send(url, {})).toEqual({ status: 500, body: '{"__type":"InternalFailure","message":"broken"}' });
  fails = false;
  expect(await send(url, {})).toMatchObject({ status: 200 });
});

test("a port that is taken is named", async () => {
  const url = await serving(echo);
  const port = Number(new URL(url).port);
  const refused = await listen(echo, { port }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(PortInUseError);
  expect(SfnDsError.is(refused)).toBe(true);
  expect(refused).toMatchObject({
    code: "port_in_use",
    port,
    message: `port ${port} is in use (choose another port, or leave it out for a free one)`,
  });
});

test.each([
  ["EACCES", "cannot listen on 127.0.0.1, port 80: this user may not"],
  ["EADDRNOTAVAIL", "cannot listen on 127.0.0.1, port 80: this machine has no such address"],
])("a port that the system refuses with %s is named", (code, message) => {
  const refused = listenError(Object.assign(new Error("listen"), { code }), "127.0.0.1", 80);
  expect(refused).toMatchObject({ code: "port_not_allowed", message: expect.stringContaining(message) });
});

test.each([-1, 65_536, 1.5, Number.NaN])("%d is no port", async (port) => {
  await expect(listen(echo, { port })).rejects.toMatchObject({ code: "port_not_allowed" });
});

test("closing ends connections that are open", async () => {
  const server = await listen(echo);
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  await new Promise((resolve) => socket.once("connect", resolve));
  const ended = new Promise((resolve) => socket.once("close", resolve));
  socket.on("error", () => {});
  await server.close();
  await ended;
  expect(socket.destroyed).toBe(true);
});
