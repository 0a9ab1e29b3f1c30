import { Data, exceedsPayload, nestsTooDeep } from "../../interpreter/data.js";
import type { Json } from "../../language/json.js";
import { limits, nameProblem } from "../../language/limits.js";
import { jsonFault } from "../../validate/text/json-fault.js";
import { executionArn, findMachine } from "../step-functions/arns.js";
import { arnMember, nameMember, requiredTextOf, seconds, textOf } from "../step-functions/request-members.js";
import type { ServedOperation } from "../step-functions/step-functions-context.js";
import type { ExecutionRecord } from "../step-functions/store.js";
import { ServiceError } from "../wire.js";

/** Starts an execution. The same name with the same input, while it runs, gives the same answer. */
export const startExecution: ServedOperation = {
  request: {
    kind: "structure",
    required: ["stateMachineArn"],
    members: {
      stateMachineArn: arnMember,
      name: nameMember,
      input: { kind: "text", max: limits.payloadBytes },
      traceHeader: { kind: "text", max: 256 },
    },
  },
  writes: true,
  async run({ store, plans, executions, newId }, input) {
    const machine = await findMachine(store, requiredTextOf(input, "stateMachineArn"));
    const name = textOf(input, "name") ?? newId();
    if (nameProblem(name) !== undefined) throw new ServiceError("InvalidName", `Invalid Name: '${name}'`);
    const data = parseInput(textOf(input, "input") ?? "{}");
    const arn = executionArn(machine, name);
    const existing = await store.execution(arn);
    if (existing !== undefined) return answer(sameOrThrow(existing, data.text));
    const plan = plans.of(machine);
    return answer(
      await executions.start({ machine, plan, arn, name, input: data, traceHeader: textOf(input, "traceHeader") }),
    );
  },
};

function answer({ arn, startedAt }: ExecutionRecord): object {
  return { executionArn: arn, startDate: seconds(startedAt) };
}

function sameOrThrow(existing: ExecutionRecord, input: string): ExecutionRecord {
  if (existing.status === "RUNNING" && existing.input === input) return existing;
  throw new ServiceError("ExecutionAlreadyExists", `Execution Already Exists: '${existing.arn}'`);
}

function parseInput(text: string): Data {
  if (exceedsPayload(text)) throw invalidInput(`The input has more than ${limits.payloadBytes} bytes.`);
  if (nestsTooDeep(text)) throw invalidInput("The input nests too deep.");
  try {
    return new Data(JSON.parse(text) as Json, text);
  } catch {
    throw invalidInput(jsonFault(text)?.reason ?? "The input holds no JSON.");
  }
}

function invalidInput(reason: string): ServiceError {
  return new ServiceError("InvalidExecutionInput", `Invalid State Machine Execution Input: '${reason}'`);
}
