import type { SyntaxNode } from "./syntax.js";

/** Characters that a regular expression may have: to make a longer one ready may take seconds. Ours. */
const longestExpression = 2_000;

/** Why a regular expression of a tree cannot be made ready; `undefined` where all of them can. */
export function regexProblem(tree: SyntaxNode): string | undefined {
  const pending: object[] = [tree];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node instanceof RegExp) {
      if (node.source.length > longestExpression) {
        return `Expected a regular expression of at most ${longestExpression} characters, got ${node.source.length}`;
      }
    } else for (const part of Object.values(node)) if (typeof part === "object" && part !== null) pending.push(part);
  }
  return undefined;
}
