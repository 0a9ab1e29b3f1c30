import type { Json } from "../../language/json.js";
import { comparisons } from "../../language/part-fields.js";
import { parseTimestamp } from "../../language/timestamp.js";
import { isObject } from "../data.js";
import { Failure, runtimeFailure } from "../failure.js";
import type { FieldReader } from "../field-reader.js";
import { type Path, readPath } from "../paths/path.js";
import type { Scope } from "../paths/scope.js";

/** A condition of a Choice state. */
export type PlannedRule =
  | { readonly kind: "all"; readonly rules: readonly PlannedRule[] }
  | { readonly kind: "any"; readonly rules: readonly PlannedRule[] }
  | { readonly kind: "not"; readonly rule: PlannedRule }
  | { readonly kind: "test"; readonly variable: Path; readonly operator: Operator; readonly operand: Json | Path };

type Comparison = (left: Json, right: Json) => boolean;

interface Operator {
  readonly compare: Comparison;
  /** `IsPresent` alone does not mind that its variable is not there. */
  readonly toleratesAbsence?: true;
}

type Key = (value: Json) => number | string | undefined;

const asString: Key = (value) => (typeof value === "string" ? value : undefined);
const asNumber: Key = (value) => (typeof value === "number" ? value : undefined);
const asTimestamp: Key = (value) => (typeof value === "string" ? parseTimestamp(value) : undefined);

const relations: { readonly [name: string]: (left: number | string, right: number | string) => boolean } = {
  Equals: (left, right) => left === right,
  LessThan: (left, right) => left < right,
  GreaterThan: (left, right) => left > right,
  LessThanEquals: (left, right) => left <= right,
  GreaterThanEquals: (left, right) => left >= right,
};

/** A value of another type never compares: the rule is false, not an error. */
function comparison(key: Key, holds: (left: number | string, right: number | string) => boolean): Comparison {
  return (left, right) => {
    const one = key(left);
    const other = key(right);
    return one !== undefined && other !== undefined && holds(one, other);
  };
}

function typeTest(test: (value: Json) => boolean): Operator {
  return { compare: (left, right) => test(left) === right };
}

function operatorTable(): ReadonlyMap<string, Operator> {
  const table = new Map<string, Operator>();
  const families = [
    ["String", asString],
    ["Numeric", asNumber],
    ["Timestamp", asTimestamp],
  ] as const;
  for (const [family, key] of families) {
    for (const [relation, holds] of Object.entries(relations)) {
      table.set(`${family}${relation}`, { compare: comparison(key, holds) });
    }
  }
  const sameBoolean: Comparison = (left, right) => typeof left === "boolean" && left === right;
  table.set("BooleanEquals", { compare: sameBoolean });
  table.set("StringMatches", { compare: (left, right) => matchesWildcard(left, right) });
  table.set(
    "IsNull",
    typeTest((value) => value === null),
  );
  table.set(
    "IsNumeric",
    typeTest((value) => typeof value === "number"),
  );
  table.set(
    "IsString",
    typeTest((value) => typeof value === "string"),
  );
  table.set(
    "IsBoolean",
    typeTest((value) => typeof value === "boolean"),
  );
  table.set(
    "IsTimestamp",
    typeTest((value) => asTimestamp(value) !== undefined),
  );
  table.set("IsPresent", { ...typeTest(() => true), toleratesAbsence: true });
  return table;
}

const operators = operatorTable();

/** `*` stands for any run of characters; `\*` and `\\` for themselves. No regular expression: the pattern is the user's. */
export function matchesWildcard(text: Json, pattern: Json): boolean {
  if (typeof text !== "string" || typeof pattern !== "string") return false;
  const parts = wildcardParts(pattern);
  const [first = "", ...rest] = parts;
  if (!text.startsWith(first)) return false;
  if (rest.length === 0) return text.length === first.length;
  const last = rest.pop() ?? "";
  let position = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return text.length - last.length >= position && text.endsWith(last);
}

function wildcardParts(pattern: string): readonly string[] {
  const parts: string[] = [];
  let part = "";
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index] ?? "";
    if (character === "\\" && index + 1 < pattern.length) part += pattern[++index];
    else if (character === "*") {
      parts.push(part);
      part = "";
    } else part += character;
  }
  return [...parts, part];
}

/** Reads a rule. Recursion is bounded by the depth that a definition may have. */
export function planRule(reader: FieldReader): PlannedRule {
  if (reader.has("And")) return { kind: "all", rules: reader.someObjects("And").map(planRule) };
  if (reader.has("Or")) return { kind: "any", rules: reader.someObjects("Or").map(planRule) };
  const negated = reader.object("Not");
  return negated === undefined ? planTest(reader) : { kind: "not", rule: planRule(negated) };
}

/** Stands for a rule that was refused: it is never asked, as there is no plan then. */
const never: PlannedRule = { kind: "any", rules: [] };

function planTest(reader: FieldReader): PlannedRule {
  const name = Object.keys(reader.fields).find((key) => comparisons.has(key));
  if (name === undefined) return reader.refuse("this rule is not run by the embedded service yet") ?? never;
  const isPathTo = comparisons.get(name) === "path";
  const operator = operators.get(isPathTo ? name.slice(0, -"Path".length) : name);
  const isWhole = reader.text("Variable") !== undefined && !(isPathTo && reader.text(name) === undefined);
  if (operator === undefined || !isWhole) return reader.refuse("this rule has not all that it takes") ?? never;
  const variable = reader.pathTo("Variable");
  const operand = isPathTo ? reader.pathTo(name) : reader.raw(name);
  if (variable === undefined || operand === undefined) return never;
  return { kind: "test", variable, operator, operand };
}

/** Whether a rule holds; a failure where its variable is not there. */
export function holds(rule: PlannedRule, scope: Scope): boolean | Failure {
  switch (rule.kind) {
    case "all":
      return firstThatIs(false, rule.rules, scope);
    case "any":
      return firstThatIs(true, rule.rules, scope);
    case "not": {
      const inner = holds(rule.rule, scope);
      return inner instanceof Failure ? inner : !inner;
    }
    case "test":
      return test(rule, scope);
  }
}

function firstThatIs(wanted: boolean, rules: readonly PlannedRule[], scope: Scope): boolean | Failure {
  for (const rule of rules) {
    const held = holds(rule, scope);
    if (held instanceof Failure || held === wanted) return held;
  }
  return !wanted;
}

function test(rule: Extract<PlannedRule, { kind: "test" }>, scope: Scope): boolean | Failure {
  const left = readPath(rule.variable, scope);
  if (left instanceof Failure) return left;
  if (rule.operator.toleratesAbsence) return (left !== undefined) === rule.operand;
  if (left === undefined) return invalid(rule.variable);
  if (!isPath(rule.operand)) return rule.operator.compare(left, rule.operand);
  const right = readPath(rule.operand, scope);
  if (right instanceof Failure) return right;
  return right === undefined ? invalid(rule.operand) : rule.operator.compare(left, right);
}

function invalid(path: Path): Failure {
  return runtimeFailure(`Invalid path '${path.text}': The choice state's condition path references an invalid value.`);
}

function isPath(operand: Json | Path): operand is Path {
  return isObject(operand as Json);
}
