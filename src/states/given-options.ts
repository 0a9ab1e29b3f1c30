import { described } from "../expression/described.js";
import { isPlaceholder } from "../expression/placeholder.js";
import { DefinitionError, type IssueCode, issue } from "../language/errors.js";
import { isPlainObject } from "../language/json.js";

/** A frozen copy of the options of `what`; anything but an object is refused at once, as nothing can be read from it. */
export function givenOptions<T extends object>(what: string, code: IssueCode, options: T, hint?: string): Readonly<T> {
  checkOptions(what, code, options, hint);
  return Object.freeze({ ...options });
}

/** The options of a step, copied; none where it was given none. */
export function stepOptions<T extends object>(kind: string, options: T | undefined): T {
  if (options === undefined) return {} as T;
  checkOptions(kind, "invalid_argument", options);
  return { ...options };
}

function checkOptions(what: string, code: IssueCode, options: unknown, hint?: string): void {
  if (isPlainObject(options) && !isPlaceholder(options)) return;
  throw new DefinitionError([issue(code, [], `${what} takes an object of options, got ${described(options)}`, hint)]);
}
