import { printJsonata } from "../expression/jsonata.js";
import { parseJsonPath, printJsonPath } from "../expression/jsonpath.js";
import { printExpression } from "../expression/placeholder.js";
import { expressionOf, type Reference, type Root, type Segment } from "../expression/tree.js";
import { type Issue, issue, shown } from "../language/errors.js";
import type { Catch } from "../states/recovery.js";
import { type AnyStep, authoredState } from "../states/step.js";
import type { VariableRead } from "./check-variables.js";
import { readBehind } from "./choice-output.js";
import { Dominance } from "./dominance.js";
import { find, innerStart, type Layer, layersOf } from "./layers.js";
import { type Graph, type Node, outgoing, type Scope } from "./link.js";
import { type MadeValue, madeValue } from "./made-value.js";
import { type Order, orderOf } from "./order.js";
import { VariableNames } from "./variable-names.js";

type Path = readonly (string | number)[];

/** What a field of a state reads: its input; also what it has made of it; also the error of a catcher. In JSONPath, `$` is that. */
export type Base = "input" | "result" | "error";

/** How a value gets to where it is read. */
export interface Travelled {
  /** Where it is read. */
  readonly path: Path;
  /** What is read. */
  readonly reference: string;
  /** `input`: it lies in the data that flows in; `variable`: the compiler carries it by Assign. */
  readonly by: "input" | "variable" | "context";
  /** As it stands in the definition. */
  readonly text: string;
  /** Of a `variable`: the state whose Assign sets it. */
  readonly setBy?: string;
}

/** A variable that the compiler sets where a value is made. */
export interface Carried {
  readonly name: string;
  readonly value: MadeValue;
}

/** Variables to set, by the node, or the catch rule, that makes the value; then by the path from there, as text. */
export type CarriedBySource = ReadonlyMap<object, ReadonlyMap<string, Carried>>;

/** What is known of the flow within one scope; found out when the first reference asks. */
interface Flow {
  readonly order: Order;
  readonly dominance: Dominance;
  /** By position. */
  readonly layers: readonly (Layer | undefined)[];
}

/** Finds out for each reference how its value gets there, and notes what has to be carried. */
export class Travel {
  readonly carried = new Map<object, Map<string, Carried>>();
  /** Filled where it was asked for. */
  readonly explained: Travelled[] = [];
  /** Variables of the author, wherever one is read. */
  readonly variableReads: VariableRead[] = [];
  private readonly graph: Graph;
  private readonly issues: Issue[];
  private readonly input: object | undefined;
  private readonly explain: boolean;
  private readonly flows = new Map<Scope, Flow>();
  private names: VariableNames | undefined;
  /** The node and index of each catch rule. */
  private rules: ReadonlyMap<object, { readonly node: Node; readonly target: Node | undefined }> | undefined;

  /**
   * @param input - which execution input may be read; `undefined`: any
   * @param explain - whether to tell how each reference travels
   */
  constructor(graph: Graph, issues: Issue[], input: object | undefined, explain: boolean) {
    this.input = input;
    this.explain = explain;
    this.graph = graph;
    this.issues = issues;
  }

  /** The text that reads the value at this place; `undefined` after having reported why there is none. */
  resolve(reference: Reference, node: Node, base: Base, path: Path): string | undefined {
    if (reference.root.kind === "variable") this.variableReads.push({ name: reference.root.name, node, path });
    const found = this.place(reference, node, base);
    if (typeof found === "string") {
      this.issues.push(issue("unreachable_reference", path, `${printExpression(reference)} ${found}`));
      return undefined;
    }
    const text = node.language === "JSONata" ? printJsonata(found) : printJsonPath(found);
    if (this.explain) {
      const by = wayOf(reference, found);
      const setBy = by === "variable" ? { setBy: this.setterOf(reference.root) } : {};
      this.explained.push({ path, reference: printExpression(reference), by, text, ...setBy });
    }
    return text;
  }

  /** The nodes of a scope in order; ordered once. */
  orderIn(scope: Scope): Order {
    return this.flowOf(scope).order;
  }

  private setterOf(root: Root): string {
    if (root.kind === "output") return root.step.name;
    return root.kind === "error" ? (this.rules?.get(root.rule)?.node.step.name ?? "") : "";
  }

