import type { StateMachineDefinition } from "../language/asl.js";
import { DefinitionError, issue, shown } from "../language/errors.js";
import { isPlainObject } from "../language/json.js";

/** A definition that is kept as it is, unknown fields too. */
export interface FrozenDefinition {
  readonly [frozenBrand]: StateMachineDefinition;
}

const frozenBrand = Symbol.for("sfn-ds.frozen-definition");

/**
 * Takes a definition in Amazon States Language verbatim, as text or data, for use as a workflow's definition.
 *
 * @throws {@link DefinitionError} `invalid_definition` when it is not JSON, or no object with `StartAt` and `States`.
 * @example
 * new Workflow({ session, role, name: "copy", definition: fromAsl('{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}') });
 */
export function fromAsl(source: string | StateMachineDefinition): FrozenDefinition {
  const definition: unknown = typeof source === "string" ? parse(source) : source;
  const isDefinition =
    isPlainObject(definition) && typeof definition["StartAt"] === "string" && isPlainObject(definition["States"]);
  if (!isDefinition) {
    const message = `expected an object with StartAt and States, got ${shown(definition)}`;
    throw new DefinitionError([issue("invalid_definition", [], message)]);
  }
  return { [frozenBrand]: definition as unknown as StateMachineDefinition };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DefinitionError([issue("invalid_definition", [], `expected JSON: ${String(error)}`)], { cause: error });
  }
}

/** The definition inside; `undefined` for anything else. */
export function frozenDefinition(value: FrozenDefinition): StateMachineDefinition;
export function frozenDefinition(value: unknown): StateMachineDefinition | undefined;
export function frozenDefinition(value: unknown): StateMachineDefinition | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  return (value as Partial<FrozenDefinition>)[frozenBrand];
}
