import type { JsonObject } from "../../language/json.js";
import { limits, nameProblem } from "../../language/limits.js";
import { machineArn } from "../step-functions/arns.js";
import { checkRoleArn, configurationOf, configurationShape } from "../step-functions/machine-configuration.js";
import { checkDefinition } from "../step-functions/plans.js";
import { nameMember, requiredTextOf, seconds, tagsMember, tagsOf, textOf } from "../step-functions/request-members.js";
import type { ServedOperation, StepFunctionsContext } from "../step-functions/step-functions-context.js";
import type { MachineRecord } from "../step-functions/store.js";
import { ServiceError } from "../wire.js";

/** Creates a state machine. The same name with the same definition again gives the same answer. */
export const createStateMachine: ServedOperation = {
  request: {
    kind: "structure",
    required: ["name", "definition", "roleArn"],
    members: {
      name: nameMember,
      definition: { kind: "text", min: 1, max: limits.definitionLength },
      roleArn: { kind: "text", min: 1, max: 256 },
      type: { kind: "text", values: ["STANDARD", "EXPRESS"] },
      tags: tagsMember,
      ...configurationShape,
    },
  },
  writes: true,
  async run(context, input) {
    const machine = machineOf(context, input);
    const existing = await context.store.machine(machine.arn);
    const kept = existing === undefined ? machine : sameOrThrow(existing, machine);
    if (existing === undefined) await context.store.saveMachine(machine);
    return { stateMachineArn: kept.arn, creationDate: seconds(kept.createdAt) };
  },
};

function machineOf({ identity, clock, plans }: StepFunctionsContext, input: JsonObject): MachineRecord {
  const name = requiredTextOf(input, "name");
  if (nameProblem(name) !== undefined) throw new ServiceError("InvalidName", `Invalid Name: '${name}'`);
  const definition = requiredTextOf(input, "definition");
  const roleArn = checkRoleArn(requiredTextOf(input, "roleArn"));
  const arn = machineArn(identity, name);
  const configuration = configurationOf(input);
  const type = textOf(input, "type") === "EXPRESS" ? "EXPRESS" : "STANDARD";
  checkDefinition(definition, type);
  if (type === "EXPRESS") {
    const message = "EXPRESS state machines are not run by the embedded service yet; use type STANDARD";
    throw new ServiceError("StateMachineTypeNotSupported", message);
  }
  plans.make(arn, definition);
  const now = clock.now();
  return {
    arn,
    name,
    definition,
    roleArn,
    createdAt: now,
    updatedAt: now,
    ...configuration,
    tags: tagsOf(input["tags"]),
  };
}

/** AWS compares the definition as text, and neither the role nor the tags. */
function sameOrThrow(existing: MachineRecord, wanted: MachineRecord): MachineRecord {
  if (existing.definition === wanted.definition) return existing;
  throw new ServiceError("StateMachineAlreadyExists", `State Machine Already Exists: '${existing.arn}'`);
}
