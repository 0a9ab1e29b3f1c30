import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { ServiceError, type WireRequest } from "../wire.js";

const maxChunkHeader = 512;

/**
 * The object's bytes in the body of a PUT: `aws-chunked` framing taken off, checksums compared.
 * Throws `IncompleteBody`, `InvalidRequest`, `BadDigest`.
 */
export function objectBytes(request: WireRequest): Uint8Array {
  const { bytes, trailers } = isChunked(request) ? unchunk(request.body) : { bytes: request.body, trailers: new Map() };
  const announced = request.headers["x-amz-decoded-content-length"];
  if (announced !== undefined && Number(announced) !== bytes.length) {
    throw incomplete(`x-amz-decoded-content-length says ${announced} bytes, got ${bytes.length}`);
  }
  for (const [header, digest] of digests) {
    const wanted = request.headers[header] ?? trailers.get(header);
    if (wanted === undefined || wanted === digest(bytes)) continue;
    throw new ServiceError("BadDigest", `The ${header} you specified did not match the calculated checksum.`);
  }
  return bytes;
}

/** What a client may send for comparison. Other algorithms (CRC32C, CRC64NVME) are accepted without a look. */
const digests: readonly (readonly [header: string, digest: (bytes: Uint8Array) => string])[] = [
  ["content-md5", (bytes) => createHash("md5").update(bytes).digest("base64")],
  ["x-amz-checksum-sha1", (bytes) => createHash("sha1").update(bytes).digest("base64")],
  ["x-amz-checksum-sha256", (bytes) => createHash("sha256").update(bytes).digest("base64")],
  ["x-amz-checksum-crc32", crc32Text],
];

function crc32Text(bytes: Uint8Array): string {
  const text = Buffer.alloc(4);
  text.writeUInt32BE(crc32(bytes));
  return text.toString("base64");
}

function isChunked({ headers }: WireRequest): boolean {
  const encodings = (headers["content-encoding"] ?? "").split(",").map((encoding) => encoding.trim());
  return encodings.includes("aws-chunked") || (headers["x-amz-content-sha256"] ?? "").startsWith("STREAMING-");
}

/** `<size in hexadecimal>[;chunk-signature=…]\r\n<bytes>\r\n`, until a chunk of size 0; then `name:value\r\n` lines. */
function unchunk(body: Uint8Array): { readonly bytes: Uint8Array; readonly trailers: ReadonlyMap<string, string> } {
  const view = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (;;) {
    const end = view.indexOf("\r\n", at);
    if (end < 0 || end - at > maxChunkHeader)
      throw incomplete("expected the size of the next chunk, got the body's end");
    const size = chunkSize(view.toString("latin1", at, end));
    at = end + 2;
    if (size === 0) return { bytes: Buffer.concat(chunks), trailers: parseTrailers(view.toString("latin1", at)) };
    if (at + size + 2 > view.length) throw incomplete(`expected a chunk of ${size} bytes, got ${view.length - at}`);
    chunks.push(view.subarray(at, at + size));
    at += size + 2;
  }
}

function chunkSize(header: string): number {
  const digits = /^([0-9a-f]{1,12})(?:;|$)/i.exec(header)?.[1];
  if (digits === undefined)
    throw incomplete(`expected a chunk's size in hexadecimal digits, got ${JSON.stringify(header)}`);
  return Number.parseInt(digits, 16);
}

function parseTrailers(text: string): Map<string, string> {
  const trailers = new Map<string, string>();
  for (const line of text.split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return trailers;
}

function incomplete(message: string): ServiceError {
  return new ServiceError("IncompleteBody", message);
}
