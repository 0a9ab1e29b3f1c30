import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type Root, temporaryName } from "../root.js";
import { ServiceError } from "../wire.js";
import { existingBucket } from "./buckets.js";
import type { WriteFile } from "./object-store.js";
import type { ObjectHeaders, StoredObject } from "./stored-object.js";

/** The object that an upload in parts makes. */
export interface UploadTarget {
  readonly bucket: string;
  readonly key: string;
}

/** A part as the client names it at the end. */
export interface NamedPart {
  readonly number: number;
  /** Without quotes. */
  readonly etag: string;
}

/** Uploads in parts. They are known as long as the service runs; their parts go with the service's temporary files. */
export interface Uploads {
  /** Gives the id of the upload. Throws `NoSuchBucket`. */
  start(target: UploadTarget, headers: ObjectHeaders): Promise<string>;
  /** Keeps a part and gives its ETag. Throws `NoSuchUpload`, `InvalidArgument`. */
  putPart(id: string, target: UploadTarget, number: number, write: WriteFile): Promise<string>;
  /** Makes the object. Throws `NoSuchUpload`, `InvalidPart`, `InvalidPartOrder`, `EntityTooSmall`. */
  complete(id: string, target: UploadTarget, parts: readonly NamedPart[]): Promise<StoredObject>;
  /** Throws `NoSuchUpload`. */
  abort(id: string, target: UploadTarget): Promise<void>;
}

interface Upload {
  readonly target: UploadTarget;
  readonly headers: ObjectHeaders;
  readonly folder: string;
  readonly parts: Map<number, { readonly etag: string; readonly sizeBytes: number }>;
}

/** Puts the file of a finished upload in its place. */
type PutFile = (
  target: UploadTarget,
  write: WriteFile,
  options: { readonly headers: ObjectHeaders; readonly etag: string },
) => Promise<StoredObject>;

const smallestPart = 5 * 1024 ** 2;

/** Makes {@link Uploads} that know of none. */
export function createUploads(root: Root, putFile: PutFile): Uploads {
  const uploads = new Map<string, Upload>();
  const forget = async (id: string, { folder }: Upload) => {
    uploads.delete(id);
    await rm(folder, { recursive: true, force: true });
  };
  return {
    async start(target, headers) {
      await existingBucket(root, target.bucket);
      const id = randomUUID();
      const folder = join(root.temporary, temporaryName("upload"));
      await mkdir(folder);
      uploads.set(id, { target, headers, folder, parts: new Map() });
      return id;
    },
    async putPart(id, target, number, write) {
      const upload = existing(uploads, id, target);
      if (!Number.isInteger(number) || number < 1 || number > 10_000) {
        throw new ServiceError("InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive");
      }
      const staged = join(upload.folder, temporaryName("part"));
      try {
        const etag = await write(staged);
        const { size } = await stat(staged);
        await rename(staged, join(upload.folder, String(number)));
        upload.parts.set(number, { etag, sizeBytes: size });
        return etag;
      } finally {
        await rm(staged, { force: true });
      }
    },
    async complete(id, target, parts) {
      const upload = existing(uploads, id, target);
      checkParts(upload, parts);
      const etag = etagOf(parts);
      const write = (file: string) => joinParts(upload, parts, file).then(() => etag);
      const stored = await putFile(target, write, { headers: upload.headers, etag });
      await forget(id, upload);
      return stored;
    },
    abort: async (id, target) => forget(id, existing(uploads, id, target)),
  };
}

function existing(uploads: ReadonlyMap<string, Upload>, id: string, { bucket, key }: UploadTarget): Upload {
  const upload = uploads.get(id);
  if (upload?.target.bucket === bucket && upload.target.key === key) return upload;
  const message =
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.";
  throw new ServiceError("NoSuchUpload", message, 404);
}

function checkParts(upload: Upload, parts: readonly NamedPart[]): void {
  for (const [index, { number }] of parts.entries()) {
    if (number > (parts[index - 1]?.number ?? 0)) continue;
    const message = "The list of parts was not in ascending order. Parts must be ordered by part number.";
    throw new ServiceError("InvalidPartOrder", message);
  }
  for (const [index, { number, etag }] of parts.entries()) {
    const found = upload.parts.get(number);
    if (found?.etag !== etag) throw new ServiceError("InvalidPart", partNotFound);
    if (index < parts.length - 1 && found.sizeBytes < smallestPart) {
      throw new ServiceError("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
    }
  }
}

const partNotFound =
  "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.";

/** Puts the parts behind one another in a file. */
async function joinParts({ folder }: Upload, parts: readonly NamedPart[], file: string): Promise<void> {
  for (const { number } of parts) {
    await pipeline(createReadStream(join(folder, String(number))), createWriteStream(file, { flags: "a" }));
  }
}

/** As S3 does: the MD5 of the parts' MD5s, and how many they are. */
function etagOf(parts: readonly NamedPart[]): string {
  const digests = parts.map(({ etag }) => Buffer.from(etag, "hex"));
  return `${createHash("md5").update(Buffer.concat(digests)).digest("hex")}-${parts.length}`;
}
