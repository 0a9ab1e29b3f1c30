import { isAwsCode } from "../../../src/language/validation-codes.js";
import type { ValidationIssue } from "../../../src/validate/issue.js";
import type { Diagnostic, Item } from "./items.js";
import { slashed } from "./places.js";

/** The issues as the ValidateStateMachineDefinition operation lists them: AWS has no codes in small letters. */
export function diagnosticsOf(issues: readonly ValidationIssue[]): readonly Diagnostic[] {
  return issues
    .filter(({ code }) => isAwsCode(code))
    .map(({ severity, code, message, location }) => ({
      severity: severity.toUpperCase(),
      code,
      message,
      ...(location === undefined ? {} : { location }),
    }));
}

/** The errors as CreateStateMachine tells them, between its quotes. */
export function creationText(issues: readonly ValidationIssue[]): string {
  return issues
    .filter(({ severity }) => severity === "error")
    .map(({ code, message, location }) => `${code}: ${message} at ${location ?? "null"}`)
    .join(", ");
}

/** How our issues differ from what AWS said of the item; `undefined` when they do not. */
export function recordedDifference(
  { aws_message: told = "", diagnostics, verdict_source, location }: Item,
  issues: readonly ValidationIssue[],
): string | undefined {
  if (diagnostics !== undefined) {
    const [wanted, given] = [textOf(diagnostics), textOf(diagnosticsOf(issues))];
    return wanted === given ? undefined : `expected ${wanted}, got ${given}`;
  }
  const given = creationText(issues);
  if (verdict_source === "aws") return given === told ? undefined : `expected ${told}, got ${given}`;
  return saysReported(told, location, issues) ? undefined : `expected ${told} at ${location}, got ${given}`;
}

function textOf(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map(({ severity, code, message, location }) => `${severity} ${code}: ${message} at ${location ?? "null"}`)
    .join(", ");
}

/**
 * Somebody's report of AWS's answer: `CODE: message`, or the code alone where only words in brackets follow (three texts that do not
 * parse), or what is refused (`reported--jsonata-root-reference`: `$$ is refused`). `(and CODE)` names another code that was told.
 */
function saysReported(told: string, location: string | null | undefined, issues: readonly ValidationIssue[]): boolean {
  const errors = issues.filter(({ severity }) => severity === "error");
  const there = errors.filter((issue) => location == null || slashed(location) === slashed(issue.location ?? "?"));
  const [, refused] = /^(\S+) is refused$/.exec(told) ?? [];
  if (refused !== undefined) return there.some(({ message }) => message.includes(`'${refused}'`));
  const [, code, message, other] = /^([A-Z_]{4,})(?:: (.*?))?(?: \((?:and ([A-Z_]{4,})|[^)]*)\))?$/.exec(told) ?? [];
  // Words that no rule here compares are no proof.
  if (code === undefined) return false;
  const isOtherTold = other === undefined || errors.some((issue) => issue.code === other);
  return (
    isOtherTold && there.some((issue) => issue.code === code && (message === undefined || issue.message === message))
  );
}
