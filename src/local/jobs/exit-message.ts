import { lstat, open } from "node:fs/promises";
import { join } from "node:path";
import { isErrno } from "../storage/file-tree.js";
import { JobFailure } from "./job-failure.js";

const mostBytes = 1024;

/**
 * What a host has written to `/opt/ml/output/message`, its first 1024 bytes; empty when there is no such file.
 *
 * @throws {@link JobFailure} when it is no UTF-8.
 */
export async function readExitMessage(ml: string): Promise<string> {
  const bytes = await firstBytes(join(ml, "output", "message"));
  try {
    // A stream may end in the middle of a character: the cut may have gone through one.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: bytes.length === mostBytes });
  } catch {
    throw new JobFailure("ClientError: expected UTF-8 in /opt/ml/output/message");
  }
}

/** Opens plain files only: a pipe would wait for its other end. */
async function firstBytes(file: string): Promise<Uint8Array> {
  try {
    if (!(await lstat(file)).isFile()) return new Uint8Array();
    const handle = await open(file);
    try {
      const { bytesRead, buffer } = await handle.read(new Uint8Array(mostBytes), 0, mostBytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isErrno(error, "ENOENT", "ENOTDIR")) return new Uint8Array();
    throw error;
  }
}
