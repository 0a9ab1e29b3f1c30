import { printJsonata } from "../../expression/jsonata.js";
import { parseJsonPath, printJsonPath } from "../../expression/jsonpath.js";
import { printExpression } from "../../expression/placeholder.js";
import { expressionOf, type Reference, type Root, type Segment } from "../../expression/tree.js";
import type { QueryLanguage } from "../../language/asl.js";
import { type Issue, issue, shown } from "../../language/errors.js";
import { type AnyStep, authoredState } from "../../states/step.js";
import type { VariableRead } from "../checks/check-variables.js";
import { catchRulesOf, type Graph, type Join, type Node, type Scope } from "../link.js";
import type { Path } from "../path.js";
import { type CarriedBySource, Carrying, notInChild } from "./carrying.js";
import { ancestorIn, distributedBetween, type Flow, Flows, wayAround } from "./flows.js";
import { Items } from "./items.js";
import { find, ruleOf } from "./layers.js";
import { type MadeValue, madeValue } from "./made-value.js";
import type { Order } from "./order.js";
import { formatWay } from "./way.js";

/** What a field of a state reads: its input; also what it has made of it; also the error of a catcher. In JSONPath, `$` is that. */
export type Base = "input" | "result" | "error";

/** How a value gets to where it is read. */
export interface Travelled {
  /** Where it is read. */
  readonly path: readonly (string | number)[];
  /** What is read. */
  readonly reference: string;
  /** `input`: it lies in the data that flows in; `variable`: a variable of the author or of the compiler holds it. */
  readonly by: "input" | "variable" | "context";
  /** As it stands in the definition. */
  readonly text: string;
  /** Of a `variable` that the compiler has made: the states whose Assign sets it. */
  readonly setBy?: readonly string[];
}

const stateInput: Root = { kind: "stateInput" };

/** Messages that tell a way on which a value is missing. */
const mostWays = 100;

