import type { Json } from "../../language/json.js";
import { isList } from "../data.js";
import type { Scope } from "../paths/scope.js";
import { integerAt, listAt, Refusal, tooMuch } from "./argument.js";
import { inJavaSet } from "./java-hash.js";

type Evaluated = Json | Refusal;
type Arguments = readonly Json[];

/** Lists of at most `size` items; the last one may be shorter. */
export function arrayPartition(args: Arguments): Evaluated {
  const list = listAt(args, 0);
  const size = integerAt(args, 1);
  if (list instanceof Refusal) return list;
  if (size instanceof Refusal) return size;
  if (size < 1) return new Refusal("the second argument must be a positive number");
  const chunks: Json[] = [];
  for (let from = 0; from < list.length; from += size) chunks.push(list.slice(from, from + size));
  return chunks;
}

/** What a character that is printed to be compared costs beside one that is compared. */
const printing = 6;

/** Compares the texts of the values, as AWS was seen to do: `1` and `"1"` are the same, objects with keys in another order are not. */
export function arrayContains(args: Arguments, { budget }: Scope): Evaluated {
  const list = listAt(args, 0);
  if (list instanceof Refusal) return list;
  const value = args[1] ?? null;
  if (!budget.spendText(value, printing) || !budget.spend(list.length / 4)) return tooMuch;
  const wanted = plainText(value);
  // Numbers are not printed: the wanted text may be that of one alone.
  const number = String(Number(wanted)) === wanted ? Number(wanted) : undefined;
  for (const item of list) {
    if (item === number) return true;
    if (typeof item === "number" || !mayBe(item, wanted)) continue;
    if (!budget.spendText(item, typeof item === "string" ? 1 : printing)) return tooMuch;
    if (plainText(item) === wanted) return true;
  }
  return false;
}

/** Whether a value may have this text, without printing it. */
function mayBe(item: Json, wanted: string): boolean {
  if (typeof item === "string") return item.length === wanted.length;
  if (typeof item !== "object" || item === null) return String(item) === wanted;
  return wanted.startsWith(isList(item) ? "[" : "{");
}

function plainText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Items that `States.ArrayRange` may make. */
const longestRange = 1_000;

/** Counts from the first number to the last, which is included where a step meets it. */
export function arrayRange(args: Arguments): Evaluated {
  const first = integerAt(args, 0);
  const last = integerAt(args, 1);
  const step = integerAt(args, 2);
  if (first instanceof Refusal) return first;
  if (last instanceof Refusal) return last;
  if (step instanceof Refusal) return step;
  if (step === 0) return new Refusal("the step must not be 0");
  const count = Math.floor((last - first) / step) + 1;
  if (count > longestRange) return new Refusal(`the range has ${count} items, which is more than ${longestRange}`);
  return Array.from({ length: Math.max(0, count) }, (_, index) => first + index * step);
}

/** The index counts from 0. Of a list without items AWS gives `null` for any index. */
export function arrayGetItem(args: Arguments): Evaluated {
  const list = listAt(args, 0);
  const index = integerAt(args, 1);
  if (list instanceof Refusal) return list;
  if (index instanceof Refusal) return index;
  if (list.length === 0 && index >= 0) return null;
  const item = index < 0 ? undefined : list[index];
  return item === undefined ? new Refusal(`the index ${index} is outside of an array of ${list.length} items`) : item;
}

/** Items of a list. */
export function arrayLength(args: Arguments): Evaluated {
  const list = listAt(args, 0);
  return list instanceof Refusal ? list : list.length;
}

/** Each of equal items once, in the order of AWS. */
export function arrayUnique(args: Arguments): Evaluated {
  const list = listAt(args, 0);
  return list instanceof Refusal ? list : inJavaSet(list);
}
