import { pageToken, placeOfToken } from "../step-functions/page-token.js";
import { maxResultsMember, nextTokenMember, pageSizeOf, seconds, textOf } from "../step-functions/request-members.js";
import type { ServedOperation } from "../step-functions/step-functions-context.js";

/** Lists the state machines in the order of their names, as AWS was seen to do. */
export const listStateMachines: ServedOperation = {
  request: {
    kind: "structure",
    required: [],
    members: { maxResults: maxResultsMember, nextToken: nextTokenMember },
  },
  async run({ store }, input) {
    const token = textOf(input, "nextToken");
    const size = pageSizeOf(input);
    const found = await store.machines(token === undefined ? "" : placeOfToken(token, "stateMachines"), size + 1);
    const page = found.slice(0, size);
    const last = page.at(-1);
    const stateMachines = page.map(({ arn, name, createdAt }) => ({
      stateMachineArn: arn,
      name,
      type: "STANDARD",
      creationDate: seconds(createdAt),
    }));
    if (found.length <= size || last === undefined) return { stateMachines };
    return { stateMachines, nextToken: pageToken("stateMachines", last.arn) };
  },
};
