import type { Random } from "../random.js";
import { QueryError } from "./query-error.js";
import type { List, Value } from "./value.js";

/** What one evaluation may cost, in units of about five nanoseconds. Ours: AWS measures time. */
const budget = 8_000_000;

/** Units of one part of the expression. */
const unitsOfNode = 8;

/** Levels to which evaluations nest on AWS: 99 brackets are taken, 100 are not. */
export const deepestEvaluation = 100;

/** Levels of data that an evaluation walks. Ours. */
const deepestData = 1_000;

/** Items of a list, and characters of a text, that AWS lets an evaluation hold. */
export const mostItems = 873_782;
export const mostCharacters = 4_194_304;

/** Characters that are copied or looked at for one unit. */
const charactersOfUnit = 32;

const copiedItemsOfUnit = 4;

/** What surrounds an evaluation. */
export interface Surroundings {
  readonly random: Random;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** A variable that the expression has not bound itself, or a function. */
  lookup(name: string): Value;
}

/** One evaluation with its bounds: how deep it is, what it may still cost. */
export class Evaluation {
  readonly surroundings: Surroundings;
  private depth = 0;
  private left = budget;

  constructor(surroundings: Surroundings) {
    this.surroundings = surroundings;
  }

  /** Goes one level deeper; {@link leave} comes back. A failure ends the evaluation, so that it need not come back. */
  enter(): void {
    this.depth += 1;
    if (this.depth > deepestEvaluation) throw stackOverflow();
    this.spend(unitsOfNode);
  }

  /** Ends the evaluation: it would nest too deep. */
  stop(): never {
    throw stackOverflow();
  }

  leave(): void {
    this.depth -= 1;
  }

  spend(units: number): void {
    this.left -= units;
    if (this.left < 0) throw timeout();
  }

  checkText(characters: number): void {
    if (characters > mostCharacters) throw memoryLimit();
  }

  /** Counts a text that is made or walked. */
  spendText(characters: number): void {
    this.checkText(characters);
    this.spend(characters / charactersOfUnit);
  }

  /** Counts a list that is made, which takes less for each item when all come at once. */
  makeList(items: number): void {
    if (items > mostItems) throw memoryLimit();
    this.spend(items / copiedItemsOfUnit);
  }

  /** One item for a list that grows. */
  push(list: List, item: Value): void {
    if (list.length >= mostItems) throw memoryLimit();
    this.spend(1);
    list.push(item);
  }

  /** For walks over data: they call themselves once a level. */
  checkLevel(level: number): void {
    this.spend(1);
    if (level > deepestData) throw stackOverflow();
  }
}

function stackOverflow(): QueryError {
  return bound(
    "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive",
  );
}

function timeout(): QueryError {
  return bound("Expression evaluation timeout: Check for infinite loop");
}

export function memoryLimit(): QueryError {
  return bound("Expression evaluation memory limit exceeded: Check for excessive memory usage");
}

function bound(message: string): QueryError {
  return new QueryError(undefined, {}, message);
}
