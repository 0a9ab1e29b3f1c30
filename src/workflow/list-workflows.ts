import { throwIssues } from "../language/errors.js";
import { machinesTable } from "../picture/machine-tables.js";
import { optionIssues } from "./known-options.js";
import { Listing } from "./listing.js";
import { type PageOptions, pageIssues, pageNames, readPages } from "./pages.js";
import { callSfn, type WorkflowSession } from "./session.js";

/** A state machine of the account, as `Workflow.list()` gives it. */
export interface WorkflowSummary {
  readonly name: string;
  readonly stateMachineArn: string;
  readonly type: "STANDARD" | "EXPRESS";
  readonly creationDate: Date | undefined;
}

/**
 * The state machines of the account in the session's region.
 *
 * @throws {@link DefinitionError} `unknown_option`, `invalid_number`
 */
export function listWorkflows(session: WorkflowSession, options: PageOptions): Listing<WorkflowSummary> {
  throwIssues(optionIssues("list()", options, pageNames, pageIssues));
  const read = async function* (pages: PageOptions): AsyncGenerator<WorkflowSummary, void, undefined> {
    const found = readPages(async (page) => {
      const answer = await callSfn(session, (sfn) => new sfn.ListStateMachinesCommand(page));
      return { items: answer.stateMachines, nextToken: answer.nextToken };
    }, pages);
    for await (const { name = "", stateMachineArn = "", type = "STANDARD", creationDate } of found) {
      yield { name, stateMachineArn, type, creationDate };
    }
  };
  return new Listing(options, read, (machines) => machinesTable(machines, session.hasOwnEndpoint !== true));
}
