import type { Json, JsonObject } from "../../language/json.js";
import { isObject } from "../data.js";

/** What may stand in a Context Object: a kind of value, or an object of its own. */
interface ContextShape {
  readonly [name: string]: "string" | "number" | "any" | ContextShape;
}

const contextShape: ContextShape = {
  Execution: {
    Id: "string",
    Input: "any",
    Name: "string",
    RoleArn: "string",
    StartTime: "string",
    RedriveCount: "number",
    RedriveTime: "string",
  },
  State: { EnteredTime: "string", Name: "string", RetryCount: "number" },
  StateMachine: { Id: "string", Name: "string" },
  Task: { Token: "string" },
};

/**
 * Why a Context Object cannot be had, in AWS's words; `undefined` for one that can.
 *
 * @param hasToken - whether the state waits for a job or a token: no other has a `Task`
 */
export function contextProblem(context: JsonObject, hasToken: boolean): string | undefined {
  if (Object.hasOwn(context, "Map")) return "'Map' field is not supported when mocking a Context object";
  const problem = problemIn(context, contextShape, "");
  if (problem !== undefined || hasToken || !Object.hasOwn(context, "Task")) return problem;
  return "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern";
}

/** Recursion is bounded by the shape. */
function problemIn(object: JsonObject, shape: ContextShape, path: string): string | undefined {
  for (const [name, value] of Object.entries(object)) {
    const wanted = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (wanted === undefined) return `Field '${name}' is not allowed`;
    const problem = problemOf(value, wanted, `${path}${name}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemOf(value: Json, wanted: ContextShape[string], path: string): string | undefined {
  if (wanted === "any") return undefined;
  if (typeof wanted === "string") return typeof value === wanted ? undefined : `${path} must be a ${wanted}`;
  return isObject(value) ? problemIn(value, wanted, `${path}.`) : `${path} must be an object`;
}
