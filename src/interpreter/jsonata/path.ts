import type { Compile, Compiled } from "./compiled.js";
import type { Evaluation } from "./evaluation.js";
import { compileFilter, type Filter } from "./filter.js";
import type { Frame } from "./frame.js";
import { compileGroup } from "./group.js";
import { member, pour } from "./lists.js";
import { compileSort, type Sort } from "./sort.js";
import type { SyntaxNode } from "./syntax.js";
import { compileTupleStep, itemsOfTuples, type TupleStep } from "./tuples.js";
import { isList, isMembers, type List, sequence, sequenceOf, type Value } from "./value.js";

/** Makes a path ready: each step is evaluated for each item that the step before gave. */
export function compilePath(node: SyntaxNode, compile: Compile): Compiled {
  const nodes = node.steps ?? [];
  const steps = nodes.map((step, index) => compileStep(step, index === 0, index === nodes.length - 1, compile));
  const walk: Compiled = nodes.some((step) => step.tuple === true)
    ? tuplePath(node, nodes, steps, compile)
    : itemPath(nodes, steps);
  const names = plainNames(node, nodes);
  const group = node.group === undefined ? undefined : compileGroup(node.group.lhs, compile);
  const keep = node.keepSingletonArray === true ? keepSingleton : undefined;
  if (names !== undefined) return plainPath(compile(nodes[0] as SyntaxNode), names, walk);
  if (group === undefined && keep === undefined) return walk;
  return (input, frame, evaluation) => {
    const found = walk(input, frame, evaluation);
    const kept = keep === undefined ? found : keep(found);
    return group === undefined ? kept : group(kept, frame, evaluation);
  };
}

function keepSingleton(found: Value): Value {
  if (!isList(found)) return found;
  if (found.sequence !== true && found.cons !== true) return found;
  const kept = found.sequence === true ? found : sequenceOf(found);
  kept.keepSingleton = true;
  return kept;
}

/** Whether a path starts at its input, item by item, or at a value of its own. */
function firstItems(input: Value, nodes: readonly SyntaxNode[]): List {
  return isList(input) && nodes[0]?.type !== "variable" ? input : sequenceOf(input);
}

/** How a step is evaluated where no names are bound. */
type Step = (items: List, frame: Frame, evaluation: Evaluation) => List;

function compileStep(node: SyntaxNode, isFirst: boolean, isLast: boolean, compile: Compile): Step {
  if (isFirst && node.consarray === true) return listStep(compile(node));
  const filters = (node.stages ?? [])
    .filter((stage) => stage.type === "filter")
    .map((stage) => compileFilter(stage.expr as SyntaxNode, compile));
  if (node.type === "sort") return sortStep(compileSort(node, compile), filters);
  const evaluate = compile(node);
  return (items, frame, evaluation) => {
    const results: Value[] = [];
    for (const item of items) {
      let found = evaluate(item, frame, evaluation);
      for (const filter of filters) found = filter(found, frame, evaluation);
      if (found !== undefined) results.push(found);
    }
    return joined(results, isLast, evaluation);
  };
}

/** A list in brackets at the start of a path is made once, not for each item. */
function listStep(evaluate: Compiled): Step {
  return (items, frame, evaluation) => {
    const found = evaluate(items, frame, evaluation);
    if (isList(found)) return found;
    // What a predicate has picked out of the list is no list any more: nothing comes of it but of the characters of a text.
    return typeof found === "string" ? found.split("") : sequence();
  };
}

function sortStep(sort: Sort, filters: readonly Filter[]): Step {
  return (items, frame, evaluation) => {
    let sorted: List = sort(items, frame, evaluation);
    for (const filter of filters) sorted = filter(sorted, frame, evaluation);
    return sorted;
  };
}

/** The results for all items as one sequence; a list of data stays the list it is where it is the only result. */
function joined(results: readonly Value[], isLast: boolean, evaluation: Evaluation): List {
  const [only] = results;
  if (isLast && results.length === 1 && isList(only) && only.sequence !== true) return only;
  const all = sequence();
  for (const result of results) {
    if (isList(result) && result.cons !== true) pour(result, all, evaluation);
    else evaluation.push(all, result);
  }
  return all;
}

function itemPath(nodes: readonly SyntaxNode[], steps: readonly Step[]): Compiled {
  return (input, frame, evaluation) => {
    let items = firstItems(input, nodes);
    for (const step of steps) {
      items = step(items, frame, evaluation);
      if (items.length === 0) break;
    }
    return items;
  };
}

/** The names of a path that is nothing but names behind a variable or a name. */
function plainNames(node: SyntaxNode, nodes: readonly SyntaxNode[]): readonly string[] | undefined {
  if (node.keepSingletonArray === true || node.group !== undefined || nodes.length < 2) return undefined;
  const isPlain = nodes.every(
    (step, index) =>
      (step.type === "name" || (index === 0 && step.type === "variable")) &&
      step.stages === undefined &&
      step.predicate === undefined &&
      step.group === undefined &&
      step.keepArray !== true &&
      step.tuple !== true,
  );
  return isPlain ? nodes.slice(1).map((step) => String(step.value)) : undefined;
}

/** Walks from object to object; where a list is met on the way, the path is walked as any other is. */
function plainPath(first: Compiled, names: readonly string[], walk: Compiled): Compiled {
  const last = names.length - 1;
  return (input, frame, evaluation) => {
    if (isList(input)) return walk(input, frame, evaluation);
    let value = first(input, frame, evaluation);
    for (let index = 0; index <= last; index++) {
      if (!isMembers(value)) return isList(value) ? walk(input, frame, evaluation) : undefined;
      evaluation.spend(1);
      value = member(value, names[index] as string, evaluation);
    }
    return isList(value) && value.sequence === true ? walk(input, frame, evaluation) : value;
  };
}

function tuplePath(node: SyntaxNode, nodes: readonly SyntaxNode[], steps: readonly Step[], compile: Compile): Compiled {
  const startsWithList = nodes[0]?.consarray === true;
  const firstTuple = Math.max(
    startsWithList ? 1 : 0,
    nodes.findIndex((step) => step.tuple === true),
  );
  const tupleSteps: readonly (TupleStep | undefined)[] = nodes.map((step, index) =>
    index < firstTuple ? undefined : compileTupleStep(step, compile),
  );
  const keepsTuples = node.tuple === true || node.group !== undefined;
  return (input, frame, evaluation) => {
    let items = firstItems(input, nodes);
    for (let index = 0; index < firstTuple; index++) {
      const found = (steps[index] as Step)(items, frame, evaluation);
      // A step with `@` leaves the context as it was.
      if (nodes[index]?.focus === undefined) items = found;
      if (found.length === 0 && nodes[index]?.tuple !== true) return found;
    }
    let tuples: List | undefined;
    for (const step of tupleSteps) if (step !== undefined) tuples = step(items, tuples, frame, evaluation);
    const found = tuples ?? sequence();
    return keepsTuples ? found : itemsOfTuples(found, evaluation);
  };
}
