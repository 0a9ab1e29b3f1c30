import { findExecution } from "../step-functions/arns.js";
import { arnMember, requiredTextOf, seconds, textOf } from "../step-functions/request-members.js";
import type { ServedOperation } from "../step-functions/step-functions-context.js";

/** Aborts an execution. One that has ended stays as it is. */
export const stopExecution: ServedOperation = {
  request: {
    kind: "structure",
    required: ["executionArn"],
    members: {
      executionArn: arnMember,
      error: { kind: "text", max: 256 },
      cause: { kind: "text", max: 32_768 },
    },
  },
  async run({ store, executions, clock }, input) {
    const { arn } = await findExecution(store, requiredTextOf(input, "executionArn"));
    await executions.stop(arn, textOf(input, "error"), textOf(input, "cause"));
    const { stoppedAt } = await findExecution(store, arn);
    return { stopDate: seconds(stoppedAt ?? clock.now()) };
  },
};
