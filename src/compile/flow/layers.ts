import { isPathProblem, parseJsonPath } from "../../expression/jsonpath.js";
import type { Segment } from "../../expression/tree.js";
import { hasResult } from "../../language/asl.js";
import type { AuthoredChoice } from "../../states/choice.js";
import type { Catch } from "../../states/recovery.js";
import { authoredState } from "../../states/step.js";
import { catchRulesOf, type Edge, type Node, type Scope } from "../link.js";
import type { Joins } from "./joins.js";
import type { Order } from "./order.js";

/** What lies in the data that flows into a state, from the newest down. */
export interface Layer {
  /** A node whose output it is, the catch rule whose error it is, or the join of a Choice whose branches give it. */
  readonly source: object;
  /** Where in the data it lies. */
  readonly at: readonly Segment[];
  /** What of the layers below it has written over; `undefined`: nothing. */
  readonly over: readonly Segment[] | undefined;
  readonly below: Layer | undefined;
}

/** The place of all data. */
const whole: readonly Segment[] = [];

/** Layers that a reference looks through at most; further back a variable carries the value. */
const deepest = 64;

/** Where in the data the value at `path` of a source still lies; `undefined` when it is gone, or in doubt. */
export function find(
  layers: Layer | undefined,
  source: object,
  path: readonly Segment[],
): readonly Segment[] | undefined {
  let layer = layers;
  for (let depth = 0; layer !== undefined && depth < deepest; depth++) {
    if (layer.source === source) {
      const place = layer.at.length === 0 ? path : [...layer.at, ...path];
      return isCovered(place, layers, layer) ? undefined : place;
    }
    layer = layer.below;
  }
  return undefined;
}

/** Whether one of the layers from `top` to the one over `bottom` has written over the place. */
function isCovered(place: readonly Segment[], top: Layer | undefined, bottom: Layer): boolean {
  for (let layer = top; layer !== undefined && layer !== bottom; layer = layer.below) {
    if (layer.over !== undefined && overlaps(layer.over, place)) return true;
  }
  return false;
}

function overlaps(left: readonly Segment[], right: readonly Segment[]): boolean {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) if (left[index] !== right[index]) return false;
  return true;
}

/** The layers of the data that flows into each state of a scope, by its position. */
export function layersOf(
  { nodes, incoming }: Order,
  start: Layer | undefined,
  joins: Joins["into"],
): readonly (Layer | undefined)[] {
  const inputs: (Layer | undefined)[] = [];
  // One object for each output, so that two edges out of a state are seen to carry the same.
  const outputs: (Layer | undefined)[] = [];
  const along = (edge: Edge): Layer => {
    const { from, kind } = edge;
    const { position } = from;
    // A way back in a loop: what it carries is not known yet.
    if (position >= inputs.length) return { source: edge, at: whole, over: whole, below: undefined };
    if (kind === "catch") return caught(edge, inputs[position]);
    if (from.type === "Choice" && ruleOutput(edge) !== undefined) return anew(edge);
    const layer = outputs[position] ?? outputLayer(from, inputs[position]);
    outputs[position] = layer;
    return layer;
  };
  for (const node of nodes) {
    const { position } = node;
    const edges = incoming[position] ?? [];
    const join = joins.get(node);
    if (position === 0) inputs.push(edges.length === 0 ? start : undefined);
    else if (join === undefined) inputs.push(same(edges, along));
    else inputs.push({ source: join, at: whole, over: undefined, below: same(edges, along) });
  }
  return inputs;
}

/** What all edges carry; `undefined` when they differ. Catches of one rule carry its error at one place, wherever they come from. */
function same(edges: readonly Edge[], along: (edge: Edge) => Layer): Layer | undefined {
  let first: Layer | undefined;
  for (const edge of edges) {
    const layer = along(edge);
    if (first === undefined) first = layer;
    else if (layer !== first) {
      const isOneRule = edge.kind === "catch" && layer.source === first.source && layer.over !== undefined;
      if (!isOneRule) return undefined;
      first = { ...first, below: undefined };
    }
  }
  return first;
}

function caught(edge: Edge, input: Layer | undefined): Layer {
  const rule = ruleOf(edge);
  if (rule?.output !== undefined) return anew(edge);
  const place = resultPlace(rule?.resultPath);
  // Where the error is dropped, the data goes through.
  if (place === null) return { source: edge, at: whole, over: undefined, below: input };
  return { source: rule ?? edge, at: place, over: place, below: input };
}

/** The rule of a catch. */
export function ruleOf({ from, index }: Edge): Catch | undefined {
  return catchRulesOf(from)[index];
}

/** What a Choice makes on the way along an edge: its rule's own, and where none applies the state's. */
function ruleOutput({ from, index }: Edge): unknown {
  const { choices, output } = authoredState(from.step).options as AuthoredChoice;
  return index < (choices?.length ?? 0) ? choices?.[index]?.output : output;
}

/** Data of which nothing is known but that nothing is left of what was there. */
function anew(edge: Edge): Layer {
  return { source: edge, at: whole, over: whole, below: undefined };
}

/** What a state gives on, over what came in. */
function outputLayer(node: Node, input: Layer | undefined): Layer {
  const given = authoredState(node.step).options as Readonly<Record<string, unknown>>;
  const isMade = given["output"] !== undefined && node.type !== "Choice";
  if (isMade || !isDefault(given["outputPath"])) return { source: node, at: whole, over: whole, below: undefined };
  const over = writtenBy(node, given);
  return { source: node, at: whole, over, below: over?.length === 0 ? undefined : input };
}

/** The place in the input that a state's result takes; `undefined`: none, the data goes through. */
function writtenBy(node: Node, given: Readonly<Record<string, unknown>>): readonly Segment[] | undefined {
  const makes = hasResult(node.type) || given["parameters"] !== undefined || given["result"] !== undefined;
  // A Pass that makes nothing puts its input where `resultPath` says.
  if (!makes && isDefault(given["inputPath"]) && isDefault(given["resultPath"])) return undefined;
  return resultPlace(given["resultPath"]) ?? undefined;
}

function isDefault(path: unknown): boolean {
  return path === undefined || path === "$";
}

/** `null`: the result is dropped. */
export function resultPlace(path: unknown): readonly Segment[] | null {
  if (path === undefined) return whole;
  if (typeof path !== "string") return null;
  const parsed = parseJsonPath(path);
  return isPathProblem(parsed) ? whole : parsed.path;
}

/** What flows into the first state of a nested scope, where that is the owner's input. */
export function innerStart(scope: Scope, ownerLayers: Layer | undefined): Layer | undefined {
  const { owner } = scope;
  if (owner === undefined || scope.kind !== "branch") return undefined;
  const given = authoredState(owner.step).options as Readonly<Record<string, unknown>>;
  return given["parameters"] === undefined && isDefault(given["inputPath"]) ? ownerLayers : undefined;
}
