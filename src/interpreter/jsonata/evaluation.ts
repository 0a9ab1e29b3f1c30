import { deepestData } from "../data.js";
import type { Random } from "../random.js";
import { QueryError } from "./query-error.js";
import type { List, Value } from "./value.js";

/** What one evaluation may cost, in units of about five nanoseconds: some 50 milliseconds. Ours: AWS measures time. */
const budget = 10_000_000;

/** Milliseconds that evaluations may take that nothing else can bound. */
const longestTime = 40;

const workLimit = `${budget} units of work for the expressions of a state, about 50 ms`;

/** Units of one part of the expression, and of one that has no parts. */
const unitsOfNode = 10;
export const unitsOfLeaf = 4;

/** What an item takes that a list grows by. */
const unitsOfPush = 3;

/** Steps of regular expressions that may be taken before the evaluation is put under a limit of time. */
const mostSteps = 200_000;

/** Levels to which evaluations nest on AWS: 99 brackets are taken, 100 are not. */
export const deepestEvaluation = 100;

/** Calls within calls. Ours. */
const deepestCall = 200;

/** What a list or an object takes that is walked over. */
const unitsOfWalk = 16;

/** Items of a list, and characters of a text, that AWS lets an evaluation hold. */
export const mostItems = 873_782;
export const mostCharacters = 4_194_304;

/** Characters that are copied or looked at for one unit. */
const charactersOfUnit = 32;

/** What a member of an object, or of a table, takes that may have many. */
export const unitsOfMember = 40;

/** What the evaluations of one piece of work may cost together: as much as one may cost alone. */
export class Allowance {
  private left = budget;
  private timed = 0;
  private time = longestTime;

  /** What is used up, in parts of what may be. */
  get share(): number {
    return 1 - Math.max(0, this.left) / budget + this.timed;
  }

  /** Units that an evaluation may take. */
  get units(): number {
    return this.left;
  }

  /** Milliseconds that evaluations under a limit of time may take. */
  get milliseconds(): number {
    return this.time;
  }

  keepMilliseconds(left: number): void {
    this.time = left;
  }

  /** An evaluation has left so much; one under a limit of time may have taken all of that. */
  keep(left: number, isTimed: boolean): void {
    this.left = left;
    if (isTimed) this.timed++;
  }
}

/** What surrounds an evaluation. */
export interface Surroundings {
  readonly random: Random;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What this and other evaluations may cost together. */
  readonly allowance?: Allowance | undefined;
  /** A variable that the expression has not bound itself, or a function. */
  lookup(name: string): Value;
}

/** An evaluation cannot go on without a limit of time. */
export class NeedsTimeLimit extends Error {
  override readonly name = "NeedsTimeLimit";
}

/** One evaluation with its bounds: how deep it is, what it may still cost. */
export class Evaluation {
  readonly surroundings: Surroundings;
  private depth = 0;
  private calls = 0;
  private left: number;
  private steps = 0;
  private readonly isTimed: boolean;

  /** @param isTimed - whether a limit of time will end it, too */
  constructor(surroundings: Surroundings, isTimed = false) {
    this.surroundings = surroundings;
    this.left = surroundings.allowance?.units ?? budget;
    this.isTimed = isTimed;
  }

  /** Tells what it has cost. */
  end(): void {
    this.surroundings.allowance?.keep(this.left, this.isTimed);
  }

  /** For what nothing but time can bound. Ends the evaluation where it has no limit of time; it is begun anew with one. */
  needTimeLimit(): void {
    if (!this.isTimed) throw new NeedsTimeLimit();
  }

  /** Counts the steps that a search may take at the worst. */
  search(steps: number): void {
    this.steps += steps;
    if (this.steps > mostSteps) this.needTimeLimit();
  }

  /** Goes one level deeper; {@link leave} comes back. A failure ends the evaluation, so that it need not come back. */
  enter(units = unitsOfNode): void {
    this.depth += 1;
    if (this.depth > deepestEvaluation) throw stackOverflow();
    this.spend(units);
  }

  /** Ends the evaluation: it would nest too deep. */
  stop(): never {
    throw stackOverflow();
  }

  leave(): void {
    this.depth -= 1;
  }

  /** A call within a call. Those at the end of a function do not nest evaluations, yet those of `$map` and the like nest. */
  enterCall(): void {
    this.calls += 1;
    if (this.calls > deepestCall) throw stackOverflow(`${deepestCall} calls within calls`);
  }

  leaveCall(): void {
    this.calls -= 1;
  }

  spend(units: number): void {
    this.left -= units;
    if (this.left < 0) throw timeout(workLimit);
  }

  canSpend(units: number): boolean {
    return units <= this.left;
  }

  checkText(characters: number): void {
    if (characters > mostCharacters) throw memoryLimit();
  }

  /** Counts a text that is made or walked. */
  spendText(characters: number): void {
    this.checkText(characters);
    this.spend(characters / charactersOfUnit);
  }

  /** Counts the search for a text: one character is found at once, a longer one may take as long as both. */
  spendSearch(characters: number, sought: number): void {
    this.checkText(characters);
    this.spend(sought <= 1 ? characters / charactersOfUnit : characters + sought);
  }

  /** Counts the comparison of two values: texts that begin alike take as long as they do. */
  spendComparison(first: Value, second: Value): void {
    if (typeof first !== "string" || typeof second !== "string") return;
    this.spend(Math.min(first.length, second.length) / charactersOfUnit);
  }

  /** Counts a list that is made, which takes less for each item when all come at once. */
  makeList(items: number): void {
    if (items > mostItems) throw memoryLimit();
    this.spend(items);
  }

  /** One item for a list that grows. */
  push(list: List, item: Value): void {
    if (list.length >= mostItems) throw memoryLimit();
    this.spend(unitsOfPush);
    list.push(item);
  }

  /** For walks over data: they call themselves once a level. */
  checkLevel(level: number): void {
    this.spend(unitsOfWalk);
    if (level > deepestData) throw stackOverflow(`${deepestData} levels of data`);
  }
}

/** @param limit - which of our limits it is; none where it is AWS's */
function stackOverflow(limit?: string): QueryError {
  const words =
    "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive";
  return bound(limit === undefined ? words : `${words} (limit of the embedded engine: ${limit})`);
}

/** @param limit - which of our limits it is; AWS measures time */
export function timeout(limit: string): QueryError {
  return bound(`Expression evaluation timeout: Check for infinite loop (limit of the embedded engine: ${limit})`);
}

export function memoryLimit(): QueryError {
  return bound("Expression evaluation memory limit exceeded: Check for excessive memory usage");
}

function bound(message: string): QueryError {
  return new QueryError(undefined, {}, message);
}
