import { placeholderOf } from "../expression/placeholder.js";
import type { QueryLanguage, StateType } from "../language/asl.js";
import { type Issue, issue, shown } from "../language/errors.js";
import { limits } from "../language/limits.js";
import { stepsOf } from "../states/chain.js";
import type { ChoiceBranch } from "../states/choice.js";
import type { Catch, OneOrMany } from "../states/recovery.js";
import { type AnyStep, authoredState, isStep } from "../states/step.js";

/** A step in its place in a workflow. */
export interface Node {
  readonly step: AnyStep;
  readonly type: StateType;
  /** The query language of the state: its own, or the machine's. */
  readonly language: QueryLanguage;
  readonly scope: Scope;
  /** The step after it; `undefined` at the end of the flow. */
  next: Node | undefined;
  /** Targets of the catchers, in their order. */
  catches: readonly (Node | undefined)[];
  /** Targets of the rules of a Choice, in their order. */
  choices: readonly (Node | undefined)[];
  /** Where a Choice goes on when no rule applies. */
  otherwise: Node | undefined;
  /** Branches of a Parallel, the processor of a Map. */
  inner: readonly Scope[];
  /** The number of the chain in which it was linked last. */
  chain: number;
  /** Where it stands in the order of its scope (`orderOf`); -1: there is no order yet, or it cannot be reached. */
  position: number;
}

/** States that may lead to each other: the machine, a branch, a processor. */
export interface Scope {
  /** The Parallel or Map that holds it; `undefined` for the machine. */
  readonly owner: Node | undefined;
  readonly kind: "machine" | "branch" | "inline" | "distributed";
  /** Where issues in it stand. */
  readonly path: readonly (string | number)[];
  start: Node | undefined;
  /** In the order of discovery, which is the order of writing. */
  readonly nodes: Node[];
}

/** A machine with its nested scopes. */
export interface Graph {
  readonly machine: Scope;
  /** Every node of every scope. */
  readonly nodes: ReadonlyMap<AnyStep, Node>;
  /** By their Choices. */
  readonly joins: ReadonlyMap<Node, Join>;
}

/** Follows every edge from the start. Steps are not changed: the links stand in the graph alone. */
export function link(definition: unknown, issues: Issue[], language: QueryLanguage): Graph {
  const linker = new Linker(issues, language);
  const machine = linker.open(undefined, "machine", ["States"], definition, "the workflow");
  linker.drain();
  return { machine, nodes: linker.nodes, joins: linker.joins };
}

const functionHint = "a function stands alone, as a target, and may give a chain: () => Chain.of(wait, ask)";

function hintFor(wrong: unknown): string | undefined {
  if (typeof wrong === "function") return functionHint;
  return Array.isArray(wrong) ? "a list of steps is a chain by Chain.from(list)" : undefined;
}

/** A chain that waits to be linked, or a node whose targets wait to be followed. */
type Waiting = { readonly steps: readonly AnyStep[]; readonly scope: Scope } | Node;

/** A Choice with what follows it in its chain. */
export interface Join {
  readonly choice: Node;
  readonly to: Node;
  /** The steps of that chain: a branch that leads to one of them is no open end. */
  readonly chain: ReadonlySet<AnyStep>;
  /** The last steps of its branches, as far as they had an open end. */
  readonly ends: Set<Node>;
}

interface CatchRule {
  readonly next?: unknown;
}

class Linker {
  readonly nodes = new Map<AnyStep, Node>();
  private readonly names = new Set<string>();
  private readonly waiting: Waiting[] = [];
  /** What the functions of catch rules have given. */
  private readonly handlers = new Map<CatchRule, unknown>();
  private chainCount = 0;
  /** By their Choices: a Choice within a branch of another one leads to what follows it in its own chain. */
  readonly joins = new Map<Node, Join>();
  /** The steps of the chains that have a Choice. */
  private readonly chains = new Map<readonly AnyStep[], ReadonlySet<AnyStep>>();
  /** Ways whose targets are functions, by their places: jumps, which what follows a Choice does not follow. */
  private readonly jumps = new Map<Node, Set<number>>();
  private readonly issues: Issue[];
  private readonly language: QueryLanguage;

  constructor(issues: Issue[], language: QueryLanguage) {
    this.issues = issues;
    this.language = language;
  }

  /** Opens a scope and notes its chain for linking. */
  open(owner: Node | undefined, kind: Scope["kind"], path: Scope["path"], definition: unknown, what: string): Scope {
    const scope: Scope = { owner, kind, path, start: undefined, nodes: [] };
    scope.start = this.follow(definition, scope, what);
    return scope;
  }

  drain(): void {
    for (const item of this.waiting) {
      if ("steps" in item) this.linkChain(item.steps, item.scope);
      else this.followTargets(item);
    }
    for (const join of this.joins.values()) this.join(join);
  }

