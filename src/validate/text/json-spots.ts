import { readMembers } from "./read-members.js";
import type { Spot } from "./source-text.js";

interface Sought {
  spot: Spot;
  readonly inner: Map<string, Sought>;
}

/** Finds many places of a JSON text in one pass. `keyOf` says how a key of the text is called in the paths. */
export function jsonSpots(
  text: string,
  paths: readonly (readonly (string | number)[])[],
  keyOf: (key: string) => string = (key) => key,
): readonly { spot: Spot; isWhole: boolean }[] {
  const start = Math.max(text.search(/[^ \t\r\n]/), 0);
  const whole: Sought = { spot: { keyAt: start, valueAt: start }, inner: new Map() };
  for (const path of paths) seek(whole, path);
  readMembers<Sought>(text, whole, {
    member(outer, key, keyAt, valueAt) {
      const found = outer.inner.get(typeof key === "string" ? keyOf(key) : String(key));
      if (found !== undefined) found.spot = { keyAt, valueAt };
      return found;
    },
  });
  return paths.map((path) => {
    let found = whole;
    for (const key of path) {
      const inner = found.inner.get(String(key));
      // Of a key that is given twice the last one counts; what was seen before it stands in the first one.
      if (inner === undefined || inner.spot.keyAt <= found.spot.valueAt) {
        return { spot: found.spot, isWhole: false };
      }
      found = inner;
    }
    return { spot: found.spot, isWhole: true };
  });
}

function seek(whole: Sought, path: readonly (string | number)[]): void {
  let at = whole;
  for (const part of path) {
    const key = String(part);
    let inner = at.inner.get(key);
    if (inner === undefined) {
      inner = { spot: { keyAt: -1, valueAt: -1 }, inner: new Map() };
      at.inner.set(key, inner);
    }
    at = inner;
  }
}
