import { findTagged } from "../step-functions/arns.js";
import { arnMember, requiredTextOf } from "../step-functions/request-members.js";
import type { ServedOperation } from "../step-functions/step-functions-context.js";

/** The tags of a state machine. */
export const listTagsForResource: ServedOperation = {
  request: { kind: "structure", required: ["resourceArn"], members: { resourceArn: arnMember } },
  async run({ store }, input) {
    const { tags } = await findTagged(store, requiredTextOf(input, "resourceArn"));
    return { tags };
  },
};
