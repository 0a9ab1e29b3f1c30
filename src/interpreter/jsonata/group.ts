import { setOwn } from "../../language/json.js";
import type { Compile, Compiled } from "./compiled.js";
import { type Evaluation, unitsOfMember } from "./evaluation.js";
import { Frame } from "./frame.js";
import { pour } from "./lists.js";
import { QueryError } from "./query-error.js";
import type { Pair } from "./syntax.js";
import { isList, type List, type Tuple, type Value } from "./value.js";

/** Makes an object out of a value: of a list, with one member for all items of one key. */
export type Group = (value: Value, frame: Frame, evaluation: Evaluation) => Value;

/** Makes `{key: value, …}` ready, by itself or behind a step. */
export function compileGroup(pairs: readonly Pair[], compile: Compile): Group {
  const compiled = pairs.map(([key, value]): Member => [compile(key), compile(value), key.type === "string"]);
  return (value, frame, evaluation) => {
    if (!isList(value)) return literal(compiled, value, frame, evaluation);
    // Nothing is grouped as one item that is nothing: what is written is there all the same.
    if (value.length === 0 && value.tuples !== true) return literal(compiled, undefined, frame, evaluation);
    return grouped(compiled, value, frame, evaluation);
  };
}

/** The key and the value of a member. */
type Member = readonly [key: Compiled, value: Compiled, isWritten: boolean];

/** What an object takes whose members are not known beforehand. */
const unitsOfOddKey = 200;

function literal(members: readonly Member[], input: Value, frame: Frame, evaluation: Evaluation): Value {
  const object: Record<string, Value> = {};
  const keys: (string | undefined)[] = [];
  for (const [evaluateKey, , isWritten] of members) {
    const key = keyOf(evaluateKey(input, frame, evaluation));
    evaluation.spend(keys.length + (isWritten ? 0 : unitsOfOddKey));
    if (key !== undefined && keys.includes(key)) throw new QueryError("D1009", { value: key });
    keys.push(key);
  }
  for (const [index, [, evaluate]] of members.entries()) {
    const key = keys[index];
    const value = key === undefined ? undefined : evaluate(input, frame, evaluation);
    if (key !== undefined && value !== undefined) setOwn(object, key, value);
  }
  return object;
}

/** The items of one key, and which member has made the key. */
interface Items {
  readonly member: number;
  readonly data: Growing;
}

function grouped(members: readonly Member[], list: List, frame: Frame, evaluation: Evaluation): Value {
  const isTuples = list.tuples === true;
  const groups = new Map<string, Items>();
  for (const item of list) {
    const inner = isTuples ? new Frame(frame, new Map(item as Tuple)) : frame;
    const context = isTuples ? (item as Tuple).get("@") : item;
    for (const [index, [evaluateKey]] of members.entries()) {
      addTo(groups, keyOf(evaluateKey(context, inner, evaluation)), index, item, evaluation);
    }
  }
  const object: Record<string, Value> = {};
  for (const [key, { member, data }] of groups) {
    const [, evaluate] = members[member] as Member;
    const value = isTuples
      ? evaluateTuples(evaluate, data.value as Tuple | List, frame, evaluation)
      : evaluate(data.value, frame, evaluation);
    if (value !== undefined) setOwn(object, key, value);
  }
  return object;
}

function keyOf(key: Value): string | undefined {
  if (key !== undefined && typeof key !== "string") throw new QueryError("T1003", { value: key });
  return key;
}

function addTo(
  groups: Map<string, Items>,
  key: string | undefined,
  member: number,
  item: Value,
  evaluation: Evaluation,
): void {
  if (key === undefined) return;
  const known = groups.get(key);
  if (known === undefined) {
    evaluation.spend(unitsOfMember * 4);
    groups.set(key, { member, data: new Growing(item) });
  } else if (known.member !== member) {
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
