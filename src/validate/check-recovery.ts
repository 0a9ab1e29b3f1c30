import type { QueryLanguage } from "../language/asl.js";
import type { Field } from "../language/shape.js";
import { checkObject, isMembers, type Members } from "./check-object.js";
import type { Checker } from "./checker.js";
import type { Place } from "./place.js";

/** Checks the rules of `Retry` or `Catch`; the fields of a rule are checked by `checkField`. */
export function checkRules(
  rules: unknown,
  place: Place,
  { field, language }: { readonly field: Field; readonly language: QueryLanguage },
  checker: Checker,
  checkField: (rule: Place, key: string, value: unknown, field: Field) => undefined,
): undefined {
  const { shape } = field;
  if (shape === undefined) return;
  if (!Array.isArray(rules)) return checker.refuse("Expected value of type Array", place);
  for (const [index, rule] of rules.entries()) {
    const at = { outer: place, key: index };
    if (!isMembers(rule)) {
      checker.refuse("Expected value of type Object", at);
      continue;
    }
    checkObject({ members: rule, place: at, language }, shape, checker, (key, value, inner) =>
      checkField(at, key, value, inner),
    );
    checkErrors(rule, at, index === rules.length - 1, checker);
    checkDelays(rule, at, checker);
  }
}

/** `States.ALL` stands alone, and in the last rule. */
function checkErrors(rule: Members, at: Place, isLast: boolean, checker: Checker): undefined {
  const errors = rule["ErrorEquals"];
  if (!Array.isArray(errors) || !errors.includes("States.ALL")) return;
  if (errors.length > 1) {
    checker.refuse("States.ALL must appear alone", at, "ErrorEquals", undefined, "leave the other errors out");
  }
  if (!isLast)
    checker.refuse("States.ALL must appear in the last rule", at, undefined, undefined, "move the rule to the end");
}

function checkDelays(rule: Members, at: Place, checker: Checker): undefined {
  const { MaxDelaySeconds: most, IntervalSeconds: first = 1 } = rule;
  if (typeof most === "number" && typeof first === "number" && most >= 1 && most <= first) {
    checker.refuse(`MaxDelaySeconds must be more than IntervalSeconds, which is ${first}`, at, "MaxDelaySeconds");
  }
}
