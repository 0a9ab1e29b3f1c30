import { shown } from "../../language/errors.js";
import type { Join, Node } from "../link.js";
import type { Order } from "./order.js";

/** Where the branches of the Choices of one scope come together. */
export interface Joins {
  /** By the state in which they do: what flows into it is what the branches give, and nothing else. */
  readonly into: ReadonlyMap<Node, Join>;
  /** Why other things than the branches' outputs flow in. */
  readonly problems: ReadonlyMap<Join, string>;
}

const none: Joins = { into: new Map(), problems: new Map() };

/** Finds the joins of a scope, and what is not clear about them. */
export function joinsOf({ nodes, incoming }: Order, joins: ReadonlyMap<Node, Join>): Joins {
  if (joins.size === 0) return none;
  const into = new Map<Node, Join>();
  const problems = new Map<Join, string>();
  for (const node of nodes) {
    const join = joins.get(node);
    if (join === undefined) continue;
    const problem = joinProblem(join, incoming);
    if (problem === undefined) into.set(join.to, join);
    else problems.set(join, problem);
  }
  return { into, problems };
}

function joinProblem({ to, ends }: Join, incoming: Order["incoming"]): string | undefined {
  for (const { from, kind } of incoming[to.position] ?? []) {
    const name = shown(from.step.name);
    if (kind !== "next" || !ends.has(from))
      return `is not all that flows into ${shown(to.step.name)}: ${name} leads there too`;
    if (from.type === "Choice") return `is made by no branch where no rule of ${name} applies; give it an otherwise`;
  }
  return undefined;
}
