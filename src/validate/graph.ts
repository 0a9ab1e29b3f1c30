import { isMembers, type Members } from "./check-object.js";
import type { Place } from "./place.js";

/** A way from one state to another. */
export interface Way {
  readonly from: number;
  readonly to: number;
  /** `next` is also where no rule of a Choice applies. */
  readonly kind: "next" | "catch" | "rule";
  /** The rule of the Choice, or the catcher, that leads this way. */
  readonly rule: Members | undefined;
  /** Its place in `Choices` or `Catch`. */
  readonly index: number;
}

/** A state of a graph. */
export interface Node {
  readonly position: number;
  readonly name: string;
  readonly state: Members;
  readonly place: Place;
  readonly isJsonata: boolean;
  readonly out: readonly Way[];
}

/** A variable that a state reads. */
export interface VariableRead {
  /** Position of the state. */
  readonly position: number;
  readonly name: string;
  /** The path, call or expression in which it stands. */
  readonly text: string;
  readonly place: Place;
}

/** The states of one machine, branch or processor. */
export interface Graph {
  readonly nodes: readonly Node[];
  /** Place of the object that has `States`; `undefined` for the machine. */
  readonly place: Place | undefined;
  /** Absent where what stands there is no state. */
  readonly startAt: unknown;
  /** Position of the first state; -1 where there is none. */
  readonly start: number;
  /** Place of each state in a walk in which, but for loops, what leads to a state comes before it; -1: out of reach. */
  readonly order: Int32Array;
  /** Targets that no state has as its name. */
  readonly missing: readonly Target[];
  /** Filled while the states are checked. */
  readonly reads: VariableRead[];
  /** The graph, and the state in it, that these states belong to. */
  readonly outer: { readonly graph: Graph; readonly owner: number } | undefined;
}

/** A state that another one names as what follows it. */
export interface Target {
  readonly name: string;
  readonly place: Place;
}

/** The graph of an object that has states. What is no state is left out; nothing is recursive. */
export function graphOf(
  scope: Members,
  states: Members,
  place: Place | undefined,
  language: string,
  outer: Graph["outer"],
): Graph {
  const positions = new Map<string, number>();
  const at = { outer: place, key: "States" };
  const found: { readonly name: string; readonly state: Members }[] = [];
  for (const name of Object.keys(states)) {
    const state = states[name];
    if (!isMembers(state)) continue;
    positions.set(name, found.length);
    found.push({ name, state });
  }
  const missing: Target[] = [];
  const nodes = found.map(({ name, state }, position): Node => {
    const own = { outer: at, key: name };
    const out = waysOf({ state, position, place: own }, positions, (target) => {
      // What stands there is no state, but it is there.
      if (!Object.hasOwn(states, target.name)) missing.push(target);
    });
    const isJsonata = (state["QueryLanguage"] ?? language) === "JSONata";
    return { position, name, state, place: own, isJsonata, out };
  });
  const startAt = scope["StartAt"];
  const start = typeof startAt === "string" ? (positions.get(startAt) ?? -1) : -1;
  const isThere = start < 0 && typeof startAt === "string" && Object.hasOwn(states, startAt);
  return {
    nodes,
    place,
    startAt: isThere ? undefined : startAt,
    start,
    order: orderOf(nodes, start),
    missing,
    reads: [],
    outer,
  };
}

function waysOf(
  { state, position: from, place }: Pick<Node, "state" | "position" | "place">,
  positions: ReadonlyMap<string, number>,
  onMissing: (target: Target) => void,
): readonly Way[] {
  const ways: Way[] = [];
  for (const [field, kind] of ruleFields) {
    const rules = state[field];
    if (!Array.isArray(rules)) continue;
    for (let index = 0; index < rules.length; index++) {
      const rule: unknown = rules[index];
      const name = isMembers(rule) ? rule["Next"] : undefined;
      if (typeof name !== "string") continue;
      const to = positions.get(name);
      if (to !== undefined) ways.push({ from, to, kind, rule: rule as Members, index });
      else onMissing({ name, place: { outer: { outer: { outer: place, key: field }, key: index }, key: "Next" } });
    }
  }
  const key = state["Type"] === "Choice" ? "Default" : "Next";
  const name = state[key];
  if (typeof name !== "string") return ways;
  const to = positions.get(name);
  if (to === undefined) onMissing({ name, place: { outer: place, key } });
  else ways.push({ from, to, kind: "next", rule: undefined, index: 0 });
  return ways;
}

const ruleFields = [
  ["Choices", "rule"],
  ["Catch", "catch"],
] as const;

/** Reverse postorder. */
function orderOf(nodes: readonly Node[], start: number): Int32Array {
  const order = new Int32Array(nodes.length).fill(-1);
  if (start < 0) return order;
  const seen = new Uint8Array(nodes.length);
  const done: number[] = [];
  const path: number[] = [start];
  const next: number[] = [0];
  seen[start] = 1;
  while (path.length > 0) {
    const position = path[path.length - 1] ?? 0;
    const way = nodes[position]?.out[next[next.length - 1] ?? 0];
    if (way === undefined) {
      done.push(position);
      path.pop();
      next.pop();
      continue;
    }
    next[next.length - 1] = (next[next.length - 1] ?? 0) + 1;
    if (seen[way.to] === 1) continue;
    seen[way.to] = 1;
    path.push(way.to);
    next.push(0);
  }
  for (const [index, position] of done.entries()) order[position] = done.length - 1 - index;
  return order;
}
