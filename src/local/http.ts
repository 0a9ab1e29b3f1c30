import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { SfnDsError } from "../language/sfn-ds-error.js";
import type { WireHandler, WireRequest, WireResponse } from "./wire.js";

/** Where to listen, and how much to take. */
export interface ListenOptions {
  /** Loopback address; `127.0.0.1` unless told otherwise. */
  readonly host?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Bytes that the body of a request may have; 64 MiB unless told otherwise. */
  readonly maxBodyBytes?: number;
}

/** A service that listens. */
export interface LocalServer {
  /** For example `http://127.0.0.1:4566`. */
  readonly url: string;
  /** Ends open connections and frees the port. */
  close(): Promise<void>;
}

/** Somebody else listens on the port. */
export class PortInUseError extends SfnDsError {
  override readonly name = "PortInUseError";
  readonly port: number;

  constructor(port: number, options: ErrorOptions = {}) {
    super("port_in_use", `port ${port} is in use`, options);
    this.port = port;
  }
}

/** Serves a handler over HTTP, on the loopback interface. Rejects with {@link PortInUseError} where the port is taken. */
export async function listen(handle: WireHandler, options: ListenOptions = {}): Promise<LocalServer> {
  const { host = "127.0.0.1", port = 0, maxBodyBytes = 64 * 1024 * 1024 } = options;
  if (!isLoopback(host)) {
    throw new RangeError(`expected a loopback host such as 127.0.0.1, got ${JSON.stringify(host)}`);
  }
  const server = createServer((request, response) => {
    void answer(handle, maxBodyBytes, request, response);
  });
  const taken = await bind(server, host, port);
  return {
    url: `http://${host.includes(":") ? `[${host.replace(/[[\]]/g, "")}]` : host}:${taken}`,
    close: () => close(server),
  };
}

function bind(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (problem: NodeJS.ErrnoException) => {
      reject(problem.code === "EADDRINUSE" ? new PortInUseError(port, { cause: problem }) : problem);
    });
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

async function answer(
  handle: WireHandler,
  maxBodyBytes: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    send(response, await respond(handle, maxBodyBytes, request));
  } catch (problem) {
    if (response.headersSent || response.destroyed) response.destroy();
    else send(response, failure(500, "InternalFailure", problem instanceof Error ? problem.message : String(problem)));
  }
}

async function respond(handle: WireHandler, maxBodyBytes: number, request: IncomingMessage): Promise<WireResponse> {
  const stranger = strangerOf(request);
  if (stranger !== undefined) {
    return failure(403, "AccessDeniedException", `${JSON.stringify(stranger)} is not a name of this machine`);
  }
  const body = await readBody(request, maxBodyBytes);
  if (body === undefined) {
    return failure(413, "RequestEntityTooLarge", `expected a body of at most ${maxBodyBytes} bytes`);
  }
  return handle(wireRequest(request, body));
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

/** The body; `undefined` where it is larger than allowed. The rest of such a body is not kept. */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function wireRequest(request: IncomingMessage, body: Uint8Array): WireRequest {
  const [path = "/", query = ""] = splitOnce(request.url ?? "/", "?");
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
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

function send(response: ServerResponse, { status, headers, body }: WireResponse): void {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  // A body that was not read to its end leaves the connection useless.
  const closing = status === 413 || status === 403 ? { connection: "close" } : {};
  response.writeHead(status, { "content-length": String(bytes.length), ...headers, ...closing });
  response.end(bytes);
}
