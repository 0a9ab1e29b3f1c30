import type { JsonObject } from "../../language/json.js";

/**
 * A line for the job's log for each member of a request that does nothing here: all but those in `done`, so that a member
 * that the API gets is told before it is carried out. What is off, or empty, asks for nothing.
 */
export function withoutEffect(members: JsonObject, done: readonly string[]): readonly string[] {
  return Object.entries(members)
    .filter(([name, value]) => !done.includes(name) && value !== false && value !== "")
    .map(([name]) => `${name} has no effect locally`);
}
