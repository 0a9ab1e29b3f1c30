import { described } from "../expression/described.js";
import { isPlaceholder, type Ref } from "../expression/placeholder.js";
import type { QueryLanguage } from "../language/asl.js";
import { type Issue, issue, shown } from "../language/errors.js";
import { isPlainObject } from "../language/json.js";
import { type AnyChainable, Chain, type ChainOutput, type NoRule, type OutputOf } from "./chain.js";
import type { Condition } from "./condition.js";
import { stepOptions } from "./given-options.js";
import { authoredState, copyStep, Step } from "./step.js";
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

/** The options of a rule by name. */
export const ruleOptions = ["comment", "assign", "output"] as const satisfies readonly (keyof RuleOptions)[];

/** A step that goes on where a rule leads; made by `new Choice(name, options)`. */
export interface Choice<Output = unknown> extends Step<Output> {
  /** This choice with another rule, looked at after the ones it has. */
  when<To extends Target>(
    condition: Condition | Ref<boolean>,
    next: To,
    more?: RuleOptions,
  ): Choice<Output | OutputOf<To>>;
  /** This choice with a way for when no rule applies. */
  otherwise<To extends Target>(next: To): Choice<Exclude<Output, NoRule> | OutputOf<To>>;
  /** A chain of this choice and what follows its branches. */
  next<Next extends AnyChainable>(next: Next): Chain<ChainOutput<readonly [Choice<Output>, Next]>>;
}

interface ChoiceConstructor {
  new <Output = NoRule>(name: string, options?: ChoiceOptions): Choice<Output>;
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
export const Choice: ChoiceConstructor = class Choice extends Step {
  constructor(name: string, options?: ChoiceOptions) {
    const given: AuthoredChoice = stepOptions("Choice", options);
    const isList = given.choices === undefined || Array.isArray(given.choices);
    super(
      name,
      "Choice",
      isList ? given : { ...given, choices: undefined },
      isList ? {} : { problems: [noList(given)] },
    );
  }

  when(condition: Condition | Ref<boolean>, next: Target, more?: RuleOptions): Choice {
    const { choices: before = [] } = this.given;
    const problems = more === undefined ? [] : ruleProblems(more, ["Choices", before.length]);
    const options = problems.length > 0 ? {} : more;
    return this.with({ choices: [...before, { ...options, condition, next }] }, problems);
  }

  otherwise(next: Target): Choice {
    if (this.given.otherwise === undefined) return this.with({ otherwise: next }, []);
    const message = "otherwise is set twice";
    return this.with({}, [issue("conflicting_options", ["Default"], message, "call otherwise() once")]);
  }

  next(next: AnyChainable): Chain {
    return Chain.from([this, next]);
  }

  private get given(): AuthoredChoice {
    return authoredState(this).options as AuthoredChoice;
  }

  private with(options: AuthoredChoice, problems: readonly Issue[]): Choice {
    const all = problems.length === 0 ? undefined : [...authoredState(this).problems, ...problems];
    return copyStep(this, this.name, { ...this.given, ...options }, all) as unknown as Choice;
  }
} as unknown as ChoiceConstructor;

function noList({ choices }: AuthoredChoice): Issue {
  const message = `expected a list of rules, got ${described(choices)}`;
  return issue("invalid_argument", ["Choices"], message, "add each with .when(rule, next)");
}

/** Options that would change what the rule is are none of its options; without them, nothing of these is taken. */
function ruleProblems(more: unknown, path: Issue["path"]): readonly Issue[] {
  if (!isPlainObject(more) || isPlaceholder(more)) {
    return [issue("invalid_argument", path, `when() takes an object of options, got ${described(more)}`)];
  }
  return ["condition", "next"]
    .filter((name) => more[name] !== undefined)
    .map((name) => {
      const message = `a rule has no option ${shown(name)}: when() is given it; the options are ${ruleOptions.join(", ")}`;
      return issue("unknown_option", [...path, name], message);
    });
}

/** The options of a Choice with its branches. */
export interface AuthoredChoice extends ChoiceOptions {
  readonly choices?: readonly ChoiceBranch[];
  readonly otherwise?: Target;
}
