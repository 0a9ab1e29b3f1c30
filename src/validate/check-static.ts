import type { Checker } from "./checker.js";
import { looksLikePath } from "./looks-like-path.js";
import type { Place } from "./place.js";

/** Warns of paths in the `Result` of a Pass, which is never evaluated. */
export function checkStatic(result: unknown, place: Place, checker: Checker): undefined {
  const parts: { readonly value: unknown; readonly at: Place }[] = [{ value: result, at: place }];
  for (let part = parts.pop(); part !== undefined && !checker.findings.isFull; part = parts.pop()) {
    const { value, at } = part;
    if (typeof value === "string") {
      if (looksLikePath(value)) {
        checker.add("PASS_RESULT_IS_STATIC", "Attempt to use a path in the result of a pass state.", at);
      }
    } else if (Array.isArray(value)) {
      for (let index = value.length - 1; index >= 0; index--)
        parts.push({ value: value[index], at: { outer: at, key: index } });
    } else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value).reverse()) parts.push({ value: inner, at: { outer: at, key } });
    }
  }
}
