import { findMachine, findMapRun } from "../step-functions/arns.js";
import { pageToken, placeOfToken } from "../step-functions/page-token.js";
import {
  arnMember,
  mapRunArnMember,
  maxResultsMember,
  pageSizeOf,
  seconds,
  textOf,
} from "../step-functions/request-members.js";
import type { ServedOperation } from "../step-functions/step-functions-context.js";
import type { ExecutionRecord, Store } from "../step-functions/store.js";
import { ServiceError } from "../wire.js";

/** In the order of AWS's message. */
const statuses = ["SUCCEEDED", "TIMED_OUT", "PENDING_REDRIVE", "ABORTED", "FAILED", "RUNNING"];

/** Lists the executions of a state machine, or the child executions of a Map run, newest first. */
export const listExecutions: ServedOperation = {
  request: {
    kind: "structure",
    required: [],
    members: {
      stateMachineArn: arnMember,
      statusFilter: { kind: "text", values: statuses },
      maxResults: maxResultsMember,
      nextToken: { kind: "text", min: 1, max: 3096 },
      mapRunArn: mapRunArnMember,
      redriveFilter: { kind: "text", values: ["REDRIVEN", "NOT_REDRIVEN"] },
    },
  },
  async run({ store }, input) {
    const list = await listOf(store, textOf(input, "stateMachineArn"), textOf(input, "mapRunArn"));
    // Nothing is ever redriven here.
    if (textOf(input, "redriveFilter") === "REDRIVEN") return { executions: [] };
    const size = pageSizeOf(input);
    const token = textOf(input, "nextToken");
    const before = token === undefined ? Number.POSITIVE_INFINITY : Number(placeOfToken(token, list));
    const status = textOf(input, "statusFilter");
    const found = await store.executions({ of: list, status, before, count: size + 1 });
    const page = found.slice(0, size);
    const last = page.at(-1);
    const executions = page.map(item);
    if (found.length <= size || last === undefined) return { executions };
    return { executions, nextToken: pageToken(list, String(last.order)) };
  },
};

/** ARN of what the executions belong to. */
async function listOf(store: Store, machine: string | undefined, mapRun: string | undefined): Promise<string> {
  if (machine !== undefined && mapRun === undefined) return (await findMachine(store, machine)).arn;
  if (machine !== undefined || mapRun === undefined) {
    throw new ServiceError("ValidationException", "expected one of stateMachineArn and mapRunArn");
  }
  const { arn, type } = await findMapRun(store, mapRun);
  if (type === "STANDARD") return arn;
  throw new ServiceError(
    "StateMachineTypeNotSupported",
    "This operation is not supported by this type of state machine",
  );
}

function item(record: ExecutionRecord): object {
  const { arn, machine, name, status, startedAt, stoppedAt, mapRunArn, itemCount } = record;
  return {
    executionArn: arn,
    stateMachineArn: machine.arn,
    name,
    status,
    startDate: seconds(startedAt),
    ...(stoppedAt === undefined ? {} : { stopDate: seconds(stoppedAt) }),
    ...(mapRunArn === undefined ? {} : { mapRunArn, itemCount }),
    redriveCount: 0,
  };
}
