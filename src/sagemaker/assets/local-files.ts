import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { SfnDsError } from "../../language/sfn-ds-error.js";

/** A file on this machine and the name that it gets in S3. */
export interface LocalFile {
  readonly path: string;
  /** Path below the folder with `/`, or the file's own name. */
  readonly name: string;
  readonly sizeBytes: number;
}

/** What stands at a path. */
export interface LocalFiles {
  readonly isFolder: boolean;
  /** Sorted by name. */
  readonly files: readonly LocalFile[];
}

/** Files of one folder input. Ours: more are better uploaded once and named by their S3 prefix. */
const maxFiles = 100_000;
const maxFolderDepth = 64;

/** What stands at a path, found out without reading it; `problem` says why nothing can be read there. */
export function localKind(
  path: string,
): { readonly kind: "file" | "folder" } | { readonly kind: "none"; readonly problem: string } {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return { kind: "none", problem: "no file is there" };
    if (found.isDirectory()) return { kind: "folder" };
    return found.isFile() ? { kind: "file" } : { kind: "none", problem: "it is neither a file nor a folder" };
  } catch (error) {
    return { kind: "none", problem: error instanceof Error && "code" in error ? String(error.code) : String(error) };
  }
}

/**
 * Lists a file, or all files below a folder.
 *
 * @param leftOut - names of what is not looked at, at any depth
 * @throws {@link SfnDsError} `unreadable_file` for what is missing, empty, too deep or not a file.
 */
export async function listFiles(path: string, leftOut?: ReadonlySet<string>): Promise<LocalFiles> {
  const found = await readable(path, () => stat(path));
  if (found.isFile()) return { isFolder: false, files: [{ path, name: basename(path), sizeBytes: found.size }] };
  if (!found.isDirectory()) throw new SfnDsError("unreadable_file", `expected a file or a folder: ${path}`);
  const files = await filesBelow(path, leftOut);
  if (files.length === 0) throw new SfnDsError("unreadable_file", `the folder holds no file: ${path}`);
  return { isFolder: true, files: files.sort((left, right) => (left.name < right.name ? -1 : 1)) };
}

async function filesBelow(root: string, leftOut: ReadonlySet<string> | undefined): Promise<LocalFile[]> {
  const files: LocalFile[] = [];
  const waiting: { readonly path: string; readonly name: string; readonly depth: number }[] = [
    { path: root, name: "", depth: 0 },
  ];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const { path, name, depth } = folder;
    // A link to a folder above would go round for ever.
    if (depth > maxFolderDepth)
      throw new SfnDsError("unreadable_file", `more than ${maxFolderDepth} folders deep: ${path}`);
    for (const entry of await readable(path, () => readdir(path))) {
      if (leftOut?.has(entry) === true) continue;
      const inside = join(path, entry);
      const below = name === "" ? entry : `${name}/${entry}`;
      const found = await readable(inside, () => stat(inside));
      if (found.isDirectory()) waiting.push({ path: inside, name: below, depth: depth + 1 });
      else if (found.isFile()) files.push({ path: inside, name: below, sizeBytes: found.size });
      else throw new SfnDsError("unreadable_file", `neither a file nor a folder: ${inside}`);
      if (files.length > maxFiles) throw new SfnDsError("unreadable_file", `more than ${maxFiles} files below ${root}`);
    }
  }
  return files;
}

/** The SHA-256 of a file; reads it in pieces. */
export async function hashFile(path: string): Promise<Buffer> {
  const hash = createHash("sha256");
  await readable(path, async () => {
    for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  });
  return hash.digest();
}

/** Runs `read`; an error of the file system is said in our words. */
export async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Error) || !("syscall" in error)) throw error;
    const code = "code" in error ? String(error.code) : error.message;
    throw new SfnDsError("unreadable_file", `cannot read ${path}: ${code}`, { cause: error });
  }
}
