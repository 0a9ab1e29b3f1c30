import { isMembers, type Members } from "../check-object.js";
import type { Place } from "../place.js";

/** A text of a state that is looked up when the state runs: a path, a call, or an expression of JSONata. */
type Seen = (text: string, outer: Place, key: string | number, owner: Members | undefined) => void;

/** Parts of a state that other states, or nothing, read. */
const elsewhere: ReadonlySet<string> = new Set([
  "Branches",
  "ItemProcessor",
  "Iterator",
  "Comment",
  "Resource",
  "Next",
]);
/** Fields whose members are a template: in these only keys in `.$` are looked up. */
const templates: ReadonlySet<string> = new Set([
  ...["Parameters", "ResultSelector", "ItemSelector", "Assign", "BatchInput", "Credentials", "Result"],
]);

/** Lists and objects of one state that are looked at: an object may stand within itself. */
const mostLooks = 20_000;

/** Goes through the texts of a state that are looked up, in writing order. Nothing is recursive. */
export function eachText(state: Members, place: Place, isJsonata: boolean, seen: Seen): void {
  const pending: Step[] = [{ value: state, place, isTemplate: false, isState: true }];
  let looks = 0;
  for (let step = pending.pop(); step !== undefined && ++looks <= mostLooks; step = pending.pop()) {
    const { value, place: outer, isTemplate, isState } = step;
    if (Array.isArray(value)) {
      for (let key = value.length - 1; key >= 0; key--) {
        const inner: unknown = value[key];
        if (typeof inner === "string") {
          if (isJsonata && inner.startsWith("{%")) seen(inner, outer, key, undefined);
        } else if (typeof inner === "object" && inner !== null) {
          pending.push({ value: inner, place: { outer, key }, isTemplate, isState: false });
        }
      }
      continue;
    }
    if (!isMembers(value)) continue;
    for (const key of Object.keys(value)) {
      if (isState && elsewhere.has(key)) continue;
      const inner = value[key];
      if (typeof inner === "string") {
        if (isJsonata ? inner.startsWith("{%") : isLookedUp(key, isTemplate)) seen(inner, outer, key, value);
      } else if (typeof inner === "object" && inner !== null && !(isState && key === "Result")) {
        pending.push({
          value: inner,
          place: { outer, key },
          isTemplate: isTemplate || templates.has(key),
          isState: false,
        });
      }
    }
  }
}

interface Step {
  readonly value: unknown;
  readonly place: Place;
  readonly isTemplate: boolean;
  readonly isState: boolean;
}

function isLookedUp(key: string, isTemplate: boolean): boolean {
  return isTemplate ? key.endsWith(".$") : key.endsWith("Path") || key === "Variable";
}
