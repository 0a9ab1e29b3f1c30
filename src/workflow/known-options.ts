import { type Issue, issue, shown } from "../language/errors.js";
import { isPlainObject } from "../language/json.js";
import { nearest } from "../language/nearest.js";

/** The names of all options of `Options`; one that is forgotten is a compile error. */
export type Names<Options> = { readonly [K in keyof Required<Options>]: true };

/** An issue for each option that `what` does not have, and for options that are no object. */
export function unknownOptions(what: string, given: unknown, names: Readonly<Record<string, true>>): readonly Issue[] {
  if (!isPlainObject(given)) {
    const message = `${what} takes an object of options, got ${shown(given)}`;
    return [issue("invalid_argument", [], message, `give an object with ${Object.keys(names).join(", ")}`)];
  }
  return Object.keys(given)
    .filter((name) => !Object.hasOwn(names, name))
    .map((name) => {
      const likely = nearest(name, Object.keys(names)).join(", ");
      return issue("unknown_option", [name], `${what} has no option ${shown(name)}; the nearest are ${likely}`);
    });
}

/** An issue for an option that is neither left out nor a flag. */
export function flagIssues<Name extends string>(
  options: { readonly [K in Name]?: unknown },
  name: Name,
): readonly Issue[] {
  const value = options[name];
  if (value === undefined || typeof value === "boolean") return [];
  return [
    issue("invalid_argument", [name], `expected true or false, got ${shown(value)}`, "give a flag, or leave it out"),
  ];
}
