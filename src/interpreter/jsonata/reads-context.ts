import type { SyntaxNode } from "./syntax.js";

/** Whether an expression may read the Context Object, which takes time to make. */
export function readsContext(tree: SyntaxNode): boolean {
  const pending: object[] = [tree];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node instanceof RegExp) continue;
    const { type, value, steps } = node as Partial<SyntaxNode>;
    if (type === "variable" && value === "states") return true;
    const inner =
      type === "path" && isOfOtherMember(steps) ? [...(steps ?? []).slice(1), ...besides(node)] : Object.values(node);
    for (const part of inner) if (typeof part === "object" && part !== null) pending.push(part as object);
  }
  return false;
}

/** Whether a path reads a member of `$states` that is not the Context Object. */
function isOfOtherMember(steps: readonly SyntaxNode[] | undefined): boolean {
  const [first, second] = steps ?? [];
  if (first?.type !== "variable" || first.value !== "states" || first.predicate !== undefined) return false;
  return second?.type === "name" && ["input", "result", "errorOutput"].includes(String(second.value));
}

function besides(path: object): readonly unknown[] {
  return Object.entries(path).flatMap(([key, part]: readonly [string, unknown]) => (key === "steps" ? [] : [part]));
}
