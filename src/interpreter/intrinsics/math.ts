import type { Json } from "../../language/json.js";
import { javaRandom, type Random } from "../random.js";
import { integerAt, Refusal } from "./argument.js";

/** Both numbers are rounded before they are added. */
export function mathAdd(args: readonly Json[]): Json | Refusal {
  const left = integerAt(args, 0);
  const right = integerAt(args, 1);
  if (left instanceof Refusal) return left;
  return right instanceof Refusal ? right : left + right;
}

/** From the first number up to but not including the second; the same seed gives the same number. */
export function mathRandom(args: readonly Json[], random: Random): Json | Refusal {
  const from = integerAt(args, 0);
  const to = integerAt(args, 1);
  if (from instanceof Refusal) return from;
  if (to instanceof Refusal) return to;
  // AWS refuses a range of one number as well.
  if (to - from < 2) return new Refusal(`the end must be above the start by 2 or more, got ${from} and ${to}`);
  if (args.length < 3) return from + Math.floor(random.fraction() * (to - from));
  const seed = integerAt(args, 2);
  return seed instanceof Refusal ? seed : from + javaRandom(seed, to - from);
}
