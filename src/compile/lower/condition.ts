import { type Expression, expressionOf } from "../../expression/tree.js";
import { type Issue, issue, shown } from "../../language/errors.js";
import type { Json, JsonObject } from "../../language/json.js";
import {
  authoredCondition,
  type Condition,
  type ConditionTest,
  conditionHint,
  isCondition,
} from "../../states/condition.js";
import type { Path } from "../path.js";
import { lowerConditionInJsonata } from "./condition-in-jsonata.js";
import { type ConditionPlace, reportProblems } from "./condition-place.js";

/**
 * Turns a condition into ASL: in JSONPath a choice rule without its `Next`, in JSONata the text of `Condition`.
 *
 * @example
 * lowerCondition(when(input.count).greaterThan(3), place, path);
 * // { "Variable": "$$.Execution.Input['count']", "NumericGreaterThan": 3 }
 */
export function lowerCondition(condition: unknown, place: ConditionPlace, path: Path): Json {
  const isJsonata = place.language === "JSONata";
  // In JSONata all of it is one text, and so one place.
  const at = isJsonata ? path.below("Condition") : path;
  if (isCondition(condition)) {
    return isJsonata ? `{% ${lowerConditionInJsonata(condition, place, at)} %}` : lowerRule(condition, place, at);
  }
  const expression = expressionOf(condition);
  if (expression === undefined) {
    place.issues.push(
      issue("invalid_condition", at.keys, `expected a condition, got ${shown(condition)}`, conditionHint),
    );
    return isJsonata ? "{% false %}" : {};
  }
  if (isJsonata) return `{% ${place.print(expression, at) ?? "false"} %}`;
  return { Variable: lowerVariable(condition, place, path.below("Variable")), BooleanEquals: true };
}

/** Recursion is bounded: the depth of a condition was checked when it was made. */
function lowerRule(condition: Condition, place: ConditionPlace, path: Path): Json {
  const hasProblems = reportProblems(condition, place, path);
  const { tree, comment } = authoredCondition(condition);
  const note = comment === undefined ? {} : { Comment: comment };
  switch (tree.kind) {
    case "test":
      return hasProblems ? {} : { ...lowerTest(tree, place, path), ...note };
    case "not":
      return { Not: lowerRule(tree.condition, place, path.below("Not")), ...note };
    default: {
      const field = tree.kind === "and" ? "And" : "Or";
      return {
        [field]: tree.conditions.map((one, index) => lowerRule(one, place, path.below(field).below(index))),
        ...note,
      };
    }
  }
}

function lowerTest({ operator, variable, value }: ConditionTest, place: ConditionPlace, path: Path): JsonObject {
  const takesPath = operator.endsWith("Path");
  return {
    Variable: lowerVariable(variable, place, path.below("Variable")),
    [operator]: takesPath ? lowerVariable(value, place, path.below(operator)) : (value as Json),
  };
}

function lowerVariable(variable: unknown, place: ConditionPlace, path: Path): Json {
  if (typeof variable === "string") return variable;
  const expression = expressionOf(variable);
  if (expression === undefined) return null;
  if (expression.kind === "reference") return place.print(expression, path) ?? null;
  place.issues.push(computed(expression, path));
  return null;
}

function computed(expression: Expression, path: Path): Issue {
  const what = expression.kind === "call" ? expression.name : "a JSONata expression";
  return issue(
    "unsupported_in_jsonpath",
    path.keys,
    `a choice rule compares what stands at a path, not what ${what} gives`,
    "compute the value in a step before, or use JSONata",
  );
}
