/**
 * Places of names in the order in which Java's `HashMap` gives them, which is how AWS writes the columns of a row: by the lowest bits of
 * their hashes, as many as there are slots for, and as they stand where those are the same.
 */
export function hashOrder(names: readonly string[]): readonly number[] {
  let slots = 16;
  while (names.length > slots * 0.75) slots *= 2;
  const slotOf = names.map((name) => slot(name, slots));
  return names.map((_, place) => place).sort((left, right) => (slotOf[left] ?? 0) - (slotOf[right] ?? 0));
}

function slot(name: string, slots: number): number {
  let hash = 0;
  for (let index = 0; index < name.length; index++) hash = (Math.imul(hash, 31) + name.charCodeAt(index)) | 0;
  return (hash ^ (hash >>> 16)) & (slots - 1);
}
