import { findMachine } from "../step-functions/arns.js";
import { pageToken, placeOfToken } from "../step-functions/page-token.js";
import { arnMember, maxResultsMember, pageSizeOf, seconds, textOf } from "../step-functions/request-members.js";
import type { ServedOperation } from "../step-functions/step-functions-context.js";
import type { ExecutionRecord } from "../step-functions/store.js";
import { ServiceError } from "../wire.js";

/** In the order of AWS's message. */
const statuses = ["SUCCEEDED", "TIMED_OUT", "PENDING_REDRIVE", "ABORTED", "FAILED", "RUNNING"];

/** Lists the executions of a state machine, newest first. */
export const listExecutions: ServedOperation = {
  request: {
    kind: "structure",
    required: [],
    members: {
      stateMachineArn: arnMember,
      statusFilter: { kind: "text", values: statuses },
      maxResults: maxResultsMember,
      nextToken: { kind: "text", min: 1, max: 3096 },
      mapRunArn: { kind: "text", min: 1, max: 2000 },
      redriveFilter: { kind: "text", values: ["REDRIVEN", "NOT_REDRIVEN"] },
    },
  },
  async run({ store }, input) {
    const arn = textOf(input, "stateMachineArn");
    if (arn === undefined) {
      throw new ServiceError(
        "ValidationException",
        "stateMachineArn must be specified; the embedded service has no Map Runs yet",
      );
    }
    const { arn: machineArn } = await findMachine(store, arn);
    // Nothing is ever redriven here.
    if (textOf(input, "redriveFilter") === "REDRIVEN") return { executions: [] };
    const size = pageSizeOf(input);
    const token = textOf(input, "nextToken");
    const before = token === undefined ? Number.POSITIVE_INFINITY : Number(placeOfToken(token, machineArn));
    const status = textOf(input, "statusFilter");
    const found = await store.executions({ machineArn, status, before, count: size + 1 });
    const page = found.slice(0, size);
    const last = page.at(-1);
    const executions = page.map(item);
    if (found.length <= size || last === undefined) return { executions };
    return { executions, nextToken: pageToken(machineArn, String(last.order)) };
  },
};

function item({ arn, machine, name, status, startedAt, stoppedAt }: ExecutionRecord): object {
  return {
    executionArn: arn,
    stateMachineArn: machine.arn,
    name,
    status,
    startDate: seconds(startedAt),
    ...(stoppedAt === undefined ? {} : { stopDate: seconds(stoppedAt) }),
    redriveCount: 0,
  };
}
