import { setOwn } from "../../../language/json.js";
import { apply, applyGiven } from "../callable.js";
import type { Evaluation } from "../evaluation.js";
import { mergeSort } from "../merge-sort.js";
import { QueryError } from "../query-error.js";
import {
  type Callable,
  isListOf,
  isNumber,
  isText,
  type List,
  type Members,
  sequence,
  truth,
  type Value,
} from "../value.js";
import { define, defineOver, type Functions } from "./define.js";

/** Functions that take functions. */
export const higherOrderFunctions: Functions = {
  map: defineOver<List>("<af>", (list, [, mapper], evaluation) => {
    const results = sequence();
    for (const [index, item] of list.entries()) {
      const result = call(mapper, [item, index, list], evaluation);
      if (result !== undefined) evaluation.push(results, result);
    }
    return results;
  }),
  filter: defineOver<List>("<af>", (list, [, test], evaluation) => {
    const results = sequence();
    for (const [index, item] of list.entries()) {
      if (isTrue(call(test, [item, index, list], evaluation), evaluation)) evaluation.push(results, item);
    }
    return results;
  }),
  single: defineOver<List>("<af?>", single),
  reduce: defineOver<List>("<afj?:j>", reduce, 3),
  each: define("<o-f:a>", ([members, visitor], evaluation) => {
    const results = sequence();
    for (const [key, value] of entriesOf(members)) {
      const result = call(visitor, [value, key, members], evaluation);
      if (result !== undefined) evaluation.push(results, result);
    }
    return results;
  }),
  sift: define("<o-f?:o>", ([members, test], evaluation) => {
    const sifted: Record<string, Value> = {};
    let isEmpty = true;
    for (const [key, value] of entriesOf(members)) {
      if (!isTrue(call(test, [value, key, members], evaluation), evaluation)) continue;
      setOwn(sifted, key, value);
      isEmpty = false;
    }
    return isEmpty ? undefined : sifted;
  }),
  sort: defineOver<List>("<af?:a>", sort),
};

/** What it takes to gather the arguments. */
const unitsOfArguments = 20;

/** Calls a function with as many of the arguments as it takes, but always with the first. */
function call(callee: Value, args: readonly Value[], evaluation: Evaluation): Value {
  evaluation.spend(unitsOfArguments);
  const arity = (callee as Callable | undefined)?.arity ?? 0;
  return applyGiven(callee, arity >= args.length ? args : args.slice(0, Math.max(1, arity)), evaluation);
}

function isTrue(value: Value, evaluation: Evaluation): boolean {
  evaluation.spend(1);
  return truth(value, evaluation) === true;
}

function entriesOf(members: Value): readonly (readonly [string, Value])[] {
  return typeof members === "object" && members !== null ? Object.entries(members as Members) : [];
}

function single(list: List, [, test]: readonly Value[], evaluation: Evaluation): Value {
  let found: { readonly item: Value } | undefined;
  for (const [index, item] of list.entries()) {
    if (test !== undefined && !isTrue(call(test, [item, index, list], evaluation), evaluation)) continue;
    if (found !== undefined) throw new QueryError("D3138", { index });
    found = { item };
  }
  if (found === undefined) throw new QueryError("D3139");
  return found.item;
}

function reduce(list: List, [, reducer, initial]: readonly Value[], evaluation: Evaluation): Value {
  const { arity } = reducer as Callable;
  if (arity < 2) throw new QueryError("D3050", { index: 1 });
  const startsWithFirst = initial === undefined && list.length > 0;
  let result = startsWithFirst ? list[0] : initial;
  for (let index = startsWithFirst ? 1 : 0; index < list.length; index++) {
    result = call(reducer, [result, list[index], index, list], evaluation);
  }
  return result;
}

function sort(list: List, [, isAfter]: readonly Value[], evaluation: Evaluation): Value {
  if (list.length <= 1) return list;
  if (isAfter !== undefined) {
    return mergeSort(list, (first, second) => isSwapped(isAfter, first, second, evaluation), evaluation);
  }
  evaluation.spend(list.length * Math.log2(list.length));
  if (!isListOf(list, isNumber) && !isListOf(list, isText)) throw new QueryError("D3070", { index: 1 });
  return [...(list as readonly (number | string)[])].sort((first, second) => {
    evaluation.spendComparison(first, second);
    return first === second ? 0 : first > second ? 1 : -1;
  });
}

/** Whether the function's answer is anything but nothing, `false` and the like, as JavaScript sees it. */
function isSwapped(isAfter: Value, first: Value, second: Value, evaluation: Evaluation): boolean {
  return Boolean(apply(isAfter, [first, second], null, evaluation));
}
