import { type Issue, issue, shown } from "../language/errors.js";
import { limits } from "../language/limits.js";

/** One comparison, by ASL's name of the operator. */
export interface ConditionTest {
  readonly kind: "test";
  /** For example `NumericGreaterThan` or `StringEqualsPath`. */
  readonly operator: string;
  /** What is compared: a placeholder, or a path as text. */
  readonly variable: unknown;
  /** With what: a constant, or for the operators that end in `Path` a placeholder or a path as text. */
  readonly value: unknown;
}

/** A condition as data. */
export type ConditionTree =
  | ConditionTest
  | { readonly kind: "and" | "or"; readonly conditions: readonly Condition[] }
  | { readonly kind: "not"; readonly condition: Condition };

/** What an author said, and what is wrong with it; the compiler reports that with everything else. */
export interface AuthoredCondition {
  readonly tree: ConditionTree;
  readonly comment?: string;
  readonly problems: readonly Issue[];
  /** Levels of `and`, `or` and `not`; infinite for what was too large and is refused as a whole. */
  readonly depth: number;
  /** Comparisons. */
  readonly tests: number;
}

/** When a Choice takes a branch. A condition never changes; `and` and `or` give new ones. */
export interface Condition {
  readonly [conditionBrand]: AuthoredCondition;
  /** Holds where this one and all the others hold. */
  and(...others: readonly Condition[]): Condition;
  /** Holds where this one or any of the others holds. */
  or(...others: readonly Condition[]): Condition;
  /** This condition with a comment in its rule. In JSONata, where a condition is one text, only the whole one's is written. */
  comment(text: string): Condition;
}

const conditionBrand = Symbol.for("sfn-ds.condition");

/** What to do where a condition is wanted. */
export const conditionHint =
  "give a condition: when(input.count).greaterThan(3), or ChoiceRule.numericGreaterThan(input.count, 3)";

/** Comparisons in one condition. Ours: more than fit into a definition. */
const mostTests = 10_000;

/** Makes a condition of one comparison. */
export function testOf(test: Omit<ConditionTest, "kind">, problems: readonly Issue[] = []): Condition {
  return conditionOf({ tree: { kind: "test", ...test }, problems, depth: 0, tests: 1 });
}

/** Makes a condition that holds where all or any of the given ones hold. */
export function groupOf(kind: "and" | "or", given: unknown): Condition {
  const field = kind === "and" ? "And" : "Or";
  const problems: Issue[] = [];
  const conditions: Condition[] = [];
  if (!Array.isArray(given) || given.length === 0) {
    problems.push(
      issue("invalid_condition", [field], `expected one or more conditions, got ${shown(given)}`, conditionHint),
    );
  }
  for (const [index, one] of (Array.isArray(given) ? given : []).entries()) {
    if (isCondition(one)) conditions.push(one);
    else
      problems.push(
        issue("invalid_condition", [field, index], `expected a condition, got ${shown(one)}`, conditionHint),
      );
  }
  return over({ kind, conditions }, conditions, problems);
}

/**
 * Holds where the condition does not.
 *
 * @throws {@link DefinitionError} at `compile()`: `invalid_condition`.
 * @example
 * not(when(input.count).greaterThan(3)); // { "Not": { "Variable": …, "NumericGreaterThan": 3 } }
 */
export function not(condition: Condition): Condition {
  if (isCondition(condition)) return over({ kind: "not", condition }, [condition], []);
  const problem = issue("invalid_condition", ["Not"], `expected a condition, got ${shown(condition)}`, conditionHint);
  return over({ kind: "and", conditions: [] }, [], [problem]);
}

function over(tree: ConditionTree, conditions: readonly Condition[], problems: Issue[]): Condition {
  // What is too large must not grow further, nor be reported twice.
  const refused = conditions.find((condition) => authoredCondition(condition).depth === Number.POSITIVE_INFINITY);
  if (refused !== undefined) return refused;
  const parts = conditions.map(authoredCondition);
  const depth = parts.reduce((most, part) => Math.max(most, part.depth + 1), 1);
  const tests = parts.reduce((sum, part) => sum + part.tests, 0);
  if (depth <= limits.templateDepth && tests <= mostTests) return conditionOf({ tree, problems, depth, tests });
  const message = `expected at most ${limits.templateDepth} levels and ${mostTests} comparisons, got ${depth} and ${tests}`;
  const problem = issue("nesting_too_deep", [], message, "split the condition over several choices");
  return conditionOf({
    tree: { kind: "and", conditions: [] },
    problems: [problem],
    depth: Number.POSITIVE_INFINITY,
    tests: 0,
  });
}

function conditionOf(authored: AuthoredCondition): Condition {
  const condition: Condition = {
    [conditionBrand]: authored,
    and: (...others) => groupOf("and", [...members(condition, "and"), ...others]),
    or: (...others) => groupOf("or", [...members(condition, "or"), ...others]),
    comment: (text) => commented(authored, text),
  };
  return Object.freeze(condition);
}

function commented(authored: AuthoredCondition, comment: unknown): Condition {
  if (typeof comment === "string") return conditionOf({ ...authored, comment });
  const problem = issue("invalid_condition", ["Comment"], `expected a text, got ${shown(comment)}`, "give a text");
  return conditionOf({ ...authored, problems: [...authored.problems, problem] });
}

/** `a.and(b).and(c)` is one group of three. A group with a comment stays a group of its own. */
function members(condition: Condition, kind: "and" | "or"): readonly Condition[] {
  const { tree, problems, comment } = authoredCondition(condition);
  return tree.kind === kind && problems.length === 0 && comment === undefined ? tree.conditions : [condition];
}

/** Whether `value` is a condition, also one of another copy of this package. */
export function isCondition(value: unknown): value is Condition {
  return typeof value === "object" && value !== null && conditionBrand in value;
}

/** What the author said. */
export function authoredCondition(condition: Condition): AuthoredCondition {
  return condition[conditionBrand];
}

/** The condition over other operands. Recursion is bounded: the depth of a condition was checked when it was made. */
export function mapOperands(condition: Condition, map: (operand: unknown) => unknown): Condition {
  const authored = authoredCondition(condition);
  return conditionOf({ ...authored, tree: mapTree(authored.tree, map) });
}

function mapTree(tree: ConditionTree, map: (operand: unknown) => unknown): ConditionTree {
  switch (tree.kind) {
    case "test":
      return { ...tree, variable: map(tree.variable), value: map(tree.value) };
    case "not":
      return { ...tree, condition: mapOperands(tree.condition, map) };
    default:
      return { ...tree, conditions: tree.conditions.map((one) => mapOperands(one, map)) };
  }
}
