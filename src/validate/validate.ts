import { checkMachine } from "./check-machine.js";
import { Checker } from "./checker.js";
import { Findings, issueOf } from "./findings.js";
import { checkDataFlow } from "./flow/check-flow.js";
import type { ValidateOptions, ValidationIssue } from "./issue.js";
import { readDefinition } from "./text/read-definition.js";

/**
 * Says what AWS would say about a definition, and more.
 *
 * @param definition - text of JSON or YAML, or what was parsed from it
 * @returns all issues, in AWS's order, errors before warnings; none for a good definition. Never throws for the definition's sake.
 */
export function validate(definition: unknown, options: ValidateOptions = {}): readonly ValidationIssue[] {
  const findings = new Findings(options.ignore);
  const { value, source, hasOpenTexts } = readDefinition(definition, findings, options);
  if (value !== undefined) {
    const type = options.type ?? "STANDARD";
    const graphs = checkMachine(value, new Checker(findings, type, hasOpenTexts));
    // How data flow can only be told where it is known what each state does.
    if (!findings.hasErrors) checkDataFlow(value, graphs, findings, type);
  }
  const found = findings.all;
  const positions = found.length === 0 ? undefined : source?.positionsOf(found);
  return found.map((finding, index) => issueOf(finding, positions?.[index]));
}