  private place(reference: Reference, node: Node, base: Base): Reference | string {
    const { root } = reference;
    switch (root.kind) {
      case "output":
        return this.placeOutput(root.step as AnyStep, reference, node, base);
      case "error":
        return base === "error"
          ? { ...reference, root: { kind: "errorOutput" } }
          : this.placeError(root.rule, reference, node, base);
      case "item":
        return this.placeItem(root, reference, node);
      case "executionInput":
        return this.placeInput(root, reference, node);
      case "stateInput":
        if (node.language === "JSONata") return this.placeBelowInputPath(reference, node, base);
        return base === "input" ? reference : "is not there any more; read it in parameters";
      case "result":
        return base === "result" ? reference : "is there in resultSelector alone";
      case "selected":
        return base === "result" ? reference : "is there in assign alone";
      default:
        return reference;
    }
  }

  private placeInput(root: Root & { kind: "executionInput" }, reference: Reference, node: Node): Reference | string {
    if (distributedBetween(node, undefined)) return "is not there in a child execution; give it on with itemSelector";
    const isForeign = this.input !== undefined && root.collection !== undefined && root.collection !== this.input;
    return isForeign ? "is of another input than the workflow's" : reference;
  }

  /** The state's input as its author means it: `inputPath` has no field in JSONata, so what it leaves out is left out here. */
  private placeBelowInputPath(reference: Reference, node: Node, base: Base): Reference | string {
    const { inputPath } = authoredState(node.step).options as { readonly inputPath?: unknown };
    if (inputPath === undefined) return reference;
    if (inputPath === null) return "is empty: its inputPath is null";
    const whole = expressionOf(inputPath) ?? (typeof inputPath === "string" ? parseJsonPath(inputPath) : undefined);
    if (whole === undefined || "message" in whole || whole.kind !== "reference")
      return "is read below an inputPath that is no reference path";
    const below: Reference = { ...whole, path: [...whole.path, ...reference.path] };
    return whole.root.kind === "stateInput" ? below : this.place(below, node, base);
  }

  private placeOutput(step: AnyStep, reference: Reference, node: Node, base: Base): Reference | string {
    const source = this.graph.nodes.get(step);
    if (source === undefined) return "is of a step that is not in this workflow";
    const ancestor = ancestorIn(node, source.scope);
    if (ancestor === undefined) return `is of another branch than ${shown(node.step.name)}`;
    if (source.type === "Choice") return this.placeChoice(source, reference, node, base);
    if (ancestor === source) return `is read by ${shown(node.step.name)}, which it is the output of`;
    const flow = this.flowOf(source.scope);
    if (!flow.dominance.hasResult(source, ancestor)) return this.whyMissing(source, ancestor, flow);
    return (
      this.plain(source, reference, node, base) ??
      this.carry(source, reference, node, source.scope, (path) => madeValue(source, path))
    );
  }

  private placeChoice(choice: Node, reference: Reference, node: Node, base: Base): Reference | string {
    const join = this.graph.joins.get(choice);
    if (join === undefined) return "is of a Choice that nothing follows: its branches end on their own";
    return readBehind(join, this.flowOf(choice.scope).order, reference, node, base);
  }

  private placeError(rule: object, reference: Reference, node: Node, base: Base): Reference | string {
    this.rules ??= rulesOf(this.graph);
    const found = this.rules.get(rule);
    if (found?.target === undefined) return "is of a catch that is not in this workflow";
    const { scope } = found.target;
    const ancestor = ancestorIn(node, scope);
    if (ancestor === undefined) return `is of another branch than ${shown(node.step.name)}`;
    const plain = this.plain(rule, reference, node, base);
    if (plain !== undefined) return plain;
    const flow = this.flowOf(scope);
    const edges = flow.order.incoming[found.target.position] ?? [];
    const isAlone =
      edges.length === 1 && (ancestor === found.target || flow.dominance.hasResult(found.target, ancestor));
    if (!isAlone) return `is read by ${shown(node.step.name)}, which is not reached through that catch alone`;
    return this.carry(rule, reference, node, scope, (path) => ({
      kind: "reference",
      root: { kind: "errorOutput" },
      path,
    }));
  }

  private placeItem(root: Root & { kind: "item" }, reference: Reference, node: Node): Reference | string {
    const own = (authoredState(node.step).options as { readonly iteration?: object }).iteration;
    if (own === root.iteration) return reference;
    for (let scope: Scope | undefined = node.scope; scope?.owner !== undefined; scope = scope.owner.scope) {
      const { iteration, itemSelector } = authoredState(scope.owner.step).options as {
        readonly iteration?: object;
        readonly itemSelector?: unknown;
      };
      if (iteration === undefined) continue;
      if (iteration !== root.iteration)
        return "is of an outer Map, whose item an inner Map hides; assign it to a variable before";
      if (scope.kind === "inline") return reference;
      if (root.part === "Index" || itemSelector !== undefined)
        return "is not there in a child execution; give it on with itemSelector";
      return { ...reference, root: { kind: "executionInput" } };
    }
    return "is of a Map that this state is not in";
  }

