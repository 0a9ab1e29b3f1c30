import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { ServiceError, type WireRequest } from "../wire.js";

/** Compares the bytes of a write with the checksums that came with them. */
export interface Checksums {
  update(bytes: Uint8Array): void;
  /** Throws `BadDigest`; `MalformedTrailerError` for a trailer that the request did not announce. Gives the MD5 in hexadecimal. */
  check(trailers: ReadonlyMap<string, string>): string;
}

interface Digest {
  update(bytes: Uint8Array): void;
  /** Base64. */
  text(): string;
}

/** What a client may send for comparison. Other algorithms (CRC32C, CRC64NVME) are accepted without a look. */
const algorithms: { readonly [header: string]: () => Digest } = {
  "x-amz-checksum-sha1": () => hashDigest("sha1"),
  "x-amz-checksum-sha256": () => hashDigest("sha256"),
  "x-amz-checksum-crc32": crc32Digest,
};

/** Makes {@link Checksums} for the headers of a write and the trailers that they announce. */
export function createChecksums({ headers }: Pick<WireRequest, "headers">): Checksums {
  const announced = (headers["x-amz-trailer"] ?? "").split(",").map((name) => name.trim().toLowerCase());
  const md5 = createHash("md5");
  const digests = new Map<string, Digest>();
  for (const [header, make] of Object.entries(algorithms)) {
    if (headers[header] !== undefined || announced.includes(header)) digests.set(header, make());
  }
  return {
    update(bytes) {
      md5.update(bytes);
      for (const digest of digests.values()) digest.update(bytes);
    },
    check(trailers) {
      const digest = md5.digest();
      compare("content-md5", headers["content-md5"], digest.toString("base64"));
      for (const header of Object.keys(algorithms)) {
        const found = digests.get(header);
        if (found !== undefined) compare(header, headers[header] ?? trailers.get(header), found.text());
        else if (trailers.has(header)) throw unannounced(header);
      }
      return digest.toString("hex");
    },
  };
}

function compare(header: string, wanted: string | undefined, found: string): void {
  if (wanted === undefined || wanted === found) return;
  throw new ServiceError("BadDigest", `The ${header} you specified did not match the calculated checksum.`);
}

function unannounced(header: string): ServiceError {
  return new ServiceError("MalformedTrailerError", `expected ${header} in x-amz-trailer, as it comes as a trailer`);
}

function hashDigest(algorithm: string): Digest {
  const hash = createHash(algorithm);
  return { update: (bytes) => void hash.update(bytes), text: () => hash.digest("base64") };
}

function crc32Digest(): Digest {
  let value = 0;
  return {
    update(bytes) {
      value = crc32(bytes, value);
    },
    text() {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes.toString("base64");
    },
  };
}
