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

/** A scope that is gone into, or left. */
interface Step {
  readonly graph: Graph;
  readonly names: readonly Assigned[];
  /** How often each name is assigned in the scopes around this one. */
  readonly around: Map<string, number>;
  readonly leaves: boolean;
}

/** AWS refuses to assign a variable of an outer scope: what is within a Parallel or an inline Map may only read it. */
export function checkScopes(graphs: readonly Graph[], checker: Checker): void {
  const names = new Map(graphs.map((graph) => [graph, assignedIn(graph)]));
  const inner = innerOf(graphs);
  const pending: Step[] = [];
  const enter = (graph: Graph, around: Map<string, number>): void => {
    pending.push({ graph, names: names.get(graph) ?? [], around, leaves: false });
  };
  for (const graph of graphs) if (graph.outer === undefined) enter(graph, new Map());
  for (let step = pending.pop(); step !== undefined; step = pending.pop()) {
    const { graph, names: own, around, leaves } = step;
    if (leaves) {
      for (const { name } of own) around.set(name, (around.get(name) ?? 1) - 1);
      continue;
    }
    for (const { name, place } of own) if ((around.get(name) ?? 0) > 0) refuse(name, place, checker);
    for (const { name } of own) around.set(name, (around.get(name) ?? 0) + 1);
    pending.push({ ...step, leaves: true });
    for (const scope of inner.get(graph) ?? []) enter(scope, isDistributed(scope) ? new Map() : around);
  }
}

function refuse(name: string, place: Place, checker: Checker): void {
  const message = `Variable '${name}' is assigned in an outer scope, and cannot be assigned here`;
  const hint = "take another name, and hand the value out in the output";
  checker.findings.add({ code: "SCHEMA_VALIDATION_FAILED", message, place, isKey: true, hint });
}

/** The scopes directly within each scope, the last one first. */
function innerOf(graphs: readonly Graph[]): ReadonlyMap<Graph, readonly Graph[]> {
  const inner = new Map<Graph, Graph[]>();
  for (let index = graphs.length - 1; index >= 0; index--) {
    const graph = graphs[index];
    if (graph?.outer === undefined) continue;
    const known = inner.get(graph.outer.graph);
    if (known === undefined) inner.set(graph.outer.graph, [graph]);
    else known.push(graph);
  }
  return inner;
}

/** The iterations of a distributed Map are executions of their own: they see no variable of the outer scopes. */
export function isDistributed({ outer }: Graph): boolean {
  const processor = outer?.graph.nodes[outer.owner]?.state["ItemProcessor"];
  const config = isMembers(processor) ? processor["ProcessorConfig"] : undefined;
  return isMembers(config) && config["Mode"] === "DISTRIBUTED";
}

/** What the states of a scope assign, their rules and catchers included. */
function assignedIn(graph: Graph): readonly Assigned[] {
  const found: Assigned[] = [];
  for (const node of graph.nodes) {
    add(node.state, node.place, node, found);
    for (const field of ["Choices", "Catch"]) {
      const rules = node.state[field];
      if (!Array.isArray(rules)) continue;
      for (const [key, rule] of rules.entries())
        add(rule, { outer: { outer: node.place, key: field }, key }, node, found);
    }
  }
  return found;
}

function add(owner: unknown, outer: Place, { isJsonata }: Node, found: Assigned[]): void {
  const assign = isMembers(owner) ? owner["Assign"] : undefined;
  if (!isMembers(assign)) return;
  for (const key of Object.keys(assign)) {
    const name = !isJsonata && key.endsWith(".$") ? key.slice(0, -2) : key;
    found.push({ name, place: { outer: { outer, key: "Assign" }, key } });
  }
}
