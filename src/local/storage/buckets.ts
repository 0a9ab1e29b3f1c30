import { mkdir, readdir, rm, rmdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Root } from "../root.js";
import { ServiceError } from "../wire.js";
import { bucketNameProblem } from "./bucket-name.js";
import { isErrno } from "./file-tree.js";

/** Folder of a bucket's objects; it need not exist. Throws `InvalidBucketName`. */
export function bucketFolder(root: Root, bucket: string): string {
  return join(root.objects, checkedName(bucket));
}

/** Folder of what S3 keeps with a bucket's objects; it need not exist. */
export function bucketMetaFolder(root: Root, bucket: string): string {
  return join(root.objectMeta, checkedName(bucket));
}

/** Folder of a bucket that exists. Throws `NoSuchBucket`. */
export async function existingBucket(root: Root, bucket: string): Promise<string> {
  if (await hasBucket(root, bucket)) return bucketFolder(root, bucket);
  throw new ServiceError("NoSuchBucket", "The specified bucket does not exist", 404);
}

/** Whether a bucket exists. Throws `InvalidBucketName`. */
export async function hasBucket(root: Root, bucket: string): Promise<boolean> {
  try {
    return (await stat(bucketFolder(root, bucket))).isDirectory();
  } catch (error) {
    if (isErrno(error, "ENOENT")) return false;
    throw error;
  }
}

/** Makes a bucket. Throws `BucketAlreadyOwnedByYou`. */
export async function makeBucket(root: Root, bucket: string): Promise<void> {
  try {
    await mkdir(bucketFolder(root, bucket));
  } catch (error) {
    if (!isErrno(error, "EEXIST")) throw error;
    const message = "Your previous request to create the named bucket succeeded and you already own it.";
    throw new ServiceError("BucketAlreadyOwnedByYou", message, 409);
  }
}

/** Removes a bucket that holds no object. Throws `BucketNotEmpty`. */
export async function removeBucket(root: Root, bucket: string): Promise<void> {
  try {
    await rmdir(await existingBucket(root, bucket));
  } catch (error) {
    if (!isErrno(error, "ENOTEMPTY", "EEXIST")) throw error;
    throw new ServiceError("BucketNotEmpty", "The bucket you tried to delete is not empty", 409);
  }
  await rm(bucketMetaFolder(root, bucket), { recursive: true, force: true });
}

/** All buckets by name. */
export async function listBuckets(root: Root): Promise<{ readonly name: string; readonly created: Date }[]> {
  const names = (await readdir(root.objects)).filter((name) => bucketNameProblem(name) === undefined).sort();
  return Promise.all(names.map(async (name) => ({ name, created: (await stat(bucketFolder(root, name))).birthtime })));
}

function checkedName(bucket: string): string {
  const problem = bucketNameProblem(bucket);
  if (problem === undefined) return bucket;
  throw new ServiceError("InvalidBucketName", `The specified bucket is not valid: ${problem}`);
}
