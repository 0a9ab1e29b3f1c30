import { mkdir, readdir, rename, rmdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { besideFolder, keyPath, pathKey } from "./key-path.js";

/** The file of an object that exists; `undefined` when there is none. */
export async function existingFile(folder: string, key: string): Promise<string | undefined> {
  const plain = join(folder, keyPath(key));
  if ((await kindOf(plain)) === "file") return plain;
  const beside = plain + besideFolder;
  return (await kindOf(beside)) === "file" ? beside : undefined;
}

/** Where to write an object's file, with the folders above it made. */
export async function fileToWrite(folder: string, key: string): Promise<string> {
  const path = keyPath(key);
  await makeFolders(folder, path.split("/").slice(0, -1));
  const plain = join(folder, path);
  const beside = plain + besideFolder;
  if ((await kindOf(beside)) === "file" || (await kindOf(plain)) === "folder") return beside;
  return plain;
}

/** Makes the folders of a path; the file of an object that has a folder's name moves aside. */
async function makeFolders(folder: string, names: readonly string[]): Promise<void> {
  let path = folder;
  for (const name of names) {
    path = join(path, name);
    const kind = await kindOf(path);
    if (kind === "folder") continue;
    if (kind === "file") await rename(path, path + besideFolder);
    await mkdir(path);
  }
}

/** Removes the empty folders from that of `file` up to `folder`, which stays. */
export async function pruneFolders(folder: string, file: string): Promise<void> {
  for (let path = dirname(file); path.length > folder.length; path = dirname(path)) {
    try {
      await rmdir(path);
    } catch (error) {
      if (isErrno(error, "ENOTEMPTY", "EEXIST", "ENOENT")) return;
      throw error;
    }
  }
}

/** Keys of all objects below a bucket's folder that begin with `prefix`, in no order. */
export async function keysBelow(folder: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  const start = prefix.includes("/") ? keyPath(prefix.slice(0, prefix.lastIndexOf("/"))) : "";
  const pending = [start];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    for (const entry of await entriesOf(join(folder, path))) {
      const below = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) pending.push(below);
      const key = entry.isFile() ? keyOfFile(below) : undefined;
      if (key?.startsWith(prefix)) keys.push(key);
    }
  }
  return keys;
}

function keyOfFile(path: string): string | undefined {
  return pathKey(path.endsWith(besideFolder) ? path.slice(0, -besideFolder.length) : path);
}

async function entriesOf(path: string) {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (isErrno(error, "ENOENT", "ENOTDIR")) return [];
    throw error;
  }
}

async function kindOf(path: string): Promise<"file" | "folder" | undefined> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch (error) {
    if (isErrno(error, "ENOENT", "ENOTDIR")) return undefined;
    throw error;
  }
}

/** Whether `error` is one of the file system with one of `codes`, such as `ENOENT`. */
export function isErrno(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
