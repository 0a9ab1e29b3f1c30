import { once } from "node:events";
import { createReadStream } from "node:fs";
import { mkdir, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { type Root, temporaryName } from "../root.js";
import { ServiceError } from "../wire.js";
import { bucketMetaFolder, existingBucket } from "./buckets.js";
import { existingFile, fileToWrite, isErrno, pruneFolders } from "./file-tree.js";
import { keyPath } from "./key-path.js";
import { fileDigest, type ObjectHeaders, type ObjectMeta, parseMeta, type StoredObject } from "./stored-object.js";

/** An object and the file that holds its bytes. */
export interface ObjectFile extends StoredObject {
  readonly file: string;
}

/** First and last byte, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** Bytes that are read at once. */
const mostInMemory = 8 * 1024 ** 2;

/** The object of a key; `undefined` when there is none. Throws `NoSuchBucket`. */
export async function findObject(root: Root, bucket: string, key: string): Promise<ObjectFile | undefined> {
  const file = await existingFile(await existingBucket(root, bucket), key);
  if (file === undefined) return undefined;
  const { size, mtime, mtimeMs } = await stat(file);
  const meta = await readMeta(metaFile(root, bucket, key), size, mtimeMs);
  const etag = meta?.etag ?? (await fileDigest(file));
  return { key, file, sizeBytes: size, modified: mtime, etag, headers: meta?.headers ?? {} };
}

/** The object of a key. Throws `NoSuchBucket`, `NoSuchKey`. */
export async function existingObject(root: Root, bucket: string, key: string): Promise<ObjectFile> {
  const found = await findObject(root, bucket, key);
  if (found !== undefined) return found;
  throw new ServiceError("NoSuchKey", "The specified key does not exist.", 404);
}

/** Moves a finished file to the place of its object. */
export async function placeObject(
  root: Root,
  bucket: string,
  key: string,
  staged: { readonly file: string; readonly etag: string; readonly headers: ObjectHeaders },
): Promise<StoredObject> {
  const file = await fileToWrite(await existingBucket(root, bucket), key);
  const { size, mtime, mtimeMs } = await stat(staged.file);
  const { etag, headers } = staged;
  await writeMeta(root, metaFile(root, bucket, key), { etag, headers, sizeBytes: size, modifiedMs: mtimeMs });
  await rename(staged.file, file);
  return { key, sizeBytes: size, modified: mtime, etag, headers };
}

/** Removes an object with what stands beside it; nothing happens when there is none. */
export async function removeObject(root: Root, bucket: string, key: string): Promise<void> {
  const folder = await existingBucket(root, bucket);
  const file = await existingFile(folder, key);
  if (file === undefined) return;
  const meta = metaFile(root, bucket, key);
  await rm(file, { force: true });
  await rm(meta, { force: true });
  await pruneFolders(folder, file);
  await pruneFolders(bucketMetaFolder(root, bucket), meta);
}

/** Opens bytes of an object's file. Few of them are read at once; a stream goes on with its file when that is replaced. */
export async function openRange(file: string, { first, last }: ByteRange): Promise<Uint8Array | Readable> {
  if (last - first + 1 > mostInMemory) {
    const stream = createReadStream(file, { start: first, end: last });
    await once(stream, "ready");
    return stream;
  }
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(last - first + 1), 0, last - first + 1, first);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function metaFile(root: Root, bucket: string, key: string): string {
  return join(bucketMetaFolder(root, bucket), `${keyPath(key)}%m`);
}

async function readMeta(file: string, sizeBytes: number, modifiedMs: number): Promise<ObjectMeta | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (isErrno(error, "ENOENT", "ENOTDIR")) return undefined;
    throw error;
  }
  const meta = parseMeta(text);
  return meta?.sizeBytes === sizeBytes && meta.modifiedMs === modifiedMs ? meta : undefined;
}

async function writeMeta(root: Root, file: string, meta: ObjectMeta): Promise<void> {
  const staged = join(root.temporary, temporaryName("meta"));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(staged, JSON.stringify(meta));
  await rename(staged, file);
}
