import { readdir, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { isErrno } from "../storage/file-tree.js";
import type { ObjectStore } from "../storage/object-store.js";
import { ServiceError } from "../wire.js";
import { JobFailure } from "./job-failure.js";
import type { JobOutput } from "./request-parts.js";

/**
 * Copies the files of an output to S3: the key is the output's prefix and the path below its folder.
 *
 * @param folder - The output's folder on this machine.
 * @param ml - The folder that the job sees as `/opt/ml`; files outside are not taken.
 * @param say - Gets a line for each thing that is left out.
 * @returns How many files were copied.
 * @throws {@link JobFailure} when a file cannot be uploaded.
 */
export async function collectOutput(
  storage: ObjectStore,
  output: JobOutput,
  place: { readonly folder: string; readonly ml: string; readonly say: (line: string) => void },
): Promise<number> {
  if (!(await isInside(place.folder, place.ml))) {
    place.say(
      `output "${output.name}": the folder ${output.localPath} is gone or leads elsewhere; nothing was uploaded`,
    );
    return 0;
  }
  const { bucket, key } = output.destination;
  const prefix = key === "" || key.endsWith("/") ? key : `${key}/`;
  const files = await filesBelow(place.folder, (path, kind) =>
    place.say(`output "${output.name}": ${path} is ${kind} and was not uploaded`),
  );
  for (const path of files) await upload(storage, bucket, prefix + path, join(place.folder, path));
  return files.length;
}

/** Copies a file to S3. Throws {@link JobFailure}. */
export async function upload(storage: ObjectStore, bucket: string, key: string, file: string): Promise<void> {
  try {
    await storage.put(bucket, key, { file });
  } catch (error) {
    if (!(error instanceof ServiceError) && !isErrno(error, "ENOENT", "EACCES", "ENAMETOOLONG")) throw error;
    const reason = error instanceof ServiceError ? `${error.code}: ${error.message}` : String(error);
    throw new JobFailure(`ClientError: Failed to upload s3://${bucket}/${key}: ${reason}`);
  }
}

/** Plain files below a folder, by path; the others are told. */
async function filesBelow(folder: string, onOther: (path: string, kind: string) => void): Promise<string[]> {
  const files: string[] = [];
  const pending = [""];
  for (let below = pending.pop(); below !== undefined; below = pending.pop()) {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) pending.push(path);
      else if (entry.isFile()) files.push(path);
      else onOther(path, entry.isSymbolicLink() ? "a symbolic link" : "no plain file");
    }
  }
  return files.sort();
}

/** Whether a folder is there, and below the one that the job sees as `/opt/ml`. */
export async function isInside(folder: string, ml: string): Promise<boolean> {
  try {
    return (await realpath(folder)).startsWith((await realpath(ml)) + sep);
  } catch (error) {
    if (isErrno(error, "ENOENT", "ENOTDIR", "ELOOP")) return false;
    throw error;
  }
}
