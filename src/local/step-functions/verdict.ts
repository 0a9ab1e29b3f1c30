import { isAwsCode } from "../../language/validation-codes.js";
import type { ValidationIssue } from "../../validate/issue.js";
import { validate } from "../../validate/validate.js";

/** Type of a state machine. */
export type MachineType = "STANDARD" | "EXPRESS";

/** What AWS says of the text of a definition: errors and AWS's own warnings. Ours, in small letters, are none of AWS's words. */
export function verdictOn(definition: string, type: MachineType): readonly ValidationIssue[] {
  return validate(definition, { type, format: "json" }).filter(({ code }) => isAwsCode(code));
}

/** What of an issue stands in the message of an error. */
export type ToldIssue = Pick<ValidationIssue, "code" | "message" | "location">;

/** Issues that the message of an error tells. */
const mostTold = 100;

/** The message of `InvalidDefinition`. */
export function tellIssues(issues: readonly ToldIssue[]): string {
  const texts = issues
    .slice(0, mostTold)
    .map(({ code, message, location }) => `${code}: ${message} at ${location ?? null}`);
  return `Invalid State Machine Definition: '${texts.join(", ")}'`;
}

/** What AWS says of a state that is tested, as the message of its error; where the state stands alone, not of the states that it leads to. */
export function testedProblem(definition: string, isAlone: boolean): string | undefined {
  const errors = verdictOn(definition, "STANDARD").filter(({ severity }) => severity === "error");
  const told = isAlone ? errors.filter(({ code }) => !codesOfTargets.has(code)) : errors;
  return told.length === 0 ? undefined : tellIssues(told);
}

const codesOfTargets: ReadonlySet<string> = new Set(["MISSING_TRANSITION_TARGET", "MISSING_END_STATE"]);
