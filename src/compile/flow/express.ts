import { authoredState } from "../../states/step.js";
import type { Node, Scope } from "../link.js";

/** Whether the states of a scope run in an Express execution: the machine's, or a child's of a distributed Map. */
export function isExpress(scope: Scope, machine: string | undefined): boolean {
  const child = childOf(scope);
  return (child === undefined ? machine : executionTypeOf(child)) === "EXPRESS";
}

/** The distributed Map whose child execution a scope runs in. */
export function childOf(inner: Scope): Node | undefined {
  let scope: Scope | undefined = inner;
  while (scope !== undefined && scope.kind !== "distributed") scope = scope.owner?.scope;
  return scope?.owner;
}

function executionTypeOf({ step }: Node): unknown {
  return (authoredState(step).options as { readonly executionType?: unknown }).executionType;
}
