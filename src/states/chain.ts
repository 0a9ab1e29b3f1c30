import { DefinitionError, issue, shown } from "../language/errors.js";
import { isStep, Step } from "./step.js";

/** What can stand in a workflow: a step, or steps one after the other. */
export type Chainable<Output = unknown> = Step<Output> | Chain<Output>;

/** What a chain or step gives at its end. */
export type OutputOf<C> = C extends Step<infer Output> ? Output : C extends Chain<infer Output> ? Output : never;

/** What can be followed by another step: all but Succeed and Fail. */
export type Following<Output = unknown> = FlowStep<Output> | Chain<Output>;

const brand = Symbol.for("sfn-ds.chain");

/**
 * Steps one after the other. A chain never changes; `next` gives a new one.
 *
 * @example
 * Chain.of(new Pass("A"), new Succeed("B"));
 * // { "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "B" }, "B": { "Type": "Succeed" } } }
 */
export class Chain<Output = unknown> {
  /** The steps in their order; chains that were given are taken apart. */
  readonly steps: readonly Step[];
  declare readonly [brand]: Output;

  private constructor(steps: readonly Step[]) {
    this.steps = steps;
  }

  /**
   * @param steps - steps and chains, in order; Succeed and Fail only at the end
   * @throws {@link DefinitionError} at `compile()`: `empty_chain`, `duplicate_step`, `terminal_step_in_chain`.
   */
  static of<Last extends Chainable>(...steps: readonly [...(readonly Following[]), Last]): Chain<OutputOf<Last>> {
    return new Chain<OutputOf<Last>>(flatten(steps));
  }

  /**
   * A chain of a list's steps, for steps that a program makes.
   *
   * @throws {@link DefinitionError} `not_a_step` when it is given no list.
   * @example
   * Chain.from(["A", "B"].map((name) => new Pass(name)));
   */
  static from<Output>(steps: readonly Chainable<Output>[]): Chain<Output> {
    if (Array.isArray(steps)) return new Chain<Output>(flatten(steps));
    throw new DefinitionError([issue("not_a_step", [], `expected a list of steps, got ${shown(steps)}`)]);
  }

  /** This chain with another step or chain after it. */
  next<Next extends Chainable>(next: Next): Chain<OutputOf<Next>> {
    return Chain.of(this, next);
  }

  /** Whether `value` is a chain, also one of another copy of this package. */
  static is(value: unknown): value is Chain {
    return typeof value === "object" && value !== null && "steps" in value && Array.isArray(value.steps);
  }
}

function flatten(parts: readonly unknown[]): Step[] {
  const steps: Step[] = [];
  for (const part of parts) {
    if (Chain.is(part)) for (const step of part.steps) steps.push(step);
    // What is no step is kept here and named by compile() with everything else that is wrong.
    else steps.push(part as Step);
  }
  return steps;
}

/** A step that another one can follow. */
export abstract class FlowStep<Output = unknown> extends Step<Output> {
  /** A chain of this step and the given one. */
  next<Next extends Chainable>(next: Next): Chain<OutputOf<Next>> {
    return Chain.of(this as Following, next);
  }
}

/** The steps of a chain, or the one step; what is neither is given back as it is, for the compiler to name. */
export function stepsOf(value: unknown): readonly Step[] {
  return Chain.is(value) && !isStep(value) ? value.steps : [value as Step];
}
