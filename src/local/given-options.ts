import { DefinitionError, issue, shown } from "../language/errors.js";
import { isPlainObject } from "../language/json.js";
import { nearest } from "../language/nearest.js";

/** Throws {@link DefinitionError} for an option that `what` does not have, and for what is no object of options. */
export function checkOptions(what: string, options: unknown, known: { readonly [name: string]: true }): void {
  if (!isPlainObject(options)) {
    const message = `${what} takes an object of options, got ${shown(options)}`;
    throw new DefinitionError([issue("invalid_argument", [], message)]);
  }
  const [first, ...others] = unknownNames(options, Object.keys(known)).map(({ name, like }) =>
    issue("unknown_option", [name], `${what} has no option ${shown(name)}; the nearest are ${like}`),
  );
  if (first !== undefined) throw new DefinitionError([first, ...others]);
}

/** Members that an object should not have, each with the names that are most like it. */
export function unknownNames(
  object: object,
  known: readonly string[],
): readonly { readonly name: string; readonly like: string }[] {
  return Object.entries(object)
    .filter(([name, value]) => value !== undefined && !known.includes(name))
    .map(([name]) => ({ name, like: nearest(name, known).map(shown).join(", ") }));
}
