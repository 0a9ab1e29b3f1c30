import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { access, mkdir, readdir, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { SfnDsError } from "../language/sfn-ds-error.js";

/** The folders in which the local service keeps what it stores. */
export interface Root {
  /** Absolute path of the folder that holds the others, usually `.sfn-ds`. */
  readonly path: string;
  /** S3 objects as plain files: `<objects>/<bucket>/<key>`. */
  readonly objects: string;
  /** What S3 keeps with an object: content type, metadata, ETag. */
  readonly objectMeta: string;
  /** Files that are being written; what a dead process left here is removed at the next start. */
  readonly temporary: string;
  /** Scratch folders of running jobs. */
  readonly jobs: string;
}

/** The data folder cannot be used: it cannot be made, or not be written to. */
export class DataFolderError extends SfnDsError {
  override readonly name = "DataFolderError";
  readonly path: string;

  constructor(path: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `expected a folder that can be written to at ${JSON.stringify(path)}, got ${reason}`;
    super("data_folder_not_writable", message, { cause });
    this.path = path;
  }
}

/**
 * Makes the folders of the local service, checks that they can be written to and removes what processes that have
 * ended left in `temporary` and `jobs`.
 *
 * @param path - The data folder; made when it does not exist.
 * @throws {@link DataFolderError} when the folder cannot be made or written to.
 */
export async function openRoot(path: string): Promise<Root> {
  const root = rootAt(resolve(path));
  try {
    for (const folder of [root.objects, root.objectMeta, root.temporary, root.jobs]) {
      await mkdir(folder, { recursive: true });
      await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    }
    await sweep(root.temporary);
    await sweep(root.jobs);
  } catch (error) {
    throw new DataFolderError(root.path, error);
  }
  return root;
}

function rootAt(path: string): Root {
  return {
    path,
    objects: join(path, "s3"),
    objectMeta: join(path, "s3-meta"),
    temporary: join(path, "tmp"),
    jobs: join(path, "jobs"),
  };
}

/** A name for a temporary file or folder; it tells which process made it, so that a later one may remove it. */
export function temporaryName(prefix: string): string {
  return `${prefix}-${process.pid}-${randomBytes(6).toString("hex")}`;
}

/** Removes what ended processes left; another service may be at work on the same folder. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (await isLeftOver(path, name)) await rm(path, { recursive: true, force: true });
  }
}

async function isLeftOver(path: string, name: string): Promise<boolean> {
  const pid = Number(/-(\d+)-[0-9a-f]{12}$/.exec(name)?.[1] ?? Number.NaN);
  if (Number.isNaN(pid)) return false;
  if (pid !== process.pid) return !isRunning(pid);
  const startedAt = Date.now() - process.uptime() * 1000;
  return (await stat(path)).mtimeMs < startedAt;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
