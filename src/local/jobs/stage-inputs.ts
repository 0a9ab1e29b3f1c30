import { mkdir } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { isErrno } from "../storage/file-tree.js";
import type { ObjectStore } from "../storage/object-store.js";
import { ServiceError } from "../wire.js";
import { JobFailure } from "./job-failure.js";
import { type JobInput, type S3Place, s3Place } from "./request-parts.js";

/** An object and where it goes below the input's folder. */
interface StagedObject {
  readonly bucket: string;
  readonly key: string;
  /** `/` between the names; ends with `/` for a folder. */
  readonly path: string;
}

const mostManifestBytes = 64 * 1024 ** 2;

/**
 * Copies the objects of an input to the folders of the hosts.
 *
 * @param folders - The folder of the input on each host.
 * @throws {@link JobFailure} when the input cannot be laid out.
 */
export async function stageInput(storage: ObjectStore, input: JobInput, folders: readonly string[]): Promise<void> {
  try {
    const objects = input.isManifest ? await manifestObjects(storage, input) : await prefixObjects(storage, input);
    for (const folder of folders) await mkdir(folder, { recursive: true });
    for (const [index, object] of objects.entries()) {
      const hosts = input.isSharded ? folders.slice(index % folders.length, (index % folders.length) + 1) : folders;
      for (const folder of hosts) await stageObject(storage, input, object, folder);
    }
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw new JobFailure(`ClientError: Data download failed:${error.code}: ${error.message} (${input.source.uri})`);
  }
}

/**
 * All objects whose key begins with the prefix. Below the folder is what follows the prefix where it names a folder, with
 * or without a `/` at its end; else what follows its last `/`.
 */
async function prefixObjects(storage: ObjectStore, { source }: JobInput): Promise<StagedObject[]> {
  const keys = await storage.keys(source.bucket, source.key);
  const { bucket, key: prefix } = source;
  const cut = prefix.lastIndexOf("/") + 1;
  const pathOf = (key: string): string => key.slice(key[prefix.length] === "/" ? prefix.length + 1 : cut);
  const objects = keys.map((key) => ({ bucket, key, path: prefix === "" ? key : pathOf(key) }));
  if (objects.length > 0) return objects.filter(({ path }) => path !== "");
  throw new JobFailure(
    `ClientError: Failed to download data. No S3 objects found under S3 URL "${source.uri}" given in input data source. Please ensure that the bucket exists and that objects exist under that S3 prefix.`,
  );
}

/** `[{"prefix": "s3://bucket/prefix/"}, "path", …]` */
async function manifestObjects(storage: ObjectStore, { name, source }: JobInput): Promise<StagedObject[]> {
  const manifest = parseManifest(await manifestText(storage, source), source);
  const prefix = s3Place(manifest.prefix, `the manifest of input "${name}"`);
  return manifest.paths.map((path) => ({ bucket: prefix.bucket, key: prefix.key + path, path }));
}

async function manifestText(storage: ObjectStore, { bucket, key, uri }: S3Place): Promise<string> {
  const { sizeBytes } = await storage.head(bucket, key);
  if (sizeBytes > mostManifestBytes) {
    throw new JobFailure(
      `ClientError: expected a manifest of at most ${mostManifestBytes} bytes at ${uri}, got ${sizeBytes}`,
    );
  }
  return Buffer.from(await storage.read(bucket, key)).toString("utf8");
}

function parseManifest(text: string, { uri }: S3Place): { readonly prefix: string; readonly paths: readonly string[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new JobFailure(`ClientError: expected JSON in the manifest ${uri}, got ${String(error)}`);
  }
  const [first, ...paths] = Array.isArray(value) ? (value as unknown[]) : [];
  const prefix = typeof first === "object" && first !== null && "prefix" in first ? first.prefix : undefined;
  const isList = paths.every((path): path is string => typeof path === "string" && path !== "");
  if (typeof prefix === "string" && isList) return { prefix, paths };
  throw new JobFailure(`ClientError: expected [{"prefix": "s3://…"}, "path", …] in the manifest ${uri}`);
}

async function stageObject(storage: ObjectStore, input: JobInput, object: StagedObject, folder: string): Promise<void> {
  const uri = `s3://${object.bucket}/${object.key}`;
  const relative = posix.normalize(object.path);
  if (relative.startsWith("../") || relative === ".." || relative.includes("\0")) {
    throw new JobFailure(
      `ClientError: ${uri} cannot be laid out as a file of input "${input.name}": its path leaves the folder`,
    );
  }
  const file = join(folder, relative);
  try {
    if (object.path.endsWith("/")) return void (await mkdir(file, { recursive: true }));
    await mkdir(dirname(file), { recursive: true });
    await storage.copyTo(object.bucket, object.key, file);
  } catch (error) {
    if (!isErrno(error, "EEXIST", "EISDIR", "ENOTDIR", "ENAMETOOLONG")) throw error;
    const problem = isErrno(error, "ENAMETOOLONG") ? "its name is too long" : "another file or folder has its place";
    throw new JobFailure(`ClientError: ${uri} cannot be laid out as a file of input "${input.name}": ${problem}`);
  }
}
