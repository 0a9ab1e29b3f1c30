import { keysOfPointer } from "../language/pointer.js";
import type { ValidationIssue } from "../validate/issue.js";

/** Whether the name of a member is what is wrong, not its value: then AWS's place is the object around, or it is the name of a state. */
export function isOfKey({ code, location, pointer }: ValidationIssue): boolean {
  if (code === "DUPLICATE_STATE_NAME") return true;
  const outer = keysOfPointer(pointer).slice(0, -1);
  if (code === "MISSING_TRANSITION_TARGET") return outer.at(-1) === "States";
  return pointer !== "" && location?.replace(/\[(\d+)\]/g, "/$1") === `/${outer.join("/")}`;
}
