import { isPlainObject } from "../language/json.js";

/** Members that say in words why a job or function failed; SageMaker's answers, then Lambda's and Step Functions' own. */
const reasons = ["FailureReason", "errorMessage", "Cause", "StatusReason"];

/**
 * What a person wants to read of a cause. Services answer with all that they know as JSON; the reason is one member of it.
 * A text that is no such JSON is given back as it is.
 */
export function readableCause(cause: string): string {
  const answer = parsed(cause);
  const reason = reasons.map((name) => answer?.[name]).find((text) => typeof text === "string" && text !== "");
  if (typeof reason !== "string") return cause;
  const message = answer?.["ExitMessage"];
  return typeof message === "string" && message !== "" ? `${reason} (exit message: ${message})` : reason;
}

function parsed(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isPlainObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Error and cause as one line for a person; empty when there is neither. */
export function readableFailure(error: string | undefined, cause: string | undefined): string {
  const words = cause === undefined ? undefined : readableCause(cause);
  return [error, words].filter((text) => text !== undefined && text !== "").join(": ");
}
