import type { Checker } from "./checker.js";
import type { Place } from "./place.js";

/** Whether a constant text looks as if it were to be looked up. */
export function looksLikePath(text: string): boolean {
  if (text.startsWith("$")) return /^\$(?:$|\$?[.[])/.test(text);
  return text.startsWith("States.") && /^States\.[A-Za-z0-9]+\(/.test(text);
}

/** Warns of a text that is taken as it stands, though it looks as if it were to be looked up. */
export function warnOfPath(outer: Place | undefined, key: string, checker: Checker): undefined {
  const message = "Field value looks like a path, but field name does not end with 'Path'.";
  return checker.add("NO_PATH", message, outer, key, undefined, `use ${key}Path`);
}
