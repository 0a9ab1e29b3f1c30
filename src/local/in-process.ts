import { Readable } from "node:stream";
import type { WireBody, WireHandler, WireResponse } from "./wire.js";

/** The part of an SDK's HTTP request that is read here. */
interface SdkRequest {
  readonly method: string;
  readonly hostname: string;
  readonly port?: number | undefined;
  readonly path: string;
  readonly query?: { readonly [name: string]: string | readonly string[] | null } | undefined;
  readonly headers: { readonly [name: string]: string };
  readonly body?: unknown;
}

/** The part of an SDK's HTTP response that its clients read. */
interface SdkResponse {
  readonly statusCode: number;
  readonly headers: { [name: string]: string };
  readonly body: Readable;
}

/** Fits as `requestHandler` of every client of the AWS SDK for JavaScript v3. */
export interface InProcessHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: SdkRequest, options?: { readonly abortSignal?: unknown }): Promise<{ response: SdkResponse }>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
  destroy(): void;
}

/**
 * Lets AWS clients talk to a service of this process, without a port.
 *
 * @example
 * new S3Client({ region, credentials, requestHandler: inProcessHandler(handle) });
 */
export function inProcessHandler(handle: WireHandler): InProcessHandler {
  return {
    metadata: { handlerProtocol: "http/1.1" },
    async handle(request, options = {}) {
      throwIfAborted(options.abortSignal);
      const response = await handle({
        method: request.method,
        path: request.path,
        query: queryOf(request),
        headers: headersOf(request),
        body: bodyOf(request.body),
      });
      throwIfAborted(options.abortSignal);
      return { response: sdkResponse(response) };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
  };
}

function queryOf({ query = {} }: SdkRequest): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of typeof value === "string" ? [value] : (value ?? [""])) parameters.append(name, item);
  }
  return parameters;
}

function headersOf({ headers, hostname, port }: SdkRequest): Record<string, string> {
  const host = port === undefined ? hostname : `${hostname}:${port}`;
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return { host, ...Object.fromEntries(own) };
}

function bodyOf(body: unknown): WireBody {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === "string") return Buffer.from(body);
  // A plain view: the SDK's own kind of bytes warns when it is taken for a text, as Buffer.from() does.
  if (body instanceof Uint8Array) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (!isChunks(body)) throw new TypeError("expected a body of text, bytes or a stream of them");
  return bytesOf(body);
}

async function* bytesOf(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of chunks) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
  } catch (error) {
    // A fault of the caller's own stream, which must not pass for one of the service.
    throw new Error(`the body cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function isChunks(body: unknown): body is AsyncIterable<string | Uint8Array> {
  return typeof body === "object" && body !== null && Symbol.asyncIterator in body;
}

function sdkResponse({ status, headers, body }: WireResponse): SdkResponse {
  if (body instanceof Readable) return { statusCode: status, headers: { ...headers }, body };
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  return { statusCode: status, headers: { ...headers }, body: Readable.from(bytes.length === 0 ? [] : [bytes]) };
}

function throwIfAborted(signal: unknown): void {
  if (typeof signal !== "object" || signal === null || !("aborted" in signal) || signal.aborted !== true) return;
  throw Object.assign(new Error("Request aborted"), { name: "AbortError" });
}
