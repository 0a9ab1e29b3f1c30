import { jsonataBuiltIn } from "./jsonata-built-in.js";

/** What an expression refers to, in writing order, each once. */
export interface JsonataReading {
  /** Names that are looked up where no value stands; `$` and `*` where these two are. */
  readonly unanchored: readonly string[];
  /** Whether `$$` is read, which AWS has nothing for. */
  readonly readsRoot: boolean;
  /** Variables that the expression does not bind itself, without `$states` and the functions. */
  readonly variables: readonly string[];
  /** Members of `$states` that are read. */
  readonly states: readonly string[];
  readonly assignsStates: boolean;
  /** Whether `$eval` is called, which AWS lacks. */
  readonly usesEval: boolean;
}

type Node = Readonly<Record<string, unknown>>;

/** Something to look at, or an end of a scope, or a name that is bound from here on. */
interface Visit {
  readonly node?: unknown;
  /** Whether a value stands before the node, that names and `$` can refer to. */
  readonly hasContext?: boolean;
  readonly binds?: string;
  readonly leaves?: true;
}

/** Reads the tree of an expression as the `jsonata` package makes it. */
export function readJsonata(tree: unknown): JsonataReading {
  return new Reader().read(tree);
}

class Reader {
  private readonly unanchored = new Set<string>();
  private readonly variables = new Set<string>();
  private readonly states = new Set<string>();
  private readsRoot = false;
  private assignsStates = false;
  private usesEval = false;
  /** How often a name is bound at the moment; and the names that each scope has bound. */
  private readonly bound = new Map<string, number>();
  private readonly scopes: string[][] = [[]];

  read(tree: unknown): JsonataReading {
    const waiting: Visit[] = [{ node: tree, hasContext: false }];
    for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
      if (visit.binds !== undefined) this.bind(visit.binds);
      else if (visit.leaves === true) this.leave();
      else if (isNode(visit.node)) {
        const inner = this.visit(visit.node, visit.hasContext === true);
        for (let index = inner.length - 1; index >= 0; index--) waiting.push(inner[index] as Visit);
      }
    }
    return {
      unanchored: [...this.unanchored],
      readsRoot: this.readsRoot,
      variables: [...this.variables],
      states: [...this.states],
      assignsStates: this.assignsStates,
      usesEval: this.usesEval,
    };
  }

  private enter(): void {
    this.scopes.push([]);
  }

  private leave(): void {
    for (const name of this.scopes.pop() ?? []) this.bound.set(name, (this.bound.get(name) ?? 1) - 1);
  }

  private bind(name: string): void {
    this.scopes.at(-1)?.push(name);
    this.bound.set(name, (this.bound.get(name) ?? 0) + 1);
  }

  private isBound(name: string): boolean {
    return (this.bound.get(name) ?? 0) > 0;
  }

  /** Takes note of a node, and says what comes next, in the order in which it is evaluated. */
  private visit(node: Node, hasContext: boolean): readonly Visit[] {
    const here = (inner: unknown): Visit => ({ node: inner, hasContext });
    const own = ((): readonly Visit[] => {
      switch (node["type"]) {
        case "path":
          return this.path(node, hasContext);
        case "name":
          if (!hasContext) this.unanchored.add(String(node["value"]));
          return [];
        case "wildcard":
        case "descendant":
          if (!hasContext) this.unanchored.add("*");
          return [];
        case "variable":
          this.variable(String(node["value"]), hasContext);
          return [];
        case "bind":
          return this.binding(node, here);
        case "block":
          this.enter();
          return [...functionsOf(node), ...listOf(node["expressions"]).map(here), { leaves: true }];
        case "lambda":
          this.enter();
          for (const argument of listOf(node["arguments"])) this.bind(nameIn(argument));
          return [here(node["body"]), { leaves: true }];
        case "condition":
          return [here(node["condition"]), here(node["then"]), here(node["else"])];
        case "function":
        case "partial":
          return [here(node["procedure"]), ...listOf(node["arguments"]).map(here)];
        case "unary":
          return [
            here(node["expression"]),
            ...listOf(node["expressions"]).map(here),
            ...pairs(node["lhs"], hasContext),
          ];
        case "transform":
          return [node["pattern"], node["update"], node["delete"]].map(inContext);
        case "sort":
          return listOf(node["terms"]).map((term) => inContext(isNode(term) ? term["expression"] : undefined));
        default:
          return [here(node["lhs"]), here(node["rhs"])];
      }
    })();
    return behind.some((key) => node[key] !== undefined) ? [...own, ...following(node)] : own;
  }

  private path(node: Node, hasContext: boolean): readonly Visit[] {
    const steps = listOf(node["steps"]);
    const [first, second] = steps;
    if (isStates(first) && isNode(second) && second["type"] === "name" && !this.isBound("states")) {
      this.states.add(String(second["value"]));
    }
    this.enter();
    const visits: Visit[] = [];
    for (const [index, step] of steps.entries()) {
      visits.push({ node: step, hasContext: hasContext || index > 0 });
    }
    // What groups the results of a path sees the names that its steps bind.
    visits.push(...groupOf(node), { leaves: true });
    return visits;
  }

  private variable(name: string, hasContext: boolean): void {
    if (name === "") {
      if (!hasContext) this.unanchored.add("$");
    } else if (name === "$") this.readsRoot = true;
    else if (name === "states" || this.isBound(name)) return;
    else if (name === "eval") this.usesEval = true;
    else if (!jsonataBuiltIn.has(name)) this.variables.add(name);
  }

  private binding(node: Node, here: (inner: unknown) => Visit): readonly Visit[] {
    const name = nameIn(node["lhs"]);
    if (name === "states") this.assignsStates = true;
    const visits = [here(node["rhs"]), { binds: name }];
    // A function may call itself.
    return isFunction(node) ? visits.reverse() : visits;
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof RegExp);
}

