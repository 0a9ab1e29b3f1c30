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

/**
 * A regular expression, which in JSONata is a function that finds one match. What could backtrack runs within a limit of time: see
 * `needsTimeLimit`.
 */
export class Matcher extends Callable {
  readonly arity = 2;
  private readonly expression: RegExp;

  constructor(expression: RegExp) {
    super();
    // Its own: an expression remembers where it has come to.
    this.expression = new RegExp(expression);
  }

  /** The first match at a place or behind it. */
  find(text: string, from: number, evaluation: Evaluation): Match | undefined {
    evaluation.spendText(text.length);
    this.expression.lastIndex = from;
    const found = this.expression.exec(text);
    if (found === null) return undefined;
    const [match, ...groups] = found;
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
