import type { Segment } from "../../expression/tree.js";
import { type Findings, mostFindings } from "../findings.js";
import type { Graph, Node, Way } from "../graph.js";
import { type Outputs, outputsOf } from "./outputs.js";
import { type Found, join, type Origin, type Shape, unknown } from "./shape.js";
import { stationsBetween } from "./stations.js";
import { Worklist } from "./worklist.js";

/** Times that what flows into a state may change before nothing is taken to be known of it. */
const mostChanges = 12;

/** Warns of paths into data that cannot be there, or are missing on one way. Outer graphs come first. */
export function checkPaths(graphs: readonly Graph[], findings: Findings): void {
  /** What flows into the states within a state. */
  const inner = new Map<Node, Shape>();
  let left = mostFindings;
  for (const graph of graphs) {
    if (left <= 0) return;
    const owner = graph.outer === undefined ? undefined : graph.outer.graph.nodes[graph.outer.owner];
    const start = owner === undefined ? unknown : inner.get(owner);
    // Without a start the states are out of reach.
    if (start === undefined) continue;
    const { inputs, doubtful } = inputsOf(graph, start, inner);
    for (const [position, input] of inputs.entries()) {
      const node = graph.nodes[position];
      if (input === undefined || node === undefined || doubtful[position] !== 1) continue;
      const noted = new Set<string>();
      outputsOf(node, input, (found, path, place, root) => {
        if (left <= 0) return;
        const said = describe(found, root + shownPath(path), node, graph);
        if (said === undefined || noted.has(said.message)) return;
        noted.add(said.message);
        left--;
        findings.add({ ...said, place });
      });
    }
  }
}

interface Flow {
  /** What is known of the data that flows into each state; `undefined` where no way leads. */
  readonly inputs: readonly (Shape | undefined)[];
  /** States that read what is not there, or not on every way: 1. */
  readonly doubtful: Uint8Array;
}

/** Lets data flow through a graph until nothing changes. Notes what flows into the states within each state. */
function inputsOf(graph: Graph, start: Shape, inner: Map<Node, Shape>): Flow {
  const inputs: (Shape | undefined)[] = new Array(graph.nodes.length).fill(undefined);
  const doubtful = new Uint8Array(graph.nodes.length);
  if (graph.start < 0) return { inputs, doubtful };
  const changes = new Uint8Array(graph.nodes.length);
  const worklist = new Worklist(graph.order);
  inputs[graph.start] = start;
  worklist.add(graph.start);
  for (let position = worklist.take(); position !== undefined; position = worklist.take()) {
    const node = graph.nodes[position];
    const input = inputs[position];
    if (node === undefined || input === undefined) continue;
    // The last look is the one at what flows in at the end.
    doubtful[position] = 0;
    const outputs = outputsOf(node, input, () => {
      doubtful[position] = 1;
    });
    if (hasInner(node)) inner.set(node, outputs.inner);
    for (const way of node.out) {
      const shape = along(way, outputs);
      if (shape === undefined) continue;
      const before = inputs[way.to];
      let after = before === undefined ? shape : join(before, shape);
      if (after === before) continue;
      const times = (changes[way.to] ?? 0) + 1;
      changes[way.to] = times;
      if (times > mostChanges) after = unknown;
      inputs[way.to] = after;
      worklist.add(way.to);
    }
  }
  return { inputs, doubtful };
}

function hasInner({ state }: Node): boolean {
  return state["Type"] === "Map" || state["Type"] === "Parallel";
}

function along({ kind, index }: Way, outputs: Outputs): Shape | undefined {
  if (kind === "next") return outputs.next;
  return kind === "rule" ? outputs.rules[index] : outputs.catches[index];
}

interface Said {
  readonly code: "path_without_value" | "path_sometimes_without_value";
  readonly message: string;
}

function describe(found: Found, path: string, node: Node, graph: Graph): Said | undefined {
  if (found.kind === "missing") {
    const { within } = found;
    const by = within.by;
    if (by === undefined) return undefined;
    const message = `expected a value at ${path}, but ${whatIsLeft(found)}${onTheWay(by, node, graph)}`;
    return { code: "path_without_value", message };
  }
  const { leftOutBy: by } = found;
  if (by === undefined) return undefined;
  const message = `expected a value at ${path} on every way, but ${by.field} of "${by.state}" leaves it out${onTheWay(by, node, graph)}`;
  return { code: "path_sometimes_without_value", message };
}

function whatIsLeft({ within, key }: Extract<Found, { kind: "missing" }>): string {
  const who = within.by === undefined ? "" : `${within.by.field} of "${within.by.state}"`;
  if (within.kind === "plain") return `${who} gives a value without members there`;
  if (within.kind === "list") return `${who} gives ${within.length} items, so there is no [${key}]`;
  const keys = [...within.members].filter(([, { isRead }]) => isRead !== true).map(([name]) => name);
  if (keys.length === 0) return `${who} leaves nothing`;
  const shown = keys.slice(0, mostKeys).join(", ");
  return `${who} leaves only ${shown}${keys.length > mostKeys ? ` and ${keys.length - mostKeys} more` : ""}`;
}

const mostKeys = 6;

function onTheWay(by: Origin, node: Node, graph: Graph): string {
  const between = stationsBetween(graph, by.state, node);
  if (between.length === 0) return "";
  return `; between the two: ${between.map((name) => `"${name}"`).join(", ")}`;
}

const plainKey = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

function shownPath(path: readonly Segment[]): string {
  let text = "";
  for (const key of path) {
    if (typeof key === "number") text += `[${key}]`;
    else text += plainKey.test(key) ? `.${key}` : `['${key}']`;
  }
  return text;
}
