import pc from "picocolors";
import { DefinitionError, formatIssue } from "../language/errors.js";
import { SfnDsError } from "../language/sfn-ds-error.js";

/** An error as a person reads it: never a stack trace where the message says what to do. */
export function formatError(error: unknown): string {
  if (DefinitionError.is(error))
    return error.issues.map((found) => `${pc.red("error")} ${formatIssue(found)}`).join("\n");
  if (SfnDsError.is(error)) return `${pc.red("error")} [${error.code}] ${error.message}`;
  if (error instanceof Error) return `${pc.red("error")} ${error.stack ?? error.message}`;
  return `${pc.red("error")} ${String(error)}`;
}
