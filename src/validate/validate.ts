import { checkMachine } from "./check-machine.js";
import { Checker } from "./checker.js";
import { type Finding, Findings, issueOf, mostFindings } from "./findings.js";
import { checkDataFlow } from "./flow/check-flow.js";
import type { ValidateOptions, ValidationIssue } from "./issue.js";
import { checkOptions } from "./options.js";
import { readDefinition } from "./text/read-definition.js";
import type { SourceText } from "./text/source-text.js";

/**
 * Says what AWS would say about a definition, and more.
 *
 * @param definition - text of JSON or YAML, or what was parsed from it
 * @returns all issues, in AWS's order, errors before warnings; none for a good definition. Never throws for the definition's sake.
 * @throws {@link DefinitionError} `invalid_argument`, `unknown_option`: options that there are not
 * @example
 * validate('{ "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "B" } } }');
 * // [{ severity: "error", code: "MISSING_TRANSITION_TARGET", message: "Missing 'Next' target: B", location: "/States/A/Next",
 * //    pointer: "/States/A/Next", line: 1, column: 62, hint: … }, { …, code: "MISSING_END_STATE", … }]
 */
export function validate(definition: unknown, options: ValidateOptions = {}): readonly ValidationIssue[] {
  checkOptions(options);
  const findings = new Findings(options.ignore);
  const { value, source, hasOpenTexts } = readDefinition(definition, findings, options);
  if (value !== undefined) {
    const type = options.type ?? "STANDARD";
    const graphs = checkMachine(value, new Checker(findings, type, hasOpenTexts));
    // How data flow can only be told where it is known what each state does.
    if (!findings.hasErrors) checkDataFlow(value, graphs, findings, type);
  }
  return issuesOf(findings, source);
}

/** Characters that the issues may have together: names of states can be as long as a definition. */
const mostCharacters = 4_000_000;

function issuesOf(findings: Findings, source: SourceText | undefined): readonly ValidationIssue[] {
  const found = findings.all;
  if (found.length === 0) return [];
  const positions = source?.positionsOf(found);
  const issues: ValidationIssue[] = [];
  let characters = 0;
  for (const [index, finding] of found.entries()) {
    const made = issueOf(finding, positions?.[index]);
    issues.push(made);
    characters += made.message.length + made.pointer.length + (made.location?.length ?? 0);
    if (characters > mostCharacters) break;
  }
  const leavesOut = findings.leavesOut || findings.isFull || issues.length < found.length;
  if (leavesOut && !findings.isIgnored("more_issues")) issues.push(issueOf(moreIssues));
  return issues;
}

const moreIssues: Finding = {
  code: "more_issues",
  message: `There are more issues than the ${mostFindings} errors and ${mostFindings} warnings that are listed`,
  place: undefined,
  at: "nowhere",
};
