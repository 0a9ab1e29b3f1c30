import { Native } from "../callable.js";
import type { Evaluation } from "../evaluation.js";
import { readSignature } from "../signature.js";
import type { Value } from "../value.js";

/** Functions by their names, without the dollar. */
export type Functions = Readonly<Record<string, Native>>;

type Implement = (args: readonly Value[], evaluation: Evaluation) => Value;

/**
 * A function with its signature.
 *
 * @param arity - how many arguments the functions that take functions give it; as many as it has parameters unless said
 */
export function define(definition: string, implement: Implement, arity?: number): Native {
  const signature = readSignature(definition);
  return new Native(signature, arity ?? signature.length, implement);
}

/** A function of which nothing comes where its first argument is nothing. */
export function defineOver<T>(
  definition: string,
  implement: (first: T, args: readonly Value[], evaluation: Evaluation) => Value,
  arity?: number,
): Native {
  return define(
    definition,
    (args, evaluation) => (args[0] === undefined ? undefined : implement(args[0] as T, args, evaluation)),
    arity,
  );
}
