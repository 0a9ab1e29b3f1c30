import { setOwn } from "../../language/json.js";
import type { Compile, Compiled } from "./compiled.js";
import type { Evaluation } from "./evaluation.js";
import { Frame } from "./frame.js";
import { pour } from "./lists.js";
import { QueryError } from "./query-error.js";
import type { Pair } from "./syntax.js";
import { isList, type List, type Tuple, type Value } from "./value.js";

/** Makes an object out of a value: of a list, with one member for all items of one key. */
export type Group = (value: Value, frame: Frame, evaluation: Evaluation) => Value;

interface Member {
  readonly pair: number;
  readonly data: Growing;
}

/** Makes `{key: value, …}` ready, by itself or behind a step. */
export function compileGroup(pairs: readonly Pair[], compile: Compile): Group {
  const compiled = pairs.map(([key, value]) => [compile(key), compile(value)] as const);
  return (value, frame, evaluation) => {
    const isTuples = isList(value) && value.tuples === true;
    const list: readonly Value[] = isList(value) ? value : [value];
    // Nothing is grouped as one item that is nothing: what is written is there all the same.
    const items = list.length === 0 && !isTuples ? [undefined] : list;
    const members = new Map<string, Member>();
    for (const item of items) {
      const inner = isTuples ? new Frame(frame, new Map(item as Tuple)) : frame;
      const context = isTuples ? (item as Tuple).get("@") : item;
      for (const [index, [key]] of compiled.entries()) {
        addTo(members, keyOf(key(context, inner, evaluation)), index, item, evaluation);
      }
    }
    const object: Record<string, Value> = {};
    for (const [key, { pair, data }] of members) {
      const [, evaluate] = compiled[pair] as readonly [Compiled, Compiled];
      const made = isTuples
        ? evaluateTuples(evaluate, data.value as Tuple | List, frame, evaluation)
        : evaluate(data.value, frame, evaluation);
      if (made !== undefined) setOwn(object, key, made);
    }
    return object;
  };
}

function keyOf(key: Value): string | undefined {
  if (key !== undefined && typeof key !== "string") throw new QueryError("T1003", { value: key });
  return key;
}

function addTo(
  members: Map<string, Member>,
  key: string | undefined,
  pair: number,
  item: Value,
  evaluation: Evaluation,
): void {
  if (key === undefined) return;
  const known = members.get(key);
  if (known === undefined) {
    evaluation.spend(1);
    members.set(key, { pair, data: new Growing(item) });
  } else if (known.pair !== pair) {
    throw new QueryError("D1009", { value: key });
  } else known.data.add(item, evaluation);
}

/** A value that others are appended to, which makes a list of it. It is not copied each time. */
class Growing {
  value: Value;
  private isOwn = false;

  constructor(value: Value) {
    this.value = value;
  }

  add(item: Value, evaluation: Evaluation): void {
    if (item === undefined) return;
    if (this.value === undefined) {
      this.value = item;
      return;
    }
    if (!this.isOwn) {
      const own: List = [];
      pour(this.value, own, evaluation);
      this.value = own;
      this.isOwn = true;
    }
    pour(item, this.value as List, evaluation);
  }
}

/** Evaluates for several tuples as for one, whose names hold what all of them hold. */
function evaluateTuples(evaluate: Compiled, data: Tuple | List, frame: Frame, evaluation: Evaluation): Value {
  const merged = new Map<string, Growing>();
  for (const tuple of isList(data) ? (data as unknown as readonly Tuple[]) : [data]) {
    for (const [name, value] of tuple) {
      const known = merged.get(name);
      if (known === undefined) merged.set(name, new Growing(value));
      else known.add(value, evaluation);
    }
  }
  const bindings = new Map([...merged].map(([name, { value }]) => [name, value]));
  const context = bindings.get("@");
  bindings.delete("@");
  return evaluate(context, new Frame(frame, bindings), evaluation);
}
