export { compile } from "./compile/compile.js";
export { renderDefinition } from "./document/render.js";
export { context } from "./expression/context.js";
export {
  contains,
  ExecutionInput,
  type OpenInput,
  StepInput,
  schemaAsData,
  schemaAsJson,
} from "./expression/execution-input.js";
export { States } from "./expression/intrinsics.js";
export { jsonata } from "./expression/jsonata-expression.js";
export { isPathProblem, parseJsonPath } from "./expression/jsonpath.js";
export {
  isPlaceholder,
  type Param,
  type Placeholder,
  type Ref,
  toJsonata,
  toJsonPath,
} from "./expression/placeholder.js";
export { text } from "./expression/text.js";
export type { Reference } from "./expression/tree.js";
export { type InputResult, validateInput } from "./expression/validate-input.js";
export { variable } from "./expression/variable.js";
export { integrationArn, partitionOf } from "./language/arn.js";
export type { StateMachineDefinition } from "./language/asl.js";
export { DefinitionError, type Issue } from "./language/errors.js";
export { SfnDsError } from "./language/sfn-ds-error.js";
export { type AnyChainable, Chain, type Following, type OutputOf } from "./states/chain.js";
export { Choice } from "./states/choice.js";
export { ChoiceRule } from "./states/choice-rule.js";
export { type Condition, not } from "./states/condition.js";
export { Fail } from "./states/fail.js";
export { type FrozenDefinition, fromAsl } from "./states/frozen-definition.js";
export { ItemReader } from "./states/item-reader.js";
export { Map } from "./states/map.js";
export { Parallel } from "./states/parallel.js";
export { Pass } from "./states/pass.js";
export { prefixStates } from "./states/prefix-states.js";
export type { Catch, Retry } from "./states/recovery.js";
export { Step } from "./states/step.js";
export { Succeed } from "./states/succeed.js";
export { Task } from "./states/task.js";
export { Wait } from "./states/wait.js";
export { when } from "./states/when.js";
export type { ValidateOptions, ValidationIssue } from "./validate/issue.js";
export { validate } from "./validate/validate.js";
export { ExecutionFailedError, WorkflowExistsError } from "./workflow/errors.js";
export { Execution, type ExecutionStatus } from "./workflow/execution.js";
export type { WorkflowSession } from "./workflow/session.js";
export { Workflow, type WorkflowOptions } from "./workflow/workflow.js";
