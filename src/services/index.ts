export {
  type FinishedExecution,
  type StartableWorkflow,
  StartExecutionStep,
  type StartExecutionStepOptions,
  type StartedExecution,
} from "./start-execution-step.js";
