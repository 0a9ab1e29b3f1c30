import { createHash } from "node:crypto";
import { type Deferred, type DeployProgress, deferred } from "../states/deferred.js";
import { httpStatus } from "./default-bucket.js";
import { hashFile, type LocalFile, listFiles } from "./local-files.js";
import type { Session } from "./session.js";
import { joinKey, putFile } from "./upload.js";

/** A file as it was when its hash was taken. */
interface HashedFile extends LocalFile {
  readonly sha256: Buffer;
}

interface Snapshot {
  readonly isFolder: boolean;
  readonly files: readonly HashedFile[];
  /** Key below which the files are: it says what they hold. */
  readonly prefix: string;
}

/** Hexadecimal digits of the hash in a key. */
const hashLength = 32;

/**
 * A local file or folder that a job reads from S3, under a key that is made from its contents:
 * `s3://{bucket}/{prefix}/sfn-ds/{hash}/{file name}`, for a folder `s3://{bucket}/{prefix}/sfn-ds/{hash}/`.
 * The same contents have the same key, on every machine; nothing is uploaded twice.
 *
 * The hash is the SHA-256 of the file; of a folder, that of the lines `{SHA-256 of the file}  {name}` in the order of the names.
 *
 * @param path - absolute
 */
export function assetUri(session: Session, path: string, label: string, kmsKeyId?: string): Deferred<string> {
  let latest: Snapshot | undefined;
  const resolve = async (): Promise<string> => {
    const [snapshot, bucket] = await Promise.all([
      takeSnapshot(path, session.defaultBucketPrefix),
      session.defaultBucket(),
    ]);
    latest = snapshot;
    const [only] = snapshot.files;
    return `s3://${bucket}/${snapshot.prefix}/${snapshot.isFolder ? "" : (only?.name ?? "")}`;
  };
  const deploy = async (progress: DeployProgress): Promise<void> => {
    latest ??= await takeSnapshot(path, session.defaultBucketPrefix);
    await uploadMissing(session, latest, kmsKeyId, progress);
  };
  return deferred(label, resolve, deploy);
}

async function takeSnapshot(path: string, prefix: string | undefined): Promise<Snapshot> {
  const { isFolder, files } = await listFiles(path);
  const hashed: HashedFile[] = [];
  for (const file of files) hashed.push({ ...file, sha256: await hashFile(file.path) });
  const hash = hashOf(isFolder, hashed).slice(0, hashLength);
  return { isFolder, files: hashed, prefix: joinKey(prefix, "sfn-ds", hash) };
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
  kmsKeyId: string | undefined,
  progress: DeployProgress,
): Promise<void> {
  const bucket = await session.ensureDefaultBucket();
  for (const file of files) {
    const key = joinKey(prefix, file.name);
    const isThere = await exists(session, bucket, key);
    if (!isThere) await putFile(session, { file, bucket, key, kmsKeyId, sha256: file.sha256 });
    progress({ kind: isThere ? "unchanged" : "uploaded", uri: `s3://${bucket}/${key}`, sizeBytes: file.sizeBytes });
  }
}

async function exists(session: Session, bucket: string, key: string): Promise<boolean> {
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
