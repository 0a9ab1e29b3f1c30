import { createRequire } from "node:module";
import type jsonata from "jsonata";
import { shown } from "../language/errors.js";

/** Characters of an expression. Ours: far more than fit beside each other in a definition. */
const longest = 100_000;

/**
 * Says what is wrong with a JSONata expression: its syntax, what versions after AWS's 2.0.6 added, or a name at the top level,
 * where AWS has no data to look it up in. The `jsonata` package is loaded at the first call.
 *
 * @param source - the expression without `{% %}`; pieces of one where values stand between them
 * @param hidden - members of `$states` that are not there where the expression stands
 * @returns `undefined` for a good expression. Never throws.
 */
export function checkJsonata(source: string | readonly string[], hidden: readonly string[] = []): string | undefined {
  const pieces = typeof source === "string" ? [source] : source;
  const text = joined(pieces);
  if (text.length > longest) return `expected at most ${longest} characters, got ${text.length}`;
  if (text.trimStart().startsWith("{%")) return "expected an expression without {% %}";
  let tree: unknown;
  try {
    tree = load()(text).ast();
  } catch (error) {
    return syntaxProblem(error, text);
  }
  return problemIn(tree, pieces.length - 1, hidden);
}

/** Stands for a value while the syntax is checked. */
const gap = "placeholder";

function joined(pieces: readonly string[]): string {
  return pieces.map((piece, index) => (index === 0 ? piece : `$${gap}${index}${piece}`)).join("");
}

let loaded: typeof jsonata | undefined;

function load(): typeof jsonata {
  loaded ??= createRequire(import.meta.url)("jsonata") as typeof jsonata;
  return loaded;
}

function syntaxProblem(error: unknown, text: string): string {
  if (error instanceof RangeError) return "the expression nests too deep";
  const { message, position } = error as Partial<jsonata.JsonataError>;
  const place = typeof position === "number" ? ` at character ${position} of ${shown(text)}` : ` in ${shown(text)}`;
  return `${message ?? "it cannot be read"}${place}`;
}

type Node = Readonly<Record<string, unknown>>;

/** A node, and whether a value stands before it that names and `$` can refer to. */
interface Visit {
  readonly node: unknown;
  readonly hasContext: boolean;
}

function problemIn(tree: unknown, gaps: number, hidden: readonly string[]): string | undefined {
  const found = new Set<string>();
  const waiting: Visit[] = [{ node: tree, hasContext: false }];
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    const { node, hasContext } = visit;
    if (Array.isArray(node)) waiting.push(...node.map((inner: unknown) => ({ node: inner, hasContext })));
    if (!isNode(node)) continue;
    const problem = problemOf(node, hasContext) ?? hiddenProblem(node, hidden);
    if (problem !== undefined) return problem;
    if (node["type"] === "variable") found.add(String(node["value"]));
    waiting.push(...innerNodes(node, hasContext));
  }
  for (let index = 1; index <= gaps; index++) {
    if (!found.has(`${gap}${index}`)) return `the placeholder ${index} stands inside a text, a name or a comment`;
  }
  return undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof RegExp);
}

/** What is read of `$states` though it is not there, or written to it. */
function hiddenProblem(node: Node, hidden: readonly string[]): string | undefined {
  if (node["type"] === "bind" && isStates(node["lhs"])) return "$states cannot be assigned";
  if (node["type"] !== "path" || !Array.isArray(node["steps"])) return undefined;
  const [first, second] = node["steps"] as readonly unknown[];
  const member = isStates(first) && isNode(second) && second["type"] === "name" ? String(second["value"]) : "";
  return hidden.includes(member) ? `there is no $states.${member} here` : undefined;
}

function isStates(node: unknown): boolean {
  return isNode(node) && node["type"] === "variable" && node["value"] === "states";
}

function problemOf(node: Node, hasContext: boolean): string | undefined {
  switch (node["type"]) {
    case "condition":
      // `a ?: b` and `a ?? b` are read as conditions over the same piece of text.
      return isSame(node["condition"], node["then"]) || isSame(firstArgument(node["condition"]), node["then"])
        ? "JSONata 2.0.6 has neither ?: nor ??; write $exists(a) ? a : b"
        : undefined;
    case "variable":
      if (node["value"] === "eval") return "AWS has no $eval";
      if (node["value"] === "$") return "AWS has no data at $$; begin with $states or a variable";
      if (node["value"] === "" && !hasContext) return "there is no data at $ here; begin with $states or a variable";
      return undefined;
    case "name":
      return hasContext
        ? undefined
        : `there is no data in which to look up ${shown(node["value"])}; begin with $states or a variable`;
    case "wildcard":
    case "descendant":
      return hasContext ? undefined : "there is no data in which to look up *; begin with $states or a variable";
    default:
      return undefined;
  }
}

/** Whether both were made of the same piece of text. */
function isSame(left: unknown, right: unknown): boolean {
  const position = firstPosition(left);
  return position !== undefined && position === firstPosition(right);
}

function firstPosition(tree: unknown): number | undefined {
  const waiting = [tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isNode(node) && typeof node["position"] === "number") return node["position"];
    if (typeof node === "object" && node !== null) waiting.push(...Object.values(node).reverse());
  }
  return undefined;
}

function firstArgument(call: unknown): unknown {
  if (!isNode(call) || call["type"] !== "function" || !isNode(call["procedure"])) return undefined;
  // A function that was written has a position.
  return call["procedure"]["position"] === undefined && Array.isArray(call["arguments"])
    ? call["arguments"][0]
    : undefined;
}

/** Members of a node before which a value stands: predicates, further steps, groups, the body of a function. */
const withContext = new Set(["stages", "predicate", "group", "terms", "body", "pattern", "update", "delete"]);

function innerNodes(node: Node, hasContext: boolean): readonly Visit[] {
  const visits: Visit[] = [];
  for (const [key, member] of Object.entries(node)) {
    if (typeof member !== "object" || member === null || key === "slot" || key === "seekingParent") continue;
    if (key === "steps" && Array.isArray(member)) {
      for (const [index, step] of member.entries()) visits.push({ node: step, hasContext: hasContext || index > 0 });
    } else visits.push({ node: member, hasContext: hasContext || withContext.has(key) });
  }
  return visits;
}
