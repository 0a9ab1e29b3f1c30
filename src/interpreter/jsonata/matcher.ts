import type { Evaluation } from "./evaluation.js";
import { QueryError } from "./query-error.js";
import { Callable } from "./value.js";

/** Where a regular expression matches. */
export interface Match {
  readonly match: string;
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | undefined)[];
}

/** A regular expression, which in JSONata is a function that finds one match. */
export class Matcher extends Callable {
  readonly arity = 2;
  private readonly expression: RegExp;
  private readonly effort: number;

  /** @param effort - what {@link effortOf} says of it */
  constructor(expression: RegExp, effort: number) {
    super();
    // Its own: an expression remembers where it has come to.
    this.expression = new RegExp(expression);
    this.effort = effort;
  }

  /** The first match at a place or behind it. */
  find(text: string, from: number, evaluation: Evaluation): Match | undefined {
    evaluation.spendText(text.length);
    evaluation.search((text.length - from + 2) ** this.effort);
    this.expression.lastIndex = from;
    const found = this.expression.exec(text);
    if (found === null) return undefined;
    const [match, ...groups] = found;
    evaluation.spend(unitsOfMatch);
    return { match, start: found.index, end: found.index + match.length, groups };
  }

  /** What comes behind the match that was found last. */
  findNext(text: string, evaluation: Evaluation): Match | undefined {
    const from = this.expression.lastIndex;
    if (from >= text.length) return undefined;
    const next = this.find(text, from, evaluation);
    // It would be found again and again.
    if (next?.match === "") throw new QueryError("D1004");
    return next;
  }
}

/** What a match takes. */
const unitsOfMatch = 40;

/**
 * The power of the length of a text that bounds the steps of a search: one for where it starts, one for each part that may be there more or less
 * often and for each alternative. Where such a part stands within another one, or what was found is referred to, nothing bounds them.
 */
export function effortOf(source: string): number {
  let effort = source.startsWith("^") && !source.includes("|") ? 0 : 1;
  let varies = false;
  let wasVaryingGroup = false;
  const groups: boolean[] = [];
  for (let at = 0; at < source.length; at++) {
    const character = source[at] as string;
    const repeatsVaryingGroup = wasVaryingGroup && "*+?{".includes(character);
    wasVaryingGroup = false;
    if (repeatsVaryingGroup) return Number.POSITIVE_INFINITY;
    if (character === "\\") {
      at += 1;
      if (/[1-9k]/.test(source[at] ?? "")) return Number.POSITIVE_INFINITY;
    } else if (character === "[") at = endOfClass(source, at);
    else if (character === "(") {
      groups.push(varies);
      varies = false;
      // What says that a group does not capture is no quantifier.
      if (source[at + 1] === "?") at += 1;
    } else if (character === ")") {
      wasVaryingGroup = varies;
      varies = (groups.pop() ?? false) || varies;
    } else if ("|*+?{".includes(character)) {
      varies = true;
      effort += 1;
    }
  }
  return effort;
}

function endOfClass(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === "\\") at += 1;
    else if (source[at] === "]") return at;
  }
  return source.length;
}
