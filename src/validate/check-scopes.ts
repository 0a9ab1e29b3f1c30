import { isMembers } from "./check-object.js";
import type { Checker } from "./checker.js";
import type { Graph, Node } from "./graph.js";
import type { Place } from "./place.js";

/** A variable that an `Assign` sets. */
interface Assigned {
  readonly name: string;
  /** Place of its key. */
  readonly place: Place;
}

/**
 * AWS refuses to assign a variable of an outer scope: what is within a Parallel or an inline Map may only read it. What is assigned where the
 * Parallel or Map is left, by its own Assign or a catcher, is no variable of the scope yet; AWS takes such a name within, too.
 */
export function checkScopes(graphs: readonly Graph[], checker: Checker): void {
  const known = new Map<Graph, Scope>();
  for (const graph of graphs) known.set(graph, scopeOf(graph));
  for (const graph of graphs) {
    if (graph.outer === undefined) continue;
    for (const { name, place } of known.get(graph)?.assigned ?? []) {
      if (isSetAround(graph, name, known)) refuse(name, place, checker);
    }
  }
}

/** What a scope assigns. */
interface Scope {
  readonly assigned: readonly Assigned[];
  /** The place in the order of states at which each name is assigned first. */
  readonly first: ReadonlyMap<string, number>;
}

function isSetAround(graph: Graph, name: string, known: ReadonlyMap<Graph, Scope>): boolean {
  for (let scope = graph; scope.outer !== undefined && !isDistributed(scope); scope = scope.outer.graph) {
    const { graph: outer, owner } = scope.outer;
    const first = known.get(outer)?.first.get(name);
    if (first !== undefined && first < (outer.order[owner] ?? -1)) return true;
  }
  return false;
}

function refuse(name: string, place: Place, checker: Checker): void {
  const message = `Variable '${name}' is assigned in an outer scope, and cannot be assigned here`;
  const hint = "take another name, and hand the value out in the output";
  checker.findings.add({ code: "SCHEMA_VALIDATION_FAILED", message, place, isKey: true, hint });
}

/** The iterations of a distributed Map are executions of their own: they see no variable of the outer scopes. */
export function isDistributed({ outer }: Graph): boolean {
  const processor = outer?.graph.nodes[outer.owner]?.state["ItemProcessor"];
  const config = isMembers(processor) ? processor["ProcessorConfig"] : undefined;
  return isMembers(config) && config["Mode"] === "DISTRIBUTED";
}

/** What the states of a scope assign, their rules and catchers included. States that nothing leads to assign nothing. */
function scopeOf(graph: Graph): Scope {
  const assigned: Assigned[] = [];
  const first = new Map<string, number>();
  for (const node of graph.nodes) {
    const from = assigned.length;
    add(node.state, node.place, node, assigned);
    for (const field of ["Choices", "Catch"]) {
      const rules = node.state[field];
      if (!Array.isArray(rules)) continue;
      for (const [key, rule] of rules.entries()) {
        add(rule, { outer: { outer: node.place, key: field }, key }, node, assigned);
      }
    }
    const order = graph.order[node.position] ?? -1;
    if (order < 0) continue;
    for (const { name } of assigned.slice(from)) first.set(name, Math.min(order, first.get(name) ?? order));
  }
  return { assigned, first };
}

function add(owner: unknown, outer: Place, { isJsonata }: Node, found: Assigned[]): void {
  const assign = isMembers(owner) ? owner["Assign"] : undefined;
  if (!isMembers(assign)) return;
  for (const key of Object.keys(assign)) {
    const name = !isJsonata && key.endsWith(".$") ? key.slice(0, -2) : key;
    found.push({ name, place: { outer: { outer, key: "Assign" }, key } });
  }
}
