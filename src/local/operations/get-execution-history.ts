import { detailsMember, type HistoryEvent, shownDetails } from "../../interpreter/history-event.js";
import type { JsonObject } from "../../language/json.js";
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

/** The events of an execution, oldest first unless asked otherwise. */
export const getExecutionHistory: ServedOperation = {
  request: {
    kind: "structure",
    required: ["executionArn"],
    members: {
      executionArn: arnMember,
      maxResults: maxResultsMember,
      reverseOrder: { kind: "flag" },
      nextToken: nextTokenMember,
      includeExecutionData: { kind: "flag" },
    },
  },
  async run({ store }, input) {
    const { arn } = await findExecution(store, requiredTextOf(input, "executionArn"));
    const newestFirst = input["reverseOrder"] === true;
    const list = `${newestFirst ? "newest" : "oldest"} ${arn}`;
    const token = textOf(input, "nextToken");
    const after = token === undefined ? undefined : Number(placeOfToken(token, list));
    const size = pageSizeOf(input);
    const found = await store.history(arn, { after, count: size + 1, newestFirst });
    const includeData = input["includeExecutionData"] !== false;
    const page = found.slice(0, size);
    const last = page.at(-1);
    const events = page.map((event) => wireEvent(event, includeData));
    if (found.length <= size || last === undefined) return { events };
    return { events, nextToken: pageToken(list, String(last.id)) };
  },
};

/** An event as AWS sends it. */
export function wireEvent(
  { id, previousEventId, timestamp, type, details }: HistoryEvent,
  includeData = true,
): JsonObject {
  const event = { timestamp: seconds(timestamp), type, id, previousEventId };
  if (details === undefined) return event;
  return { ...event, [detailsMember(type)]: shownDetails(details, includeData) };
}
