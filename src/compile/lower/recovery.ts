import { described } from "../../expression/described.js";
import { isPlaceholder } from "../../expression/placeholder.js";
import { issue, shown } from "../../language/errors.js";
import { isPlainObject, type Json } from "../../language/json.js";
import { limits } from "../../language/limits.js";
import { nearest } from "../../language/nearest.js";
import type { Node } from "../link.js";
import type { Path } from "../path.js";
import { lowerCatchOutput } from "./outcome-in-jsonata.js";
import { lowerResultPath } from "./paths.js";
import { lowerTemplate, type Place } from "./template.js";

type Rule = Readonly<Record<string, unknown>>;

/** A field of a Retrier: its option, and what its value must be. */
interface NumberField {
  readonly option: string;
  readonly field: string;
  readonly expected: string;
  readonly accepts: (value: number) => boolean;
}

const numberFields: readonly NumberField[] = [
  {
    option: "intervalSeconds",
    field: "IntervalSeconds",
    expected: `a whole number from 1 to ${limits.number}`,
    accepts: (value) => Number.isInteger(value) && value >= 1 && value <= limits.number,
  },
  {
    option: "maxAttempts",
    field: "MaxAttempts",
    expected: `a whole number from 0 to ${limits.number}`,
    accepts: (value) => Number.isInteger(value) && value >= 0 && value <= limits.number,
  },
  {
    option: "backoffRate",
    field: "BackoffRate",
    expected: "a number of at least 1",
    accepts: (value) => value >= 1 && Number.isFinite(value),
  },
  {
    option: "maxDelaySeconds",
    field: "MaxDelaySeconds",
    expected: "a whole number from 1 to 31622400",
    accepts: (value) => Number.isInteger(value) && value >= 1 && value <= 31_622_400,
  },
];

const retryOptions = new Set(["errorEquals", "jitterStrategy", "comment", ...numberFields.map(({ option }) => option)]);
const catchOptions = new Set(["errorEquals", "next", "resultPath", "output", "assign", "comment"]);

/** Writes the retriers of a state. */
export function lowerRetriers(value: unknown, place: Place, path: Path): Json {
  return asList(value).map((rule, index, { length }) =>
    lowerRetrier(rule, index === length - 1, place, path.below(index)),
  );
}

function lowerRetrier(rule: unknown, isLast: boolean, place: Place, path: Path): Json {
  const fail = (field: string, message: string): void => {
    place.issues.push(issue("invalid_retry", path.below(field).keys, message));
  };
  if (!isRule("Retry", rule, retryOptions, place, path)) return {};
  const result: Record<string, Json> = { ErrorEquals: errorNames(rule, isLast, fail) };
  for (const { option, field, expected, accepts } of numberFields) {
    const value = rule[option];
    if (value === undefined) continue;
    if (typeof value === "number" && accepts(value)) result[field] = value;
    else fail(field, `expected ${expected}, got ${shown(value)}`);
  }
  const { intervalSeconds = 1, maxDelaySeconds, jitterStrategy, comment } = rule;
  const isBothNumbers = typeof maxDelaySeconds === "number" && typeof intervalSeconds === "number";
  if (isBothNumbers && maxDelaySeconds <= intervalSeconds) {
    fail(
      "MaxDelaySeconds",
      `expected more than the interval of ${shown(intervalSeconds)}, got ${shown(maxDelaySeconds)}`,
    );
  }
  if (jitterStrategy === "FULL" || jitterStrategy === "NONE") result["JitterStrategy"] = jitterStrategy;
  else if (jitterStrategy !== undefined)
    fail("JitterStrategy", `expected "FULL" or "NONE", got ${shown(jitterStrategy)}`);
  if (typeof comment === "string") result["Comment"] = comment;
  else if (comment !== undefined) fail("Comment", `expected a text, got ${described(comment)}`);
  return result;
}

/** Writes the catchers of a state. */
export function lowerCatchers(value: unknown, node: Node, place: Place, path: Path): Json {
  return asList(value).map((rule, index, { length }) => {
    const at = path.below(index);
    const fail = (field: string, message: string): void => {
      place.issues.push(issue("invalid_catch", at.below(field).keys, message));
    };
    if (!isRule("Catch", rule, catchOptions, place, at)) return {};
    const { assign, comment } = rule;
    if (comment !== undefined && typeof comment !== "string") {
      fail("Comment", `expected a text, got ${described(comment)}`);
    }
    return {
      ErrorEquals: errorNames(rule, index === length - 1, fail),
      ...(place.language === "JSONata" ? outputInJsonata(rule, place, at) : resultPathOf(rule, place, at)),
      ...(assign === undefined ? {} : { Assign: lowerTemplate(assign, place, at.below("Assign")) }),
      ...(typeof comment === "string" ? { Comment: comment } : {}),
      Next: node.catches[index]?.step.name ?? "",
    };
  });
}

function resultPathOf({ resultPath, output }: Rule, place: Place, path: Path): Readonly<Record<string, Json>> {
  if (output !== undefined) {
    place.issues.push(issue("unsupported_in_jsonpath", path.below("Output").keys, "output is a field of JSONata"));
  }
  return resultPath === undefined ? {} : { ResultPath: lowerResultPath(resultPath, place, path.below("ResultPath")) };
}

function outputInJsonata(rule: Rule, place: Place, path: Path): Readonly<Record<string, Json>> {
  const output = lowerCatchOutput(rule, place, path.below("Output"));
  return output === undefined ? {} : { Output: output };
}

function errorNames(rule: Rule, isLast: boolean, fail: (field: string, message: string) => void): readonly string[] {
  const { errorEquals } = rule;
  const names: readonly unknown[] = Array.isArray(errorEquals) ? errorEquals : [];
  const texts = names.filter((name): name is string => typeof name === "string");
  if (names.length === 0 || texts.length < names.length) {
    fail("ErrorEquals", `expected a list of error names, got ${shown(errorEquals)}`);
  }
  if (texts.length > 1 && texts.includes("States.ALL")) fail("ErrorEquals", "States.ALL must stand alone");
  if (!isLast && texts.includes("States.ALL")) fail("ErrorEquals", "States.ALL must stand in the last rule");
  return texts;
}

/** Reports what is no rule, and options that rules have not; gives whether it is a rule. */
function isRule(
  what: "Retry" | "Catch",
  rule: unknown,
  known: ReadonlySet<string>,
  place: Place,
  path: Path,
): rule is Rule {
  const code = what === "Retry" ? "invalid_retry" : "invalid_catch";
  if (!isPlainObject(rule) || isPlaceholder(rule)) {
    place.issues.push(issue(code, path.keys, `expected an object of options, got ${described(rule)}`));
    return false;
  }
  for (const name of Object.keys(rule)) {
    if (known.has(name) || rule[name] === undefined) continue;
    const near = nearest(name, known).map(shown).join(", ");
    const message = `${what} has no option ${shown(name)}; the nearest are ${near}`;
    place.issues.push(issue(code, path.below(name).keys, message));
  }
  return true;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
