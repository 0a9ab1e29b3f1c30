import { lowerCondition } from "../../src/compile/lower/condition.js";
import { Path } from "../../src/compile/path.js";
import type { QueryLanguage } from "../../src/language/asl.js";
import type { Issue } from "../../src/language/errors.js";
import type { Json } from "../../src/language/json.js";
import type { Condition } from "../../src/states/condition.js";
import { printed } from "./print-expression.js";

/** A condition in ASL, with what was wrong, its places within the condition. */
export function lowered(
  condition: Condition,
  language: QueryLanguage,
): { readonly rule: Json; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const place = {
    issues,
    language,
    print: (expression: object, path: Path) => {
      const carrier = { [Symbol.for("sfn-ds.expression")]: expression } as never;
      const { text, issues: found } = printed(carrier, language);
      issues.push(...found.map((problem) => ({ ...problem, path: [...path.keys, ...problem.path] })));
      return text;
    },
  };
  const rule = lowerCondition(condition, place, new Path([], "Condition"));
  return { rule, issues: issues.map((one) => ({ ...one, path: one.path.slice(1) })) };
}
