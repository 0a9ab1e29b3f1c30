import { JobFailure } from "./job-failure.js";
import type { Host } from "./run-hosts.js";

/**
 * Runs what copies the files of hosts to S3. That they cannot be read or put together is the job's own failure, and is told with the
 * paths that the job knows.
 *
 * @throws {@link JobFailure}
 */
export async function saving<Result>(
  hosts: readonly Pick<Host, "name" | "ml">[],
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    // Those of the file system have the call that failed.
    if (!(error instanceof Error && "syscall" in error)) throw error;
    const reason = hosts.reduce((text, { name, ml }) => text.replaceAll(ml, `${name}:/opt/ml`), error.message);
    throw new JobFailure(`ClientError: Artifact upload failed: ${reason}`);
  }
}
