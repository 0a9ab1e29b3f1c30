import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { SfnDsError } from "../../language/sfn-ds-error.js";
import { type Deferred, type DeployProgress, deferred } from "../../states/deferred.js";
import type { Session } from "../session/session.js";
import { type AssetLocation, listBundle, objectExists, type Snapshot, takeSnapshot } from "./asset.js";
import type { LocalFile } from "./local-files.js";
import { joinKey, putFile } from "./upload.js";

/** What is packed: a folder, whose files stand at the archive's root, or a file; then files and folders that stand beside, under their own names. */
export type ArchiveContents = readonly [string, ...string[]];

const archiveName = "sourcedir.tar.gz";

/**
 * Source code as a job of script mode reads it from S3: `s3://{bucket}/{prefix}/sfn-ds/{hash}/sourcedir.tar.gz`; at a location of one's own
 * without `sfn-ds`. The hash is over the names and contents of the files, as for folders that are uploaded as they are: the same files have the same URI on
 * every machine, and are packed and uploaded once.
 *
 * @param contents - absolute paths
 */
export function sourceArchiveUri(
  session: Session,
  contents: ArchiveContents,
  location?: AssetLocation,
): Deferred<string> {
  const folder = location === undefined ? joinKey(session.defaultBucketPrefix, "sfn-ds") : location.prefix;
  const look = async (): Promise<Snapshot> => takeSnapshot(await listBundle(contents), folder);
  let resolved: Snapshot | undefined;
  const resolve = async (): Promise<string> => {
    const bucket = location?.bucket ?? (await session.defaultBucket());
    resolved = await look();
    return `s3://${bucket}/${joinKey(resolved.prefix, archiveName)}`;
  };
  const mustBe = async ({ prefix }: Snapshot, when: string): Promise<void> => {
    if ((await look()).prefix === prefix) return;
    throw new SfnDsError("unreadable_file", `${contents[0]} was changed ${when}`, { hint: "try again" });
  };
  const send = async (progress: DeployProgress): Promise<void> => {
    const snapshot = resolved ?? (await look());
    const bucket = location?.bucket ?? (await session.ensureDefaultBucket());
    const key = joinKey(snapshot.prefix, archiveName);
    const isThere = await objectExists(session, bucket, key);
    const upload = async (file: LocalFile): Promise<void> => {
      await mustBe(snapshot, "while it was being packed");
      await putFile(session, { file, bucket, key });
    };
    // What the definition names is there already, or must be what lies here still.
    if (!isThere) await mustBe(snapshot, "after the definition was made");
    const sizeBytes = isThere
      ? snapshot.files.reduce((sum, file) => sum + file.sizeBytes, 0)
      : await pack(snapshot.files, upload);
    progress({ kind: isThere ? "unchanged" : "uploaded", uri: `s3://${bucket}/${key}`, sizeBytes });
  };
  let sending: Promise<void> | undefined;
  // A definition may name the archive in several places: it is packed and sent once.
  const deploy = (progress: DeployProgress): Promise<void> => {
    sending ??= send(progress).finally(() => {
      sending = undefined;
    });
    return sending;
  };
  return deferred(`the S3 URI of ${basename(contents[0])}`, resolve, deploy);
}

/** Packs files, gives the archive to `use`, and takes it away again; returns its size. */
async function pack(files: readonly LocalFile[], use: (archive: LocalFile) => Promise<void>): Promise<number> {
  const { create } = await import("tar");
  const folder = await mkdtemp(join(tmpdir(), "sfn-ds-"));
  try {
    const path = join(folder, archiveName);
    // A file may stand in the archive under two names.
    const names = new Map<string, string[]>();
    for (const file of files) names.set(file.path, [...(names.get(file.path) ?? []), file.name]);
    // Nothing of this machine or of the time goes into the archive.
    const settings = { file: path, gzip: true, portable: true, preservePaths: true, follow: true, mtime: new Date(0) };
    const onWriteEntry = (entry: { path: string; readonly absolute: string }): void => {
      entry.path = names.get(entry.absolute)?.shift() ?? entry.path;
    };
    await create(
      { ...settings, onWriteEntry },
      files.map((file) => file.path),
    );
    const { size } = await stat(path);
    await use({ path, name: archiveName, sizeBytes: size });
    return size;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
