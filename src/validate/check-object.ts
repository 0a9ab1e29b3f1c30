import type { QueryLanguage } from "../language/asl.js";
import type { Field, Shape } from "../language/shape.js";
import type { Checker } from "./checker.js";
import type { Place } from "./place.js";

/** An object of a definition, of keys and values that are not known yet. */
export type Members = { readonly [key: string]: unknown };

/** Whether a value is an object of a definition. */
export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What checks the value of one field that an object may have. */
export interface FieldCheck {
  readonly language: QueryLanguage;
  /** `outer` is the object that has the field. */
  field(outer: Place | undefined, key: string, value: unknown, field: Field): undefined;
}

/**
 * Checks an object by its shape: no field that it may not have, none missing, none beside another that excludes it.
 *
 * @returns whether every field is one that the object may have, and none is missing
 */
export function checkObject(
  members: Members,
  place: Place | undefined,
  shape: Shape,
  checker: Checker,
  check: FieldCheck,
): boolean {
  const { language } = check;
  let isWhole = true;
  // Data of JSON inherit no keys, and this is twice as quick as a list of them.
  for (const key in members) {
    const field = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
    if (field === undefined) {
      isWhole = false;
      if (checker.findings.isFull) break;
      const near = checker.meant("field", key, Object.keys(shape.fields));
      const hint = near !== undefined ? `did you mean ${near}?` : "leave the field out";
      checker.refuse(`Field '${key}' is not supported`, place, key, "around", hint);
    } else if (field.only !== undefined && field.only !== language) {
      const message = `The QueryLanguage is set to '${language}', but field '${key}' is only supported for the '${field.only}' QueryLanguage`;
      checker.refuse(message, place, key, "around", hintForLanguage(field.only, language));
    } else check.field(place, key, members[key], field);
  }
  return checkPresence(members, place, shape, checker) && isWhole;
}

function hintForLanguage(wanted: QueryLanguage, given: QueryLanguage): string {
  return wanted === "JSONata"
    ? 'set "QueryLanguage": "JSONata" on the state, or use the fields of JSONPath'
    : `use Arguments, Output and Assign: a state in ${given} has no fields of paths`;
}

function checkPresence(members: Members, place: Place | undefined, shape: Shape, checker: Checker): boolean {
  const { needed = none, alternatives = none, oneOf, someOf } = shape;
  const isWhole = present(members, needed) === needed.length;
  if (!isWhole) {
    const missing = needed.filter((key) => !Object.hasOwn(members, key));
    checker.refuse(`These fields are required: [${missing.join(", ")}]`, place);
  }
  for (const alternative of alternatives) {
    if (present(members, alternative) > 1) {
      checker.refuse(`Only one of these fields is allowed: [${alternative.join(", ")}]`, place);
    }
  }
  if (oneOf !== undefined && present(members, oneOf) !== 1) {
    checker.refuse(`Exactly one of these fields is required: [${oneOf.join(", ")}]`, place);
  }
  if (someOf !== undefined && present(members, someOf) === 0) {
    checker.refuse(`At least one of these fields is required: [${someOf.join(", ")}]`, place);
  }
  return isWhole;
}

const none: readonly never[] = [];

function present(members: Members, keys: readonly string[]): number {
  let count = 0;
  for (const key of keys) if (Object.hasOwn(members, key)) count++;
  return count;
}
