import { callSfn, type WorkflowSession } from "./session.js";

/** Tags of a state machine. */
export type Tags = readonly { readonly key: string; readonly value: string }[];

/** The tags of a machine without AWS's own, which nobody can change. */
export async function tagsOf(session: WorkflowSession, arn: string): Promise<Tags> {
  const { tags = [] } = await callSfn(session, async (client) => {
    const { ListTagsForResourceCommand } = await import("@aws-sdk/client-sfn");
    return client.send(new ListTagsForResourceCommand({ resourceArn: arn }));
  });
  return tags
    .map(({ key = "", value = "" }) => ({ key, value }))
    .filter(({ key }) => !key.toLowerCase().startsWith("aws:"));
}

/** Tags by their keys, so that their order does not count. */
export function tagsAsObject(tags: Tags): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}

/** Sets the tags that differ and takes away those that are not wanted; calls nothing when there are none. */
export async function replaceTags(session: WorkflowSession, arn: string, wanted: Tags): Promise<void> {
  const existing = new Map((await tagsOf(session, arn)).map(({ key, value }) => [key, value]));
  const changed = wanted.filter(({ key, value }) => existing.get(key) !== value);
  const keys = new Set(wanted.map(({ key }) => key));
  const unwanted = [...existing.keys()].filter((key) => !keys.has(key));
  await callSfn(session, async (client) => {
    const { TagResourceCommand, UntagResourceCommand } = await import("@aws-sdk/client-sfn");
    if (unwanted.length > 0) await client.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: unwanted }));
    if (changed.length > 0) await client.send(new TagResourceCommand({ resourceArn: arn, tags: changed }));
  });
}
