import { createRequire } from "node:module";
import type jsonata from "jsonata";
import { InternalError, QueryError } from "../query-error.js";
import { isMembers, type Value } from "../value.js";

/** A function of the `jsonata` package, none of which but pure and synchronous ones are called. */
type Implementation = (this: unknown, ...args: readonly Value[]) => Value;

let found: ReadonlyMap<string, Implementation> | undefined;

/** What of the package's functions is used: what reads and writes pictures of numbers and dates. */
const used = [
  "formatNumber",
  "formatBase",
  "formatInteger",
  "parseInteger",
  "toMillis",
  "fromMillis",
  "round",
] as const;

export type PackageFunction = (typeof used)[number];

/**
 * Calls a function of the `jsonata` package. Its evaluations are asynchronous, but it hands its functions to a hook before it first waits.
 *
 * @param now - milliseconds since 1970, for what a time that is read does not say
 */
export function callPackage(name: PackageFunction, args: readonly Value[], now: number): Value {
  found ??= load();
  const implementation = found.get(name);
  if (implementation === undefined) throw new InternalError();
  try {
    return implementation.call({ environment: { timestamp: new Date(now) } }, ...args);
  } catch (error) {
    throw asQueryError(error);
  }
}

function load(): ReadonlyMap<string, Implementation> {
  const library = createRequire(import.meta.url)("jsonata") as typeof jsonata;
  const expression = library("1");
  const functions = new Map<string, Implementation>();
  const entered = (_node: unknown, _input: unknown, environment: jsonata.Environment): void => {
    for (const name of used) {
      const { implementation } = environment.lookup(name) as { readonly implementation: Implementation };
      functions.set(name, implementation);
    }
  };
  expression.assign(Symbol.for("jsonata.__evaluate_entry") as unknown as string, entered);
  void expression.evaluate(undefined);
  return functions;
}

/** Errors of the package are plain objects with a code; others are its own faults, of which AWS says no more than that there was one. */
function asQueryError(error: unknown): Error {
  if (isMembers(error) && typeof error["code"] === "string" && /^[DT][0-9]{4}$/.test(error["code"])) {
    return new QueryError(error["code"], { ...error });
  }
  // The end of the time that an evaluation has is no error to be caught, and never comes here.
  return new InternalError();
}
