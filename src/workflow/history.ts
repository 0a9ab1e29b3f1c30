import type { HistoryEvent } from "@aws-sdk/client-sfn";
import { callSfn, type WorkflowSession } from "./session.js";

/** Options of `history()`. */
export interface HistoryOptions {
  /** Newest first; default: oldest first. */
  readonly reverse?: boolean;
  /** Events at most; default: all. */
  readonly maxItems?: number;
}

/** Events a page; the most that the service gives, so that a history costs the fewest calls. */
const pageSize = 1000;

/** Reads a history page by page; a page is asked for when it is needed. */
export async function* readHistory(
  session: WorkflowSession,
  executionArn: string,
  options: HistoryOptions = {},
): AsyncGenerator<HistoryEvent, void, undefined> {
  const { reverse = false, maxItems = Number.POSITIVE_INFINITY } = options;
  let count = 0;
  let nextToken: string | undefined;
  do {
    const page = await callSfn(session, async (client) => {
      const { GetExecutionHistoryCommand } = await import("@aws-sdk/client-sfn");
      return client.send(
        new GetExecutionHistoryCommand({
          executionArn,
          reverseOrder: reverse,
          maxResults: pageSize,
          ...(nextToken === undefined ? {} : { nextToken }),
        }),
      );
    });
    for (const event of page.events ?? []) {
      if (count++ >= maxItems) return;
      yield event;
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined && count < maxItems);
}

/** The name of the state in which an execution failed: the last one entered on the way to the closing event. */
export async function failingState(session: WorkflowSession, executionArn: string): Promise<string | undefined> {
  let wanted: number | undefined;
  for await (const event of readHistory(session, executionArn, { reverse: true })) {
    if (wanted === undefined) wanted = event.previousEventId;
    else if (event.id === wanted) {
      if (event.stateEnteredEventDetails?.name !== undefined) return event.stateEnteredEventDetails.name;
      wanted = event.previousEventId;
    }
    if (wanted === 0) return undefined;
  }
  return undefined;
}
