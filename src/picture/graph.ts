import type { StateMachineDefinition } from "../language/asl.js";
import { inReadingOrder } from "./graph-order.js";
import { aboutOf, type Edge, edgesOf, type ReadScope, type ReadState, scopeIn, scopesOf } from "./graph-reading.js";
import { wordOf } from "./plain-text.js";

/** A way out of a state, as it is drawn. */
export interface DrawnEdge extends Edge {
  /** Whether it leads to a state that stands before, or to the state itself. */
  readonly isBack: boolean;
}

/** A state as it is drawn. */
export interface DrawnState {
  readonly name: string;
  readonly type: string;
  /** What is worth a word: the service that a Task calls, the time of a Wait. */
  readonly about: string;
  readonly edges: readonly DrawnEdge[];
  /** Whether it ends its row by `End`. */
  readonly isEnd: boolean;
  /** The state that stands after it in its row. */
  readonly following: string | undefined;
  /** The Parallel or Map that it stands in. */
  readonly owner: string | undefined;
  readonly isContainer: boolean;
}

/** One step of the walk over a graph. What stands in a Parallel or Map comes between `open` and `close` of a branch, and `end` closes it. */
export type GraphItem =
  | { readonly kind: "state"; readonly state: DrawnState }
  | { readonly kind: "open"; readonly label: string }
  | { readonly kind: "close" }
  | { readonly kind: "end"; readonly state: DrawnState };

/** A graph as the walk over its states, in the order in which they are read. */
export type Graph = readonly GraphItem[];

/** A row of states that is still to be walked. */
interface Row {
  readonly kind: "row";
  readonly scope: ReadScope;
  readonly owner: string | undefined;
}

/** A state that is still to be drawn. */
interface Waiting {
  readonly kind: "waiting";
  readonly state: ReadState;
  readonly place: Pick<DrawnState, "name" | "edges" | "following" | "owner">;
}

/** The graph of a machine. Not recursive, so that depth does not matter. */
export function graphOf(definition: StateMachineDefinition): Graph {
  const items: GraphItem[] = [];
  const waiting: (GraphItem | Row | Waiting)[] = [{ kind: "row", scope: scopeIn(definition), owner: undefined }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    switch (next.kind) {
      case "row":
        // One by one: a call does not take as many arguments as a machine may have states.
        for (const state of statesOf(next).reverse()) waiting.push(state);
        break;
      case "waiting": {
        const state = drawn(next);
        items.push({ kind: "state", state });
        for (const item of branchesOf(next.state, state).reverse()) waiting.push(item);
        break;
      }
      default:
        items.push(next);
    }
  }
  return items;
}

function statesOf({ scope, owner }: Row): Waiting[] {
  const names = inReadingOrder(scope, edgesOf);
  const places = new Map(names.map((name, place) => [name, place]));
  return names.flatMap((name, place) => {
    const state = scope.states.get(name);
    if (state === undefined) return [];
    const edges = edgesOf(state).map((edge) => ({ ...edge, isBack: (places.get(edge.target) ?? place + 1) <= place }));
    return [{ kind: "waiting", state, place: { name, edges, following: names[place + 1], owner } }];
  });
}

function branchesOf(state: ReadState, drawn: DrawnState): (GraphItem | Row)[] {
  const scopes = scopesOf(state);
  const isMap = state["Type"] === "Map";
  const branches = scopes.flatMap((scope, index) => {
    const label = isMap ? "each item" : `branch ${index + 1}`;
    return [
      { kind: "open" as const, label },
      { kind: "row" as const, scope, owner: drawn.name },
      { kind: "close" as const },
    ];
  });
  return scopes.length === 0 ? [] : [...branches, { kind: "end", state: drawn }];
}

function drawn({ state, place }: Waiting): DrawnState {
  return {
    ...place,
    type: wordOf(state["Type"]),
    about: aboutOf(state),
    isEnd: state["End"] === true,
    isContainer: scopesOf(state).length > 0,
  };
}

/** The ways that are worth telling: all but the ordinary one to the state that follows. */
export function toldEdges({ edges, following }: DrawnState): readonly DrawnEdge[] {
  return edges.filter(({ target, label }) => label !== "" || target !== following);
}
