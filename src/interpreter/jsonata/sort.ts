import type { Compile, Compiled } from "./compiled.js";
import type { Evaluation } from "./evaluation.js";
import { Frame } from "./frame.js";
import { mergeSort } from "./merge-sort.js";
import { QueryError } from "./query-error.js";
import type { SyntaxNode } from "./syntax.js";
import type { List, Tuple, Value } from "./value.js";

/** Sorts a list. */
export type Sort = (list: List, frame: Frame, evaluation: Evaluation) => List;

/** What the keys of an item take. */
const unitsOfItem = 40;

interface Term {
  readonly evaluate: Compiled;
  readonly isDescending: boolean;
}

/** An item, and what the terms have given for it so far. */
interface Sorted {
  readonly item: Value;
  readonly keys: Value[];
}

/** Makes `^(…)` ready. */
export function compileSort(node: SyntaxNode, compile: Compile): Sort {
  const terms = (node.terms ?? []).map(
    (term): Term => ({ evaluate: compile(term.expression), isDescending: term.descending }),
  );
  return (list, frame, evaluation) => {
    if (list.length <= 1) return list;
    const isTuples = list.tuples === true;
    const keyOf = (sorted: Sorted, index: number): Value => {
      if (index < sorted.keys.length) return sorted.keys[index];
      const { evaluate } = terms[index] as Term;
      const tuple = sorted.item as Tuple;
      const key = isTuples
        ? evaluate(tuple.get("@"), new Frame(frame, new Map(tuple)), evaluation)
        : evaluate(sorted.item, frame, evaluation);
      sorted.keys.push(key);
      return key;
    };
    const isAfter = (first: Sorted, second: Sorted): boolean => {
      for (const [index, { isDescending }] of terms.entries()) {
        const [key, other] = [keyOf(first, index), keyOf(second, index)];
        evaluation.spendComparison(key, other);
        const order = compare(key, other, isDescending);
        if (order !== 0) return order > 0;
      }
      return false;
    };
    evaluation.spend(list.length * unitsOfItem);
    const items = list.map((item): Sorted => ({ item, keys: [] }));
    return mergeSort(items, isAfter, evaluation).map(({ item }) => item);
  };
}

/** What is nothing comes last in any order. */
function compare(first: Value, second: Value, isDescending: boolean): number {
  if (first === undefined) return second === undefined ? 0 : 1;
  if (second === undefined) return -1;
  const [left, right] = [first as string, second as string];
  for (const value of [first, second]) {
    if (typeof value !== "string" && typeof value !== "number") throw new QueryError("T2008", { value });
  }
  if (typeof first !== typeof second) throw new QueryError("T2007", { value: first, value2: second });
  if (left === right) return 0;
  return left < right !== isDescending ? -1 : 1;
}
