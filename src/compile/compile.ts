import { printJsonPath } from "../expression/jsonpath.js";
import { printExpression } from "../expression/placeholder.js";
import { printInJsonPath } from "../expression/print-in-jsonpath.js";
import type { Expression, Reference } from "../expression/tree.js";
import type { State, StateMachineDefinition } from "../language/asl.js";
import { type Issue, issue, shown, throwIssues } from "../language/errors.js";
import { type Json, setOwn } from "../language/json.js";
import type { Chainable } from "../states/chain.js";
import type { Deferred } from "../states/deferred.js";
import { authoredState, type Step } from "../states/step.js";
import { type Edge, type Graph, incomingEdges, link, type Node } from "./link.js";
import { lowerState } from "./state.js";
import type { Place } from "./template.js";

export interface CompileOptions {
  readonly comment?: string;
  /** Version of the language; AWS knows `1.0`. */
  readonly version?: string;
  /** Seconds for the whole execution, 1 to 99,999,998. */
  readonly timeoutSeconds?: number;
}

/** A compiled workflow with what was found on the way. */
export interface Compiled {
  readonly definition: StateMachineDefinition;
  readonly issues: readonly Issue[];
  /** Values that a deployment has to know first. */
  readonly unresolved: readonly Deferred[];
}

/**
 * Compiles a step or chain to Amazon States Language.
 *
 * @throws {@link DefinitionError} with every problem of the definition.
 * @example
 * compile(Chain.of(new Pass("A"), new Succeed("B")));
 * // { StartAt: "A", States: { A: { Type: "Pass", Next: "B" }, B: { Type: "Succeed" } } }
 */
export function compile(definition: Chainable, options: CompileOptions = {}): StateMachineDefinition {
  const compiled = tryCompile(definition, options);
  const unknown = compiled.unresolved.map((value) =>
    issue("unresolved_value", [], `${value.label} is known to a session only`),
  );
  throwIssues([...compiled.issues, ...unknown]);
  return compiled.definition;
}

/** Compiles, and gives the issues instead of throwing them. */
export function tryCompile(
  definition: unknown,
  options: CompileOptions = {},
  resolved: ReadonlyMap<Deferred, unknown> = new Map(),
): Compiled {
  const issues: Issue[] = [];
  const graph = link(definition, issues);
  const unresolved = new Set<Deferred>();
  const states: Record<string, State> = {};
  const places = new Places(graph, issues, resolved, unresolved);
  for (const node of graph.nodes.values()) {
    const { step } = node;
    for (const problem of authoredState(step).problems)
      issues.push({ ...problem, path: ["States", step.name, ...problem.path] });
    setOwn(states, step.name, lowerState(node, places.of(node)));
  }
  const machine = { ...head(options, issues), StartAt: graph.start?.name ?? "", States: states };
  return { definition: machine, issues, unresolved: [...unresolved] };
}

/** Compiles after having asked each deferred value for what it stands for. */
export async function compileResolved(
  definition: unknown,
  options: CompileOptions = {},
): Promise<{ readonly definition: StateMachineDefinition; readonly deferred: readonly Deferred[] }> {
  const first = tryCompile(definition, options);
  throwIssues(first.issues);
  if (first.unresolved.length === 0) return { definition: first.definition, deferred: [] };
  const values = await Promise.all(first.unresolved.map(async (value) => [value, await value.resolve()] as const));
  const second = tryCompile(definition, options, new Map(values));
  throwIssues(second.issues);
  return { definition: second.definition, deferred: first.unresolved };
}

function head(options: CompileOptions, issues: Issue[]): Partial<StateMachineDefinition> {
  const { comment, version, timeoutSeconds } = options;
  if (timeoutSeconds !== undefined && !(Number.isInteger(timeoutSeconds) && timeoutSeconds > 0)) {
    const message = `expected whole seconds greater than 0, got ${shown(timeoutSeconds)}`;
    issues.push(issue("invalid_number", ["TimeoutSeconds"], message));
  }
  return {
    ...(comment === undefined ? {} : { Comment: comment }),
    ...(version === undefined ? {} : { Version: version }),
    ...(timeoutSeconds === undefined ? {} : { TimeoutSeconds: timeoutSeconds }),
  };
}

/** Gives each state its view of the workflow. */
class Places {
  private readonly graph: Graph;
  private readonly issues: Issue[];
  private readonly resolved: ReadonlyMap<Deferred, unknown>;
  private readonly unresolved: Set<Deferred>;
  private incoming: ReadonlyMap<Step, readonly Edge[]> | undefined;

  constructor(graph: Graph, issues: Issue[], resolved: ReadonlyMap<Deferred, unknown>, unresolved: Set<Deferred>) {
    this.graph = graph;
    this.issues = issues;
    this.resolved = resolved;
    this.unresolved = unresolved;
  }

  of({ step }: Node): Place {
    return {
      issues: this.issues,
      print: (expression, path) => this.print(expression, step, path),
      resolve: (value) => this.resolve(value),
    };
  }

  private resolve(value: Deferred): Json {
    if (this.resolved.has(value)) return this.resolved.get(value) as Json;
    this.unresolved.add(value);
    return null;
  }

  private print(expression: Expression, step: Step, path: readonly (string | number)[]): string | undefined {
    return printInJsonPath(expression, {
      reference: (reference) => this.printReference(reference, step, path),
      late: (value) => this.resolve(value as Deferred),
      report: (problem) => this.issues.push({ ...problem, path: [...path, ...problem.path] }),
    });
  }

  private printReference(reference: Reference, step: Step, path: readonly (string | number)[]): string | undefined {
    const { root } = reference;
    if (root.kind !== "output") return printJsonPath(reference);
    const problem = this.whyNotInput(root.step, step);
    if (problem === undefined) return printJsonPath({ ...reference, root: { kind: "stateInput" } });
    this.issues.push(issue("unreachable_reference", path, `${printExpression(reference)} ${problem}`));
    return undefined;
  }

  /** Why the output of `source` is not what flows into `step`; `undefined` when it is. */
  private whyNotInput(source: object, step: Step): string | undefined {
    this.incoming ??= incomingEdges(this.graph);
    if (!this.graph.nodes.has(source as Step)) return "is of a step that is not in this workflow";
    const edges = this.incoming.get(step) ?? [];
    if (edges.length === 0 || step === this.graph.start) return `is read by ${shown(step.name)}, which may come first`;
    const other = edges.find((edge) => edge.from !== source || edge.kind !== "next");
    if (other === undefined) return undefined;
    return other.kind === "catch"
      ? `is read by ${shown(step.name)}, which a catch of ${shown(other.from.name)} leads to`
      : `is read by ${shown(step.name)}, which comes directly after ${shown(other.from.name)}`;
  }
}
