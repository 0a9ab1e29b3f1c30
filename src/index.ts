export { compile } from "./compile/compile.js";
export { renderDefinition } from "./document/render.js";
export { ExecutionInput, StepInput } from "./expression/execution-input.js";
export { Chain } from "./states/chain.js";
export { Fail } from "./states/fail.js";
export { Pass } from "./states/pass.js";
export { Succeed } from "./states/succeed.js";
export { Task } from "./states/task.js";
