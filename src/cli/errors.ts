import pc from "picocolors";
import { DefinitionError, formatIssue } from "../language/errors.js";
import { SfnDsError } from "../language/sfn-ds-error.js";

/** What a user's module threw while it was loaded, and where in it. */
export class LoadError extends Error {
  override readonly name = "LoadError";
  override readonly cause: Error;
  /** File, line and column, where the stack tells. */
  readonly place: string | undefined;

  constructor(cause: Error, place: string | undefined) {
    super(cause.message, { cause });
    this.cause = cause;
    this.place = place;
  }
}

/** An error as a person reads it: never a stack trace where the message says what to do. */
export function formatError(error: unknown): string {
  if (error instanceof LoadError) {
    return error.place === undefined ? formatError(error.cause) : `${formatError(error.cause)}\n  at ${error.place}`;
  }
  if (DefinitionError.is(error))
    return error.issues.map((found) => `${pc.red("error")} ${formatIssue(found)}`).join("\n");
  if (SfnDsError.is(error)) return `${pc.red("error")} [${error.code}] ${error.message}`;
  if (error instanceof Error) return `${pc.red("error")} ${error.stack ?? error.message}`;
  return `${pc.red("error")} ${String(error)}`;
}
