import { type Issue, issue, shown, throwIssues } from "../language/errors.js";
import { executionsTable } from "../picture/machine-tables.js";
import { Execution, type ExecutionStatus, executionStatuses } from "./execution.js";
import { type Names, optionIssues } from "./known-options.js";
import { Listing } from "./listing.js";
import { type PageOptions, pageIssues, pageNames, readPages } from "./pages.js";
import { callSfn, type WorkflowSession } from "./session.js";

/** Which executions `listExecutions()` gives. */
export interface ListExecutionsOptions extends PageOptions {
  /** Only those that stand so; default: all. */
  readonly status?: ExecutionStatus;
}

const names = { ...pageNames, status: true } as const satisfies Names<ListExecutionsOptions>;

/**
 * The executions of a state machine, newest first; none where there is no machine.
 *
 * @throws {@link DefinitionError} `unknown_option`, `invalid_number`, `invalid_argument`
 */
export function listExecutions<Output>(
  session: WorkflowSession,
  stateMachineArn: string | undefined,
  options: ListExecutionsOptions,
): Listing<Execution<Output>> {
  throwIssues(
    optionIssues("listExecutions()", options, names, (given) => [...pageIssues(given), ...statusIssues(given.status)]),
  );
  const { status } = options;
  const filter = status === undefined ? {} : { statusFilter: status };
  const read = async function* (pages: PageOptions): AsyncGenerator<Execution<Output>, void, undefined> {
    if (stateMachineArn === undefined) return;
    const found = readPages(async (page) => {
      const answer = await callSfn(
        session,
        (sfn) => new sfn.ListExecutionsCommand({ stateMachineArn, ...filter, ...page }),
      );
      return { items: answer.executions, nextToken: answer.nextToken };
    }, pages);
    for await (const { executionArn = "", status: now = "RUNNING", startDate, stopDate } of found) {
      yield new Execution<Output>(session, executionArn, { status: now, startDate, stopDate });
    }
  };
  return new Listing(options, read, (executions) =>
    executionsTable(
      executions.map(({ name, arn, snapshot }) => ({
        name,
        arn,
        status: snapshot?.status ?? "",
        startDate: snapshot?.startDate,
        stopDate: snapshot?.stopDate,
      })),
      session.hasOwnEndpoint !== true,
    ),
  );
}

function statusIssues(status: unknown): readonly Issue[] {
  if (status === undefined || executionStatuses.includes(status as ExecutionStatus)) return [];
  const message = `expected one of ${executionStatuses.join(", ")}, got ${shown(status)}`;
  return [issue("invalid_argument", ["status"], message, "write one of these words")];
}
