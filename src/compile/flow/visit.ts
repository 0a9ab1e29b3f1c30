import type { Argument, OfVisit, Reference, Root } from "../../expression/tree.js";
import { authoredState } from "../../states/step.js";
import type { Node, Scope } from "../link.js";
import { isExpress } from "./express.js";

type Path = readonly (string | number)[];

/** What tells a visit where an expression stands, and what of it a Map around the state has to bring there. */
export interface VisitText {
  readonly argument: Argument;
  readonly indices: readonly Reference[];
}

/**
 * What tells a visit of a state from all others. The retries are no part of the id, so that names of one visit have it in common.
 *
 * @param path - where the expression stands: ItemSelector of a Map is evaluated for each item
 * @param machine - the type of the machine
 */
export function visitText(part: OfVisit["part"], node: Node, path: Path, machine: string | undefined): VisitText {
  if (part === "retry") return { argument: retries(node), indices: [] };
  const indices = iterationsAround(node, path).map((iteration) => indexOf(iteration));
  // Of these, names of states alone may hold blanks: with as many parts in each text, no two visits have the same one.
  const between = indices.length === 0 ? ["  "] : [" ", ...indices.slice(1).map(() => ","), " "];
  const pieces = ["", " ", " ", ...between, ""];
  // An Express execution is never redriven, and has no such field.
  const redrives = isExpress(node.scope, machine)
    ? ({ kind: "literal", value: 0 } as const)
    : inContext("Execution", "RedriveCount");
  const values = [
    inContext("Execution", "Id"),
    redrives,
    inContext("State", "EnteredTime"),
    ...indices,
    inContext("State", "Name"),
  ];
  return { argument: formatted(pieces, values), indices };
}

function formatted(pieces: readonly string[], values: readonly Argument[]): Argument {
  return { kind: "call", name: "States.Format", arguments: [{ kind: "format", pieces }, ...values] };
}

/** Only states that can be tried again count their tries. */
function retries({ type }: Node): Argument {
  const counts = type === "Task" || type === "Parallel" || type === "Map";
  return counts ? inContext("State", "RetryCount") : { kind: "literal", value: 0 };
}

/** The Maps for whose items the place is evaluated, up to the border of an execution. */
function iterationsAround(node: Node, path: Path): readonly object[] {
  const isOfItem = path[node.scope.path.length + 1] === "ItemSelector";
  const iterations = isOfItem ? [iterationOf(node)] : [];
  for (let scope: Scope = node.scope; scope.owner !== undefined && scope.kind !== "distributed"; ) {
    if (scope.kind === "inline") iterations.push(iterationOf(scope.owner));
    scope = scope.owner.scope;
  }
  return iterations.filter((iteration) => iteration !== undefined);
}

function iterationOf({ step }: Node): object | undefined {
  return (authoredState(step).options as { readonly iteration?: object }).iteration;
}

function indexOf(iteration: object): Reference {
  const root: Root = { kind: "item", iteration, part: "Index" };
  return { kind: "reference", root, path: [], holds: "integer" };
}

function inContext(...path: readonly string[]): Reference {
  return { kind: "reference", root: { kind: "context" }, path };
}
