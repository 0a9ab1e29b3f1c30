import { ServiceError, type WireBody, type WireRequest } from "../wire.js";

/** Bytes of a body that is read into memory. The bytes of S3 objects are not: they go to a file. */
export const mostBytesInMemory = 64 * 1024 ** 2;

/** The whole body of a request. Throws `RequestEntityTooLarge`. */
export async function readBody(
  { body, headers }: Pick<WireRequest, "body" | "headers">,
  mostBytes = mostBytesInMemory,
): Promise<Uint8Array> {
  if (Number(headers["content-length"] ?? 0) > mostBytes) throw tooLarge(mostBytes);
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of piecesOf(body)) {
    size += piece.length;
    if (size > mostBytes) throw tooLarge(mostBytes);
    pieces.push(piece);
  }
  const [first = new Uint8Array(), ...rest] = pieces;
  return rest.length === 0 ? first : Buffer.concat(pieces);
}

/** The body of a request as text. Throws `RequestEntityTooLarge`. */
export async function readText(request: Pick<WireRequest, "body" | "headers">): Promise<string> {
  const { buffer, byteOffset, byteLength } = await readBody(request);
  return Buffer.from(buffer, byteOffset, byteLength).toString("utf8");
}

/** A body in pieces. */
export function piecesOf(body: WireBody): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  return body instanceof Uint8Array ? [body] : body;
}

function tooLarge(mostBytes: number): ServiceError {
  return new ServiceError("RequestEntityTooLarge", `expected a body of at most ${mostBytes} bytes`, 413);
}
