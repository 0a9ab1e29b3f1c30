import { isMembers, type Members } from "../check-object.js";
import type { Place } from "../place.js";

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

/** The states of one machine, branch or processor. */
export interface Graph {
  readonly nodes: readonly Node[];
  /** Position of the first state; -1 where there is none. */
  readonly start: number;
  /** Place of each state in a walk in which, but for loops, what leads to a state comes before it; -1: out of reach. */
  readonly order: Int32Array;
  /** The graph, and the state in it, that these states belong to. */
  readonly outer: { readonly graph: Graph; readonly owner: number } | undefined;
}

/** The graphs of a definition, outer before inner. What is no state is left out; nothing is recursive. */
export function graphsOf(machine: unknown): readonly Graph[] {
  const language = isMembers(machine) && machine["QueryLanguage"] === "JSONata" ? "JSONata" : "JSONPath";
  const graphs: Graph[] = [];
  // An object that stands at two places, or within itself, is looked at once.
  const seen = new Set<unknown>();
  const add = (value: unknown, place: Place | undefined, outer: Graph["outer"]): void => {
    if (!isMembers(value) || !isMembers(value["States"]) || seen.has(value)) return;
    seen.add(value);
    graphs.push(graphOf(value, value["States"], place, language, outer));
  };
  add(machine, undefined, undefined);
  // The list grows while it is walked.
  for (const graph of graphs) {
    for (const [owner, { state, place }] of graph.nodes.entries()) {
      const outer = { graph, owner };
      if (Array.isArray(state["Branches"])) {
        const at = { outer: place, key: "Branches" };
        for (const [key, branch] of state["Branches"].entries()) add(branch, { outer: at, key }, outer);
      }
      for (const key of ["ItemProcessor", "Iterator"]) add(state[key], { outer: place, key }, outer);
    }
  }
  return graphs;
}

function graphOf(
  scope: Members,
  states: Members,
  place: Place | undefined,
  language: string,
  outer: Graph["outer"],
): Graph {
  const names = Object.keys(states).filter((name) => isMembers(states[name]));
  const positions = new Map(names.map((name, position) => [name, position]));
  const at = { outer: place, key: "States" };
  const nodes: Node[] = [];
  for (const [position, name] of names.entries()) {
    const state = states[name] as Members;
    const out = waysOf(state, position, positions);
    const isJsonata = (state["QueryLanguage"] ?? language) === "JSONata";
    nodes.push({ position, name, state, place: { outer: at, key: name }, isJsonata, out });
  }
  const start = positions.get(String(scope["StartAt"])) ?? -1;
  return { nodes, start, order: orderOf(nodes, start), outer };
}

function waysOf(state: Members, from: number, positions: ReadonlyMap<string, number>): readonly Way[] {
  const ways: Way[] = [];
  const add = (name: unknown, kind: Way["kind"], rule: Members | undefined, index: number): void => {
    const to = typeof name === "string" ? positions.get(name) : undefined;
    if (to !== undefined) ways.push({ from, to, kind, rule, index });
  };
  for (const [field, kind] of ruleFields) {
    const rules = state[field];
    if (!Array.isArray(rules)) continue;
    for (const [index, rule] of rules.entries()) if (isMembers(rule)) add(rule["Next"], kind, rule, index);
  }
  add(state["Type"] === "Choice" ? state["Default"] : state["Next"], "next", undefined, 0);
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
