import type { Json } from "../../language/json.js";
import { comparisons } from "../../language/part-fields.js";
import { parseTimestamp } from "../../language/timestamp.js";
import { Failure, runtimeFailure } from "../failure.js";
import type { FieldReader } from "../field-reader.js";
import { findText, searchCost } from "../find-text.js";
import { type Path, readPath } from "../paths/path.js";
import { ownLimit } from "../paths/query-budget.js";
import type { Scope } from "../paths/scope.js";

/** A condition of a Choice state, as a function of what it sees; a failure where a value that it needs is not there. */
export type PlannedRule = (scope: Scope) => boolean | Failure;

type Relation = (order: number) => boolean;

const relations: { readonly [name: string]: Relation } = {
  Equals: (order) => order === 0,
  LessThan: (order) => order < 0,
  GreaterThan: (order) => order > 0,
  LessThanEquals: (order) => order <= 0,
  GreaterThanEquals: (order) => order >= 0,
};

/** Compares values of one type. What is no such value has no key: a rule about it is false, not an error. */
interface Family<Key> {
  readonly keyOf: (value: Json) => Key | undefined;
  /** The key of a value that a path of the rule names. */
  readonly keyAtPath: (value: Json) => Key | undefined;
  readonly order: (left: Key, right: Key) => number;
  /** Units of work that `order` takes at the most; `undefined` where it does not depend on the values. */
  readonly effort?: (left: Key, right: Key) => number;
}

/** Characters that are compared in the time of one unit of work. */
const comparedForUnit = 32;

/** By UTF-16 units, as Java orders texts. */
const texts: Family<string> = {
  keyOf: textOf,
  keyAtPath: textOf,
  order: (left, right) => (left < right ? -1 : left > right ? 1 : 0),
  effort: (left, right) => Math.min(left.length, right.length) / comparedForUnit,
};

const numbers: Family<number> = {
  keyOf: (value) => (typeof value === "number" ? value : undefined),
  keyAtPath: asDouble,
  order: (left, right) => left - right,
};

const booleans: Family<boolean> = {
  keyOf: booleanOf,
  keyAtPath: booleanOf,
  order: (left, right) => Number(left) - Number(right),
};

/** A moment: milliseconds, and nanoseconds within one. */
type Instant = readonly [milliseconds: number, nanoseconds: number];

const instants: Family<Instant> = {
  keyOf: instantOf,
  keyAtPath: instantOf,
  order: (left, right) => left[0] - right[0] || left[1] - right[1],
};

function textOf(value: Json): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function booleanOf(value: Json): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Characters from which on a text is no number that anybody meant. */
const longestNumber = 2_000;

/** What AWS makes of the value at a path such as `NumericEqualsPath`: it takes anything for a number, most for 0. */
function asDouble(value: Json): number {
  if (typeof value === "string") return value.length <= longestNumber && decimal.test(value.trim()) ? Number(value) : 0;
  return typeof value === "number" || typeof value === "boolean" ? Number(value) : 0;
}

const fraction = /\.\d{3}(\d{1,6})(?!\d)/;
const tooFine = /\.\d{10}/;

/** Characters of the longest timestamp: with nine digits of a second and a zone. */
const longestTimestamp = 35;

/** AWS reads up to nine digits of a second. */
function instantOf(value: Json): Instant | undefined {
  if (typeof value !== "string" || value.length > longestTimestamp || tooFine.test(value)) return undefined;
  const milliseconds = parseTimestamp(value);
  if (milliseconds === undefined) return undefined;
  return [milliseconds, Number((fraction.exec(value)?.[1] ?? "").padEnd(6, "0"))];
}

type Operand = Path | { readonly kind: "literal"; readonly value: Json };

/** How a rule is made of its variable and its operand. */
type Builder = (variable: Path, operand: Operand) => PlannedRule;

function comparing<Key>({ keyOf, keyAtPath, order, effort }: Family<Key>, holdsFor: Relation): Builder {
  return (variable, operand) => {
    const compare = (left: Key | undefined, right: Key | undefined, { budget }: Scope): boolean | Failure => {
      if (left === undefined || right === undefined) return false;
      if (effort !== undefined && !budget.spend(effort(left, right))) return tooMuch(variable);
      return holdsFor(order(left, right));
    };
    if (operand.kind === "path") {
      return (scope) => {
        const left = valueAt(variable, scope);
        if (left instanceof Failure) return left;
        const right = valueAt(operand, scope);
        if (right instanceof Failure) return right;
        return compare(keyOf(left), keyAtPath(right), scope);
      };
    }
    const right = keyOf(operand.value);
    return testing(variable, (left, scope) => compare(keyOf(left), right, scope));
  };
}

function testing(variable: Path, test: (value: Json, scope: Scope) => boolean | Failure): PlannedRule {
  return (scope) => {
    const value = valueAt(variable, scope);
    return value instanceof Failure ? value : test(value, scope);
  };
}

