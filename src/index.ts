export { compile } from "./compile/compile.js";
export { renderDefinition } from "./document/render.js";
export {
  contains,
  ExecutionInput,
  type OpenInput,
  StepInput,
  schemaAsData,
  schemaAsJson,
} from "./expression/execution-input.js";
export { isPathProblem, type PathProblem, parseJsonPath } from "./expression/jsonpath.js";
export {
  isPlaceholder,
  type Param,
  type Placeholder,
  type Ref,
  toJsonata,
  toJsonPath,
} from "./expression/placeholder.js";
export type { SchemaData } from "./expression/schema.js";
export type { Expression, Reference } from "./expression/tree.js";
export { formatInputResult, type InputResult, validateInput } from "./expression/validate-input.js";
export { type IntegrationPattern, integrationArn, partitionOf } from "./language/arn.js";
export type { StateMachineDefinition } from "./language/asl.js";
export { DefinitionError, type Issue, type IssueCode } from "./language/errors.js";
export { type ErrorCode, SfnDsError } from "./language/sfn-ds-error.js";
export { Chain, type Chainable, type OutputOf } from "./states/chain.js";
export { Fail } from "./states/fail.js";
export { type FrozenDefinition, fromAsl } from "./states/frozen-definition.js";
export { Pass } from "./states/pass.js";
export type { Catch, Retry } from "./states/recovery.js";
export { Step } from "./states/step.js";
export { Succeed } from "./states/succeed.js";
export { Task, type TaskFields } from "./states/task.js";
export { ExecutionFailedError, WorkflowExistsError } from "./workflow/errors.js";
export { Execution, type ExecutionDescription, type ExecutionStatus } from "./workflow/execution.js";
export type { WorkflowSession } from "./workflow/session.js";
export { Workflow, type WorkflowOptions } from "./workflow/workflow.js";
