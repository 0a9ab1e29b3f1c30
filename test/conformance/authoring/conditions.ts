import { ChoiceRule, type Condition, not, type Ref, when } from "../../../src/index.js";
import type { Json, JsonObject } from "../../../src/language/json.js";
import { type Around, expressionFor, placeholderFor } from "./placeholders.js";

type PathText = `$${string}`;
type Named = (variable: unknown, value: unknown) => Condition;

/** What of a rule is no part of its condition. */
const besides = new Set(["Next", "Comment", "Assign", "Output"]);

/** The condition that an author would write for a rule of a Choice; the comment of the whole rule belongs to the branch. */
export function conditionFor(rule: JsonObject, around: Around): Condition | Ref<boolean> {
  if (around.language === "JSONPath") return choiceRuleFor(rule, around);
  const { Condition: condition } = rule;
  return expressionFor(typeof condition === "string" ? condition : `{% ${condition} %}`, around) as Ref<boolean>;
}

function choiceRuleFor(rule: JsonObject, around: Around): Condition {
  const { Variable: variable, ...rest } = rule;
  const operators = Object.keys(rest).filter((key) => !besides.has(key));
  const [operator = ""] = operators;
  if (operators.length !== 1) throw new Error(`expected one operator, got ${JSON.stringify(operators)}`);
  const value = rest[operator];
  switch (operator) {
    case "And":
      return ChoiceRule.and(innerConditions(value, around) as never);
    case "Or":
      return ChoiceRule.or(innerConditions(value, around) as never);
    case "Not":
      return not(innerCondition(value as JsonObject, around));
    default:
      return comparison(operator, variable, value, around);
  }
}

function innerConditions(rules: Json | undefined, around: Around): readonly Condition[] {
  return (rules as readonly JsonObject[]).map((rule) => innerCondition(rule, around));
}

function innerCondition(rule: JsonObject, around: Around): Condition {
  const condition = choiceRuleFor(rule, around);
  return "Comment" in rule ? condition.comment(rule["Comment"] as string) : condition;
}

/** Tests of {@link when} that say an operator for every type of value. */
const tests: Readonly<Record<string, "isPresent" | "isNull" | "isString" | "isNumeric" | "isBoolean" | "isTimestamp">> =
  {
    IsPresent: "isPresent",
    IsNull: "isNull",
    IsString: "isString",
    IsNumeric: "isNumeric",
    IsBoolean: "isBoolean",
    IsTimestamp: "isTimestamp",
  };

function comparison(operator: string, variable: Json | undefined, value: Json | undefined, around: Around): Condition {
  const compared = (typeof variable === "string" ? placeholderFor(variable, around) : undefined) ?? variable;
  const test = tests[operator];
  if (test !== undefined) return when(compared as Ref<unknown> | PathText)[test](value as boolean);
  const name = operator.charAt(0).toLowerCase() + operator.slice(1);
  const named = (ChoiceRule as unknown as Readonly<Record<string, Named>>)[name];
  if (named === undefined) throw new Error(`there is no operator ${JSON.stringify(operator)}`);
  if (!operator.endsWith("Path")) return named(compared, value);
  return named(compared, (typeof value === "string" ? placeholderFor(value, around) : undefined) ?? value);
}
