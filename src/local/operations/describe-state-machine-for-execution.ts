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
    const { machine, mapRunArn } = await findExecution(store, requiredTextOf(input, "executionArn"));
    const child =
      mapRunArn === undefined ? {} : { mapRunArn, label: machine.name.slice(machine.name.lastIndexOf("/") + 1) };
    return { ...machineMembers(machine), updateDate: seconds(machine.updatedAt), ...child };
  },
};
