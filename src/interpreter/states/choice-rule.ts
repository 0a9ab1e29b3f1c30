import type { Json } from "../../language/json.js";
import { parseTimestamp } from "../../language/timestamp.js";
import { isList, isObject } from "../data.js";
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
  /** What the operand must be where it stands in the definition. */
  readonly takes: "string" | "number" | "boolean" | "timestamp";
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
  return { compare: (left, right) => test(left) === right, takes: "boolean" };
}

function operatorTable(): ReadonlyMap<string, Operator> {
  const table = new Map<string, Operator>();
  const families = [
    ["String", asString, "string"],
    ["Numeric", asNumber, "number"],
    ["Timestamp", asTimestamp, "timestamp"],
  ] as const;
  for (const [family, key, takes] of families) {
    for (const [relation, holds] of Object.entries(relations)) {
      table.set(`${family}${relation}`, { compare: comparison(key, holds), takes });
    }
  }
  const sameBoolean: Comparison = (left, right) => typeof left === "boolean" && left === right;
  table.set("BooleanEquals", { compare: sameBoolean, takes: "boolean" });
  table.set("StringMatches", { compare: (left, right) => matchesWildcard(left, right), takes: "string" });
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

/**
 * Reads a rule. Recursion is bounded by the depth that a definition may have.
 *
 * @param around - Fields that may stand beside the condition.
 */
export function planRule(reader: FieldReader, around: readonly string[] = ["Comment"]): PlannedRule | undefined {
  const condition = Object.keys(reader.fields).find((name) => combinations.includes(name));
  const own = condition === undefined ? ["Variable", ...operatorNames(reader)] : [condition];
  reader.only([...around, ...own], ["Condition", "Output"]);
  reader.text("Comment");
  for (const [field, kind] of [
    ["And", "all"],
    ["Or", "any"],
  ] as const) {
    if (reader.has(field)) return planGroup(reader, field, kind);
  }
  if (reader.has("Not")) return planNot(reader);
  return planTest(reader);
}

function planGroup(reader: FieldReader, field: "And" | "Or", kind: "all" | "any"): PlannedRule | undefined {
  const value = reader.raw(field);
  if (!isList(value) || value.length === 0) return reader.refuse("Expected a list of one or more rules", field);
  const rules: PlannedRule[] = [];
  for (const [index, item] of value.entries()) {
    const rule = isObject(item)
      ? planRule(reader.within(item, `${field}[${index}]`))
      : reader.refuse("Expected a rule", `${field}[${index}]`);
    if (rule !== undefined) rules.push(rule);
  }
  return { kind, rules };
}

function planNot(reader: FieldReader): PlannedRule | undefined {
  const value = reader.raw("Not");
  if (!isObject(value)) return reader.refuse("Expected a rule", "Not");
  const rule = planRule(reader.within(value, "Not"));
  return rule === undefined ? undefined : { kind: "not", rule };
}

function planTest(reader: FieldReader): PlannedRule | undefined {
  const variable = reader.path("Variable");
  const names = operatorNames(reader);
  const [name] = names;
  if (names.length !== 1 || name === undefined) return reader.refuse("Expected exactly one comparison in a rule");
  if (variable === undefined || variable === null)
    return reader.refuse("The field 'Variable' is required but was missing");
  const operator = operatorOf(name);
  const operand = name.endsWith("Path") ? reader.referencePath(name) : literal(reader, name, operator);
  if (operator === undefined || operand === undefined) return undefined;
  return { kind: "test", variable, operator, operand };
}

function operatorNames({ fields }: FieldReader): readonly string[] {
  return Object.keys(fields).filter((name) => operatorOf(name) !== undefined);
}

const combinations = ["And", "Or", "Not"];

function operatorOf(name: string): Operator | undefined {
  if (!name.endsWith("Path")) return operators.get(name);
  const base = name.slice(0, -"Path".length);
  // The type tests and StringMatches take a constant only.
  return base.startsWith("Is") || base === "StringMatches" ? undefined : operators.get(base);
}

function literal(reader: FieldReader, name: string, operator: Operator | undefined): Json | undefined {
  const value = reader.raw(name);
  const takes = operator?.takes;
  const fits = takes === "timestamp" ? value !== undefined && asTimestamp(value) !== undefined : typeof value === takes;
  if (fits) return value;
  return reader.refuse(
    takes === "timestamp" ? "String does not match RFC3339 timestamp" : `Expected value of type ${takes}`,
    name,
  );
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
