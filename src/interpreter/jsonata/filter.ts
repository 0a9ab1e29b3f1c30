import type { Compile } from "./compiled.js";
import type { Evaluation } from "./evaluation.js";
import { Frame } from "./frame.js";
import type { SyntaxNode } from "./syntax.js";
import { isList, isListOf, isNumber, type List, sequence, sequenceOf, type Tuple, truth, type Value } from "./value.js";

/** Picks items: by their index, or those for which the predicate is true or gives their index. */
export type Filter = (value: Value, frame: Frame, evaluation: Evaluation) => List;

/** Makes `[predicate]` ready. */
export function compileFilter(predicate: SyntaxNode, compile: Compile): Filter {
  if (predicate.type === "number") {
    const index = Math.floor(Number(predicate.value));
    return (value) => itemAt(asList(value), index);
  }
  const test = compile(predicate);
  return (value, frame, evaluation) => {
    const list = asList(value);
    const results = emptyLike(list);
    for (let index = 0; index < list.length; index++) {
      const item = list[index];
      const isTuple = list.tuples === true;
      const found = isTuple
        ? test((item as Tuple).get("@"), new Frame(frame, new Map(item as Tuple)), evaluation)
        : test(item, frame, evaluation);
      pick(found, item, index, list.length, results, evaluation);
    }
    return results;
  };
}

function asList(value: Value): List {
  return isList(value) ? value : sequenceOf(value);
}

function emptyLike(list: List): List {
  const results = sequence();
  if (list.tuples === true) results.tuples = true;
  return results;
}

function itemAt(list: List, index: number): List {
  const item = list[index < 0 ? list.length + index : index];
  if (isList(item)) return item;
  const results = emptyLike(list);
  if (item !== undefined) results.push(item);
  return results;
}

/** Takes an item for each time that its index is found, or for a predicate that is true. */
function pick(found: Value, item: Value, index: number, length: number, results: List, evaluation: Evaluation): void {
  if (isNumber(found)) {
    if (fromStart(found, length) === index) evaluation.push(results, item);
  } else if (isList(found) && isListOf(found, isNumber)) {
    evaluation.spend(found.length);
    for (const one of found) if (fromStart(one as number, length) === index) evaluation.push(results, item);
  } else if (truth(found, evaluation) === true) evaluation.push(results, item);
}

function fromStart(index: number, length: number): number {
  const whole = Math.floor(index);
  return whole < 0 ? length + whole : whole;
}
