import { join } from "node:path";
import { firstBytes } from "../jobs/first-bytes.js";
import { JobFailure } from "../jobs/job-failure.js";

/**
 * What a host has written to `/opt/ml/output/message`, its first 1024 bytes; empty when there is no such file.
 *
 * @throws {@link JobFailure} when it is no UTF-8.
 */
export async function readExitMessage(ml: string): Promise<string> {
  const bytes = await firstBytes(join(ml, "output", "message"));
  try {
    // A stream may end in the middle of a character: the cut may have gone through one.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: bytes.length === 1024 });
  } catch {
    throw new JobFailure("ClientError: expected UTF-8 in /opt/ml/output/message");
  }
}
