import { checkMachineArn } from "../step-functions/arns.js";
import { arnMember, requiredTextOf } from "../step-functions/request-members.js";
import type { ServedOperation } from "../step-functions/step-functions-context.js";

/** Deletes a state machine; what runs goes on to its end. One that is not there is deleted already. */
export const deleteStateMachine: ServedOperation = {
  request: { kind: "structure", required: ["stateMachineArn"], members: { stateMachineArn: arnMember } },
  writes: true,
  async run({ store, plans }, input) {
    const arn = requiredTextOf(input, "stateMachineArn");
    checkMachineArn(arn);
    await store.removeMachine(arn);
    plans.forget(arn);
    return {};
  },
};
