import type { ValidationIssue } from "../../validate/issue.js";
import type { AwsComparison, AwsDiagnostic } from "../../workflow/validate-on-aws.js";

/** An issue, and the state machine that has it where a template holds several. */
export interface ReportedIssue extends Omit<ValidationIssue, "code"> {
  /** One of the table's; or one that only AWS knows. */
  readonly code: string;
  /** Logical id of the resource. */
  readonly machine?: string;
}

/** What AWS says beside what sfn-ds says, of one definition. */
export interface ReportedComparison extends AwsComparison {
  readonly machine?: string;
}

/** What was found in a file. */
export interface FileReport {
  readonly file: string;
  /** Absent where the file is no text. */
  readonly text?: string | undefined;
  readonly issues: readonly ReportedIssue[];
  /** Where AWS was asked. */
  readonly aws?: readonly ReportedComparison[];
  /** What was passed over. */
  readonly notes?: readonly string[];
}

/** What was found in all. */
export interface Totals {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  /** Files that could not be read, or about which AWS could not be asked. */
  readonly unreadable: number;
  readonly milliseconds: number;
}

/** Writes a report piece by piece, so that thousands of files need no memory. */
export interface Reporter {
  file(report: FileReport): string;
  end(totals: Totals): string;
}

/** A comparison with those alone that are wanted. */
export function filtered<C extends AwsComparison>(compared: C, isWanted: (diagnostic: AwsDiagnostic) => boolean): C {
  const { both, awsOnly, oursOnly } = compared;
  return {
    ...compared,
    both: both.filter(isWanted),
    awsOnly: awsOnly.filter(isWanted),
    oursOnly: oursOnly.filter(isWanted),
  };
}

/** What AWS alone says, as issues. */
export function awsOnlyIssues(aws: readonly ReportedComparison[] = []): readonly ReportedIssue[] {
  return aws.flatMap(({ awsOnly, machine }) =>
    awsOnly.map(({ severity, code, message, location }) => ({
      severity: severity === "ERROR" ? "error" : "warning",
      code,
      message,
      ...(location === undefined ? {} : { location }),
      pointer: "",
      hint: "AWS alone says so",
      ...(machine === undefined ? {} : { machine }),
    })),
  );
}

/** The message without the place, in which AWS's messages about JSON end. */
export function messageOf({ message, location }: ReportedIssue): string {
  const end = `\n at ${location}`;
  return message.endsWith(end) ? message.slice(0, -end.length) : message;
}

/** Where in the definition an issue is: the machine of a template, and AWS's place. One within JSON's text is told by line and column. */
export function placeOf({ machine, location }: ReportedIssue): string {
  const isText = location?.startsWith("[Source: ") === true;
  return [machine, isText ? undefined : location].filter((part) => part !== undefined).join(" ");
}
