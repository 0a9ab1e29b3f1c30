import { isVariableName } from "../../expression/variable.js";
import { type Issue, issue, shown } from "../../language/errors.js";
import type { Order } from "../flow/order.js";
import { formatWay } from "../flow/way.js";
import { type Graph, type Node, outgoing, pathOf, type Scope } from "../link.js";
import { assignedOn, assignmentsOf, namesIn } from "./assignments.js";

type Path = readonly (string | number)[];

/** A variable of the author, where it is read. */
export interface VariableRead {
  readonly name: string;
  readonly node: Node;
  readonly path: Path;
}

/** Where a variable is set first, in each scope that sets it. */
type Setters = ReadonlyMap<Scope, ReadonlyMap<string, { readonly node: Node; readonly path: Path }>>;

/** A read that was found to be of a variable of `scope`, as seen from `node`, which stands in that scope. */
interface Placed {
  readonly read: VariableRead;
  readonly node: Node;
}

/** Whether each variable has been set wherever it is read, and is set in one scope of those that see each other. */
export function checkVariables(
  graph: Graph,
  reads: readonly VariableRead[],
  orderIn: (scope: Scope) => Order,
  issues: Issue[],
): void {
  const setters = settersOf(graph, issues);
  checkScopes(setters, issues);
  const placed = new Map<Scope, Placed[]>();
  for (const read of reads) {
    const node = settingNode(read, setters);
    if (node === undefined) {
      issues.push(issue("unset_variable", read.path, whyUnseen(read, setters)));
      continue;
    }
    const known = placed.get(node.scope);
    if (known === undefined) placed.set(node.scope, [{ read, node }]);
    else known.push({ read, node });
  }
  for (const [scope, inScope] of placed) checkReads(orderIn(scope), inScope, issues);
}

function settersOf(graph: Graph, issues: Issue[]): Setters {
  const setters = new Map<Scope, Map<string, { node: Node; path: Path }>>();
  for (const node of graph.nodes.values()) {
    for (const { given, at } of assignmentsOf(node)) {
      const path = [...pathOf(node), ...at];
      const known = setters.get(node.scope) ?? new Map();
      setters.set(node.scope, known);
      for (const name of namesIn(given)) {
        if (!known.has(name)) known.set(name, { node, path: [...path, name] });
        if (isVariableName(name)) continue;
        const hint = "use letters, digits and _, at most 80, and not `states`";
        issues.push(issue("invalid_name", [...path, name], `expected a variable's name, got ${shown(name)}`, hint));
      }
    }
  }
  return setters;
}

/** An inner scope sees the variables of the outer ones, and may not set them. */
function checkScopes(setters: Setters, issues: Issue[]): void {
  if (setters.size < 2) return;
  for (const [scope, names] of setters) {
    for (let outer = outside(scope); outer !== undefined; outer = outside(outer)) {
      const known = setters.get(outer);
      for (const [name, { path }] of known === undefined ? [] : names) {
        const first = known?.get(name);
        if (first === undefined) continue;
        const message = `$${name} is set by ${shown(first.node.step.name)} outside: ${insideOf(scope)} may read it, and not set it`;
        issues.push(issue("variable_of_outer_scope", path, message));
      }
    }
  }
}

/** The scope whose variables are seen; a child execution of a distributed Map sees none from outside. */
function outside(scope: Scope): Scope | undefined {
  return scope.kind === "distributed" ? undefined : scope.owner?.scope;
}

function insideOf({ kind, owner, path }: Scope): string {
  const name = shown(owner?.step.name);
  return kind === "branch" ? `branch ${path.at(-2)} of ${name}` : `the processor of ${name}`;
}

/** The reading node, or the Parallel or Map around it, in the innermost scope that sets the variable. */
function settingNode({ name, node }: VariableRead, setters: Setters): Node | undefined {
  let current: Node | undefined = node;
  while (current !== undefined) {
    if (setters.get(current.scope)?.has(name) === true) return current;
    current = outside(current.scope) === undefined ? undefined : current.scope.owner;
  }
  return undefined;
}

function whyUnseen({ name, node }: VariableRead, setters: Setters): string {
  const reader = shown(node.step.name);
  for (let scope: Scope | undefined = node.scope; scope !== undefined; scope = scope.owner?.scope) {
    const isOutside = setters.get(scope)?.has(name);
    if (isOutside === true) return `$${name} is not there in a child execution; give it on with itemSelector`;
  }
  for (const [scope, names] of setters) {
    const setter = names.get(name);
    if (setter === undefined) continue;
    return `$${name} is read by ${reader}, but set by ${shown(setter.node.step.name)} in ${insideOf(scope)}, and seen there alone`;
  }
  return `$${name} is read by ${reader}, but no state sets it`;
}

/** Names that one pass looks at: the bits of a number. */
const atOnce = 31;

function checkReads(order: Order, placed: readonly Placed[], issues: Issue[]): void {
  const names = [...new Set(placed.map(({ read }) => read.name))];
  const missing = new Map<string, ReadonlyMap<Node, Node | undefined>>();
  for (let first = 0; first < names.length; first += atOnce) {
    const bits = new Map(names.slice(first, first + atOnce).map((name, index) => [name, 1 << index]));
    const isSet = setOnEveryPath(order, bits);
    for (const { read, node } of placed) {
      const bit = bits.get(read.name) ?? 0;
      if (bit === 0 || node.position < 0 || ((isSet[node.position] ?? 0) & bit) !== 0) continue;
      const ways = missing.get(read.name) ?? waysWithout(read.name, order.nodes[0]);
      missing.set(read.name, ways);
      issues.push(issue("unset_variable", read.path, whyUnset(read, node, ways)));
    }
  }
}

/** For each node, the variables that have been set whenever it is entered. */
function setOnEveryPath({ nodes, incoming }: Order, bits: ReadonlyMap<string, number>): Int32Array {
  const isSet = new Int32Array(nodes.length).fill(-1);
  isSet[0] = 0;
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (let index = 1; index < nodes.length; index++) {
      let all = -1;
      for (const edge of incoming[index] ?? []) {
        let here = isSet[edge.from.position] ?? 0;
        const given = assignedOn(edge);
        if (given !== undefined) for (const name of namesIn(given)) here |= bits.get(name) ?? 0;
        all &= here;
      }
      if (isSet[index] === all) continue;
      isSet[index] = all;
      isChanged = true;
    }
  }
  return isSet;
}

/** Nodes that are reached without the variable, each with the one before it. */
function waysWithout(name: string, start: Node | undefined): ReadonlyMap<Node, Node | undefined> {
  const from = new Map<Node, Node | undefined>(start === undefined ? [] : [[start, undefined]]);
  for (const node of from.keys()) {
    for (const edge of outgoing(node)) {
      const given = from.has(edge.to) ? undefined : (assignedOn(edge) ?? {});
      if (given !== undefined && !namesIn(given).includes(name)) from.set(edge.to, node);
    }
  }
  return from;
}

function whyUnset({ name, node: reader }: VariableRead, node: Node, ways: ReadonlyMap<Node, Node | undefined>): string {
  const way: string[] = [];
  for (let current: Node | undefined = node; current !== undefined; current = ways.get(current)) {
    way.push(current.step.name);
  }
  return `$${name} is read by ${shown(reader.step.name)}, which is also reached before it is set: ${formatWay(way.reverse())}`;
}
