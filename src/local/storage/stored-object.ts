import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { isPlainObject } from "../../language/json.js";

/** Headers that S3 keeps with an object and gives back: lower-case names, `x-amz-meta-*` included. */
export interface ObjectHeaders {
  readonly [name: string]: string;
}

/** An object as S3 describes it, without its bytes. */
export interface StoredObject {
  readonly key: string;
  readonly sizeBytes: number;
  /** MD5 of the bytes in hexadecimal digits, without quotes; `<md5>-<parts>` after a multipart upload. */
  readonly etag: string;
  readonly modified: Date;
  readonly headers: ObjectHeaders;
}

/** What stands in the file beside the object's own. It counts only while size and time are those of the object's file. */
export interface ObjectMeta {
  readonly etag: string;
  readonly headers: ObjectHeaders;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** Reads the text of a meta file; `undefined` when it is none, so that the object goes without. */
export function parseMeta(text: string): ObjectMeta | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isPlainObject(value)) return undefined;
  const { etag, headers, sizeBytes, modifiedMs } = value;
  if (typeof etag !== "string" || typeof sizeBytes !== "number" || typeof modifiedMs !== "number") return undefined;
  return isHeaders(headers) ? { etag, headers, sizeBytes, modifiedMs } : undefined;
}

function isHeaders(value: unknown): value is ObjectHeaders {
  return isPlainObject(value) && Object.values(value).every((header) => typeof header === "string");
}

/** MD5 of a file in hexadecimal digits. */
export async function fileDigest(path: string): Promise<string> {
  const hash = createHash("md5");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}
