import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { JobFailure } from "../jobs/job-failure.js";
import type { HostCommand } from "../jobs/local-commands.js";
import type { Host } from "../jobs/run-hosts.js";
import { isErrno } from "../storage/file-tree.js";
import type { ObjectStore } from "../storage/object-store.js";
import { ServiceError } from "../wire.js";
import { ownHyperParameters, programArguments } from "./hyperparameters.js";
import { codeFolder, type Script, type TrainingJobRequest } from "./training-job-request.js";

const mostBytes = 4 * 1024 ** 3;
const mostEntries = 100_000;

/** Unpacks the code of script mode, and gives the command that the framework containers would start. */
export async function prepareScript(
  storage: ObjectStore,
  { script, hyperParameters }: { readonly script: Script } & Pick<TrainingJobRequest, "hyperParameters">,
  host: Host,
): Promise<HostCommand> {
  await unpack(storage, script, host);
  const program = script.program.endsWith(".py") ? "python3" : "sh";
  const words = [program, script.program, ...programArguments(ownHyperParameters(hyperParameters))] as const;
  return { words, directory: codeFolder };
}

async function unpack(storage: ObjectStore, { source }: Script, { folder, ml }: Host): Promise<void> {
  const file = join(folder, "code.tar.gz");
  const code = join(ml, "code");
  try {
    await mkdir(code, { recursive: true });
    await storage.copyTo(source.bucket, source.key, file);
    await extract(file, code);
  } catch (error) {
    if (error instanceof JobFailure) throw error;
    if (error instanceof ServiceError) {
      throw new JobFailure(`ClientError: Data download failed:${error.code}: ${error.message} (${source.uri})`);
    }
    if (isErrno(error, "ENOSPC")) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new JobFailure(`ClientError: expected a tar.gz with the code at ${source.uri}, got ${reason}`);
  } finally {
    await rm(file, { force: true });
  }
}

/** An archive is what somebody sends: nothing of it is written outside the folder, and it is not endless. */
async function extract(file: string, folder: string): Promise<void> {
  const tar = await import("tar");
  let bytes = 0;
  let entries = 0;
  await tar.extract({
    file,
    cwd: folder,
    strict: true,
    preserveOwner: false,
    filter: (_, entry) => {
      bytes += entry.size ?? 0;
      entries += 1;
      return bytes <= mostBytes && entries <= mostEntries;
    },
  });
  if (bytes > mostBytes || entries > mostEntries) {
    throw new JobFailure(`ClientError: expected code of at most ${mostBytes} bytes in ${mostEntries} files`);
  }
}
