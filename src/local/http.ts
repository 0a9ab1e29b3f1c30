import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { shown } from "../language/errors.js";
import { SfnDsError } from "../language/sfn-ds-error.js";
import { listenError } from "./listen-error.js";
import type { WireHandler, WireRequest, WireResponse } from "./wire.js";

/** Where to listen, and how much to take. */
export interface ListenOptions {
  /** Loopback address; `127.0.0.1` unless told otherwise. */
  readonly host?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
}

/** A service that listens. */
export interface LocalServer {
  /** For example `http://127.0.0.1:4566`. */
  readonly url: string;
  /** Ends open connections and frees the port. */
  close(): Promise<void>;
}

/**
 * Serves a handler over HTTP, on the loopback interface.
 *
 * @throws {@link SfnDsError} `port_in_use`, `port_not_allowed`, `host_not_allowed`.
 */
export async function listen(handle: WireHandler, options: ListenOptions = {}): Promise<LocalServer> {
  const { host = "127.0.0.1", port = 0 } = options;
  if (!isLoopback(host)) {
    const message = `expected a loopback host such as 127.0.0.1, got ${JSON.stringify(host)}`;
    throw new SfnDsError("host_not_allowed", message);
  }
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new SfnDsError("port_not_allowed", `expected a port from 0 to 65535, got ${shown(port)}`);
  }
  const server = createServer((request, response) => {
    void answer(handle, request, response);
  });
  // Large objects take their time.
  server.requestTimeout = 0;
  const taken = await bind(server, host, port);
  return {
    url: `http://${host.includes(":") ? `[${host.replace(/[[\]]/g, "")}]` : host}:${taken}`,
    close: () => close(server),
  };
}

function bind(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (problem: NodeJS.ErrnoException) => reject(listenError(problem, host, port)));
    server.listen(port, host.replace(/[[\]]/g, ""), () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // The only error is that the server is closed already.
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function answer(handle: WireHandler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await send(response, await respond(handle, request));
  } catch (problem) {
    if (response.headersSent || response.destroyed) response.destroy();
    else await send(response, fault(problem));
  } finally {
    // What nobody wanted to read of the body would stand in the way of the next request.
    request.resume();
  }
}

function fault(problem: unknown): WireResponse {
  return failure(500, "InternalFailure", problem instanceof Error ? problem.message : String(problem));
}

async function respond(handle: WireHandler, request: IncomingMessage): Promise<WireResponse> {
  const stranger = strangerOf(request);
  if (stranger !== undefined) {
    return failure(403, "AccessDeniedException", `${JSON.stringify(stranger)} is not a name of this machine`);
  }
  return handle(wireRequest(request));
}

/** The name under which a page of another site would reach the port; `undefined` for a caller of this machine. */
function strangerOf({ headers }: IncomingMessage): string | undefined {
  const { host = "", origin } = headers;
  if (!isLoopback(hostName(host))) return host;
  if (origin === undefined || isLoopback(hostName(origin.replace(/^https?:\/\//, "")))) return undefined;
  return origin;
}

function hostName(host: string): string {
  return host.replace(/:\d+$/, "");
}

/** Names that cannot belong to another machine; `bucket.localhost` is how S3 names a bucket. */
function isLoopback(name: string): boolean {
  const lower = name.toLowerCase();
  return ["127.0.0.1", "localhost", "[::1]", "::1"].includes(lower) || lower.endsWith(".localhost");
}

function wireRequest(request: IncomingMessage): WireRequest {
  const [path = "/", query = ""] = splitOnce(request.url ?? "/", "?");
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  // A handler that has read enough still answers: the connection must not go with the rest of the body.
  const body = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  return { method: request.method ?? "GET", path, query: new URLSearchParams(query), headers, body };
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}

function failure(status: number, code: string, message: string): WireResponse {
  const headers = { "content-type": "application/x-amz-json-1.0" };
  return { status, headers, body: JSON.stringify({ __type: code, message }) };
}

async function send(response: ServerResponse, { status, headers, body }: WireResponse): Promise<void> {
  if (body instanceof Readable) {
    response.writeHead(status, headers);
    return pipeline(body, response);
  }
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  response.writeHead(status, { "content-length": String(bytes.length), ...headers });
  response.end(bytes);
}
