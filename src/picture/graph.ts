import type { Scope, State, StateMachineDefinition } from "../language/asl.js";
import { conditionText } from "./condition-text.js";
import { type Edge, inReadingOrder } from "./graph-order.js";

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
  readonly scope: Scope;
  readonly owner: string | undefined;
}

/** A state that is still to be drawn. */
interface Waiting {
  readonly kind: "waiting";
  readonly state: State;
  readonly place: Pick<DrawnState, "name" | "edges" | "following" | "owner">;
}

/** The graph of a machine. Not recursive, so that depth does not matter. */
export function graphOf(definition: StateMachineDefinition): Graph {
  const items: GraphItem[] = [];
  const waiting: (GraphItem | Row | Waiting)[] = [{ kind: "row", scope: definition, owner: undefined }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    switch (next.kind) {
      case "row":
        waiting.push(...statesOf(next).reverse());
        break;
      case "waiting": {
        const state = drawn(next);
        items.push({ kind: "state", state });
        waiting.push(...branchesOf(next.state, state).reverse());
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
    const state = scope.States[name];
    if (state === undefined) return [];
    const edges = edgesOf(state).map((edge) => ({ ...edge, isBack: (places.get(edge.target) ?? place + 1) <= place }));
    return [{ kind: "waiting", state, place: { name, edges, following: names[place + 1], owner } }];
  });
}

function branchesOf(state: State, drawn: DrawnState): (GraphItem | Row)[] {
  const scopes = scopesOf(state);
  const isMap = state.Type === "Map";
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

function scopesOf(state: State): readonly Scope[] {
  if (state.Type === "Parallel") return state.Branches ?? [];
  if (state.Type !== "Map") return [];
  const processor = state.ItemProcessor ?? state.Iterator;
  return processor === undefined ? [] : [processor];
}

function drawn({ state, place }: Waiting): DrawnState {
  return {
    ...place,
    type: state.Type,
    about: aboutOf(state),
    isEnd: "End" in state && state.End === true,
    isContainer: scopesOf(state).length > 0,
  };
}

/** The ways out of a state, in the order of the definition. */
function edgesOf(state: State): readonly Edge[] {
  switch (state.Type) {
    case "Succeed":
    case "Fail":
      return [];
    case "Choice":
      return [
        ...(state.Choices ?? []).map((rule) => ({ target: rule.Next, label: conditionText(rule) })),
        ...(state.Default === undefined ? [] : [{ target: state.Default, label: "otherwise" }]),
      ];
    default: {
      const caught = "Catch" in state ? (state.Catch ?? []) : [];
      return [
        ...(state.Next === undefined ? [] : [{ target: state.Next, label: "" }]),
        ...caught.map(({ ErrorEquals, Next }) => ({ target: Next, label: `catch ${ErrorEquals.join(", ")}` })),
      ];
    }
  }
}

function aboutOf(state: State): string {
  switch (state.Type) {
    case "Task":
      return state.Resource.replace(/^arn:[^:]*:states:::/, "").replace(
        /^arn:[^:]*:lambda:[^:]*:[^:]*:function:/,
        "lambda ",
      );
    case "Wait": {
      const { Seconds, SecondsPath, Timestamp, TimestampPath } = state;
      if (typeof Seconds === "number") return `${Seconds} s`;
      return String(Seconds ?? SecondsPath ?? Timestamp ?? TimestampPath ?? "");
    }
    case "Fail":
      return state.Error ?? "";
    case "Map":
      return state.ItemProcessor?.ProcessorConfig?.Mode === "DISTRIBUTED" ? "distributed" : "";
    default:
      return "";
  }
}

/** The ways that are worth telling: all but the ordinary one to the state that follows. */
export function toldEdges({ edges, following }: DrawnState): readonly DrawnEdge[] {
  return edges.filter(({ target, label }) => label !== "" || target !== following);
}
