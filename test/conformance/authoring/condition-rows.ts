import type { Rows } from "./row.js";

function operators(family: string, names: readonly string[]): Rows {
  return Object.fromEntries(
    names.flatMap((name) => {
      const named = `ChoiceRule.${family.toLowerCase()}${name}`;
      const fluent = fluentTests[family]?.[name];
      const value = fluent === undefined ? `\`${named}\`` : `\`when(ref).${fluent}(value)\`, \`${named}\``;
      const path = fluent === undefined ? `\`${named}Path\`` : `\`when(ref).${fluent}(ref)\`, \`${named}Path\``;
      return [
        [`\`${family}${name}\``, value],
        [`\`${family}${name}Path\``, path],
      ];
    }),
  );
}

const order = {
  Equals: "equals",
  LessThan: "lessThan",
  LessThanEquals: "lessThanEquals",
  GreaterThan: "greaterThan",
  GreaterThanEquals: "greaterThanEquals",
};
const fluentTests: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  String: order,
  Numeric: order,
  Boolean: order,
  Timestamp: {
    Equals: "at",
    LessThan: "before",
    LessThanEquals: "atOrBefore",
    GreaterThan: "after",
    GreaterThanEquals: "atOrAfter",
  },
};

/** What a rule of a Choice is made of. */
export const conditionRows: Rows = {
  "`Variable`": "`when(ref)`, or the first argument of a function of `ChoiceRule`",
  ...operators("String", Object.keys(order)),
  "`StringMatches`": "`when(ref).matches(pattern)`, `ChoiceRule.stringMatches`",
  ...operators("Numeric", Object.keys(order)),
  ...operators("Boolean", ["Equals"]),
  ...operators("Timestamp", Object.keys(order)),
  ...Object.fromEntries(
    ["Null", "Present", "Numeric", "String", "Boolean", "Timestamp"].map((name) => [
      `\`Is${name}\``,
      `\`when(ref).is${name}()\`, \`ChoiceRule.is${name}\``,
    ]),
  ),
  "`And`": "`condition.and(other)`, `ChoiceRule.and([…])`",
  "`Or`": "`condition.or(other)`, `ChoiceRule.or([…])`",
  "`Not`": "`not(condition)`, `ChoiceRule.not`",
  "`Condition`": "`choice.when(condition, next)`: the same conditions, or `jsonata<boolean>(…)`",
  "`Next`": "`choice.when(condition, next)`; `() => step` for a step that comes before",
  "`Comment`": "`choice.when(condition, next, { comment })`",
  "`Comment` of a condition within another": "`condition.comment(text)`",
  "`Assign`": "`choice.when(condition, next, { assign })`",
  "`Output`": "`choice.when(condition, next, { output })`",
};
