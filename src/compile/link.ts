import { type Issue, issue, shown } from "../language/errors.js";
import { limits } from "../language/limits.js";
import { stepsOf } from "../states/chain.js";
import type { Catch } from "../states/recovery.js";
import { authoredState, isStep, type Step } from "../states/step.js";

/** A step in its place in a workflow. */
export interface Node {
  readonly step: Step;
  /** The step after it; `undefined` at the end of the flow. */
  next: Step | undefined;
  /** Targets of the step's catchers, in their order. */
  readonly catches: readonly (Step | undefined)[];
}

export interface Graph {
  readonly start: Step | undefined;
  /** In the order of discovery, which is the order of writing. */
  readonly nodes: ReadonlyMap<Step, Node>;
}

/**
 * Follows every edge from the start. Steps are not changed: the links stand in the graph alone.
 */
export function link(definition: unknown, issues: Issue[]): Graph {
  const linker = new Linker(issues);
  const start = linker.follow(definition, "the workflow");
  linker.drain();
  return { start, nodes: linker.nodes };
}

class Linker {
  readonly nodes = new Map<Step, Node>();
  private readonly byName = new Map<string, Step>();
  private readonly waiting: (readonly Step[])[] = [];
  private readonly issues: Issue[];

  constructor(issues: Issue[]) {
    this.issues = issues;
  }

  /** Notes a step or chain for linking; gives its first step. */
  follow(target: unknown, from: string): Step | undefined {
    const chain = stepsOf(target);
    const wrong = chain.findIndex((step) => !isStep(step));
    if (wrong >= 0) {
      this.issues.push(issue("not_a_step", [], `expected a step or a chain in ${from}, got ${shown(chain[wrong])}`));
      return undefined;
    }
    if (chain.length === 0) this.issues.push(issue("empty_chain", [], `expected at least one step in ${from}`));
    else this.waiting.push(chain);
    return chain[0];
  }

  drain(): void {
    for (let index = 0; index < this.waiting.length; index++) this.linkChain(this.waiting[index] ?? []);
  }

  private linkChain(chain: readonly Step[]): void {
    const inChain = new Set<Step>();
    let previous: Node | undefined;
    for (const step of chain) {
      if (inChain.has(step)) {
        this.issues.push(issue("duplicate_step", [], `the step ${shown(step.name)} stands twice in one chain`));
        return;
      }
      inChain.add(step);
      if (previous !== undefined) this.connect(previous, step);
      previous = this.nodes.get(step) ?? this.add(step);
    }
  }

  private connect(from: Node, to: Step): void {
    const { type } = authoredState(from.step);
    if (type === "Succeed" || type === "Fail") {
      const message = `${type} ends the flow, but ${shown(to.name)} follows`;
      this.issues.push(issue("terminal_step_in_chain", ["States", from.step.name], message));
    } else if (from.next !== undefined && from.next !== to) {
      const message = `${shown(from.next.name)} follows in one chain and ${shown(to.name)} in another`;
      this.issues.push(issue("ambiguous_next", ["States", from.step.name, "Next"], message));
    } else {
      from.next = to;
    }
  }

  private add(step: Step): Node {
    this.checkName(step);
    const { catch: rules } = authoredState(step).options as { readonly catch?: Catch | readonly Catch[] };
    const node: Node = { step, next: undefined, catches: rules === undefined ? none : this.targets(step, rules) };
    this.nodes.set(step, node);
    return node;
  }

  private targets(step: Step, rules: Catch | readonly Catch[]): (Step | undefined)[] {
    const list: readonly unknown[] = Array.isArray(rules) ? rules : [rules];
    return list.map((rule, index) => {
      const target: unknown = (rule as Partial<Catch> | null)?.next;
      const place = `the catch ${index} of ${shown(step.name)}`;
      return this.follow(typeof target === "function" ? target() : target, place);
    });
  }

  private checkName(step: Step): void {
    const { name } = step;
    // Characters are counted only where code units leave a doubt.
    const isLong = name.length > limits.stateNameLength && [...name].length > limits.stateNameLength;
    if (typeof name !== "string" || name.length === 0 || isLong) {
      const message = `expected a name of 1 to ${limits.stateNameLength} characters, got ${shown(name)}`;
      this.issues.push(issue("invalid_state_name", ["States", String(name)], message));
    }
    if (this.byName.has(name)) {
      this.issues.push(issue("duplicate_state_name", ["States", name], `two steps are named ${shown(name)}`));
    }
    this.byName.set(name, step);
  }
}

const none: readonly Step[] = [];

/** How an edge leads into a step. */
export interface Edge {
  readonly from: Step;
  readonly kind: "next" | "catch";
}

/** The edges that lead into each step. */
export function incomingEdges(graph: Graph): ReadonlyMap<Step, readonly Edge[]> {
  const edges = new Map<Step, Edge[]>();
  const add = (to: Step | undefined, edge: Edge): void => {
    if (to === undefined) return;
    const known = edges.get(to);
    if (known === undefined) edges.set(to, [edge]);
    else known.push(edge);
  };
  for (const { step, next, catches } of graph.nodes.values()) {
    add(next, { from: step, kind: "next" });
    for (const target of catches) add(target, { from: step, kind: "catch" });
  }
  return edges;
}
