import type { Ref } from "../expression/placeholder.js";
import type { QueryLanguage } from "../language/asl.js";
import { type AnyChainable, Chain, type OutputOf } from "./chain.js";
import type { Condition } from "./condition.js";
import { authoredState, Step } from "./step.js";
import type { Template } from "./template.js";

/** A step or chain, or a function that gives one: for a step that comes before, or is defined later. */
export type Target<C extends AnyChainable = AnyChainable> = C | (() => C);

export interface ChoiceOptions {
  readonly comment?: string;
  /** What of the input is used; `null` for an empty object. */
  readonly inputPath?: string | null | Ref<unknown>;
  /** What of the outcome is given on; `null` for an empty object. */
  readonly outputPath?: string | null | Ref<unknown>;
  /** Variables to set when no rule applies, by their names. */
  readonly assign?: Template;
  /** JSONata: what is given on when no rule applies, instead of the input. */
  readonly output?: unknown;
  /** The query language of this state; default the workflow's. */
  readonly queryLanguage?: QueryLanguage;
}

/** One way out of a Choice. */
export interface ChoiceBranch extends RuleOptions {
  /** A condition, or a placeholder of true or false. */
  readonly condition: Condition | Ref<boolean>;
  readonly next: Target;
}

/** What a rule of a Choice may say besides its condition. */
export interface RuleOptions {
  readonly comment?: string;
  /** Variables to set when the rule applies, by their names. */
  readonly assign?: Template;
  /** JSONata: what is given on when the rule applies, instead of the input. */
  readonly output?: unknown;
}

/**
 * Goes on where the first rule that applies leads to. What follows a Choice in a chain follows all of its branches that come to an end
 * of their own, and is where it goes on when no rule applies and there is no `otherwise`.
 * Source: ASL, "Choice State".
 *
 * @param name - State name, unique in the workflow; 1 to 80 characters.
 * @throws {@link DefinitionError} at `compile()`: `missing_option` without a rule, `invalid_condition`.
 * @example
 * new Choice("Enough?").when(when(input.count).greaterThan(3), new Pass("Many")).otherwise(new Fail("Few"));
 * // { "Type": "Choice", "Choices": [{ "Variable": "$$.Execution.Input['count']", "NumericGreaterThan": 3, "Next": "Many" }], "Default": "Few" }
 */
export class Choice<Output = never> extends Step<Output> {
  constructor(name: string, options: ChoiceOptions = {}) {
    super(name, "Choice", { ...options });
  }

  /** This choice with another rule, looked at after the ones it has. */
  when<C extends AnyChainable>(
    condition: Condition | Ref<boolean>,
    next: Target<C>,
    more: RuleOptions = {},
  ): Choice<Output | OutputOf<C>> {
    const { choices = [] } = this.given;
    return Choice.of(this.name, { ...this.given, choices: [...choices, { condition, next, ...more }] });
  }

  /** This choice with a way for when no rule applies. */
  otherwise<C extends AnyChainable>(next: Target<C>): Choice<Output | OutputOf<C>> {
    return Choice.of(this.name, { ...this.given, otherwise: next });
  }

  /** A chain of this choice and what follows its branches. */
  next<Next extends AnyChainable>(next: Next): Chain<OutputOf<Next>> {
    return Chain.from([this, next]) as Chain<OutputOf<Next>>;
  }

  private get given(): AuthoredChoice {
    return authoredState(this).options as AuthoredChoice;
  }

  private static of<T>(name: string, options: AuthoredChoice): Choice<T> {
    return new Choice<T>(name, options as ChoiceOptions);
  }
}

/** The options of a Choice with its branches. */
export interface AuthoredChoice extends ChoiceOptions {
  readonly choices?: readonly ChoiceBranch[];
  readonly otherwise?: Target;
}
