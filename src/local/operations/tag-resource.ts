import { findTagged } from "../step-functions/arns.js";
import { arnMember, requiredTextOf, tagsMember, tagsOf } from "../step-functions/request-members.js";
import type { ServedOperation } from "../step-functions/step-functions-context.js";

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
    await store.saveMachine({ ...machine, tags: tagsOf(input["tags"], machine.tags) });
    return {};
  },
};
