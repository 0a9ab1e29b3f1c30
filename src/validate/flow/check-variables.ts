import { isMembers } from "../check-object.js";
import { isDistributed } from "../check-scopes.js";
import { type Findings, mostFindings } from "../findings.js";
import type { Graph, Node, Way } from "../graph.js";
import type { Place } from "../place.js";
import { isAskedInJsonata } from "./asked-in-jsonata.js";
import { wayBack } from "./stations.js";
import { Worklist } from "./worklist.js";

/** Names that are told apart; a definition with more is not looked at for the rest. */
const mostNames = 256;

/** Warns of variables that are read where, on some way, nothing has set them. Outer graphs come first. */
export function checkVariables(graphs: readonly Graph[], findings: Findings): void {
  const names = new Map<string, number>();
  for (const { reads } of graphs) {
    for (const { name } of reads) if (names.size < mostNames && !names.has(name)) names.set(name, names.size);
  }
  for (let first = 0; first < names.size; first += 32) checkSome(graphs, names, first, findings);
}

/** Looks at 32 variables: a bit each. */
function checkSome(
  graphs: readonly Graph[],
  names: ReadonlyMap<string, number>,
  first: number,
  findings: Findings,
): void {
  const bitOf = (name: string): number => {
    const number = (names.get(name) ?? -1) - first;
    return number >= 0 && number < 32 ? 1 << number : 0;
  };
  const known = new Map<Graph, Int32Array>();
  let left = mostFindings;
  for (const graph of graphs) {
    const set = setOn(graph, bitOf, startOf(graph, known));
    known.set(graph, set);
    let ever = 0;
    for (const { out } of graph.nodes) for (const way of out) ever |= assignedOn(graph, way, bitOf);
    for (const { position, name, text, place } of graph.reads) {
      if (left <= 0) return;
      const bit = bitOf(name);
      const node = graph.nodes[position];
      if (bit === 0 || (graph.order[position] ?? -1) < 0 || ((set[position] ?? 0) & bit) !== 0) continue;
      if (node === undefined || isAsked(node, text, name, place)) continue;
      left--;
      const message = (ever & bit) === 0 ? neverSet(name) : messageOf(graph, node, name, bitOf);
      findings.add({ code: "unset_variable", message, place });
    }
  }
}

/** Whether a state only asks whether a variable is there: that reads nothing. */
function isAsked(node: Node, text: string, name: string, place: Place): boolean {
  if (node.isJsonata) return isAskedInJsonata(text, name);
  if (place.key !== "Variable") return false;
  const keys: Place["key"][] = [];
  for (let at = place.outer; at !== undefined && at !== node.place; at = at.outer) keys.push(at.key);
  let owner: unknown = node.state;
  for (const key of keys.reverse()) owner = (owner as { readonly [key: string | number]: unknown } | undefined)?.[key];
  return isMembers(owner) && typeof owner["IsPresent"] === "boolean";
}

/** What is set when the first state of a graph is entered: what is set at the state around it. */
function startOf(graph: Graph, known: ReadonlyMap<Graph, Int32Array>): number {
  const { outer } = graph;
  if (outer === undefined) return 0;
  const owner = outer.graph.nodes[outer.owner];
  return owner === undefined || isDistributed(graph) ? 0 : (known.get(outer.graph)?.[outer.owner] ?? 0);
}

/** Which variables are set on every way to each state. */
function setOn(graph: Graph, bitOf: (name: string) => number, start: number): Int32Array {
  const set = new Int32Array(graph.nodes.length).fill(-1);
  if (graph.start < 0) return set;
  const worklist = new Worklist(graph.order);
  const seen = new Uint8Array(graph.nodes.length);
  set[graph.start] = start;
  worklist.add(graph.start);
  for (let position = worklist.take(); position !== undefined; position = worklist.take()) {
    for (const way of graph.nodes[position]?.out ?? []) {
      const before = set[way.to] ?? 0;
      const after = before & ((set[position] ?? 0) | assignedOn(graph, way, bitOf));
      if (after === before && seen[way.to] === 1) continue;
      seen[way.to] = 1;
      set[way.to] = after;
      worklist.add(way.to);
    }
  }
  return set;
}

/** What is assigned along a way: a rule's or a catcher's own Assign, else the state's. */
function assignedOn(graph: Graph, { from, kind, rule }: Way, bitOf: (name: string) => number): number {
  const owner = kind === "next" ? graph.nodes[from]?.state : rule;
  const assign = owner?.["Assign"];
  let bits = 0;
  if (isMembers(assign))
    for (const key of Object.keys(assign)) bits |= bitOf(key.endsWith(".$") ? key.slice(0, -2) : key);
  return bits;
}

function neverSet(name: string): string {
  return `expected a variable that is set before, got $${name}`;
}

function messageOf(graph: Graph, node: Node, name: string, bitOf: (name: string) => number): string {
  const bit = bitOf(name);
  const without = (way: Way): boolean => (assignedOn(graph, way, bitOf) & bit) === 0;
  if (node.position === graph.start) return `expected $${name} to be set before the first state`;
  const way = wayBack(graph, node.position, (at) => at === graph.start, without);
  const names = way.slice(0, -1).map((at) => `"${graph.nodes[at]?.name}"`);
  if (names.length === 0) return `expected $${name} to be set on every way that leads here`;
  const shown = names.length > mostNamed ? [...names.slice(0, 2), "…", ...names.slice(-3)] : names;
  return `expected $${name} to be set on every way that leads here; it is not on the way ${shown.join(", ")}`;
}

const mostNamed = 8;
