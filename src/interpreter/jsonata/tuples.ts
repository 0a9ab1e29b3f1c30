import type { Compile } from "./compiled.js";
import type { Evaluation } from "./evaluation.js";
import { compileFilter } from "./filter.js";
import { Frame } from "./frame.js";
import { compileSort } from "./sort.js";
import type { Stage, SyntaxNode } from "./syntax.js";
import { isList, type List, sequence, type Tuple, type Value } from "./value.js";

/** A step of a path from where on names are bound: `@$a`, `#$i`, or `%` somewhere behind it. */
export type TupleStep = (items: List, tuples: List | undefined, frame: Frame, evaluation: Evaluation) => List;

export function compileTupleStep(node: SyntaxNode, compile: Compile): TupleStep {
  const step = node.type === "sort" ? sortedTuples(node, compile) : stepTuples(node, compile);
  const stages = (node.stages ?? []).map((stage) => compileStage(stage, compile));
  if (stages.length === 0) return step;
  return (items, tuples, frame, evaluation) =>
    stages.reduce((found, stage) => stage(found, frame, evaluation), step(items, tuples, frame, evaluation));
}

/** What a name takes that a tuple binds. */
const unitsOfTuple = 60;

/** The items that a stream of tuples has come to. */
export function itemsOfTuples(tuples: List, evaluation: Evaluation): List {
  const items = sequence();
  for (const tuple of tuples) evaluation.push(items, (tuple as Tuple).get("@"));
  return items;
}

function compileStage(stage: Stage, compile: Compile): (tuples: List, frame: Frame, evaluation: Evaluation) => List {
  if (stage.type === "filter") return compileFilter(stage.expr as SyntaxNode, compile);
  const name = String(stage.value);
  return (tuples, _frame, evaluation) => {
    evaluation.spend(tuples.length);
    const numbered = tuples.map((tuple, index) => new Map(tuple as Tuple).set(name, index));
    return tuples.tuples === true ? stream(numbered) : numbered;
  };
}

function stream(tuples: readonly Tuple[] = []): List {
  const list: List = [...tuples];
  list.sequence = true;
  list.tuples = true;
  return list;
}

function sortedTuples(node: SyntaxNode, compile: Compile): TupleStep {
  const sort = compileSort(node, compile);
  return (items, tuples, frame, evaluation) => {
    if (tuples !== undefined) return sort(tuples, frame, evaluation);
    const found = stream();
    for (const [index, item] of sort(items, frame, evaluation).entries()) {
      const tuple = new Map<string, Value>([["@", item]]);
      if (node.index !== undefined) tuple.set(node.index, index);
      evaluation.push(found, tuple);
    }
    return found;
  };
}

function stepTuples(node: SyntaxNode, compile: Compile): TupleStep {
  const evaluate = compile(node);
  return (items, tuples, frame, evaluation) => {
    const found = stream();
    for (const start of tuples ?? items) {
      const tuple: Tuple = tuples === undefined ? new Map([["@", start]]) : (start as Tuple);
      const context = tuple.get("@");
      const result = evaluate(context, new Frame(frame, new Map(tuple)), evaluation);
      if (result === undefined) continue;
      const list: List = isList(result) ? result : [result];
      for (let index = 0; index < list.length; index++) {
        const next = list.tuples === true ? [...tuple, ...(list[index] as Tuple)] : [...tuple];
        const extended = new Map<string, Value>(next);
        if (list.tuples !== true) bindStep(extended, node, list[index], index, context);
        evaluation.spend(unitsOfTuple * extended.size);
        evaluation.push(found, extended);
      }
    }
    return found;
  };
}

/** What a step binds; one with `@` leaves the context as it was. */
function bindStep(tuple: Map<string, Value>, node: SyntaxNode, item: Value, index: number, context: Value): void {
  tuple.set(node.focus ?? "@", item);
  if (node.index !== undefined) tuple.set(node.index, index);
  if (node.ancestor !== undefined) tuple.set(node.ancestor.label, context);
}
