import type { Evaluation } from "./evaluation.js";
import { QueryError } from "./query-error.js";
import type { Effort } from "./regex-effort.js";
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
  private readonly effort: Effort;

  constructor(expression: RegExp, effort: Effort) {
    super();
    // Its own: an expression remembers where it has come to.
    this.expression = new RegExp(expression);
    this.effort = effort;
  }

  /** The first match at a place or behind it. */
  find(text: string, from: number, evaluation: Evaluation): Match | undefined {
    evaluation.checkText(text.length);
    const { power, steps } = this.effort;
    const rest = text.length - from + 2;
    // Of a search that passes each place once is known what it takes; of others only what they may take at the worst.
    const isLinear = power <= 1;
    const unitsOfPlace = (isLinear ? steps : 1) / stepsOfUnit;
    if (!isLinear) evaluation.search(rest ** power * steps);
    else if (!evaluation.canSpend(rest * unitsOfPlace)) evaluation.needTimeLimit();
    this.expression.lastIndex = from;
    const found = this.expression.exec(text);
    if (found === null) {
      evaluation.spend(rest * unitsOfPlace);
      return undefined;
    }
    const [match, ...groups] = found;
    evaluation.spend(unitsOfMatch + (found.index + match.length - from) * unitsOfPlace);
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

/** Steps of a search that one unit pays. */
const stepsOfUnit = 2;

/** What a match takes. */
const unitsOfMatch = 40;
