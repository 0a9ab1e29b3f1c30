import { executionLink, stateMachineLink } from "./console-links.js";
import { dateText } from "./date-text.js";
import { cell, type Table } from "./table.js";

/** A state machine as it is listed. */
export interface ListedMachine {
  readonly name: string;
  readonly stateMachineArn: string;
  readonly creationDate: Date | undefined;
}

/** An execution as it is listed. */
export interface ListedExecution {
  readonly name: string;
  readonly arn: string;
  readonly status: string;
  readonly startDate: Date | undefined;
  readonly stopDate: Date | undefined;
}

/** @param linked - whether there is a console of AWS to look at */
export function machinesTable(machines: readonly ListedMachine[], linked: boolean): Table {
  return {
    title: "State machines",
    columns: ["Name", "Creation Date (UTC)"],
    rows: machines.map(({ name, stateMachineArn, creationDate }) => ({
      cells: [
        { text: name, href: linked ? stateMachineLink(stateMachineArn) : undefined },
        cell(dateText(creationDate)),
      ],
    })),
  };
}

/** @param linked - whether there is a console of AWS to look at */
export function executionsTable(executions: readonly ListedExecution[], linked: boolean): Table {
  return {
    title: "Executions",
    columns: ["Name", "Status", "Started (UTC)", "End Time (UTC)"],
    rows: executions.map(({ name, arn, status, startDate, stopDate }) => ({
      cells: [
        { text: name, href: linked ? executionLink(arn) : undefined },
        cell(status),
        cell(dateText(startDate)),
        cell(dateText(stopDate)),
      ],
    })),
  };
}
