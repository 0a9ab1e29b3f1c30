import { findExecution } from "../step-functions/arns.js";
import { pageToken, placeOfToken } from "../step-functions/page-token.js";
import {
  arnMember,
  maxResultsMember,
  nextTokenMember,
  pageSizeOf,
  requiredTextOf,
  seconds,
  textOf,
} from "../step-functions/request-members.js";
import type { ServedOperation } from "../step-functions/step-functions-context.js";
import type { MapRunRecord } from "../step-functions/store.js";

/** Lists the distributed Maps that an execution has begun, newest first. */
export const listMapRuns: ServedOperation = {
  request: {
    kind: "structure",
    required: ["executionArn"],
    members: { executionArn: arnMember, maxResults: maxResultsMember, nextToken: nextTokenMember },
  },
  async run({ store }, input) {
    const { arn } = await findExecution(store, requiredTextOf(input, "executionArn"));
    const list = `Map runs of ${arn}`;
    const token = textOf(input, "nextToken");
    const before = token === undefined ? Number.POSITIVE_INFINITY : Number(placeOfToken(token, list));
    const size = pageSizeOf(input);
    const found = await store.mapRuns(arn, before, size + 1);
    const page = found.slice(0, size);
    const last = page.at(-1);
    const mapRuns = page.map(item);
    if (found.length <= size || last === undefined) return { mapRuns };
    return { mapRuns, nextToken: pageToken(list, String(last.order)) };
  },
};

function item({ arn, executionArn, stateMachineArn, startedAt, stoppedAt }: MapRunRecord): object {
  return {
    executionArn,
    mapRunArn: arn,
    stateMachineArn,
    startDate: seconds(startedAt),
    ...(stoppedAt === undefined ? {} : { stopDate: seconds(stoppedAt) }),
  };
}
