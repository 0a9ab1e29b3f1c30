import { isPlaceholder } from "../expression/placeholder.js";
import { DefinitionError, type IssueCode, issue, shown } from "../language/errors.js";
import { isPlainObject } from "../language/json.js";

/** A frozen copy of the options of `what`; anything but an object is refused at once, as nothing can be read from it. */
export function givenOptions<T extends object>(what: string, code: IssueCode, options: T): Readonly<T> {
  const value: unknown = options;
  if (isPlainObject(value) && !isPlaceholder(value)) return Object.freeze({ ...options });
  const given = isPlaceholder(value) ? "a placeholder" : shown(value);
  throw new DefinitionError([issue(code, [], `${what} takes an object of options, got ${given}`)]);
}
