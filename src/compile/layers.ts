import { isPathProblem, parseJsonPath } from "../expression/jsonpath.js";
import type { Segment } from "../expression/tree.js";
import type { Catch } from "../states/recovery.js";
import { authoredState } from "../states/step.js";
import type { Edge, Node, Scope } from "./link.js";
import type { Order } from "./order.js";

/** What lies in the data that flows into a state, from the newest down. */
export interface Layer {
  /** A node whose output it is, or the catch rule whose error it is. */
  readonly source: object;
  /** Where in the data it lies. */
  readonly at: readonly Segment[];
  /** What of the layers below it has written over; `undefined`: nothing. */
  readonly over: readonly Segment[] | undefined;
  readonly below: Layer | undefined;
}

/** Layers that a reference looks through at most; further back a variable carries the value. */
const deepest = 64;

/** Where in the data the value at `path` of a source still lies; `undefined` when it is gone, or in doubt. */
export function find(
  layers: Layer | undefined,
  source: object,
  path: readonly Segment[],
): readonly Segment[] | undefined {
  const covers: (readonly Segment[])[] = [];
  let layer = layers;
  for (let depth = 0; layer !== undefined && depth < deepest; depth++) {
    if (layer.source === source) {
      const whole = [...layer.at, ...path];
      return covers.some((cover) => overlaps(cover, whole)) ? undefined : whole;
    }
    if (layer.over !== undefined) covers.push(layer.over);
    layer = layer.below;
  }
  return undefined;
}

function overlaps(left: readonly Segment[], right: readonly Segment[]): boolean {
  const length = Math.min(left.length, right.length);
  return left.slice(0, length).every((segment, index) => segment === right[index]);
}

/** The layers of the data that flows into each state of a scope. */
export function layersOf(order: Order, start: Layer | undefined): ReadonlyMap<Node, Layer | undefined> {
  const inputs = new Map<Node, Layer | undefined>();
  // One object for each output, so that two edges out of a state are seen to carry the same.
  const outputs = new Map<Node, Layer>();
  const along = (edge: Edge): Layer => {
    const { from, kind } = edge;
    // A way back in a loop: what it carries is not known yet.
    if (!inputs.has(from)) return { source: edge, at: [], over: [], below: undefined };
    if (kind === "catch") return caught(edge, inputs.get(from));
    const layer = outputs.get(from) ?? outputLayer(from, inputs.get(from));
    outputs.set(from, layer);
    return layer;
  };
  for (const [index, node] of order.nodes.entries()) {
    const [first, ...others] = (order.incoming.get(node) ?? []).map(along);
    const isStart = index === 0;
    const isSame = others.every((other) => other === first);
    inputs.set(node, isStart ? (first === undefined ? start : undefined) : isSame ? first : undefined);
  }
  return inputs;
}

function caught({ from, index }: Edge, input: Layer | undefined): Layer {
  const { catch: rules } = authoredState(from.step).options as { readonly catch?: Catch | readonly Catch[] };
  const rule = (Array.isArray(rules) ? rules[index] : rules) as Catch;
  const place = resultPlace(rule.resultPath);
  if (place === null) return { source: rule, at: ["no such place"], over: undefined, below: input };
  return { source: rule, at: place, over: place, below: input };
}

/** What a state gives on, over what came in. */
function outputLayer(node: Node, input: Layer | undefined): Layer {
  const given = authoredState(node.step).options as Readonly<Record<string, unknown>>;
  const isWhole = isDefault(given["outputPath"]);
  if (!isWhole) return { source: node, at: [], over: [], below: undefined };
  const over = writtenBy(node, given);
  return { source: node, at: [], over, below: over?.length === 0 ? undefined : input };
}

/** The place in the input that a state's result takes; `undefined`: none, the data goes through. */
function writtenBy(node: Node, given: Readonly<Record<string, unknown>>): readonly Segment[] | undefined {
  const makes =
    node.type === "Task" ||
    node.type === "Parallel" ||
    node.type === "Map" ||
    given["parameters"] !== undefined ||
    given["result"] !== undefined;
  if (!makes && isDefault(given["inputPath"])) return undefined;
  return resultPlace(given["resultPath"]) ?? undefined;
}

function isDefault(path: unknown): boolean {
  return path === undefined || path === "$";
}

/** `null`: the result is dropped. */
export function resultPlace(path: unknown): readonly Segment[] | null {
  if (path === undefined) return [];
  if (typeof path !== "string") return null;
  const parsed = parseJsonPath(path);
  return isPathProblem(parsed) ? [] : parsed.path;
}

/** What flows into the first state of a nested scope, where that is the owner's input. */
export function innerStart(scope: Scope, ownerLayers: Layer | undefined): Layer | undefined {
  const { owner } = scope;
  if (owner === undefined || scope.kind !== "branch") return undefined;
  const given = authoredState(owner.step).options as Readonly<Record<string, unknown>>;
  return given["parameters"] === undefined && isDefault(given["inputPath"]) ? ownerLayers : undefined;
}
