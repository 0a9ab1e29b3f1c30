import { findMachine } from "../step-functions/arns.js";
import { arnMember, includedDataMember, requiredTextOf, seconds } from "../step-functions/request-members.js";
import type { ServedOperation } from "../step-functions/step-functions-context.js";
import type { MachineRecord } from "../step-functions/store.js";

/** The state machine as it is now; the definition is the text that was sent. */
export const describeStateMachine: ServedOperation = {
  request: {
    kind: "structure",
    required: ["stateMachineArn"],
    members: { stateMachineArn: arnMember, includedData: includedDataMember },
  },
  async run({ store }, input) {
    const machine = await findMachine(store, requiredTextOf(input, "stateMachineArn"));
    return {
      ...machineMembers(machine),
      status: "ACTIVE",
      type: "STANDARD",
      creationDate: seconds(machine.createdAt),
    };
  },
};

/** What both descriptions of a machine have. */
export function machineMembers(machine: MachineRecord): object {
  return {
    stateMachineArn: machine.arn,
    name: machine.name,
    definition: machine.definition,
    roleArn: machine.roleArn,
    loggingConfiguration: machine.loggingConfiguration,
    tracingConfiguration: machine.tracingConfiguration,
    encryptionConfiguration: { type: "AWS_OWNED_KEY" },
    ...(machine.revisionId === undefined ? {} : { revisionId: machine.revisionId }),
  };
}
