import { argumentOf } from "../expression/argument.js";
import { typeOfArgument } from "../expression/intrinsic-signatures.js";
import { isPlaceholder } from "../expression/placeholder.js";
import { expressionOf, type ValueType } from "../expression/tree.js";
import { type Issue, issue, shown } from "../language/errors.js";
import { type Condition, testOf } from "./condition.js";

/** A path as text, for data that has no placeholder. */
export type PathText = `$${string}`;

/** What an operator compares with. */
export type Comparand = "text" | "number" | "boolean" | "timestamp" | "path";

const words: { readonly [K in Comparand]: string } = {
  text: "a text",
  number: "a number",
  boolean: "true or false",
  timestamp: 'a timestamp of RFC 3339 such as "2026-01-31T12:00:00Z"',
  path: "a placeholder or a path that begins with $",
};

const hints: { readonly [K in Comparand]?: string } = {
  timestamp: "give day and time, with Z or an offset; when(…).at(), before() and after() take a Date too",
  path: "give a placeholder: input.count",
};

/** Makes a comparison; what is wrong with it is kept for the compiler. */
export function compare(operator: string, takes: Comparand, variable: unknown, value: unknown): Condition {
  const problems: Issue[] = [];
  if (!isPath(variable)) {
    const message = `expected ${words.path}, got ${shown(variable)}`;
    problems.push(issue("invalid_condition", ["Variable"], message, hints.path));
  }
  if (!fits(takes, value)) {
    problems.push(
      issue("invalid_condition", [operator], `expected ${words[takes]}, got ${described(value)}`, hints[takes]),
    );
  }
  checkType(operator, variable, "Variable", problems);
  checkType(operator, value, operator, problems);
  return testOf({ operator, variable, value }, problems);
}

/** A group of operators. */
export type Family = "String" | "Numeric" | "Boolean" | "Timestamp";

const families: { readonly [T in ValueType]?: Family } = {
  text: "String",
  number: "Numeric",
  integer: "Numeric",
  boolean: "Boolean",
};

/** The group of operators for a value, as far as its type is known. */
export function familyOf(value: unknown): Family | undefined {
  const type = typeOfArgument(argumentOf(value, [], []));
  return type === undefined ? undefined : families[type];
}

const compared = /^(String|Numeric|Boolean|Timestamp)(?:Equals|Less|Greater|Matches)/;

function checkType(operator: string, value: unknown, field: string, problems: Issue[]): void {
  const family = compared.exec(operator)?.[1];
  if (family === undefined || !isPlaceholder(value)) return;
  const type = typeOfArgument(argumentOf(value, [], []));
  if (type === undefined || families[type] === (family === "Timestamp" ? "String" : family)) return;
  const message = `${operator} cannot compare a placeholder of the type ${type}`;
  problems.push(issue("invalid_condition", [field], message));
}

function isPath(value: unknown): boolean {
  return typeof value === "string" ? value.startsWith("$") : expressionOf(value) !== undefined;
}

function fits(takes: Comparand, value: unknown): boolean {
  switch (takes) {
    case "text":
      return typeof value === "string";
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "boolean":
      return typeof value === "boolean";
    case "timestamp":
      return typeof value === "string" && isTimestamp(value);
    case "path":
      return isPath(value);
  }
}

function described(value: unknown): string {
  if (expressionOf(value) !== undefined) return "a placeholder; the operator that takes one ends in Path";
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : shown(value);
}

const timestampPattern =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** Whether a text is a timestamp of RFC 3339 as ASL wants it: with an upper-case `T`, and `Z` or an offset. */
export function isTimestamp(text: string): boolean {
  const [, day] = timestampPattern.exec(text) ?? [];
  if (day === undefined) return false;
  const midnight = new Date(`${day}T00:00:00Z`);
  // `Date` takes the 31st of June for the 1st of July.
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}
