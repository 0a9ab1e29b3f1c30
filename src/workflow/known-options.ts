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

/** What is wrong with options: such issues, and what `check` finds; of what is no object nothing is read. */
export function optionIssues<Options extends object>(
  what: string,
  given: Options,
  names: Names<Options>,
  check: (given: Options) => readonly Issue[],
): readonly Issue[] {
  return [...unknownOptions(what, given, names), ...(isPlainObject(given) ? check(given) : [])];
}

/** An issue for an option that is neither left out nor a number from 0 on. */
export function secondsIssues<Name extends string>(
  options: { readonly [K in Name]?: unknown },
  name: Name,
): readonly Issue[] {
  const value = options[name];
  if (value === undefined || (typeof value === "number" && value >= 0)) return [];
  const message = `expected a number of seconds, not negative, got ${shown(value)}`;
  return [issue("invalid_number", [name], message, "give seconds, or leave it out for no bound")];
}

/** An issue for an option that is neither left out nor a function. */
export function functionIssues<Name extends string>(
  options: { readonly [K in Name]?: unknown },
  name: Name,
): readonly Issue[] {
  const value = options[name];
  if (value === undefined || typeof value === "function") return [];
  return [
    issue("invalid_argument", [name], `expected a function, got ${shown(value)}`, "give a function, or leave it out"),
  ];
}

/** An issue for a `signal` that is neither left out nor one. */
export function signalIssues({ signal }: { readonly signal?: unknown }): readonly Issue[] {
  const isSignal = typeof signal === "object" && signal !== null && "aborted" in signal && "addEventListener" in signal;
  if (signal === undefined || isSignal) return [];
  const hint = "give the signal of an AbortController, or AbortSignal.timeout(milliseconds)";
  return [issue("invalid_argument", ["signal"], `expected an AbortSignal, got ${shown(signal)}`, hint)];
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
