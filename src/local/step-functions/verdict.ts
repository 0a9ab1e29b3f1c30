import { isAwsCode } from "../../language/validation-codes.js";
import type { ValidationIssue } from "../../validate/issue.js";
import { validate } from "../../validate/validate.js";

/** Type of a state machine. */
export type MachineType = "STANDARD" | "EXPRESS";

/** What AWS says of the text of a definition: errors and AWS's own warnings. Ours, in small letters, are none of AWS's words. */
export function verdictOn(definition: string, type: MachineType): readonly ValidationIssue[] {
  return validate(definition, { type, format: "json" }).filter(({ code }) => isAwsCode(code));
}