  /** Notes a step or chain for linking; gives its first node. */
  private follow(target: unknown, scope: Scope, from: string): Node | undefined {
    const steps = stepsOf(target);
    const wrong = steps.findIndex((step) => !isStep(step));
    if (wrong >= 0) {
      const hint = hintFor(steps[wrong]);
      this.issues.push(
        issue("not_a_step", scope.path, `expected a step or a chain in ${from}, got ${shown(steps[wrong])}`, hint),
      );
      return undefined;
    }
    const [first] = steps;
    if (first === undefined) {
      this.issues.push(issue("empty_chain", scope.path, `expected at least one step in ${from}`));
      return undefined;
    }
    // The rest of the chain comes before what the first step leads to otherwise: so definitions read from top to bottom.
    if (steps.length > 1) this.waiting.push({ steps, scope });
    return this.nodeOf(first, scope);
  }

  private linkChain(chain: readonly AnyStep[], scope: Scope): void {
    const number = ++this.chainCount;
    let previous: Node | undefined;
    for (const step of chain) {
      const node = this.nodeOf(step, scope);
      if (node.chain === number) {
        this.issues.push(issue("duplicate_step", scope.path, `the step ${shown(step.name)} stands twice in one chain`));
        return;
      }
      node.chain = number;
      if (previous !== undefined) this.connect(previous, node, chain);
      previous = node;
    }
  }

  private connect(from: Node, to: Node, chain: readonly AnyStep[]): void {
    if (from.type === "Choice") {
      this.connectChoice(from, to, chain);
    } else if (from.type === "Succeed" || from.type === "Fail") {
      const message = `${from.type} ends the flow, but ${shown(to.step.name)} follows`;
      this.issues.push(issue("terminal_step_in_chain", pathOf(from), message));
    } else if (from.next !== undefined && from.next !== to) {
      this.reportTwo(from, from.next, to);
    } else {
      from.next = to;
    }
  }

  private connectChoice(choice: Node, to: Node, chain: readonly AnyStep[]): void {
    const known = this.joins.get(choice);
    if (known === undefined) this.joins.set(choice, { choice, to, chain: this.stepsIn(chain), ends: new Set() });
    else if (known.to !== to) this.reportTwo(choice, known.to, to);
  }

  private stepsIn(chain: readonly AnyStep[]): ReadonlySet<AnyStep> {
    const steps = this.chains.get(chain) ?? new Set(chain);
    this.chains.set(chain, steps);
    return steps;
  }

  private reportTwo(from: Node, one: Node, other: Node): void {
    const message = `${shown(one.step.name)} follows in one chain and ${shown(other.step.name)} in another`;
    this.issues.push(issue("ambiguous_next", [...pathOf(from), "Next"], message));
  }

