import { open } from "node:fs/promises";
import { piecesOf } from "../protocols/body.js";
import { ServiceError, type WireRequest } from "../wire.js";
import { createChecksums } from "./checksums.js";
import { type ChunkDecoder, createChunkDecoder } from "./chunk-decoder.js";

/** Bytes that one request may bring, as on AWS: 5 GiB. */
const mostBytes = 5 * 1024 ** 3;

/**
 * Writes the object's bytes in the body of a PUT to a file that does not exist yet, piece by piece: `aws-chunked` framing
 * taken off, length and checksums compared.
 *
 * @returns MD5 of the bytes in hexadecimal digits. Throws `IncompleteBody`, `BadDigest`, `EntityTooLarge`.
 */
export async function receiveObject(request: WireRequest, file: string): Promise<string> {
  const announced = request.headers["x-amz-decoded-content-length"];
  const expected = Number(announced ?? request.headers["content-length"] ?? 0);
  if (expected > mostBytes) throw tooLarge(expected);
  const decoder = isChunked(request) ? createChunkDecoder() : plain;
  const checksums = createChecksums(request);
  const handle = await open(file, "wx");
  let size = 0;
  try {
    for await (const piece of piecesOf(request.body)) {
      for (const bytes of decoder.write(piece)) {
        size += bytes.length;
        if (size > mostBytes) throw tooLarge(size);
        checksums.update(bytes);
        await handle.writeFile(bytes);
      }
    }
  } finally {
    await handle.close();
  }
  const trailers = decoder.end();
  if (announced !== undefined && Number(announced) !== size) {
    throw new ServiceError("IncompleteBody", `x-amz-decoded-content-length says ${announced} bytes, got ${size}`);
  }
  return checksums.check(trailers);
}

const plain: ChunkDecoder = { write: (piece) => [piece], end: () => new Map() };

function isChunked({ headers }: WireRequest): boolean {
  const encodings = (headers["content-encoding"] ?? "").split(",").map((encoding) => encoding.trim());
  return encodings.includes("aws-chunked") || (headers["x-amz-content-sha256"] ?? "").startsWith("STREAMING-");
}

function tooLarge(sizeBytes: number): ServiceError {
  const message = `Your proposed upload exceeds the maximum allowed size: ${mostBytes} bytes in one request, got ${sizeBytes}`;
  return new ServiceError("EntityTooLarge", message);
}
