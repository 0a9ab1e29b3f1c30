import { randomUUID } from "node:crypto";
import type { HistoryEvent } from "../../interpreter/history-event.js";
import type { Clock } from "../clock.js";
import type { LocalIdentity } from "../identity.js";
import { createStateMachine } from "../operations/create-state-machine.js";
import { deleteStateMachine } from "../operations/delete-state-machine.js";
import { describeExecution } from "../operations/describe-execution.js";
import { describeMapRun } from "../operations/describe-map-run.js";
import { describeStateMachine } from "../operations/describe-state-machine.js";
import { describeStateMachineForExecution } from "../operations/describe-state-machine-for-execution.js";
import { getExecutionHistory } from "../operations/get-execution-history.js";
import { listExecutions } from "../operations/list-executions.js";
import { listMapRuns } from "../operations/list-map-runs.js";
import { listStateMachines } from "../operations/list-state-machines.js";
import { listTagsForResource } from "../operations/list-tags-for-resource.js";
import { startExecution } from "../operations/start-execution.js";
import { stopExecution } from "../operations/stop-execution.js";
import { tagResource } from "../operations/tag-resource.js";
import { testState } from "../operations/test-state.js";
import { untagResource } from "../operations/untag-resource.js";
import { updateStateMachine } from "../operations/update-state-machine.js";
import { validateStateMachineDefinition } from "../operations/validate-state-machine-definition.js";
import { readJsonObject } from "../protocols/json-body.js";
import { readRequest } from "../protocols/shape.js";
import { createQueue, type Queue } from "../queue.js";
import { ServiceError, type WireHandler, type WireRequest } from "../wire.js";
import { Executions } from "./executions.js";
import type { MapStorage } from "./map-objects.js";
import { Plans } from "./plans.js";
import type { ServedOperation, StepFunctionsContext } from "./step-functions-context.js";
import { MemoryStore } from "./store.js";
import { type RegisteredTask, Tasks } from "./tasks.js";

const operations: { readonly [name: string]: ServedOperation } = {
  CreateStateMachine: createStateMachine,
  DeleteStateMachine: deleteStateMachine,
  DescribeExecution: describeExecution,
  DescribeMapRun: describeMapRun,
  DescribeStateMachine: describeStateMachine,
  DescribeStateMachineForExecution: describeStateMachineForExecution,
  GetExecutionHistory: getExecutionHistory,
  ListExecutions: listExecutions,
  ListMapRuns: listMapRuns,
  ListStateMachines: listStateMachines,
  ListTagsForResource: listTagsForResource,
  StartExecution: startExecution,
  StopExecution: stopExecution,
  TagResource: tagResource,
  TestState: testState,
  UntagResource: untagResource,
  UpdateStateMachine: updateStateMachine,
  ValidateStateMachineDefinition: validateStateMachineDefinition,
};

/** What Step Functions needs from the service around it. */
export interface StepFunctionsOptions {
  readonly identity: LocalIdentity;
  readonly clock: Clock;
  /** What tasks can call. */
  readonly tasks: readonly RegisteredTask[];
  /** S3, from which distributed Maps read their items and to which they write their results. */
  readonly storage: MapStorage;
  /** Makes names, revisions and request ids; random UUIDs unless told otherwise. */
  readonly newId?: () => string;
  /** Told of each event once it is kept. */
  readonly onEvent?: (executionArn: string, event: HistoryEvent) => void;
  /** Told of faults of the service itself; a warning of the process unless told otherwise. */
  readonly onProblem?: (problem: unknown) => void;
}

/** Step Functions, at work. */
export interface StepFunctions {
  /** Speaks AWS JSON 1.0. */
  readonly handle: WireHandler;
  /** How many executions have not ended. */
  running(): number;
  /** Aborts what runs, its jobs and its timers; says how many executions that were. */
  close(): Promise<{ readonly executionsEnded: number }>;
}

/** The Step Functions half of the embedded service. */
export function createStepFunctions(options: StepFunctionsOptions): StepFunctions {
  const { identity, clock, newId = randomUUID, onProblem = warn } = options;
  const store = new MemoryStore();
  const tasks = new Tasks(options.tasks, identity.region);
  const executions = new Executions(
    { store, clock, tasks, onEvent: options.onEvent, onProblem },
    options.storage,
    newId,
  );
  const context: StepFunctionsContext = { identity, clock, store, plans: new Plans(tasks), executions, tasks, newId };
  return {
    handle: serve(context, createQueue()),
    running: () => executions.count,
    close: async () => ({ executionsEnded: await executions.close() }),
  };
}

function warn(problem: unknown): void {
  process.emitWarning(problem instanceof Error ? problem : String(problem));
}

function serve(context: StepFunctionsContext, inTurn: Queue): WireHandler {
  return async (request) => {
    const headers = { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": context.newId() };
    try {
      const operation = operationOf(request);
      const input = readRequest(operation.request, await readJsonObject(request));
      const work = (): Promise<object> => operation.run(context, input);
      const answer = await (operation.writes ? inTurn("write", work) : work());
      return { status: 200, headers, body: JSON.stringify(answer) };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return { status: error.status, headers, body: JSON.stringify({ __type: error.code, message: error.message }) };
    }
  };
}

const prefix = "AWSStepFunctions.";

function operationOf({ headers }: WireRequest): ServedOperation {
  const target = headers["x-amz-target"] ?? "";
  const name = target.startsWith(prefix) ? target.slice(prefix.length) : "";
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation !== undefined) return operation;
  const served = Object.keys(operations).join(", ");
  throw new ServiceError(
    "UnknownOperationException",
    `the embedded service does not serve ${JSON.stringify(target)} yet; it serves ${served}`,
  );
}
