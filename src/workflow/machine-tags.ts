import { isPlainObject } from "../language/json.js";
import { callSfn, type WorkflowSession } from "./session.js";

/** Tags of a state machine. */
export type Tags = readonly { readonly key: string; readonly value: string }[];

/** Tags as they may be given: by their keys, as steps take them too, or as AWS's list. */
export type GivenTags = Tags | { readonly [key: string]: string };

/** Tags as AWS's list. */
export function tagList(tags: GivenTags): Tags {
  return isPlainObject(tags)
    ? Object.entries(tags).map(([key, value]) => ({ key, value: String(value) }))
    : (tags as Tags);
}

/** The tags of a machine without AWS's own, which nobody can change. */
export async function tagsOf(session: WorkflowSession, arn: string): Promise<Tags> {
  const { tags = [] } = await callSfn(session, (sfn) => new sfn.ListTagsForResourceCommand({ resourceArn: arn }));
  return tags
    .map(({ key = "", value = "" }) => ({ key, value }))
    .filter(({ key }) => !key.toLowerCase().startsWith("aws:"));
}

/** Tags by their keys, so that their order does not count. */
export function tagsAsObject(tags: Tags): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}

/** Sets tags beside those that are there; the same key gets the new value. Calls nothing when there are none. */
export async function addTags(session: WorkflowSession, arn: string, tags: Tags): Promise<void> {
  if (tags.length === 0) return;
  await callSfn(session, (sfn) => new sfn.TagResourceCommand({ resourceArn: arn, tags: [...tags] }));
}

/** Takes tags away; a key that is not there is no error. Calls nothing when there are none. */
export async function removeTags(session: WorkflowSession, arn: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await callSfn(session, (sfn) => new sfn.UntagResourceCommand({ resourceArn: arn, tagKeys: [...keys] }));
}

/** Sets the tags that differ and takes away those that are not wanted; calls nothing when there are none. */
export async function replaceTags(session: WorkflowSession, arn: string, wanted: Tags): Promise<void> {
  const existing = new Map((await tagsOf(session, arn)).map(({ key, value }) => [key, value]));
  const keys = new Set(wanted.map(({ key }) => key));
  await removeTags(
    session,
    arn,
    [...existing.keys()].filter((key) => !keys.has(key)),
  );
  await addTags(
    session,
    arn,
    wanted.filter(({ key, value }) => existing.get(key) !== value),
  );
}
