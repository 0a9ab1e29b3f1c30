import type { QueryLanguage } from "../language/asl.js";
import { editDistance, nearest } from "../language/nearest.js";
import type { Field, Shape } from "../language/shape.js";
import type { Checker } from "./checker.js";
import type { Place } from "./place.js";

/** An object of a definition, of keys and values that are not known yet. */
export type Members = { readonly [key: string]: unknown };

/** Whether a value is an object of a definition. */
export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object that is checked, and where it stands. */
export interface Checked {
  readonly members: Members;
  readonly place: Place | undefined;
  readonly language: QueryLanguage;
}

/**
 * Checks an object by its shape: no field that it may not have, none missing, none beside another that excludes it.
 *
 * @param checkField - checks the value of one field that the object may have
 * @returns whether every field is one that the object may have, and none is missing
 */
export function checkObject(
  object: Checked,
  shape: Shape,
  checker: Checker,
  checkField: (key: string, value: unknown, field: Field) => undefined,
): boolean {
  const { members, place, language } = object;
  let isWhole = true;
  for (const key of Object.keys(members)) {
    const field = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
    if (field === undefined) {
      isWhole = false;
      if (checker.findings.isFull) break;
      const [near] = nearest(key, Object.keys(shape.fields), 1);
      const hint = near !== undefined && editDistance(key, near) <= 2 ? `did you mean ${near}?` : "leave the field out";
      checker.refuse(`Field '${key}' is not supported`, place, key, "around", hint);
    } else if (field.only !== undefined && field.only !== language) {
      const message = `The QueryLanguage is set to '${language}', but field '${key}' is only supported for the '${field.only}' QueryLanguage`;
      checker.refuse(message, place, key, "around", hintForLanguage(field.only, language));
    } else checkField(key, members[key], field);
  }
  return checkPresence(object, shape, checker) && isWhole;
}

function hintForLanguage(wanted: QueryLanguage, given: QueryLanguage): string {
  return wanted === "JSONata"
    ? 'set "QueryLanguage": "JSONata" on the state, or use the fields of JSONPath'
    : `use Arguments, Output and Assign: a state in ${given} has no fields of paths`;
}

function checkPresence({ members, place }: Checked, shape: Shape, checker: Checker): boolean {
  const missing = shape.needed?.filter((key) => !Object.hasOwn(members, key)) ?? [];
  if (missing.length > 0) checker.refuse(`These fields are required: [${missing.join(", ")}]`, place);
  for (const alternative of shape.alternatives ?? []) {
    if (present(members, alternative) > 1) {
      checker.refuse(`Only one of these fields is allowed: [${alternative.join(", ")}]`, place);
    }
  }
  const { oneOf, someOf } = shape;
  if (oneOf !== undefined && present(members, oneOf) !== 1) {
    checker.refuse(`Exactly one of these fields is required: [${oneOf.join(", ")}]`, place);
  }
  if (someOf !== undefined && present(members, someOf) === 0) {
    checker.refuse(`At least one of these fields is required: [${someOf.join(", ")}]`, place);
  }
  return missing.length === 0;
}

function present(members: Members, keys: readonly string[]): number {
  let count = 0;
  for (const key of keys) if (Object.hasOwn(members, key)) count++;
  return count;
}
