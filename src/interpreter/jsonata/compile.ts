import { compileApply, compileCall, compileLambda, compilePartial } from "./calls.js";
import type { Compile, Compiled } from "./compiled.js";
import { deepestEvaluation, unitsOfLeaf } from "./evaluation.js";
import { compileFilter } from "./filter.js";
import { Frame } from "./frame.js";
import { compileGroup } from "./group.js";
import { append, descendants, member, wildcard } from "./lists.js";
import { Matcher } from "./matcher.js";
import { compileBinary, compileNegation } from "./operators.js";
import { compilePath } from "./path.js";
import { effortOf } from "./regex-effort.js";
import type { Pair, SyntaxNode } from "./syntax.js";
import { compileTransform } from "./transform.js";
import { isList, type List, truth, type Value } from "./value.js";

/** Makes an expression ready to be evaluated often: each node of its tree becomes a function. */
export function compileExpression(tree: SyntaxNode): Compiled {
  return compileAt(tree, 1);
}

/** Nothing that stands deeper than evaluations may nest is made ready: the evaluation fails when it gets there. */
function compileAt(node: SyntaxNode, depth: number): Compiled {
  if (depth > deepestEvaluation) return tooDeep;
  const compile: Compile = (inner) => compileAt(inner, depth + 1);
  const evaluate = compileNode(node, compile);
  if (isLeaf(node)) {
    return (input, frame, evaluation) => {
      evaluation.enter(unitsOfLeaf);
      evaluation.leave();
      return settled(evaluate(input, frame, evaluation), false);
    };
  }
  const filters = (node.predicate ?? []).map(({ expr }) => compileFilter(expr as SyntaxNode, compile));
  // A path groups what it has found itself.
  const group = node.group === undefined || node.type === "path" ? undefined : compileGroup(node.group.lhs, compile);
  const keepsArray = node.keepArray === true;
  return (input, frame, evaluation) => {
    evaluation.enter();
    let value = evaluate(input, frame, evaluation);
    for (const filter of filters) value = filter(value, frame, evaluation);
    if (group !== undefined) value = group(value, frame, evaluation);
    evaluation.leave();
    return settled(value, keepsArray);
  };
}

const tooDeep: Compiled = (_input, _frame, evaluation) => evaluation.stop();

function isLeaf(node: SyntaxNode): boolean {
  const { predicate, group, keepArray } = node;
  return leaves.has(node.type) && predicate === undefined && group === undefined && keepArray !== true;
}

const leaves: ReadonlySet<string> = new Set(["string", "number", "value", "name", "variable", "regex", "lambda"]);

/** A sequence of one item is the item, an empty one nothing. */
function settled(value: Value, keepsArray: boolean): Value {
  if (!isList(value) || value.sequence !== true || value.tuples === true) return value;
  if (keepsArray) value.keepSingleton = true;
  if (value.length === 0) return undefined;
  return value.length === 1 && value.keepSingleton !== true ? value[0] : value;
}

function compileNode(node: SyntaxNode, compile: Compile): Compiled {
  switch (node.type) {
    case "path":
      return compilePath(node, compile);
    case "binary":
      return compileBinary(node, compile);
    case "unary":
      return compileUnary(node, compile);
    case "name":
      return (input, _frame, evaluation) => member(input, String(node.value), evaluation);
    case "string":
    case "number":
    case "value":
      return () => node.value;
    case "wildcard":
      return (input, _frame, evaluation) => wildcard(input, evaluation);
    case "descendant":
      return (input, _frame, evaluation) => descendants(input, evaluation);
    case "parent":
      return (_input, frame, evaluation) => frame.lookup(String(node.slot?.label), evaluation);
    case "condition":
      return compileCondition(node, compile);
    case "block":
      return compileBlock(node, compile);
    case "bind":
      return compileBinding(node, compile);
    case "regex":
      return compileRegex(node.value as RegExp);
    case "function":
      return compileCall(node, compile);
    case "variable":
      return compileVariable(String(node.value));
    case "lambda":
      return compileLambda(node, node.thunk === true ? compile : compileExpression);
    case "partial":
      return compilePartial(node, compile);
    case "apply":
      return compileApply(node, compile);
    case "transform":
      return compileTransform(node, compileExpression);
    default:
      return () => undefined;
  }
}

function compileRegex(expression: RegExp): Compiled {
  const effort = effortOf(expression.source);
  return () => new Matcher(expression, effort);
}

function compileVariable(name: string): Compiled {
  if (name === "") return (input) => (isList(input) && input.outer === true ? input[0] : input);
  return (_input, frame, evaluation) => frame.lookup(name, evaluation);
}

function compileCondition(node: SyntaxNode, compile: Compile): Compiled {
  const condition = compile(node.condition as SyntaxNode);
  const then = compile(node.then as SyntaxNode);
  const otherwise = node.else === undefined ? undefined : compile(node.else);
  return (input, frame, evaluation) =>
    truth(condition(input, frame, evaluation), evaluation) === true
      ? then(input, frame, evaluation)
      : otherwise?.(input, frame, evaluation);
}

function compileBlock(node: SyntaxNode, compile: Compile): Compiled {
  const expressions = (node.expressions ?? []).map(compile);
  return (input, frame, evaluation) => {
    const inner = new Frame(frame);
    let value: Value;
    for (const expression of expressions) value = expression(input, inner, evaluation);
    return value;
  };
}

function compileBinding(node: SyntaxNode, compile: Compile): Compiled {
  const name = String((node.lhs as SyntaxNode).value);
  const evaluate = compile(node.rhs as SyntaxNode);
  return (input, frame, evaluation) => {
    const value = evaluate(input, frame, evaluation);
    frame.bind(name, value);
    return value;
  };
}

function compileUnary(node: SyntaxNode, compile: Compile): Compiled {
  if (node.value === "[") return compileArray(node, compile);
  if (node.value === "-") return compileNegation(node, compile);
  const group = compileGroup(node.lhs as readonly Pair[], compile);
  return (input, frame, evaluation) => group(input, frame, evaluation);
}

/** What a list takes that is made. */
const unitsOfArray = 45;

/** A list in brackets takes the items of lists, but for a list that stands in brackets itself. */
function compileArray(node: SyntaxNode, compile: Compile): Compiled {
  const items = (node.expressions ?? []).map((item) => ({ evaluate: compile(item), isWhole: item.value === "[" }));
  return (input, frame, evaluation) => {
    let list: List = [];
    for (const { evaluate, isWhole } of items) {
      const value = evaluate(input, frame, evaluation);
      if (value === undefined) continue;
      if (isWhole || !isList(value)) evaluation.push(list, value);
      else if (list.length === 0) list = append([], value, evaluation) as List;
      else for (const item of value) evaluation.push(list, item);
    }
    evaluation.spend(unitsOfArray);
    if (node.consarray === true) list.cons = true;
    return list;
  };
}
