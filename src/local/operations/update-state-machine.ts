import { limits } from "../../language/limits.js";
import { findMachine } from "../step-functions/arns.js";
import { checkRoleArn, configurationOf, configurationShape } from "../step-functions/machine-configuration.js";
import { checkDefinition } from "../step-functions/plans.js";
import { arnMember, requiredTextOf, seconds, textOf } from "../step-functions/request-members.js";
import type { ServedOperation } from "../step-functions/step-functions-context.js";
import { ServiceError } from "../wire.js";

const changeable = ["definition", "roleArn", "loggingConfiguration", "tracingConfiguration", "encryptionConfiguration"];

/** Changes a state machine. Executions that run keep the machine that they began with. */
export const updateStateMachine: ServedOperation = {
  request: {
    kind: "structure",
    required: ["stateMachineArn"],
    members: {
      stateMachineArn: arnMember,
      definition: { kind: "text", min: 1, max: limits.definitionLength },
      roleArn: { kind: "text", min: 1, max: 256 },
      ...configurationShape,
    },
  },
  writes: true,
  async run({ store, plans, clock, newId }, input) {
    const machine = await findMachine(store, requiredTextOf(input, "stateMachineArn"));
    if (!changeable.some((member) => input[member] !== undefined)) {
      const message =
        "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified";
      throw new ServiceError("MissingRequiredParameter", message);
    }
    const roleArn = checkRoleArn(textOf(input, "roleArn") ?? machine.roleArn);
    const given = textOf(input, "definition");
    const configuration = configurationOf(input, machine);
    if (given !== undefined) {
      checkDefinition(given, "STANDARD");
      plans.make(machine.arn, given);
    }
    const definition = given ?? machine.definition;
    const revisionId = newId();
    const updatedAt = clock.now();
    await store.saveMachine({ ...machine, ...configuration, definition, roleArn, revisionId, updatedAt });
    return { updateDate: seconds(updatedAt), revisionId };
  },
};
