import type { ValidationIssue } from "../../../src/validate/issue.js";

/** Fields that hold states of their own: what lies within them is another place. */
const scopes = new Set(["States", "Branches", "ItemProcessor", "Iterator"]);

/** Whether a field of a state is meant, so that something more exact within it is right too: no state, scope or entry of a list. */
function mayBeMoreExact(place: string): boolean {
  const keys = place.split("/");
  const last = keys.at(-1) ?? "";
  return keys.length > 2 && keys.at(-2) !== "States" && !/^\d+$/.test(last) && !scopes.has(last);
}

/** Both spellings of an issue's place as the data write them: keys as they stand, indexes after a slash. */
function placesOf({ pointer, location }: ValidationIssue): readonly string[] {
  const places = [pointer.replaceAll("~1", "/").replaceAll("~0", "~")];
  if (location !== undefined) places.push(location.replaceAll(/\[(\d+)\]/g, "/$1"));
  return places.map((place) => (place === "/" ? "" : place));
}

/** Whether an issue is at the place that the data name; `""` and `/` stand for the whole definition. */
export function isAt(issue: ValidationIssue, expected: string): boolean {
  const wanted = expected === "/" ? "" : expected;
  return placesOf(issue).some(
    (place) => place === wanted || (mayBeMoreExact(wanted) && place.startsWith(`${wanted}/`)),
  );
}
