import type { QueryLanguage } from "../language/asl.js";
import { limits } from "../language/limits.js";
import type { Members } from "./check-object.js";
import type { Checker } from "./checker.js";
import type { Place } from "./place.js";

const variableName = /^\p{ID_Start}\p{ID_Continue}*$/u;

/** Checks the names of the variables that an `Assign` sets. */
export function checkAssign(assign: Members, place: Place, language: QueryLanguage, checker: Checker): undefined {
  for (const key of Object.keys(assign)) {
    const name = language === "JSONPath" && key.endsWith(".$") ? key.slice(0, -2) : key;
    const problem = problemOf(name);
    if (problem !== undefined) checker.refuse(`Invalid variable name '${name}'`, place, key, "around", problem);
  }
}

function problemOf(name: string): string | undefined {
  if (name === "states") return "$states is AWS's own: choose another name";
  if (name.length > limits.variableNameLength) return `use at most ${limits.variableNameLength} characters`;
  return variableName.test(name) ? undefined : "begin with a letter, and go on with letters, digits and _";
}
