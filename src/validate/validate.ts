import { checkMachine } from "./check-machine.js";
import { Checker } from "./checker.js";
import { Findings, issueOf } from "./findings.js";
import type { ValidateOptions, ValidationIssue } from "./issue.js";

/**
 * Says what AWS would say about a definition, and more.
 *
 * @param definition - text of JSON or YAML, or what was parsed from it
 * @returns all issues, in AWS's order, errors before warnings; none for a good definition. Never throws for the definition's sake.
 */
export function validate(definition: unknown, options: ValidateOptions = {}): readonly ValidationIssue[] {
  const findings = new Findings(options.ignore);
  const checker = new Checker(findings, options.type ?? "STANDARD", options.substitutions !== undefined);
  checkMachine(typeof definition === "string" ? JSON.parse(definition) : definition, checker);
  return findings.all.map(issueOf);
}
