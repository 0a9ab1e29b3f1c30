import type { Edge, ReadScope, ReadState } from "./graph-reading.js";

/**
 * The names of a scope's states in the order in which they are read: a state comes after all that lead to it, but for the ways that
 * lead back. States that nothing leads to stand at the end.
 */
export function inReadingOrder(scope: ReadScope, edgesOf: (state: ReadState) => readonly Edge[]): readonly string[] {
  const left = new Set<string>();
  const finished: string[] = [];
  const visit = (start: string): void => {
    if (left.has(start) || !scope.states.has(start)) return;
    left.add(start);
    const path = [{ name: start, targets: targetsIn(scope, start, edgesOf) }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const target = top.targets.pop();
      if (target === undefined) {
        finished.push(top.name);
        path.pop();
      } else if (!left.has(target)) {
        left.add(target);
        path.push({ name: target, targets: targetsIn(scope, target, edgesOf) });
      }
    }
  };
  visit(scope.startAt);
  const reached = finished.splice(0).reverse();
  for (const name of [...scope.states.keys()].reverse()) visit(name);
  return [...reached, ...finished.reverse()];
}

/** The last one is looked at first and so comes to stand last: the first way out is read first. */
function targetsIn(scope: ReadScope, name: string, edgesOf: (state: ReadState) => readonly Edge[]): string[] {
  const state = scope.states.get(name);
  const targets = state === undefined ? [] : edgesOf(state).map(({ target }) => target);
  return targets.filter((target) => scope.states.has(target));
}
