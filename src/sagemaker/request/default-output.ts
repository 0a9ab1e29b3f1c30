import { deferred } from "../../states/deferred.js";
import type { Session } from "../session.js";
import { uniqueName } from "../unique-name.js";
import { joinKey } from "../upload.js";
import type { PlaceOutput } from "./build-processing-request.js";
import { formatText, isRandom } from "./format-text.js";
import { isLate, type LateText } from "./late-value.js";

/**
 * Where an output goes that names no destination: `s3://{bucket}/{prefix}/{job name}/output/{output name}`.
 *
 * A job name that is another one each time it is evaluated cannot stand in two places; then the folder has a name of its own, made of `base`.
 */
export function outputPlace(session: Session, jobName: unknown, base: string): PlaceOutput {
  return (name) => {
    if (!isLate(jobName) && !isLate(name)) {
      const key = `${String(jobName)}/output/${String(name)}`;
      return deferred(`the S3 URI of the output ${String(name)}`, async () => `${await defaultFolder(session)}/${key}`);
    }
    const folder = deferred("the default bucket", () => defaultFolder(session));
    const job = isRandom(jobName) ? uniqueName(base) : (jobName as LateText);
    return formatText([folder, "/", job, "/output/", name as LateText]);
  };
}

async function defaultFolder(session: Session): Promise<string> {
  return `s3://${joinKey(await session.defaultBucket(), session.defaultBucketPrefix)}`;
}
