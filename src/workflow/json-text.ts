import { DefinitionError, type IssueCode, issue, shown } from "../language/errors.js";

/**
 * `value` as compact JSON.
 *
 * @param what - names the value in the message, for example `the input`
 * @throws {@link DefinitionError} with `code` for what JSON cannot hold: a circle, a bigint, a function, too many levels.
 */
export function jsonTextOf(value: unknown, code: IssueCode, what: string): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    // A placeholder says by itself what is wrong with it.
    if (DefinitionError.is(error)) throw error;
    throw refusal(code, what, error instanceof Error ? error.message : String(error), error);
  }
  if (text === undefined) throw refusal(code, what, `it is ${shown(value)}`);
  return text;
}

function refusal(code: IssueCode, what: string, why: string, cause?: unknown): DefinitionError {
  // The engine's words go on over several lines for a circle.
  const [reason = ""] = why.split("\n");
  const hint = "give objects, lists, texts, finite numbers, booleans and null";
  return new DefinitionError([issue(code, [], `${what} cannot be written as JSON: ${reason}`, hint)], { cause });
}
