import { findExecution } from "../step-functions/arns.js";
import { arnMember, includedDataMember, requiredTextOf, seconds } from "../step-functions/request-members.js";
import type { ServedOperation } from "../step-functions/step-functions-context.js";
import { machineMembers } from "./describe-state-machine.js";

/** The state machine as it was when the execution began. */
export const describeStateMachineForExecution: ServedOperation = {
  request: {
    kind: "structure",
    required: ["executionArn"],
    members: { executionArn: arnMember, includedData: includedDataMember },
  },
  async run({ store }, input) {
    const { machine } = await findExecution(store, requiredTextOf(input, "executionArn"));
    return { ...machineMembers(machine), updateDate: seconds(machine.updatedAt) };
  },
};
