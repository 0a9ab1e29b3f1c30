import { awsErrorName } from "../language/sfn-ds-error.js";
import type { ValidationIssue } from "../validate/issue.js";
import { callSfn, type WorkflowSession } from "./session.js";

/** What AWS says about a definition. */
export interface AwsDiagnostic {
  readonly severity: "ERROR" | "WARNING";
  readonly code: string;
  readonly message: string;
  readonly location?: string;
}

/** What AWS and sfn-ds say about the same definition. */
export interface AwsComparison {
  readonly result: "OK" | "FAIL";
  /** Whether AWS has more to say than it does at once. */
  readonly truncated: boolean;
  readonly both: readonly AwsDiagnostic[];
  readonly awsOnly: readonly AwsDiagnostic[];
  readonly oursOnly: readonly AwsDiagnostic[];
}

/** The most that AWS says at once; there is no next page. */
const maxResults = 100;

/**
 * Asks AWS about a definition, and compares the answer with ours: by code, message and location.
 *
 * @param definition - text of JSON
 * @throws {@link SfnDsError} where AWS cannot be asked: `no_credentials`, `no_region`, `endpoint_unreachable`
 */
export async function compareWithAws(
  session: WorkflowSession,
  definition: string,
  type: "STANDARD" | "EXPRESS",
  ours: readonly ValidationIssue[],
): Promise<AwsComparison> {
  const { result, truncated, diagnostics } = await ask(session, definition, type);
  const left = new Map<string, number>();
  const mine = ours.map(diagnosticOf);
  for (const one of mine) left.set(keyOf(one), (left.get(keyOf(one)) ?? 0) + 1);
  const take = (one: AwsDiagnostic): boolean => {
    const count = left.get(keyOf(one)) ?? 0;
    if (count > 0) left.set(keyOf(one), count - 1);
    return count > 0;
  };
  const both: AwsDiagnostic[] = [];
  const awsOnly: AwsDiagnostic[] = [];
  for (const one of diagnostics) (take(one) ? both : awsOnly).push(one);
  return { result, truncated, both, awsOnly, oursOnly: mine.filter(take) };
}

async function ask(
  session: WorkflowSession,
  definition: string,
  type: "STANDARD" | "EXPRESS",
): Promise<{ result: "OK" | "FAIL"; truncated: boolean; diagnostics: readonly AwsDiagnostic[] }> {
  const input = { definition, type, severity: "WARNING", maxResults } as const;
  try {
    const answer = await callSfn(session, (sfn) => new sfn.ValidateStateMachineDefinitionCommand(input));
    const diagnostics = (answer.diagnostics ?? []).map(({ severity, code = "", message = "", location }) => ({
      severity: severity === "WARNING" ? ("WARNING" as const) : ("ERROR" as const),
      code,
      message,
      ...(location === undefined || location === null ? {} : { location }),
    }));
    return { result: answer.result === "FAIL" ? "FAIL" : "OK", truncated: answer.truncated === true, diagnostics };
  } catch (error) {
    // What is too long for the call, or no text at all, AWS refuses as an argument.
    if (awsErrorName(error) !== "ValidationException") throw error;
    const message = error instanceof Error ? error.message : String(error);
    return {
      result: "FAIL",
      truncated: false,
      diagnostics: [{ severity: "ERROR", code: "ValidationException", message }],
    };
  }
}

function diagnosticOf({ severity, code, message, location }: ValidationIssue): AwsDiagnostic {
  return {
    severity: severity === "error" ? "ERROR" : "WARNING",
    code,
    message,
    ...(location === undefined ? {} : { location }),
  };
}

function keyOf({ code, message, location = "" }: AwsDiagnostic): string {
  return JSON.stringify([code, location, message]);
}