  /** What follows a Choice follows the open ends of its branches, and takes the place of a missing `otherwise`. */
  private join({ choice, to, chain, ends }: Join): void {
    const seen = new Set<Node>();
    const waiting: Node[] = [choice];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (seen.has(node) || (node !== choice && chain.has(node.step))) continue;
      seen.add(node);
      const inner = node === choice ? undefined : this.joins.get(node);
      if (inner !== undefined) {
        waiting.push(inner.to);
      } else if (node.type === "Choice") {
        const jumps = this.jumps.get(node);
        for (const [index, target] of [...node.choices, node.otherwise].entries()) {
          if (target !== undefined && jumps?.has(index) !== true) waiting.push(target);
        }
        if (node.otherwise === undefined) ends.add(node);
        node.otherwise ??= to;
      } else if (node.next !== undefined) {
        waiting.push(node.next);
      } else if (node.type !== "Succeed" && node.type !== "Fail") {
        node.next = to;
        ends.add(node);
      }
    }
  }

  private nodeOf(step: AnyStep, scope: Scope): Node {
    const known = this.nodes.get(step);
    if (known === undefined) return this.add(step, scope);
    if (known.scope !== scope) {
      const message = `the step ${shown(step.name)} stands in two branches, or inside and outside of one`;
      this.issues.push(issue("ambiguous_next", [...scope.path, step.name], message));
    }
    return known;
  }

  private add(step: AnyStep, scope: Scope): Node {
    this.checkName(step, scope);
    const { type, options } = authoredState(step);
    const { queryLanguage } = options as { readonly queryLanguage?: QueryLanguage };
    const node: Node = {
      step,
      type,
      language: queryLanguage ?? this.language,
      scope,
      next: undefined,
      catches: none,
      choices: none,
      otherwise: undefined,
      inner: none,
      chain: 0,
      position: -1,
    };
    this.nodes.set(step, node);
    scope.nodes.push(node);
    if (leadsElsewhere(node)) this.waiting.push(node);
    return node;
  }

  private followTargets(node: Node): void {
    const { scope, step } = node;
    const given = authoredState(step).options as Readonly<Record<string, unknown>>;
    node.catches = mapList<CatchRule, Node | undefined>(given["catch"], (rule, index) => {
      const next = this.handlerOf(rule);
      return this.follow(next, scope, `the catch ${index} of ${shown(step.name)}`);
    });
    node.choices = mapList<ChoiceBranch, Node | undefined>(given["choices"], (rule, index) =>
      this.followWay(node, index, rule?.next, `the rule ${index} of ${shown(step.name)}`),
    );
    if (given["otherwise"] !== undefined) {
      node.otherwise = this.followWay(
        node,
        node.choices.length,
        given["otherwise"],
        `otherwise of ${shown(step.name)}`,
      );
    }
    node.inner = mapList(given["branches"], (branch, index) => {
      const path = [...pathOf(node), "Branches", index, "States"];
      return this.open(node, "branch", path, branch, `the branch ${index} of ${shown(step.name)}`);
    });
    if (given["processor"] !== undefined) {
      const path = [...pathOf(node), "ItemProcessor", "States"];
      const kind = given["mode"] === "DISTRIBUTED" ? "distributed" : "inline";
      const inner = this.open(node, kind, path, given["processor"], `the processor of ${shown(step.name)}`);
      node.inner = [...node.inner, inner];
    }
  }

  /** Where a catch leads; a rule that several steps share leads to one handler. */
  private handlerOf(rule: CatchRule | undefined): unknown {
    if (typeof rule?.next !== "function") return rule?.next;
    if (!this.handlers.has(rule)) {
      this.handlers.set(
        rule,
        call(rule.next, () => placeholderOf({ kind: "error", rule }, undefined)),
      );
    }
    return this.handlers.get(rule);
  }

  /** A way out of a Choice. */
  private followWay(choice: Node, index: number, next: unknown, what: string): Node | undefined {
    const target = this.follow(call(next), choice.scope, what);
    if (target !== undefined && typeof next === "function") {
      const jumps = this.jumps.get(choice) ?? new Set();
      this.jumps.set(choice, jumps.add(index));
    }
    return target;
  }

  private checkName(step: AnyStep, scope: Scope): void {
    const { name } = step;
    // Characters are counted only where code units leave a doubt.
    const isLong = (text: string): boolean =>
      text.length > limits.stateNameLength && [...text].length > limits.stateNameLength;
    if (typeof name !== "string" || name.length === 0 || isLong(name)) {
      const message = `expected a name of 1 to ${limits.stateNameLength} characters, got ${shown(name)}`;
      this.issues.push(issue("invalid_state_name", [...scope.path, String(name)], message));
    }
    if (this.names.has(name)) {
      this.issues.push(issue("duplicate_state_name", [...scope.path, name], `two steps are named ${shown(name)}`));
    }
    this.names.add(name);
  }
}

/** Whether a state may lead to more than what follows it in its chain. */
function leadsElsewhere({ type, step }: Node): boolean {
  if (type === "Task") return (authoredState(step).options as { readonly catch?: unknown }).catch !== undefined;
  return type === "Choice" || type === "Parallel" || type === "Map";
}

/** The catch rules of a node's step. */
export function catchRulesOf({ step }: Node): readonly Catch[] {
  const { catch: rules } = authoredState(step).options as { readonly catch?: OneOrMany<Catch> };
  return rules === undefined ? none : Array.isArray(rules) ? rules : [rules as Catch];
}

/** Where a node's state stands in the definition. */
export function pathOf(node: Node): readonly (string | number)[] {
  return [...node.scope.path, node.step.name];
}

/** Nothing, for the many nodes that lead nowhere else. */
const none: readonly never[] = [];

/** What is made of each item of a list, or of the one value that is given without a list. */
function mapList<T, R>(value: unknown, make: (item: T, index: number) => R): readonly R[] {
  if (value === undefined || value === null) return none;
  const list: readonly T[] = Array.isArray(value) ? value : [value];
  return list.map((item, index) => make(item, index));
}

/** The target itself, or what the function for it gives. */
function call(target: unknown, argument: () => unknown = () => undefined): unknown {
  return typeof target === "function" ? target(argument()) : target;
}

/** How one node leads to another. */
export interface Edge {
  readonly from: Node;
  readonly to: Node;
  /** `next` carries the output of its state, also out of a Choice; `catch` carries an error. */
  readonly kind: "next" | "catch";
  /** The catcher, of a `catch`. */
  readonly index: number;
}

/** The edges out of a node. */
export function outgoing(node: Node): readonly Edge[] {
  if (node.choices.length === 0 && node.catches.length === 0 && node.otherwise === undefined) {
    return node.next === undefined ? none : [{ from: node, to: node.next, kind: "next", index: 0 }];
  }
  const edges: Edge[] = [];
  addEdge(edges, node, node.next, "next", 0);
  for (let index = 0; index < node.choices.length; index++) addEdge(edges, node, node.choices[index], "next", index);
  addEdge(edges, node, node.otherwise, "next", node.choices.length);
  for (let index = 0; index < node.catches.length; index++) addEdge(edges, node, node.catches[index], "catch", index);
  return edges;
}

function addEdge(edges: Edge[], from: Node, to: Node | undefined, kind: Edge["kind"], index: number): void {
  if (to !== undefined) edges.push({ from, to, kind, index });
}
