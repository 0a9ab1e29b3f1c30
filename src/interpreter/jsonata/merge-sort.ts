import type { Evaluation } from "./evaluation.js";

/** What each item takes at each level of the sort. */
const unitsOfItem = 4;

/**
 * Sorts with a comparison that may be of the user's making and need not be consistent: each two items are compared as JSONata's own sort
 * compares them.
 */
export function mergeSort<T>(
  items: readonly T[],
  isAfter: (first: T, second: T) => boolean,
  evaluation: Evaluation,
): T[] {
  if (items.length <= 1) return [...items];
  const middle = Math.floor(items.length / 2);
  const left = mergeSort(items.slice(0, middle), isAfter, evaluation);
  const right = mergeSort(items.slice(middle), isAfter, evaluation);
  evaluation.spend(items.length * unitsOfItem);
  const merged: T[] = [];
  let [leftAt, rightAt] = [0, 0];
  while (leftAt < left.length && rightAt < right.length) {
    const [first, second] = [left[leftAt] as T, right[rightAt] as T];
    if (isAfter(first, second)) {
      merged.push(second);
      rightAt++;
    } else {
      merged.push(first);
      leftAt++;
    }
  }
  for (; leftAt < left.length; leftAt++) merged.push(left[leftAt] as T);
  for (; rightAt < right.length; rightAt++) merged.push(right[rightAt] as T);
  return merged;
}
