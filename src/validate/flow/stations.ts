import type { Graph, Node, Way } from "../graph.js";

/** States that are looked at to name a way; a longer search ends without one. */
const mostLooks = 500;
/** States that a message names. */
const mostNamed = 6;

/** Names of the states on a shortest way from the state of a name to `node`, both left out; empty where none is found near. */
export function stationsBetween(graph: Graph, from: string, node: Node): readonly string[] {
  if (from === node.name) return [];
  return namesOf(
    graph,
    wayBack(graph, node.position, (at) => graph.nodes[at]?.name === from),
  );
}

/** The positions on a way back from `end` to a state that `isStart` knows; both included. `leads` tells which ways count. */
export function wayBack(
  graph: Graph,
  end: number,
  isStart: (position: number) => boolean,
  leads: (way: Way) => boolean = () => true,
): readonly number[] {
  const after = new Map<number, number>([[end, -1]]);
  const incoming = incomingOf(graph);
  for (const position of after.keys()) {
    if (after.size > mostLooks) return [];
    for (const way of incoming[position] ?? []) {
      if (after.has(way.from) || !leads(way) || (graph.order[way.from] ?? -1) < 0) continue;
      after.set(way.from, position);
      if (isStart(way.from)) return followed(after, way.from);
    }
  }
  return [];
}

const known = new WeakMap<Graph, readonly (readonly Way[])[]>();

/** The ways into each state: made when a message first wants them. */
function incomingOf(graph: Graph): readonly (readonly Way[])[] {
  const made = known.get(graph);
  if (made !== undefined) return made;
  const incoming: Way[][] = graph.nodes.map(() => []);
  for (const { out } of graph.nodes) for (const way of out) incoming[way.to]?.push(way);
  known.set(graph, incoming);
  return incoming;
}

function followed(after: ReadonlyMap<number, number>, start: number): readonly number[] {
  const way: number[] = [];
  for (let at = start; at >= 0; at = after.get(at) ?? -1) way.push(at);
  return way;
}

function namesOf(graph: Graph, way: readonly number[]): readonly string[] {
  const names = way.slice(1, -1).map((at) => graph.nodes[at]?.name ?? "");
  return names.length > mostNamed ? [] : names;
}
