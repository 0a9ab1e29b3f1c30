import type { Shape } from "../language/shape.js";
import { checkObject, type FieldCheck, isMembers, type Members } from "./check-object.js";
import type { Checker } from "./checker.js";
import type { Place } from "./place.js";

/** Checks the rules of `Retry` or `Catch`, which have the shape `shape`. */
export function checkRules(rules: unknown, place: Place, shape: Shape, checker: Checker, check: FieldCheck): undefined {
  if (checker.isOpen(rules)) return;
  if (!Array.isArray(rules)) {
    const hint = isMembers(rules) ? "put the rule between [ and ]" : "give a list of rules";
    return checker.refuse("Expected value of type Array", place, undefined, undefined, hint);
  }
  for (let index = 0; index < rules.length && !checker.findings.isFull; index++) {
    const rule: unknown = rules[index];
    const at = { outer: place, key: index };
    if (!isMembers(rule)) {
      if (!checker.isOpen(rule)) checker.refuse("Expected value of type Object", at);
      continue;
    }
    checkObject(rule, at, shape, checker, check);
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
  const { MaxDelaySeconds: most, IntervalSeconds: first } = rule;
  if (typeof most === "number" && typeof first === "number" && most >= 1 && most <= first) {
    checker.refuse(`MaxDelaySeconds must be more than IntervalSeconds, which is ${first}`, at, "MaxDelaySeconds");
  }
}
