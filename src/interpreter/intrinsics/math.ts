import type { Json } from "../../language/json.js";
import type { Scope } from "../paths/scope.js";
import { javaRandom } from "../random.js";
import { integerAt, is32Bits, Refusal, roundedAt } from "./argument.js";

/** Both numbers are rounded before they are added; the sum has 32 bits too. */
export function mathAdd(args: readonly Json[]): Json | Refusal {
  const left = roundedAt(args, 0);
  const right = roundedAt(args, 1);
  if (left instanceof Refusal) return left;
  if (right instanceof Refusal) return right;
  const sum = left + right;
  return is32Bits(sum) ? sum : new Refusal(`the sum must be a number of 32 bits, got ${sum}`);
}

/** From the first number up to but not including the second; the same seed gives the same number. */
export function mathRandom(args: readonly Json[], { random }: Scope): Json | Refusal {
  const from = integerAt(args, 0);
  const to = integerAt(args, 1);
  if (from instanceof Refusal) return from;
  if (to instanceof Refusal) return to;
  if (to <= from) return new Refusal(`the end must be above the start, got ${from} and ${to}`);
  if (args.length < 3) return from + Math.floor(random.fraction() * (to - from));
  const seed = integerAt(args, 2);
  return seed instanceof Refusal ? seed : javaRandom(seed, from, to);
}