function isStates(node: unknown): boolean {
  return isNode(node) && node["type"] === "variable" && node["value"] === "states";
}

function isFunction(node: unknown): boolean {
  return isNode(node) && node["type"] === "bind" && isNode(node["rhs"]) && node["rhs"]["type"] === "lambda";
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function nameIn(node: unknown): string {
  return isNode(node) ? String(node["value"]) : "";
}

function inContext(node: unknown): Visit {
  return { node, hasContext: true };
}

/** The names of functions that a block makes: those before may call those after. */
function functionsOf(block: Node): readonly Visit[] {
  return listOf(block["expressions"])
    .filter(isFunction)
    .map((node) => ({ binds: nameIn((node as Node)["lhs"]) }));
}

/** Keys and values of an object. */
function pairs(value: unknown, hasContext: boolean): readonly Visit[] {
  return listOf(value).flatMap((pair) => listOf(pair).map((node) => ({ node, hasContext })));
}

/** Members of a node with what stands behind its value: `@$a`, `#$b`, `[…]`, `{…}`. */
const behind = ["focus", "index", "predicate", "stages", "group"] as const;

function following(node: Node): readonly Visit[] {
  const binds = [node["focus"], node["index"]]
    .filter((name) => typeof name === "string")
    .map((name) => ({ binds: name }));
  const filters = [...listOf(node["predicate"]), ...listOf(node["stages"])].map((stage): Visit => {
    if (!isNode(stage)) return {};
    return stage["type"] === "index" ? { binds: nameIn(stage) } : inContext(stage["expr"]);
  });
  // What groups the results of a path is read with the path.
  return [...binds, ...filters, ...(node["type"] === "path" ? [] : groupOf(node))];
}

function groupOf(node: Node): readonly Visit[] {
  return isNode(node["group"]) ? pairs(node["group"]["lhs"], true) : [];
}
