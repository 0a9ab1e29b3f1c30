import { CanonicalTexts } from "../canonical-text.js";
import type { Evaluation } from "../evaluation.js";
import { append } from "../lists.js";
import { Callable, isList, type List, sequence, truth, type Value } from "../value.js";
import { define, defineOver, type Functions } from "./define.js";

/** Lists, and what is asked of any value. */
export const listFunctions: Functions = {
  count: define("<a:n>", ([list]) => (list === undefined ? 0 : (list as List).length)),
  append: define("<xx:a>", ([first, second], evaluation) => append(first, second, evaluation)),
  exists: define("<x:b>", ([value]) => value !== undefined),
  boolean: define("<x-:b>", ([value], evaluation) => truth(value, evaluation)),
  not: define("<x-:b>", ([value], evaluation) => (value === undefined ? undefined : truth(value, evaluation) !== true)),
  reverse: defineOver<List>("<a:a>", (list, _args, evaluation) => {
    if (list.length <= 1) return list;
    evaluation.makeList(list.length);
    return [...list].reverse();
  }),
  shuffle: defineOver<List>("<a:a>", shuffle),
  distinct: defineOver<Value>("<x:x>", distinct),
  zip: define("<a+>", zip, 0),
  type: define("<x:s>", ([value]) => typeOf(value)),
};

/** A generator of pseudo-random numbers for one use: drawing each number from the execution's chance would take far longer. */
function shuffle(list: List, _args: readonly Value[], evaluation: Evaluation): List {
  if (list.length <= 1) return list;
  evaluation.spend(list.length * 2 + 400);
  let state = Math.floor(evaluation.surroundings.random.fraction() * 2 ** 32);
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const shuffled: List = [...list];
  for (let index = shuffled.length - 1; index > 0; index--) {
    const other = Math.floor(fraction() * (index + 1));
    [shuffled[index], shuffled[other]] = [shuffled[other], shuffled[index]];
  }
  return shuffled;
}

/** What it takes to find a scalar in a table. */
const unitsOfScalar = 40;

/** What a character takes that is written and looked up. */
const unitsOfCharacter = 1 / 4;

/** Without the items that stand before already. All are found by a table: lists and objects by a text of their own. */
function distinct(value: Value, _args: readonly Value[], evaluation: Evaluation): Value {
  if (!isList(value) || value.length <= 1) return value;
  const found: List = value.sequence === true ? sequence() : [];
  const scalars = new Set<Value>();
  const seenTexts = new Set<Value>();
  const texts = new CanonicalTexts(evaluation);
  for (const item of value) {
    evaluation.spend(unitsOfScalar);
    const isScalar = typeof item !== "object" || item === null || item instanceof Callable;
    const key = isScalar ? item : texts.of(item);
    if (typeof key === "string") evaluation.spend(key.length * unitsOfCharacter);
    const seen = isScalar ? scalars : seenTexts;
    if (seen.has(key)) continue;
    seen.add(key);
    evaluation.push(found, item);
  }
  return found;
}

/** What a list of a few items takes. */
const unitsOfTuple = 32;

function zip(args: readonly Value[], evaluation: Evaluation): Value {
  const length = args.reduce<number>(
    (least, list) => Math.min(least, isList(list) ? list.length : 0),
    Number.POSITIVE_INFINITY,
  );
  const zipped: List = [];
  if (length === Number.POSITIVE_INFINITY) return zipped;
  for (let index = 0; index < length; index++) {
    evaluation.spend(unitsOfTuple + args.length);
    evaluation.push(
      zipped,
      args.map((list) => (list as List)[index]),
    );
  }
  return zipped;
}

function typeOf(value: Value): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return "null";
  if (isList(value)) return "array";
  if (value instanceof Callable) return "function";
  return typeof value;
}
