import { type Deferred, deferred } from "../../states/deferred.js";
import { joinKey } from "../assets/upload.js";
import type { Session } from "../session/session.js";

/**
 * `s3://{default bucket}/{prefix}` of a session, with `below` after it. AWS's jobs make no buckets: the deployment makes this one where there is none.
 *
 * @param label - what it is, for messages
 */
export function defaultFolder(session: Session, label = "the default bucket", below = ""): Deferred<string> {
  const resolve = async (): Promise<string> =>
    `s3://${joinKey(await session.defaultBucket(), session.defaultBucketPrefix)}${below}`;
  return deferred(label, resolve, async () => {
    await session.ensureDefaultBucket();
  });
}
