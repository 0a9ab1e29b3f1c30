import { findTagged } from "../arns.js";
import { arnMember, requiredTextOf, tagsMember, tagsOf } from "../members.js";
import type { ServedOperation } from "../step-functions-context.js";
import { ServiceError } from "../wire.js";

/** Tags that a resource may have. */
const mostTags = 50;

/** Adds tags to a state machine; a tag of the same key is replaced. */
export const tagResource: ServedOperation = {
  request: {
    kind: "structure",
    required: ["resourceArn", "tags"],
    members: { resourceArn: arnMember, tags: tagsMember },
  },
  writes: true,
  async run({ store }, input) {
    const machine = await findTagged(store, requiredTextOf(input, "resourceArn"));
    const tags = tagsOf([...machine.tags, ...tagsOf(input["tags"])]);
    if (tags.length > mostTags) {
      throw new ServiceError("TooManyTags", `expected at most ${mostTags} tags, got ${tags.length}`);
    }
    await store.saveMachine({ ...machine, tags });
    return {};
  },
};
