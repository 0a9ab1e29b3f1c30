import type { HistoryEvent } from "@aws-sdk/client-sfn";
import type { Issue } from "../language/errors.js";
import { flagIssues, type Names, optionIssues } from "./known-options.js";
import { type PageOptions, pageIssues, pageNames, readPages } from "./pages.js";
import { callSfn, type WorkflowSession } from "./session.js";

/** Which events `listEvents()` gives. */
export interface ListEventsOptions extends PageOptions {
  /** Newest first; default: oldest first. */
  readonly reverseOrder?: boolean;
}

const names = { ...pageNames, reverseOrder: true } as const satisfies Names<ListEventsOptions>;

/** What is wrong with options of `listEvents()`. */
export function listEventsIssues(options: ListEventsOptions): readonly Issue[] {
  return optionIssues("listEvents()", options, names, (given) => [
    ...pageIssues(given),
    ...flagIssues(given, "reverseOrder"),
  ]);
}

/** Reads a history page by page. */
export function readHistory(
  session: WorkflowSession,
  executionArn: string,
  options: ListEventsOptions = {},
): AsyncGenerator<HistoryEvent, void, undefined> {
  const { reverseOrder = false } = options;
  return readPages(async (page) => {
    const answer = await callSfn(
      session,
      (sfn) => new sfn.GetExecutionHistoryCommand({ executionArn, reverseOrder, ...page }),
    );
    return { items: answer.events, nextToken: answer.nextToken };
  }, options);
}

/** The name of the state in which an execution failed: the last one entered on the way to the closing event. */
export async function failingState(session: WorkflowSession, executionArn: string): Promise<string | undefined> {
  let wanted: number | undefined;
  for await (const event of readHistory(session, executionArn, { reverseOrder: true })) {
    if (wanted === undefined) wanted = event.previousEventId;
    else if (event.id === wanted) {
      if (event.stateEnteredEventDetails?.name !== undefined) return event.stateEnteredEventDetails.name;
      wanted = event.previousEventId;
    }
    if (wanted === 0) return undefined;
  }
  return undefined;
}
