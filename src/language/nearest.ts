/** The entries of `known` that look most like `wanted`, best first, at most `count`. */
export function nearest(wanted: string, known: Iterable<string>, count = 3): readonly string[] {
  return [...known]
    .map((name) => ({ name, distance: distanceOf(wanted.toLowerCase(), name.toLowerCase()) }))
    .sort((left, right) => left.distance - right.distance || (left.name < right.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}

/** A name with a unit or a word left out, such as `maxRun` for `maxRunSeconds`, is near however long the rest is. */
function distanceOf(wanted: string, name: string): number {
  const isCut = wanted.length >= 4 && (name.startsWith(wanted) || wanted.startsWith(name));
  return isCut ? Math.min(1.5, editDistance(wanted, name)) : editDistance(wanted, name);
}

/** Letters that are replaced, put in or left out to make one text the other (Levenshtein), of their first 80; capitals and small letters count alike. */
export function editDistance(one: string, other: string): number {
  const left = one.slice(0, 80).toLowerCase();
  const right = other.slice(0, 80).toLowerCase();
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, replaced));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}

/** Longer texts are no slips of the pen, but hostile. */
const longestMeant = 160;

/** The entry of `known` that `wanted` was most likely meant to be: at most two letters, and a third of all, are other ones. */
export function meant(wanted: string, known: Iterable<string>): string | undefined {
  if (wanted.length > longestMeant) return undefined;
  const lower = wanted.toLowerCase();
  let bound = Math.min(2, Math.floor(wanted.length / 3));
  let best: string | undefined;
  for (const name of known) {
    if (Math.abs(name.length - wanted.length) > bound) continue;
    const distance = distanceWithin(lower, name.toLowerCase(), bound);
    if (distance > bound || (distance === bound && best !== undefined)) continue;
    best = name;
    bound = distance;
    if (distance === 0) break;
  }
  return best;
}

/** The edit distance where it is not above `bound`; only what is that near to the diagonal is looked at. */
function distanceWithin(left: string, right: string, bound: number): number {
  const above = bound + 1;
  let previous = new Uint8Array(right.length + 2).fill(above);
  let current = new Uint8Array(right.length + 2).fill(above);
  for (let column = 0; column <= Math.min(bound, right.length); column++) previous[column] = column;
  for (let row = 1; row <= left.length; row++) {
    const first = Math.max(row - bound, 1);
    const last = Math.min(row + bound, right.length);
    current[first - 1] = first === 1 && row <= bound ? row : above;
    let least = current[first - 1] ?? above;
    for (let column = first; column <= last; column++) {
      const same = left.charCodeAt(row - 1) === right.charCodeAt(column - 1);
      const replaced = (previous[column - 1] ?? above) + (same ? 0 : 1);
      const cost = Math.min(replaced, (previous[column] ?? above) + 1, (current[column - 1] ?? above) + 1, above);
      current[column] = cost;
      least = Math.min(least, cost);
    }
    current[last + 1] = above;
    if (least > bound) return above;
    [previous, current] = [current, previous];
  }
  return previous[right.length] ?? above;
}
