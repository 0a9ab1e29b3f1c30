import { DefinitionError, issue, shown } from "../language/errors.js";
import { type AnyStep, isStep, Step } from "./step.js";

/** What can stand in a workflow: a step, or steps one after the other. */
export type Chainable<Output = unknown> = Step<Output> | Chain<Output>;

/** What a chain or step gives at its end; a function is a jump, after which nothing comes. */
export type OutputOf<C> = C extends Step<infer Output> ? Output : C extends Chain<infer Output> ? Output : never;

declare const passedOn: unique symbol;

/** The output of a step that gives on what it gets: what it is stands in the chain, not in the step. */
export interface PassedOn {
  readonly [passedOn]: true;
}

/** An output where nothing is known of what came before: what is given on may be anything. */
export type Known<Output> = Output extends PassedOn ? unknown : Output;

/** What a Choice gives on where no rule applies and there is no `otherwise`: what it gets. */
export interface NoRule extends PassedOn {
  readonly [noRule]: true;
}
declare const noRule: unique symbol;

/** What comes out of steps one after the other: what the last one that makes something gives. */
export type ChainOutput<Steps extends readonly unknown[]> = Steps extends readonly [...infer Before, infer Last]
  ? [OutputOf<Last>] extends [never]
    ? never
    : OutputOf<Last> extends PassedOn
      ? ChainOutput<Making<Before>>
      : [Extract<OutputOf<Last>, PassedOn>] extends [never]
        ? OutputOf<Last>
        : Exclude<OutputOf<Last>, PassedOn> | ChainOutput<Making<Before>>
  : unknown;

/** Steps without those at the end that give on what they get, where these are many: looking at one after the other is quadratic. */
type Making<Steps extends readonly unknown[]> = Steps extends readonly [
  ...infer Before,
  infer A,
  infer B,
  infer C,
  infer D,
  infer E,
  infer F,
  infer G,
  infer H,
]
  ? OutputOf<A | B | C | D | E | F | G | H> extends PassedOn
    ? Making<Before>
    : Steps
  : Steps;

/** A step or chain, whatever it gives on. */
export type AnyChainable = AnyStep | AnyChain;

/** A chain, whatever it gives on. */
export interface AnyChain {
  readonly steps: readonly AnyStep[];
  next(next: never): unknown;
}

/** What can be followed by another step: all but Succeed and Fail. */
export type Following = AnyChain | (AnyStep & { next(next: never): unknown });

const brand = Symbol.for("sfn-ds.chain");
const content = Symbol.for("sfn-ds.chain-content");

interface Content {
  readonly parts: readonly unknown[];
  steps: readonly AnyStep[] | undefined;
}

/**
 * Steps one after the other. A chain never changes; `next` gives a new one.
 *
 * @example
 * Chain.of(new Pass("A"), new Succeed("B"));
 * // { "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "B" }, "B": { "Type": "Succeed" } } }
 */
export class Chain<Output = unknown> {
  /** What the chain was made of; taken apart when its steps are asked for first, so that a long chain is made in one go. */
  readonly [content]: Content;
  /** Set for every chain; its type tells what the chain gives. */
  readonly [brand]: Output;

  private constructor(parts: readonly unknown[]) {
    this[content] = { parts, steps: undefined };
    this[brand] = undefined as Output;
  }

  /** The steps in their order; chains that were given are taken apart. */
  get steps(): readonly AnyStep[] {
    const made = this[content];
    made.steps ??= flatten(made.parts);
    return made.steps;
  }

  /**
   * @param steps - steps and chains, in order; Succeed and Fail only at the end
   * @throws {@link DefinitionError} at `compile()`: `empty_chain`, `duplicate_step`, `terminal_step_in_chain`.
   */
  static of<const Before extends readonly Following[], Last extends AnyChainable>(
    ...steps: readonly [...Before, Last]
  ): Chain<ChainOutput<readonly [...Before, Last]>> {
    return new Chain(steps);
  }

  /**
   * A chain of a list's steps, for steps that a program makes.
   *
   * @throws {@link DefinitionError} `not_a_step` when it is given no list.
   * @example
   * Chain.from(["A", "B"].map((name) => new Pass(name)));
   */
  static from(steps: readonly AnyChainable[]): Chain {
    if (Array.isArray(steps)) return new Chain([...steps]);
    throw new DefinitionError([issue("not_a_step", [], `expected a list of steps, got ${shown(steps)}`)]);
  }

  /** This chain with another step or chain after it. */
  next<Next extends AnyChainable>(next: Next): Chain<ChainOutput<readonly [Chain<Output>, Next]>> {
    return new Chain([this, next]);
  }

  /** Whether `value` is a chain, also one of another copy of this package. */
  static is(value: unknown): value is Chain {
    return typeof value === "object" && value !== null && brand in value;
  }
}

/** The steps of parts within parts. Not recursive: each `next` is a level. */
function flatten(parts: readonly unknown[]): AnyStep[] {
  const steps: AnyStep[] = [];
  const waiting = [...parts].reverse();
  while (waiting.length > 0) {
    const part = waiting.pop();
    const made = Chain.is(part) ? part[content] : undefined;
    // What is no step is kept here and named by compile() with everything else that is wrong.
    if (made === undefined) steps.push(part as AnyStep);
    else if (made.steps !== undefined) for (const step of made.steps) steps.push(step);
    else for (let index = made.parts.length - 1; index >= 0; index--) waiting.push(made.parts[index]);
  }
  return steps;
}

/** A step that another one can follow. */
export abstract class FlowStep<Output = unknown> extends Step<Output> {
  /** A chain of this step and the given one. */
  next<Next extends AnyChainable>(next: Next): Chain<ChainOutput<readonly [FlowStep<Output>, Next]>> {
    return Chain.from([this, next]) as Chain<never>;
  }
}

/** The steps of a chain, or the one step; what is neither is given back as it is, for the compiler to name. */
export function stepsOf(value: unknown): readonly AnyStep[] {
  return Chain.is(value) && !isStep(value) ? value.steps : [value as AnyStep];
}
