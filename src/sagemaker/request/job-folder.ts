import { deferred } from "../../states/deferred.js";
import type { Session } from "../session.js";
import { uniqueName } from "../unique-name.js";
import { joinKey } from "../upload.js";
import { formatText, isRandom } from "./format-text.js";
import { isLate, type LateText } from "./late-value.js";

/**
 * The folder of a job in the session's bucket: `s3://{bucket}/{prefix}/{job name}`.
 * A name that is another one each time it is evaluated cannot stand in two places; then the folder has a name of its own.
 */
export function jobFolder(session: Session, jobName: unknown, base: string): LateText {
  const label = "the default bucket";
  const bucket = async () => `s3://${joinKey(await session.defaultBucket(), session.defaultBucketPrefix)}`;
  const name = isRandom(jobName) ? uniqueName(base) : (jobName as LateText);
  if (!isLate(name)) return deferred(`the folder of the job in ${label}`, async () => `${await bucket()}/${name}`);
  return formatText([deferred(label, bucket), "/", name]);
}
