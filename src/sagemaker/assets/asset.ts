import { createHash } from "node:crypto";
import { basename } from "node:path";
import { SfnDsError } from "../../language/sfn-ds-error.js";
import { type Deferred, type DeployProgress, deferred } from "../../states/deferred.js";
import { httpStatus } from "../session/default-bucket.js";
import type { Session } from "../session/session.js";
import { inParallel } from "./in-parallel.js";
import { hashFile, type LocalFile, type LocalFiles, listFiles } from "./local-files.js";
import { joinKey, putFile, uploadsAtOnce } from "./upload.js";

/** Where assets go instead of the session's bucket. */
export interface AssetLocation {
  readonly bucket: string;
  /** Without slashes at its ends; empty for none. */
  readonly prefix: string;
}

/** How assets are uploaded. */
export interface AssetOptions {
  readonly kmsKeyId?: string | undefined;
  readonly location?: AssetLocation | undefined;
}

/** A file as it was when its hash was taken. */
interface HashedFile extends LocalFile {
  readonly sha256: Buffer;
}

/** Files as they were when their hash was taken. */
export interface Snapshot {
  readonly isFolder: boolean;
  readonly files: readonly HashedFile[];
  /** Key below which the files are: it says what they hold. */
  readonly prefix: string;
}

/** Hexadecimal digits of the hash in a key. */
const hashLength = 32;
/** Files that are read at the same time. */
const hashesAtOnce = 4;

/**
 * A local file or folder that a job reads from S3, under a key that is made from its contents:
 * `s3://{bucket}/{prefix}/sfn-ds/{hash}/{file name}`, for a folder `s3://{bucket}/{prefix}/sfn-ds/{hash}/`; at a location of one's own without `sfn-ds`.
 * The same contents have the same key, on every machine; nothing is uploaded twice.
 *
 * The hash is the SHA-256 of the file; of a folder, that of the lines `{SHA-256 of the file}  {name}` in the order of the names.
 *
 * @param path - absolute
 */
export function assetUri(session: Session, path: string, label: string, options: AssetOptions = {}): Deferred<string> {
  return uploadedFiles(session, () => listFiles(path), label, options);
}

/**
 * Code that a job reads from S3, as one folder: the first path is the folder, or a file of it; the others stand beside its contents under their own names.
 * Of folders, `.git` and `__pycache__` are left out.
 *
 * @param paths - absolute
 */
export function bundleUri(
  session: Session,
  paths: readonly [string, ...string[]],
  label: string,
  options: AssetOptions = {},
): Deferred<string> {
  return uploadedFiles(session, () => listBundle(paths), label, options);
}

const leftOut: ReadonlySet<string> = new Set([".git", "__pycache__"]);

/** The files of {@link bundleUri}, sorted by the names that they get. */
export async function listBundle(paths: readonly [string, ...string[]]): Promise<LocalFiles> {
  const files = new Map<string, LocalFile>();
  for (const [index, path] of paths.entries()) {
    const found = await listFiles(path, leftOut);
    const below = index > 0 && found.isFolder ? `${basename(path)}/` : "";
    for (const file of found.files) {
      const name = below + file.name;
      const other = files.get(name)?.path;
      if (other !== undefined) {
        const message = `two files of the code are named ${name}: ${other} and ${file.path}`;
        throw new SfnDsError("unreadable_file", message, { hint: "rename one of them" });
      }
      files.set(name, { ...file, name });
    }
  }
  const sorted = [...files.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  return { isFolder: true, files: sorted };
}

function uploadedFiles(
  session: Session,
  list: () => Promise<LocalFiles>,
  label: string,
  { kmsKeyId, location }: AssetOptions,
): Deferred<string> {
  let latest: Snapshot | undefined;
  const folder = location === undefined ? joinKey(session.defaultBucketPrefix, "sfn-ds") : location.prefix;
  const resolve = async (): Promise<string> => {
    const [snapshot, bucket] = await Promise.all([
      takeSnapshot(await list(), folder),
      location?.bucket ?? session.defaultBucket(),
    ]);
    latest = snapshot;
    const [only] = snapshot.files;
    return `s3://${bucket}/${snapshot.prefix}/${snapshot.isFolder ? "" : (only?.name ?? "")}`;
  };
  const deploy = async (progress: DeployProgress): Promise<void> => {
    latest ??= await takeSnapshot(await list(), folder);
    const bucket = location?.bucket ?? (await session.ensureDefaultBucket());
    await uploadMissing(session, latest, { bucket, kmsKeyId }, progress);
  };
  return deferred(label, resolve, deploy);
}

/** Takes the hashes of files; `folder` is where they go. */
export async function takeSnapshot({ isFolder, files }: LocalFiles, folder: string): Promise<Snapshot> {
  const hashes: Buffer[] = [];
  await inParallel(files, hashesAtOnce, async ({ path }, index) => {
    hashes[index] = await hashFile(path);
  });
  const hashed = files.map((file, index) => ({ ...file, sha256: hashes[index] ?? Buffer.alloc(0) }));
  const hash = hashOf(isFolder, hashed).slice(0, hashLength);
  return { isFolder, files: hashed, prefix: joinKey(folder, hash) };
}

function hashOf(isFolder: boolean, files: readonly HashedFile[]): string {
  const [only] = files;
  if (!isFolder && only !== undefined) return only.sha256.toString("hex");
  const hash = createHash("sha256");
  for (const { sha256, name } of files) hash.update(`${sha256.toString("hex")}  ${name}\n`);
  return hash.digest("hex");
}

async function uploadMissing(
  session: Session,
  { files, prefix }: Snapshot,
  { bucket, kmsKeyId }: { readonly bucket: string; readonly kmsKeyId: string | undefined },
  progress: DeployProgress,
): Promise<void> {
  await inParallel(files, uploadsAtOnce, async (file) => {
    const key = joinKey(prefix, file.name);
    const isThere = await objectExists(session, bucket, key);
    if (!isThere) await putFile(session, { file, bucket, key, kmsKeyId, sha256: file.sha256 });
    progress({ kind: isThere ? "unchanged" : "uploaded", uri: `s3://${bucket}/${key}`, sizeBytes: file.sizeBytes });
  });
}

/** Whether an object is there already. */
export async function objectExists(session: Session, bucket: string, key: string): Promise<boolean> {
  const client = await session.s3();
  const { HeadObjectCommand } = await import("@aws-sdk/client-s3");
  try {
    await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return true;
  } catch (error) {
    const status = httpStatus(error);
    // Whoever may not list the bucket is told 403 for a key that is not there.
    if (status === 404 || status === 403) return false;
    throw error;
  }
}
