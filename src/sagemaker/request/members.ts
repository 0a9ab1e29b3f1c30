import { isPlainObject } from "../../language/json.js";
import { isLate } from "./late-value.js";

/** Members of a request from the options that they are given by: `table` has each option's member. Options that are not in it are left out. */
export function membersOf(options: object, table: { readonly [option: string]: string }): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const [option, value] of Object.entries(options)) {
    const member = Object.hasOwn(table, option) ? table[option] : undefined;
    if (member !== undefined && value !== undefined) members[member] = value;
  }
  return members;
}

/** Whether the members of `value` can be read now. */
export function isPlainData(value: unknown): value is Readonly<Record<string, unknown>> {
  return isPlainObject(value) && !isLate(value);
}
