import { States } from "../../expression/intrinsics.js";
import { placeholderOf } from "../../expression/placeholder.js";
import { deferred } from "../../states/deferred.js";
import type { Session } from "../session.js";
import { joinKey } from "../upload.js";
import type { PlaceOutput } from "./build-processing-request.js";
import { formatText, isRandom } from "./format-text.js";
import { legalBase } from "./job-name.js";
import { isLate, type LateText } from "./late-value.js";

/**
 * Where an output goes that names no destination: `s3://{bucket}/{prefix}/{job name}/output/{output name}`.
 *
 * A job name that is another one each time it is evaluated cannot stand in two places; then the folder is named after the execution:
 * `s3://{bucket}/{prefix}/{base}/{execution name}/{UUID}/output/{output name}`.
 */
export function outputPlace(session: Session, jobName: unknown, base: string): PlaceOutput {
  return (name) => {
    if (!isLate(jobName) && !isLate(name)) {
      const key = `${String(jobName)}/output/${String(name)}`;
      return deferred(`the S3 URI of the output ${String(name)}`, async () => `${await defaultFolder(session)}/${key}`);
    }
    const folder = deferred("the default bucket", () => defaultFolder(session));
    const parts = isRandom(jobName) ? executionFolder(base) : [jobName as LateText];
    return formatText([folder, "/", ...parts, "/output/", name as LateText]);
  };
}

async function defaultFolder(session: Session): Promise<string> {
  return `s3://${joinKey(await session.defaultBucket(), session.defaultBucketPrefix)}`;
}

function executionFolder(base: string): readonly LateText[] {
  const context = placeholderOf<{ readonly Execution: { readonly Name: string } }>({ kind: "context" }, undefined);
  return [`${legalBase(base, 63)}/`, context.Execution.Name, "/", States.uuid()];
}
