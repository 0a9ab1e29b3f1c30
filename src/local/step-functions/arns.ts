import { parseArn } from "../../language/arn.js";
import type { LocalIdentity } from "../identity.js";
import { ServiceError } from "../wire.js";
import type { ExecutionRecord, MachineRecord, MapRunRecord, Store } from "./store.js";

/** ARN of a state machine of the caller. */
export function machineArn({ partition, region, account }: LocalIdentity, name: string): string {
  return `arn:${partition}:states:${region}:${account}:stateMachine:${name}`;
}

/** ARN of an execution of a state machine. */
export function executionArn(machine: MachineRecord, name: string): string {
  return `${machine.arn.replace(":stateMachine:", ":execution:")}:${name}`;
}

function checkArn(text: string, types: readonly string[]): void {
  const arn = parseArn(text);
  if (arn?.service !== "states") {
    throw new ServiceError("InvalidArn", `Invalid Arn: 'Invalid ARN prefix: ${text}'`);
  }
  const type = arn.resource.split(":")[0] ?? "";
  if (types.includes(type)) return;
  throw new ServiceError("InvalidArn", `Invalid Arn: 'Resource type not valid in this context: ${type}'`);
}

/** Checks the ARN of a state machine without looking for it. Throws `InvalidArn`. */
export function checkMachineArn(arn: string): void {
  checkArn(arn, ["stateMachine"]);
}

/** The state machine of an ARN. Throws `InvalidArn` or `StateMachineDoesNotExist`. */
export async function findMachine(store: Store, arn: string): Promise<MachineRecord> {
  checkMachineArn(arn);
  const machine = await store.machine(arn);
  if (machine !== undefined) return machine;
  throw new ServiceError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
}

/** The execution of an ARN. Throws `InvalidArn` or `ExecutionDoesNotExist`. */
export async function findExecution(store: Store, arn: string): Promise<ExecutionRecord> {
  checkArn(arn, ["execution"]);
  const execution = await store.execution(arn);
  if (execution !== undefined) return execution;
  throw new ServiceError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);
}

/** The Map run of an ARN. Throws `InvalidArn` or `ResourceNotFound`. */
export async function findMapRun(store: Store, arn: string): Promise<MapRunRecord> {
  checkArn(arn, ["mapRun"]);
  const mapRun = await store.mapRun(arn);
  if (mapRun !== undefined) return mapRun;
  throw new ServiceError("ResourceNotFound", `Resource not found: '${arn}'`);
}

/** The state machine that has tags. Throws `InvalidArn` or `ResourceNotFound`. */
export async function findTagged(store: Store, arn: string): Promise<MachineRecord> {
  checkArn(arn, ["stateMachine", "activity"]);
  const machine = await store.machine(arn);
  if (machine !== undefined) return machine;
  throw new ServiceError("ResourceNotFound", `Resource not found: '${arn}'`);
}