/** Finds out for each reference how its value gets there, and notes what has to be carried. */
export class Travel {
  private readonly carrying: Carrying;
  /** Filled where it was asked for. */
  readonly explained: Travelled[] = [];
  /** Variables of the author, wherever one is read. */
  readonly variableReads: VariableRead[] = [];
  private readonly texts = { JSONPath: new Map<Reference, string>(), JSONata: new Map<Reference, string>() };
  private readonly graph: Graph;
  private waysTold = 0;
  private readonly issues: Issue[];
  private readonly input: object | undefined;
  private readonly explain: boolean;
  private readonly flows: Flows;
  private readonly items: Items;
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
    this.carrying = new Carrying(graph);
    this.flows = new Flows(graph);
    this.items = new Items(this.flows, this.carrying);
    this.issues = issues;
  }

  get carried(): CarriedBySource {
    return this.carrying.carried;
  }

  /** The text that reads the value at this place; `undefined` after having reported why there is none. */
  resolve(reference: Reference, node: Node, base: Base, path: Path, hint?: string): string | undefined {
    if (reference.root.kind === "variable")
      this.variableReads.push({ name: reference.root.name, node, path: path.keys });
    const found = this.place(reference, node, base, path);
    if (typeof found === "string") {
      this.issues.push(issue("unreachable_reference", path.keys, `${printExpression(reference)} ${found}`, hint));
      return undefined;
    }
    const text = found === reference ? this.printOnce(found, node.language) : print(found, node.language);
    if (this.explain) {
      const by = wayOf(found);
      const setBy = found.root.kind === "variable" ? this.carrying.settersOf(found.root.name) : [];
      const told = { path: path.keys, reference: printExpression(reference), by, text };
      this.explained.push(setBy.length === 0 ? told : { ...told, setBy });
    }
    return text;
  }

  /** The text of what a placeholder stands for wherever it is read, such as the input of the execution: many states read one. */
  private printOnce(reference: Reference, language: QueryLanguage): string {
    const known = this.texts[language].get(reference);
    if (known !== undefined) return known;
    const text = print(reference, language);
    this.texts[language].set(reference, text);
    return text;
  }

  /** The nodes of a scope in order; ordered once. */
  orderIn(scope: Scope): Order {
    return this.flows.of(scope).order;
  }

  private place(reference: Reference, node: Node, base: Base, path: Path): Reference | string {
    const { root } = reference;
    switch (root.kind) {
      case "output":
        return this.placeOutput(root.step as AnyStep, reference, node, base);
      case "error":
        return base === "error"
          ? { ...reference, root: { kind: "errorOutput" } }
          : this.placeError(root.rule, reference, node, base);
      case "item":
        return this.items.place(root, reference, node, path.keys);
      case "executionInput":
        return this.placeInput(root, reference, node);
      case "stateInput":
        if (node.language === "JSONata") return this.placeBelowInputPath(reference, node, base, path);
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
    if (distributedBetween(node, undefined)) return notInChild;
    const isForeign = this.input !== undefined && root.collection !== undefined && root.collection !== this.input;
    return isForeign ? "is of another input than the workflow's" : reference;
  }

  /** The state's input as its author means it: `inputPath` has no field in JSONata, so what it leaves out is left out here. */
  private placeBelowInputPath(reference: Reference, node: Node, base: Base, path: Path): Reference | string {
    const { inputPath } = authoredState(node.step).options as { readonly inputPath?: unknown };
    if (inputPath === undefined) return reference;
    if (inputPath === null) return "is empty: its inputPath is null";
    const whole = expressionOf(inputPath) ?? (typeof inputPath === "string" ? parseJsonPath(inputPath) : undefined);
    if (whole === undefined || "message" in whole || whole.kind !== "reference")
      return "is read below an inputPath that is no reference path";
    const below: Reference = { ...whole, path: [...whole.path, ...reference.path] };
    return whole.root.kind === "stateInput" ? below : this.place(below, node, base, path);
  }

  private placeOutput(step: AnyStep, reference: Reference, node: Node, base: Base): Reference | string {
    const source = this.graph.nodes.get(step);
    if (source === undefined) return "is of a step that is not in this workflow";
    const ancestor = ancestorIn(node, source.scope);
    if (ancestor === undefined) return `is of another branch than ${shown(node.step.name)}`;
    if (ancestor === source) return `is read by ${shown(node.step.name)}, which it is the output of`;
    if (source.type === "Choice") return this.placeJoined(source, ancestor, reference, node, base);
    const flow = this.flows.of(source.scope);
    if (!flow.dominance.hasResult(source, ancestor)) return this.whyMissing(source, ancestor, flow);
    return (
      this.plain(source, reference, node, base) ??
      this.carry(source, reference, node, source.scope, (path) => madeValue(source, path))
    );
  }

  /** The output of a Choice is what its branches give: it is there from where they come together. */
  private placeJoined(choice: Node, ancestor: Node, reference: Reference, node: Node, base: Base): Reference | string {
    const { order, dominance, joins } = this.flows.of(choice.scope);
    const join = this.graph.joins.get(choice);
    if (join === undefined) return "is of a Choice that nothing follows in its chain";
    const problem = joins.problems.get(join);
    if (problem !== undefined) return problem;
    if (!dominance.isEntered(join.to, ancestor)) {
      const way = this.wayTo(ancestor, join.to, order);
      const [reader, meeting] = [shown(node.step.name), shown(join.to.step.name)];
      return `is read by ${reader}, but its branches come together in ${meeting}, which is not on every way there${way}`;
    }
    return this.plain(join, reference, node, base) ?? this.carryFromEnds(join, reference, node);
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
    const flow = this.flows.of(scope);
    const edges = flow.order.incoming[found.target.position] ?? [];
    const isAlone =
      edges.every((edge) => edge.kind === "catch" && ruleOf(edge) === rule) &&
      (ancestor === found.target || flow.dominance.hasResult(found.target, ancestor));
    if (!isAlone) return `is read by ${shown(node.step.name)}, which is not reached through that catch alone`;
    return this.carry(rule, reference, node, scope, (path) => ({
      kind: "reference",
      root: { kind: "errorOutput" },
      path,
    }));
  }

  /** The value as it lies in the data that flows in; only where the data is what the state reads as `$`. */
  private plain(source: object, reference: Reference, node: Node, base: Base): Reference | undefined {
    const { inputPath } = authoredState(node.step).options as { readonly inputPath?: unknown };
    const isWhole = base === "input" && (inputPath === undefined || inputPath === "$");
    // In JSONata the whole input can be read from every field.
    if (!isWhole && node.language === "JSONPath") return undefined;
    const found = find(this.flows.of(node.scope).layers[node.position], source, reference.path);
    return found === undefined ? undefined : { kind: "reference", root: stateInput, path: found };
  }

  /** One variable, set at the end of each branch. */
  private carryFromEnds({ choice, ends }: Join, reference: Reference, node: Node): Reference | string {
    if (distributedBetween(node, choice.scope)) return notInChild;
    const held = { whole: choice.step.name, path: reference.path, kind: ends.size > 1 ? choice.step.name : "" };
    return this.carrying.carry([...ends], held, (end) => {
      const value = madeValue(end, reference.path);
      return typeof value === "string" ? `comes from ${shown(end.step.name)}, where it ${value}` : value;
    });
  }

  private carry(
    source: object,
    reference: Reference,
    node: Node,
    scope: Scope,
    read: (path: readonly Segment[]) => MadeValue | string,
  ): Reference | string {
    if (distributedBetween(node, scope)) return notInChild;
    const held = { whole: sourceName(reference.root), path: reference.path };
    return this.carrying.carry([source], held, () => read(reference.path));
  }

  private whyMissing(source: Node, node: Node, { order }: Flow): string {
    const name = shown(node.step.name);
    if (node.position < 0) return `is read by ${name}, which is never reached`;
    if (source.position < 0) return `is of a step that is never reached`;
    return `is read by ${name}, which is also reached without it${this.wayTo(node, source, order)}`;
  }

  /** A way without a result, as the end of a message. Looking for it takes a walk: many messages go without. */
  private wayTo(node: Node, source: Node, order: Order): string {
    if (this.waysTold >= mostWays) return "";
    this.waysTold++;
    const way = wayAround(source, node, order);
    const caught = way.includes(source) ? ` (${shown(source.step.name)} is left by its catch)` : "";
    return `: ${formatWay(way.map(({ step }) => step.name))}${caught}`;
  }
}

function print(reference: Reference, language: QueryLanguage): string {
  return language === "JSONata" ? printJsonata(reference) : printJsonPath(reference);
}

function wayOf(found: Reference): Travelled["by"] {
  if (found.root.kind === "variable") return "variable";
  return found.root.kind === "stateInput" ? "input" : "context";
}

function sourceName(root: Root): string {
  return root.kind === "output" ? root.step.name : "caught";
}

function rulesOf(graph: Graph): ReadonlyMap<object, { readonly node: Node; readonly target: Node | undefined }> {
  const rules = new Map<object, { node: Node; target: Node | undefined }>();
  for (const node of graph.nodes.values()) {
    for (const [index, rule] of catchRulesOf(node).entries()) rules.set(rule, { node, target: node.catches[index] });
  }
  return rules;
}
