import type { StateMachineDefinition } from "../language/asl.js";

/** A definition as JSON text: the same definition gives the same bytes. Two spaces a level and a line end, unless compact. */
export function renderDefinition(
  definition: StateMachineDefinition,
  options: { readonly compact?: boolean } = {},
): string {
  return options.compact === true ? JSON.stringify(definition) : `${JSON.stringify(definition, null, 2)}\n`;
}
