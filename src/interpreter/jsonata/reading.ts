import type { SyntaxNode } from "./syntax.js";

/** What has to be known of an expression before it is evaluated. */
export interface Reading {
  /**
   * Whether it holds what nothing but time can bound: regular expressions that may backtrack, and functions that make them out of pictures.
   */
  readonly needsTimeLimit: boolean;
  /** Whether it may read the Context Object, which takes time to make. */
  readonly readsContext: boolean;
}

/** Walks over the tree of an expression. */
export function readExpression(tree: SyntaxNode): Reading {
  let needsTimeLimit = false;
  let readsContext = false;
  const pending: object[] = [tree];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node instanceof RegExp) {
      needsTimeLimit ||= mayBacktrack(node.source);
      continue;
    }
    const { type, value, steps } = node as Partial<SyntaxNode>;
    if (type === "variable") {
      needsTimeLimit ||= guarded.has(String(value));
      readsContext ||= value === "states";
    }
    const inner =
      type === "path" && isOfOtherMember(steps) ? [...(steps ?? []).slice(1), ...besides(node)] : Object.values(node);
    for (const part of inner) if (typeof part === "object" && part !== null) pending.push(part as object);
  }
  return { needsTimeLimit, readsContext };
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

const guarded: ReadonlySet<string> = new Set([
  "toMillis",
  "fromMillis",
  "now",
  "formatNumber",
  "formatInteger",
  "parseInteger",
]);

/** Whether a regular expression has a choice anywhere: a quantifier, an alternative, a reference back. */
function mayBacktrack(source: string): boolean {
  const plain = source.replace(/\\[^1-9k]/g, "x").replace(/\[[^\]]*\]/g, "x");
  return /[*+?{|\\]/.test(plain);
}
