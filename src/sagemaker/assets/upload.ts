import { createHash } from "node:crypto";
import type { ReadStream } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { SfnDsError } from "../../language/sfn-ds-error.js";
import type { DeployProgress } from "../../states/deferred.js";
import { httpStatus } from "../session/default-bucket.js";
import type { Session } from "../session/session.js";
import { inParallel } from "./in-parallel.js";
import { hashFile, type LocalFile, listFiles, readable } from "./local-files.js";

/** Options of `Session.uploadData`. */
export interface UploadOptions {
  /** Default: the session's bucket, which is made when it does not exist. */
  readonly bucket?: string;
  /** Stands before the names; default `data`. */
  readonly keyPrefix?: string;
  /** Encrypts with this KMS key instead of the bucket's default. */
  readonly kmsKeyId?: string;
  /** Told of each file, uploaded or there already; the files of a folder come in no order. */
  readonly onProgress?: DeployProgress;
}

/** One file's way to S3. */
export interface Upload {
  readonly file: LocalFile;
  readonly bucket: string;
  readonly key: string;
  readonly kmsKeyId?: string | undefined;
  /** SHA-256 of the contents where it is known; otherwise the file is read once more. */
  readonly sha256?: Buffer;
}

/** Bytes up to which a file is sent from memory, so that the client can send it again after a fault. */
const inMemoryBytes = 8 * 1024 * 1024;
/** Largest object of one PutObject request. */
const maxBytes = 5 * 1024 ** 3;
const attempts = 3;
/** Files that are sent at the same time. */
export const uploadsAtOnce = 8;

/** Uploads a file or a folder: see `Session.uploadData`. */
export async function uploadData(session: Session, path: string, options: UploadOptions): Promise<string> {
  const { isFolder, files } = await listFiles(path);
  const bucket = options.bucket ?? (await session.ensureDefaultBucket());
  const given = (options.keyPrefix ?? "data").replace(/^\/+|\/+$/g, "");
  const prefix = joinKey(options.bucket === undefined ? session.defaultBucketPrefix : undefined, given);
  const { kmsKeyId, onProgress } = options;
  await inParallel(files, uploadsAtOnce, async (file) => {
    const key = joinKey(prefix, file.name);
    const sha256 = await hashFile(file.path);
    const isThere = await holds(session, { bucket, key, kmsKeyId, sha256 });
    if (!isThere) await putFile(session, { file, bucket, key, kmsKeyId, sha256 });
    onProgress?.({ kind: isThere ? "unchanged" : "uploaded", uri: `s3://${bucket}/${key}`, sizeBytes: file.sizeBytes });
  });
  return `s3://${joinKey(bucket, prefix, isFolder ? undefined : files[0]?.name)}`;
}

/** Whether an object is there with just these contents, encrypted as wanted. S3 says so of objects that were sent with their SHA-256. */
async function holds(
  session: Session,
  { bucket, key, kmsKeyId, sha256 }: Pick<Upload, "bucket" | "key" | "kmsKeyId"> & { readonly sha256: Buffer },
): Promise<boolean> {
  const client = await session.s3();
  const { HeadObjectCommand } = await import("@aws-sdk/client-s3");
  try {
    const found = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: "ENABLED" }));
    if (found.ChecksumSHA256 !== sha256.toString("base64")) return false;
    return kmsKeyId === undefined || found.SSEKMSKeyId?.endsWith(kmsKeyId) === true;
  } catch (error) {
    const status = httpStatus(error);
    // Whoever may not read the bucket is told 403: writing may be allowed all the same.
    if (status === 404 || status === 403) return false;
    throw error;
  }
}

/** Parts of a key with a slash between them; empty ones are left out. */
export function joinKey(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join("/");
}

/**
 * Sends one file. A file that is not as its `sha256` says is refused: by S3, or before it is sent.
 *
 * @throws {@link SfnDsError} `unreadable_file`, `file_too_large`.
 */
export async function putFile(session: Session, upload: Upload): Promise<void> {
  const { file, bucket, key, kmsKeyId } = upload;
  if (file.sizeBytes > maxBytes) {
    const message = `${file.path} has ${file.sizeBytes} bytes; one request takes at most ${maxBytes}`;
    throw new SfnDsError("file_too_large", message);
  }
  const client = await session.s3();
  const { PutObjectCommand } = await import("@aws-sdk/client-s3");
  const encryption =
    kmsKeyId === undefined ? {} : ({ ServerSideEncryption: "aws:kms", SSEKMSKeyId: kmsKeyId } as const);
  const send = (content: Content): Promise<unknown> =>
    client.send(new PutObjectCommand({ Bucket: bucket, Key: key, ...content, ...encryption }));
  if (file.sizeBytes <= inMemoryBytes) await send(await smallContent(upload));
  else await sendStream(upload, send);
}

interface Content {
  readonly Body: Buffer | ReadStream;
  readonly ContentLength?: number;
  readonly ChecksumSHA256?: string;
}

async function smallContent({ file, sha256 }: Upload): Promise<Content> {
  const content = await readable(file.path, () => readFile(file.path));
  const found = createHash("sha256").update(content).digest();
  if (sha256 === undefined || found.equals(sha256)) return { Body: content, ChecksumSHA256: found.toString("base64") };
  throw new SfnDsError("unreadable_file", `${file.path} was changed while it was being uploaded`, {
    hint: "try again",
  });
}

async function sendStream({ file, sha256 }: Upload, send: (content: Content) => Promise<unknown>): Promise<void> {
  const checksum = (sha256 ?? (await hashFile(file.path))).toString("base64");
  for (let attempt = 1; ; attempt++) {
    // Opened first: a stream that cannot open its file ends the process when nobody listens yet.
    const handle = await readable(file.path, () => open(file.path));
    const body = handle.createReadStream();
    try {
      await send({ Body: body, ContentLength: file.sizeBytes, ChecksumSHA256: checksum });
      return;
    } catch (error) {
      // The client cannot send a stream twice, so that is done here.
      if (attempt === attempts || (httpStatus(error) ?? 500) < 500) throw error;
    } finally {
      body.destroy();
      await handle.close();
    }
  }
}
