/**
 * Places of values in the order in which Java's `HashMap` and `HashSet` give them, which is how AWS writes the columns of a row and unique
 * items: by the lowest bits of their hashes, as many as there are slots for, and as they stand where those are the same.
 */
export function hashOrder(hashes: readonly number[]): readonly number[] {
  let slots = 16;
  while (hashes.length > slots * 0.75) slots *= 2;
  const slotOf = hashes.map((hash) => (hash ^ (hash >>> 16)) & (slots - 1));
  return hashes.map((_, place) => place).sort((left, right) => (slotOf[left] ?? 0) - (slotOf[right] ?? 0));
}

/** `hashCode()` of a text. */
export function hashOfText(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return hash;
}
