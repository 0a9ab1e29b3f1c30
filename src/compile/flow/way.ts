/** Names told of a way at most. */
const most = 20;

/** A way from state to state, as text; of a long one the middle is left out. */
export function formatWay(names: readonly string[]): string {
  if (names.length <= most) return names.join(" → ");
  const half = most / 2;
  const told = [...names.slice(0, half), `… ${names.length - most} more …`, ...names.slice(-half)];
  return told.join(" → ");
}
