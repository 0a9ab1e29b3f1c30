export { ExecutionInput } from "./expression/execution-input.js";