function typeTest(test: (value: Json) => boolean): Builder {
  return (variable, operand) => testing(variable, (value) => test(value) === literal(operand));
}

/** `IsPresent` alone does not mind that its variable is not there. */
const presence: Builder = (variable, operand) => (scope) => {
  const value = readPath(variable, scope);
  return value instanceof Failure ? value : (value !== undefined) === literal(operand);
};

const wildcard: Builder = (variable, operand) => {
  const parts = wildcardParts(textOf(literal(operand)) ?? "");
  // Nothing is looked for where the first and the last part are all.
  const costOf = searchCost(parts.slice(1, -1));
  return testing(variable, (value, { budget }) => {
    if (typeof value !== "string") return false;
    return budget.spend(costOf(value)) ? matchesParts(value, parts) : tooMuch(variable);
  });
};

function literal(operand: Operand): Json {
  return operand.kind === "literal" ? operand.value : null;
}

const builders: ReadonlyMap<string, Builder> = new Map<string, Builder>([
  ...ofFamily("String", texts),
  ...ofFamily("Numeric", numbers),
  ...ofFamily("Timestamp", instants),
  ["BooleanEquals", comparing(booleans, (order) => order === 0)],
  ["StringMatches", wildcard],
  ["IsNull", typeTest((value) => value === null)],
  ["IsNumeric", typeTest((value) => typeof value === "number")],
  ["IsString", typeTest((value) => typeof value === "string")],
  ["IsBoolean", typeTest((value) => typeof value === "boolean")],
  ["IsTimestamp", typeTest((value) => instantOf(value) !== undefined)],
  ["IsPresent", presence],
]);

function ofFamily<Key>(name: string, family: Family<Key>): readonly (readonly [string, Builder])[] {
  return Object.entries(relations).map(([relation, holdsFor]) => [`${name}${relation}`, comparing(family, holdsFor)]);
}

/** What stands between the `*` of a pattern; `\*` and `\\` stand for themselves. */
export function wildcardParts(pattern: string): readonly string[] {
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

/** Whether a text is the parts with anything between them. No regular expression: the pattern is the user's. */
export function matchesParts(text: string, parts: readonly string[]): boolean {
  const first = parts[0] ?? "";
  if (parts.length === 1) return text === first;
  const last = parts[parts.length - 1] ?? "";
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let position = first.length;
  for (let index = 1; index < parts.length - 1; index++) {
    const part = parts[index] ?? "";
    const found = findText(text, part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return text.length - last.length >= position;
}

/** Reads a rule. Recursion is bounded by the depth that a definition may have. */
export function planRule(reader: FieldReader): PlannedRule {
  if (reader.has("And")) return joined(reader.someObjects("And").map(planRule), false);
  if (reader.has("Or")) return joined(reader.someObjects("Or").map(planRule), true);
  const negated = reader.object("Not");
  if (negated === undefined) return planTest(reader);
  const rule = planRule(negated);
  return (scope) => {
    const held = rule(scope);
    return held instanceof Failure ? held : !held;
  };
}

/** The first rule that says `decisive` decides, and one that fails. */
function joined(rules: readonly PlannedRule[], decisive: boolean): PlannedRule {
  return (scope) => {
    for (const rule of rules) {
      const held = rule(scope);
      if (held !== !decisive) return held;
    }
    return !decisive;
  };
}

/** Stands for a rule that was refused: it is never asked, as there is no plan then. */
const never: PlannedRule = () => false;

function planTest(reader: FieldReader): PlannedRule {
  const name = Object.keys(reader.fields).find((key) => comparisons.has(key));
  if (name === undefined) return reader.refuse("expected a comparison such as StringEquals") ?? never;
  const isPathTo = comparisons.get(name) === "path";
  const builder = builders.get(isPathTo ? name.slice(0, -"Path".length) : name);
  const isWhole = reader.text("Variable") !== undefined && !(isPathTo && reader.text(name) === undefined);
  if (builder === undefined || !isWhole) return reader.refuse("this rule has not all that it takes") ?? never;
  const variable = reader.pathTo("Variable");
  const operand = isPathTo ? reader.pathTo(name) : ({ kind: "literal", value: reader.raw(name) ?? null } as const);
  return variable === undefined || operand === undefined ? never : builder(variable, operand);
}

/** Whether a rule holds; a failure where a value that it needs is not there. */
export function holds(rule: PlannedRule, scope: Scope): boolean | Failure {
  return rule(scope);
}

function tooMuch(variable: Path): Failure {
  return runtimeFailure(`The rules look at too long texts, the last one at '${variable.text}' ${ownLimit}`);
}

function valueAt(path: Path, scope: Scope): Json | Failure {
  const value = readPath(path, scope);
  if (value !== undefined) return value;
  const what = "The choice state's condition path references an invalid value.";
  return runtimeFailure(`Invalid path '${path.text}': ${what}`);
}
