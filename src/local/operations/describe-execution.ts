import { findExecution } from "../step-functions/arns.js";
import { arnMember, includedDataMember, requiredTextOf, seconds } from "../step-functions/request-members.js";
import type { ServedOperation } from "../step-functions/step-functions-context.js";
import type { ExecutionRecord } from "../step-functions/store.js";

/** How an execution stands, with its input and output. */
export const describeExecution: ServedOperation = {
  request: {
    kind: "structure",
    required: ["executionArn"],
    members: { executionArn: arnMember, includedData: includedDataMember },
  },
  async run({ store }, input) {
    const record = await findExecution(store, requiredTextOf(input, "executionArn"));
    const { error, cause, traceHeader, stoppedAt } = record;
    return {
      executionArn: record.arn,
      stateMachineArn: record.machine.arn,
      name: record.name,
      status: record.status,
      startDate: seconds(record.startedAt),
      ...(stoppedAt === undefined ? {} : { stopDate: seconds(stoppedAt) }),
      ...payloads(record, input["includedData"] !== "METADATA_ONLY"),
      // AWS keeps the reason of a timeout out of the description.
      ...(record.status === "TIMED_OUT" ? {} : { error, cause }),
      traceHeader,
      ...(record.mapRunArn === undefined ? {} : { mapRunArn: record.mapRunArn }),
      ...redrive(record),
    };
  },
};

function payloads({ input, output }: ExecutionRecord, included: boolean): object {
  return {
    ...(included ? { input } : {}),
    inputDetails: { included },
    ...(output === undefined ? {} : { ...(included ? { output } : {}), outputDetails: { included } }),
  };
}

function redrive({ status, mapRunArn }: ExecutionRecord): object {
  if (status !== "RUNNING" && status !== "SUCCEEDED") {
    return { redriveCount: 0, redriveStatus: mapRunArn === undefined ? "REDRIVABLE" : "REDRIVABLE_BY_MAP_RUN" };
  }
  const redriveStatusReason = `Execution is ${status} and cannot be redriven`;
  return { redriveCount: 0, redriveStatus: "NOT_REDRIVABLE", redriveStatusReason };
}
