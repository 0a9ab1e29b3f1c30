import { ServiceError } from "../wire.js";

/** Takes the `aws-chunked` framing off a body that comes in pieces. */
export interface ChunkDecoder {
  /** The bytes of the object in a piece. Throws `IncompleteBody`. */
  write(piece: Uint8Array): readonly Uint8Array[];
  /** The trailers, by lower-case name. Throws `IncompleteBody` where the last chunk has not come. */
  end(): ReadonlyMap<string, string>;
}

const longestHeader = 512;
const mostTrailerBytes = 16_384;

/**
 * Makes a {@link ChunkDecoder}: `<size in hexadecimal>[;chunk-signature=…]\r\n<bytes>\r\n`, until a chunk of size 0; then
 * `name:value\r\n` lines.
 */
export function createChunkDecoder(): ChunkDecoder {
  let rest: Buffer = Buffer.alloc(0);
  /** Bytes of the object that the chunk still has, and of the line end behind it. */
  let left = 0;
  let lineEnd = 0;
  let atTrailers = false;

  function header(view: Buffer, at: number): number {
    const end = view.indexOf("\r\n", at);
    if ((end < 0 ? view.length : end) - at > longestHeader) throw incomplete("a chunk's size is too long");
    if (end < 0) return view.length;
    left = chunkSize(view.toString("latin1", at, end));
    lineEnd = left === 0 ? 0 : 2;
    atTrailers = left === 0;
    rest = Buffer.alloc(0);
    return end + 2;
  }

  return {
    write(piece) {
      const view = joined(rest, piece);
      const found: Uint8Array[] = [];
      let at = 0;
      while (at < view.length && !atTrailers) {
        if (left > 0) {
          const bytes = view.subarray(at, at + left);
          found.push(bytes);
          left -= bytes.length;
          at += bytes.length;
        } else if (lineEnd > 0) {
          lineEnd -= 1;
          at += 1;
        } else {
          rest = view.subarray(at);
          at = header(view, at);
        }
      }
      if (atTrailers) rest = view.subarray(at);
      if (rest.length > mostTrailerBytes) throw incomplete("the trailers are too long");
      return found;
    },
    end() {
      if (!atTrailers) throw incomplete("expected another chunk, got the body's end");
      return parseTrailers(rest.toString("latin1"));
    },
  };
}

function joined(rest: Buffer, piece: Uint8Array): Buffer {
  const view = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
  return rest.length === 0 ? view : Buffer.concat([rest, view]);
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
