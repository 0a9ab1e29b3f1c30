import type * as z from "zod";
import { DefinitionError, issue, shown } from "../language/errors.js";
import { variableNameProblem } from "../language/variable-name.js";
import type { InputOf } from "./input-of.js";
import { type Placeholder, placeholderOf } from "./placeholder.js";
import { invalidSchema, isSchema, unwrapped } from "./schema.js";

/** Whether AWS takes a variable of that name. */
export function isVariableName(name: string): boolean {
  return variableNameProblem(name) === undefined;
}

/**
 * A variable that some state before has set with `assign`.
 *
 * @param name - as in `assign`: letters, digits and `_`, a letter first, at most 80, not `states`
 * @param schema - what it holds
 * @throws {@link DefinitionError} `invalid_name`, `invalid_schema`
 * @example
 * const total = variable("total", z.number());
 * new Pass("A", { parameters: { sum: total } });
 * // "Parameters": { "sum.$": "$total" }
 */
export function variable<S extends z.core.SomeType>(name: string, schema: S): Placeholder<InputOf<S>> {
  if (typeof name !== "string" || !isVariableName(name)) {
    const message = `expected a variable's name, got ${shown(name)}`;
    throw new DefinitionError([
      issue("invalid_name", [], message, "use letters, digits and _, a letter first, at most 80, and not `states`"),
    ]);
  }
  if (!isSchema(schema)) throw new DefinitionError([invalidSchema(schema, [])]);
  return placeholderOf({ kind: "variable", name }, unwrapped(schema));
}
