import { defaultFolder } from "../request/default-folder.js";
import { formatText, isRandom } from "../request/format-text.js";
import { isLate, type LateText } from "../request/late-value.js";
import type { Session } from "../session/session.js";
import { uniqueName } from "../unique-name.js";
import type { PlaceOutput } from "./build-processing-request.js";

/**
 * Where an output goes that names no destination: `s3://{bucket}/{prefix}/{job name}/output/{output name}`.
 *
 * A job name that is another one each time it is evaluated cannot stand in two places; then the folder has a name of its own, made of `base`.
 */
export function outputPlace(session: Session, jobName: unknown, base: string): PlaceOutput {
  return (name) => {
    if (!isLate(jobName) && !isLate(name)) {
      const below = `/${String(jobName)}/output/${String(name)}`;
      return defaultFolder(session, `the S3 URI of the output ${String(name)}`, below);
    }
    const job = isRandom(jobName) ? uniqueName(base) : (jobName as LateText);
    return formatText([defaultFolder(session), "/", job, "/output/", name as LateText]);
  };
}
