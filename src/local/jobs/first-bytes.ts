import { lstat, open } from "node:fs/promises";
import { isErrno } from "../storage/file-tree.js";

const mostBytes = 1024;

/** The first 1024 bytes of a file; none when there is no such file, or none that may be read. Opens plain files only: a pipe would wait for its other end. */
export async function firstBytes(file: string): Promise<Uint8Array> {
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
    if (isErrno(error, "ENOENT", "ENOTDIR", "EACCES", "ELOOP")) return new Uint8Array();
    throw error;
  }
}
