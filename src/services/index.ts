export type { IntegrationPattern } from "../language/arn.js";
export {
  type FinishedExecution,
  type StartableWorkflow,
  StartExecutionStep,
  type StartExecutionStepOptions,
  type StartedExecution,
} from "./start-execution-step.js";
