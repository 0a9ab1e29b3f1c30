import { keysOfPointer } from "../../../src/language/pointer.js";
import type { ValidationIssue } from "../../../src/validate/issue.js";

/** Fields that hold states of their own: what lies within them is another place. */
const scopes = new Set(["States", "Branches", "ItemProcessor", "Iterator"]);

/** Whether a field of a state is meant, so that something more exact within it is right too: no state, scope or entry of a list. */
function mayBeMoreExact(place: string): boolean {
  const keys = place.split("/");
  const last = keys.at(-1) ?? "";
  return keys.length > 2 && keys.at(-2) !== "States" && !/^\d+$/.test(last) && !scopes.has(last);
}

/** AWS's place as the data write it; `""` for the whole definition. */
export function slashed(location: string): string {
  return location === "/" ? "" : location.replaceAll(/\[(\d+)\]/g, "/$1");
}

/** Both spellings of an issue's place as the data write them: keys as they stand, indexes after a slash. */
function placesOf({ pointer, location }: ValidationIssue): readonly string[] {
  const places = [
    keysOfPointer(pointer)
      .map((key) => `/${key}`)
      .join(""),
  ];
  if (location !== undefined) places.push(slashed(location));
  return places;
}

/** Whether an issue is at the very place that the data name; `""` and `/` stand for the whole definition. */
export function isExactlyAt(issue: ValidationIssue, expected: string): boolean {
  return placesOf(issue).includes(slashed(expected));
}

/** Whether an issue is at the place that the data name, or within the field that they name. */
export function isAt(issue: ValidationIssue, expected: string): boolean {
  const wanted = slashed(expected);
  if (isExactlyAt(issue, wanted)) return true;
  return mayBeMoreExact(wanted) && placesOf(issue).some((place) => place.startsWith(`${wanted}/`));
}
