import { findMapRun } from "../step-functions/arns.js";
import { mapRunArnMember, requiredTextOf, seconds } from "../step-functions/request-members.js";
import type { ServedOperation } from "../step-functions/step-functions-context.js";

/** How a distributed Map stands, with its counts. */
export const describeMapRun: ServedOperation = {
  request: { kind: "structure", required: ["mapRunArn"], members: { mapRunArn: mapRunArnMember } },
  async run({ store }, input) {
    const record = await findMapRun(store, requiredTextOf(input, "mapRunArn"));
    return {
      mapRunArn: record.arn,
      executionArn: record.executionArn,
      status: record.status,
      startDate: seconds(record.startedAt),
      ...(record.stoppedAt === undefined ? {} : { stopDate: seconds(record.stoppedAt) }),
      maxConcurrency: record.maxConcurrency,
      toleratedFailurePercentage: record.toleratedFailurePercentage,
      toleratedFailureCount: record.toleratedFailureCount,
      itemCounts: record.itemCounts,
      executionCounts: record.executionCounts,
    };
  },
};
