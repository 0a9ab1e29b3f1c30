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
