import type { Session } from "../session/session.js";
import { uniqueName } from "../unique-name.js";
import { defaultFolder } from "./default-folder.js";
import { formatText, isRandom } from "./format-text.js";
import { isLate, type LateText } from "./late-value.js";

/**
 * The folder of a job in the session's bucket: `s3://{bucket}/{prefix}/{job name}`.
 * A name that is another one each time it is evaluated cannot stand in two places; then the folder has a name of its own.
 */
export function jobFolder(session: Session, jobName: unknown, base: string): LateText {
  const name = isRandom(jobName) ? uniqueName(base) : (jobName as LateText);
  if (!isLate(name)) return defaultFolder(session, "the folder of the job in the default bucket", `/${name}`);
  return formatText([defaultFolder(session), "/", name]);
}
