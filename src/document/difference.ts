import { isPlainObject } from "../language/json.js";
import { pointerTo } from "../language/pointer.js";

/** One place where two documents differ. */
export interface Difference {
  /** JSON Pointer. */
  readonly pointer: string;
  /** `undefined`: not there. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Where two JSON documents differ; the order of keys does not count. Not recursive, so that depth does not matter. */
export function differencesOf(before: unknown, after: unknown): readonly Difference[] {
  const found: Difference[] = [];
  const waiting: Difference[] = [{ pointer: "", before, after }];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const left = membersOf(pair.before);
    const right = membersOf(pair.after);
    if (left === undefined || right === undefined || Array.isArray(pair.before) !== Array.isArray(pair.after)) {
      if (!Object.is(pair.before, pair.after)) found.push(pair);
      continue;
    }
    const keys = [...new Set([...left.keys(), ...right.keys()])].reverse();
    for (const key of keys) {
      waiting.push({ pointer: pair.pointer + pointerTo([key]), before: left.get(key), after: right.get(key) });
    }
  }
  return found;
}

function membersOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  return Array.isArray(value) || isPlainObject(value) ? new Map(Object.entries(value)) : undefined;
}

/** A difference as text: the place, what was there (`-`) and what is (`+`). */
export function formatDifference({ pointer, before, after }: Difference): string {
  const lines = [pointer === "" ? "(the whole)" : pointer];
  if (before !== undefined) lines.push(`  - ${JSON.stringify(before)}`);
  if (after !== undefined) lines.push(`  + ${JSON.stringify(after)}`);
  return lines.join("\n");
}
