import { authoredCondition, type Condition } from "../../states/condition.js";
import type { Path } from "../path.js";
import type { Place } from "./template.js";

/** The part of a place that conditions need; `print` writes in the query language of the state. */
export type ConditionPlace = Pick<Place, "language" | "print" | "issues">;

/** Adds what the author of a condition got wrong to the issues, and says whether there was something. */
export function reportProblems(condition: Condition, place: ConditionPlace, path: Path): boolean {
  const { problems } = authoredCondition(condition);
  for (const problem of problems) place.issues.push({ ...problem, path: [...path.keys, ...problem.path] });
  return problems.length > 0;
}
