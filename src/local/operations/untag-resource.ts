import { findTagged } from "../step-functions/arns.js";
import { arnMember, requiredTextOf } from "../step-functions/request-members.js";
import type { ServedOperation } from "../step-functions/step-functions-context.js";

/** Takes tags off a state machine; keys that it has not are no fault. */
export const untagResource: ServedOperation = {
  request: {
    kind: "structure",
    required: ["resourceArn", "tagKeys"],
    members: {
      resourceArn: arnMember,
      tagKeys: { kind: "list", item: { kind: "text", min: 1, max: 128 } },
    },
  },
  writes: true,
  async run({ store }, input) {
    const machine = await findTagged(store, requiredTextOf(input, "resourceArn"));
    const keys = input["tagKeys"];
    const gone = new Set(Array.isArray(keys) ? keys : []);
    await store.saveMachine({ ...machine, tags: machine.tags.filter(({ key }) => !gone.has(key)) });
    return {};
  },
};