  /** The value as it lies in the data that flows in; only where the data is what the state reads as `$`. */
  private plain(source: object, reference: Reference, node: Node, base: Base): Reference | undefined {
    const { inputPath } = authoredState(node.step).options as { readonly inputPath?: unknown };
    const isWhole = base === "input" && (inputPath === undefined || inputPath === "$");
    // In JSONata the whole input can be read from every field.
    if (!isWhole && node.language === "JSONPath") return undefined;
    const found = find(this.flowOf(node.scope).layers[node.position], source, reference.path);
    return found === undefined ? undefined : { kind: "reference", root: { kind: "stateInput" }, path: found };
  }

  private carry(
    source: object,
    reference: Reference,
    node: Node,
    scope: Scope,
    read: (path: readonly Segment[]) => MadeValue | string,
  ): Reference | string {
    if (distributedBetween(node, scope)) return "is not there in a child execution; give it on with itemSelector";
    const key = JSON.stringify(reference.path);
    const before = this.carried.get(source)?.get(key);
    if (before !== undefined) return variable(before.name);
    const value = read(reference.path);
    if (typeof value === "string") return value;
    this.names ??= new VariableNames(this.graph);
    const name = this.names.make(sourceName(reference.root), reference.path);
    const known = this.carried.get(source) ?? new Map<string, Carried>();
    this.carried.set(source, known.set(key, { name, value }));
    return variable(name);
  }

  private flowOf(scope: Scope): Flow {
    const known = this.flows.get(scope);
    if (known !== undefined) return known;
    const order = orderOf(scope);
    const outer = scope.owner === undefined ? undefined : this.flowOf(scope.owner.scope).layers[scope.owner.position];
    const flow = { order, dominance: new Dominance(order), layers: layersOf(order, innerStart(scope, outer)) };
    this.flows.set(scope, flow);
    return flow;
  }

  private whyMissing(source: Node, node: Node, { order }: Flow): string {
    const name = shown(node.step.name);
    if (node.position < 0) return `is read by ${name}, which is never reached`;
    if (source.position < 0) return `is of a step that is never reached`;
    const way = wayAround(source, node, order);
    return `is read by ${name}, which is also reached without it: ${way.map((one) => one.step.name).join(" → ")}`;
  }
}

function wayOf(reference: Reference, found: Reference): Travelled["by"] {
  if (found.root.kind === "variable" && reference.root.kind !== "variable") return "variable";
  return found.root.kind === "stateInput" ? "input" : "context";
}

function variable(name: string): Reference {
  return { kind: "reference", root: { kind: "variable", name }, path: [] };
}

function sourceName(root: Root): string {
  return root.kind === "output" ? root.step.name : "caught";
}

/** The node itself, or the Parallel or Map around it, that stands in `scope`. */
function ancestorIn(node: Node, scope: Scope): Node | undefined {
  for (let current: Node | undefined = node; current !== undefined; current = current.scope.owner) {
    if (current.scope === scope) return current;
  }
  return undefined;
}

/** Whether a border of a distributed Map lies between the node and `scope`. */
function distributedBetween(node: Node, scope: Scope | undefined): boolean {
  for (
    let current: Scope | undefined = node.scope;
    current !== undefined && current !== scope;
    current = current.owner?.scope
  ) {
    if (current.kind === "distributed") return true;
  }
  return false;
}

function rulesOf(graph: Graph): ReadonlyMap<object, { readonly node: Node; readonly target: Node | undefined }> {
  const rules = new Map<object, { node: Node; target: Node | undefined }>();
  for (const node of graph.nodes.values()) {
    const { catch: given } = authoredState(node.step).options as { readonly catch?: Catch | readonly Catch[] };
    const list = given === undefined ? [] : Array.isArray(given) ? given : [given];
    for (const [index, rule] of list.entries()) rules.set(rule, { node, target: node.catches[index] });
  }
  return rules;
}

/** A shortest way to `node` on which `source` gives no result. */
function wayAround(source: Node, node: Node, { nodes }: Order): readonly Node[] {
  const [start] = nodes;
  if (start === undefined) return [];
  const from = new Map<Node, Node | undefined>([[start, undefined]]);
  const waiting: Node[] = [start];
  for (const current of waiting) {
    if (current === node) break;
    for (const { to, kind } of outgoing(current)) {
      if (from.has(to) || (current === source && kind === "next")) continue;
      from.set(to, current);
      waiting.push(to);
    }
  }
  const way: Node[] = [];
  for (let current: Node | undefined = node; current !== undefined; current = from.get(current)) way.unshift(current);
  return way;
}
