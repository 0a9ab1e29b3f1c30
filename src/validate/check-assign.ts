import type { QueryLanguage } from "../language/asl.js";
import { variableNameProblem } from "../language/variable-name.js";
import type { Members } from "./check-object.js";
import type { Checker } from "./checker.js";
import type { Place } from "./place.js";

/** Checks the names of the variables that an `Assign` sets. */
export function checkAssign(assign: Members, place: Place, language: QueryLanguage, checker: Checker): undefined {
  for (const key of Object.keys(assign)) {
    const name = language === "JSONPath" && key.endsWith(".$") ? key.slice(0, -2) : key;
    const problem = variableNameProblem(name);
    if (problem !== undefined) checker.refuse(`Invalid variable name '${name}'`, place, key, "around", problem);
  }
}
