import { lowerCondition } from "../../src/compile/lower/condition.js";
import type { QueryLanguage } from "../../src/language/asl.js";
import type { Issue } from "../../src/language/errors.js";
import type { Json } from "../../src/language/json.js";
import type { Condition } from "../../src/states/condition.js";
import { printed } from "./print-expression.js";

/** A condition in ASL, with what was wrong. */
export function lowered(
  condition: Condition,
  language: QueryLanguage,
): { readonly rule: Json; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const place = {
    issues,
    language,
    print: (expression: object, path: readonly (string | number)[]) => {
      const carrier = { [Symbol.for("sfn-ds.expression")]: expression } as never;
      const { text, issues: found } = printed(carrier, language);
      issues.push(...found.map((problem) => ({ ...problem, path: [...path, ...problem.path] })));
      return text;
    },
  };
  return { rule: lowerCondition(condition, place, []), issues };
}
