import type { Reference, Segment } from "../../expression/tree.js";
import { catchRulesOf, type Graph } from "../link.js";
import type { MadeValue } from "./made-value.js";
import { VariableNames } from "./variable-names.js";

/** Why nothing can be carried into the child executions of a distributed Map. */
export const notInChild = "is not there in a child execution; give it on with itemSelector";

/** A variable that the compiler sets where a value is made. */
export interface Carried {
  readonly name: string;
  readonly value: MadeValue;
}

/** Variables of one source, by what they hold, as text. A plain object, as there is one for each source, mostly of one member. */
export type CarriedOfSource = Readonly<Record<string, Carried>>;

/** Variables to set, by the node, or the catch rule, that makes the value. */
export type CarriedBySource = ReadonlyMap<object, CarriedOfSource>;

/** A value that a variable holds. */
export interface Held {
  /** What it is a part of: the first word of the variable's name. */
  readonly whole: string;
  readonly path: readonly Segment[];
  /** Sets it apart from other values of the same source and path; default: the source's own. */
  readonly kind?: string;
}

/** The variables that carry values, one for each value that is asked for. */
export class Carrying {
  readonly carried = new Map<object, Record<string, Carried>>();
  private readonly graph: Graph;
  private readonly setters = new Map<string, readonly object[]>();
  private names: VariableNames | undefined;
  private namesBySource: ReadonlyMap<object, readonly string[]> | undefined;

  constructor(graph: Graph) {
    this.graph = graph;
  }

  /**
   * The variable that holds a value, set at each of the sources; a text that says why it cannot be.
   *
   * @param read - what the Assign of a source reads
   */
  carry<S extends object>(
    sources: readonly S[],
    held: Held,
    read: (source: S) => MadeValue | string,
  ): Reference | string {
    const key = (held.kind ?? "") + textOf(held.path);
    const before = sources[0] === undefined ? undefined : this.carried.get(sources[0])?.[key];
    if (before !== undefined) return variable(before.name);
    const values = sources.map(read);
    const problem = values.find((value) => typeof value === "string");
    if (problem !== undefined) return problem;
    this.names ??= new VariableNames(this.graph);
    const name = this.names.make(held.whole, held.path);
    this.setters.set(name, sources);
    for (const [index, source] of sources.entries()) {
      const carried = { name, value: values[index] as MadeValue };
      const known = this.carried.get(source);
      if (known === undefined) this.carried.set(source, { [key]: carried });
      else known[key] = carried;
    }
    return variable(name);
  }

  /** The states whose Assign sets a variable; none for one of the author's. */
  settersOf(name: string): readonly string[] {
    const sources = this.setters.get(name) ?? [];
    if (sources.length === 0) return [];
    this.namesBySource ??= namesBySource(this.graph);
    return sources.flatMap((source) => this.namesBySource?.get(source) ?? []);
  }
}

/** The names of the states that a node, or a catch rule, which several may share, belongs to. */
function namesBySource({ nodes }: Graph): ReadonlyMap<object, readonly string[]> {
  const names = new Map<object, string[]>();
  for (const node of nodes.values()) {
    names.set(node, [node.step.name]);
    for (const rule of catchRulesOf(node)) names.set(rule, [...(names.get(rule) ?? []), node.step.name]);
  }
  return names;
}

/** A path as a text of its own, which begins as no member of an object and no index does. */
function textOf(path: readonly Segment[]): string {
  const [first] = path;
  return path.length === 1 && typeof first === "string" ? `.${first}` : JSON.stringify(path);
}

function variable(name: string): Reference {
  return { kind: "reference", root: { kind: "variable", name }, path: [] };
}
