import { inspectIntrinsic, inspectPath, isUnreadable } from "../expression/inspect-path.js";
import { looksLikeIntrinsic } from "../expression/intrinsic-parser.js";
import { readVariables } from "./check-field.js";
import type { Checker } from "./checker.js";
import { looksLikePath } from "./looks-like-path.js";
import type { Place } from "./place.js";

/** A part of a template that is still to be looked at. */
interface Part {
  readonly value: unknown;
  readonly place: Place;
}

/**
 * Checks a payload template of JSONPath: keys that end in `.$` have a path or a call of an intrinsic function, and no key is given twice.
 *
 * @param field - place of the field, which is where AWS puts all that is wrong within
 */
export function checkTemplate(value: unknown, field: Place, checker: Checker): undefined {
  if (typeof value !== "object" || value === null) return;
  const parts: Part[] = [{ value, place: field }];
  for (let part = parts.pop(); part !== undefined && !checker.findings.isFull; part = parts.pop()) {
    const { value: inner, place } = part;
    if (Array.isArray(inner)) {
      for (let index = inner.length - 1; index >= 0; index--) {
        const item: unknown = inner[index];
        if (typeof item === "object" && item !== null) parts.push({ value: item, place: { outer: place, key: index } });
      }
      continue;
    }
    const members = inner as { readonly [key: string]: unknown };
    const nested: Part[] = [];
    for (const key in members) {
      const member = members[key];
      if (key.endsWith(".$")) checkDynamic(key, member, place, field, members, checker);
      else if (typeof member === "object" && member !== null)
        nested.push({ value: member, place: { outer: place, key } });
      else if (typeof member === "string" && looksLikePath(member)) {
        checker.add("NO_DOLLAR", "No .$ on a field that appears to be a JSONPath or Intrinsic Function.", place, key);
      }
    }
    for (let part = nested.pop(); part !== undefined; part = nested.pop()) parts.push(part);
  }
}

/** Checks the value of a key that ends in `.$`. */
function checkDynamic(
  key: string,
  value: unknown,
  place: Place,
  field: Place,
  members: { readonly [key: string]: unknown },
  checker: Checker,
): undefined {
  const name = key.slice(0, -2);
  if (Object.hasOwn(members, name)) {
    checker.refuse(
      `The field '${name}' is given twice: with and without '.$'`,
      place,
      undefined,
      field,
      "leave one of the two out",
    );
  }
  if (checker.isOpen(value)) return;
  const read = typeof value === "string" ? readDynamic(value) : constant;
  if (!isUnreadable(read))
    return readVariables("paths" in read ? read.paths : [read], String(value), { outer: place, key }, checker);
  const message = `The value for the field '${key}' must be a valid JSONPath or a valid intrinsic function call`;
  const where = read === constant ? read.message : `${read.message}, at character ${read.at + 1}`;
  checker.refuse(message, place, key, field, where);
}

const constant = { message: "leave the .$ out for a constant", at: 0 };

function readDynamic(value: string): ReturnType<typeof inspectPath | typeof inspectIntrinsic> {
  return looksLikeIntrinsic(value) ? inspectIntrinsic(value) : inspectPath(value);
}
