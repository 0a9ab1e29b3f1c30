import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { chmod, copyFile, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { createQueue, type Queue } from "../queue.js";
import { type Root, temporaryName } from "../root.js";
import { ServiceError } from "../wire.js";
import { existingBucket, hasBucket, listBuckets, makeBucket, removeBucket } from "./buckets.js";
import { keysBelow } from "./file-tree.js";
import { compareKeys } from "./key-path.js";
import { type ByteRange, existingObject, findObject, openRange, placeObject, removeObject } from "./object-files.js";
import { fileDigest, type ObjectHeaders, type StoredObject } from "./stored-object.js";
import { createUploads, type Uploads } from "./uploads.js";

/** Writes bytes to a file that does not exist yet, and gives their MD5 in hexadecimal digits. */
export type WriteFile = (file: string) => Promise<string>;

/** Where the bytes of an object come from: memory, a file that is copied, or what writes them. */
export type ObjectSource = Uint8Array | { readonly file: string } | WriteFile;

/**
 * S3 objects as plain files. All errors are `ServiceError` with S3's codes, such as `NoSuchBucket`, or those of the file
 * system.
 */
export interface ObjectStore {
  /** Throws `BucketAlreadyOwnedByYou`, `InvalidBucketName`. */
  createBucket(bucket: string): Promise<void>;
  /** Throws `NoSuchBucket`, `BucketNotEmpty`. */
  deleteBucket(bucket: string): Promise<void>;
  hasBucket(bucket: string): Promise<boolean>;
  buckets(): Promise<{ readonly name: string; readonly created: Date }[]>;
  /** Writes an object in one step: readers see the old one or the new one. */
  put(bucket: string, key: string, source: ObjectSource, options?: PutOptions): Promise<StoredObject>;
  head(bucket: string, key: string): Promise<StoredObject>;
  /** All bytes of an object that is known to be small. */
  read(bucket: string, key: string): Promise<Uint8Array>;
  /** The object, and the bytes that `rangeOf` asks for; all of them where it asks for none. */
  open(bucket: string, key: string, rangeOf: (object: StoredObject) => ByteRange | undefined): Promise<ObjectContent>;
  /** Copies an object's bytes to a file that does not exist yet. */
  copyTo(bucket: string, key: string, file: string): Promise<void>;
  /** Removes an object; nothing happens when there is none. */
  remove(bucket: string, key: string): Promise<void>;
  /** Objects that come in parts. */
  readonly uploads: Uploads;
  /** Keys that begin with `prefix`, by their UTF-8 bytes. */
  keys(bucket: string, prefix: string): Promise<string[]>;
}

/** What goes with the bytes of a write. */
export interface PutOptions {
  readonly headers?: ObjectHeaders;
  /** Default: MD5 of the bytes. */
  readonly etag?: string;
  /** Looks at the object that is to be replaced; throws when it must stay. */
  readonly check?: (existing: StoredObject | undefined) => void;
}

/** An object with bytes of it. */
export interface ObjectContent {
  readonly object: StoredObject;
  readonly range: ByteRange;
  /** Many bytes are a stream of the file as it was when it was opened. */
  readonly body: Uint8Array | Readable;
}

/** Opens the store of S3 objects below a data folder. What changes a bucket waits for its turn. */
export function createObjectStore(root: Root): ObjectStore {
  const inBucket = createQueue();
  const uploads = createUploads(root, ({ bucket, key }, source, options) =>
    put(root, inBucket, { bucket, key, source, ...options }),
  );
  return {
    uploads,
    createBucket: (bucket) => inBucket(bucket, () => makeBucket(root, bucket)),
    deleteBucket: (bucket) => inBucket(bucket, () => removeBucket(root, bucket)),
    hasBucket: (bucket) => hasBucket(root, bucket),
    buckets: () => listBuckets(root),
    put: (bucket, key, source, options) => put(root, inBucket, { bucket, key, source, ...options }),
    head: (bucket, key) => inBucket(bucket, () => existingObject(root, bucket, key)),
    read: (bucket, key) => inBucket(bucket, async () => readFile((await existingObject(root, bucket, key)).file)),
    open: (bucket, key, rangeOf) =>
      inBucket(bucket, async () => {
        const object = await existingObject(root, bucket, key);
        const range = rangeOf(object) ?? { first: 0, last: object.sizeBytes - 1 };
        return { object, range, body: await openRange(object.file, range) };
      }),
    copyTo: (bucket, key, file) =>
      inBucket(bucket, async () => copy((await existingObject(root, bucket, key)).file, file)),
    remove: (bucket, key) => inBucket(bucket, () => removeObject(root, bucket, key)),
    keys: (bucket, prefix) =>
      inBucket(bucket, async () => (await keysBelow(await existingBucket(root, bucket), prefix)).sort(compareKeys)),
  };
}

interface Put extends PutOptions {
  readonly bucket: string;
  readonly key: string;
  readonly source: ObjectSource;
}

async function put(root: Root, inBucket: Queue, { bucket, key, source, check, ...rest }: Put): Promise<StoredObject> {
  checkKey(key);
  await existingBucket(root, bucket);
  const file = join(root.temporary, temporaryName("object"));
  try {
    const digest = await stage(source, file);
    return await inBucket(bucket, async () => {
      if (check !== undefined) check(await findObject(root, bucket, key));
      return placeObject(root, bucket, key, { file, etag: rest.etag ?? digest, headers: rest.headers ?? {} });
    });
  } finally {
    await rm(file, { force: true });
  }
}

function checkKey(key: string): void {
  const sizeBytes = Buffer.byteLength(key);
  if (sizeBytes === 0) throw new ServiceError("InvalidArgument", "expected a key of 1 to 1024 bytes, got an empty one");
  if (sizeBytes > 1024) throw new ServiceError("KeyTooLongError", "Your key is too long");
}

/** Copies the bytes to `file` and gives their MD5. */
async function stage(source: ObjectSource, file: string): Promise<string> {
  if (typeof source === "function") return source(file);
  if (!(source instanceof Uint8Array)) {
    await copy(source.file, file);
    return fileDigest(file);
  }
  await writeFile(file, source, { flag: "wx" });
  return createHash("md5").update(source).digest("hex");
}

/** Copies bytes only: S3 keeps no file modes, so a copy must not have the ones of its source. */
async function copy(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  await chmod(to, 0o644);
}
