import { freeVariable, quoteInJsonata } from "../../expression/jsonata-literal.js";
import { isPathProblem, parseJsonPath } from "../../expression/jsonpath.js";
import { type Expression, expressionOf } from "../../expression/tree.js";
import { issue, shown } from "../../language/errors.js";
import { authoredCondition, type Condition, type ConditionTest } from "../../states/condition.js";
import type { Path } from "../path.js";
import { type Operand, printComparison } from "./comparison-in-jsonata.js";
import { type ConditionPlace, reportProblems } from "./condition-place.js";

/** A text, with what its evaluation proves to be there. */
interface Printed {
  readonly text: string;
  /** Whether it needs brackets beside an operator. */
  readonly isLoose: boolean;
  readonly always: readonly string[];
  readonly whenTrue: readonly string[];
  readonly whenFalse: readonly string[];
}

const nothing: Printed = { text: "false", isLoose: false, always: [], whenTrue: [], whenFalse: [] };

/**
 * Prints a condition as JSONata that is true exactly where the choice rule of JSONPath is: a value of another type compares as false,
 * and a value that is not there is an error for every test but `IsPresent`.
 *
 * @param path - of the whole: within a text there are no places
 * @returns the expression without `{% %}`
 */
export function lowerConditionInJsonata(condition: Condition, place: ConditionPlace, path: Path): string {
  return print(condition, place, path, new Set()).text;
}

/**
 * Recursion is bounded: the depth of a condition was checked when it was made.
 *
 * @param present - texts of references that a test before this one has found to be there
 */
function print(condition: Condition, place: ConditionPlace, path: Path, present: ReadonlySet<string>): Printed {
  const hasProblems = reportProblems(condition, place, path);
  const { tree } = authoredCondition(condition);
  switch (tree.kind) {
    case "test":
      return hasProblems ? nothing : printTest(tree, place, path, present);
    case "not": {
      const inner = print(tree.condition, place, path, present);
      const { text, always, whenTrue, whenFalse } = inner;
      return { text: `$not(${text})`, isLoose: false, always, whenTrue: whenFalse, whenFalse: whenTrue };
    }
    default:
      return printGroup(tree.kind, tree.conditions, place, path, present);
  }
}

function printGroup(
  kind: "and" | "or",
  conditions: readonly Condition[],
  place: ConditionPlace,
  path: Path,
  present: ReadonlySet<string>,
): Printed {
  const known = new Set(present);
  const parts = conditions.map((condition) => {
    const part = print(condition, place, path, known);
    // The next one is evaluated only where this one was true (and), or false (or).
    for (const text of [...part.always, ...(kind === "and" ? part.whenTrue : part.whenFalse)]) known.add(text);
    return part;
  });
  const [first = nothing, ...others] = parts;
  if (others.length === 0) return first;
  const text = parts.map((part) => (part.isLoose ? `(${part.text})` : part.text)).join(` ${kind} `);
  const all = [...known];
  return {
    text,
    isLoose: true,
    always: first.always,
    whenTrue: kind === "and" ? all : [],
    whenFalse: kind === "or" ? all : [],
  };
}

/** An operand that is evaluated: where it is no plain reference, it gets a name so that it is evaluated once. */
interface Evaluated {
  readonly text: string;
  readonly isReference: boolean;
}

function printTest(
  { operator, variable, value }: ConditionTest,
  place: ConditionPlace,
  path: Path,
  present: ReadonlySet<string>,
): Printed {
  const takesPath = operator.endsWith("Path");
  const left = evaluated(variable, place, path);
  const right = takesPath ? evaluated(value, place, path) : undefined;
  if (left === undefined || (takesPath && right === undefined)) return nothing;
  const leftName = left.isReference ? left.text : freeVariable("$left", right?.text ?? "");
  const rightName = right === undefined || right.isReference ? right?.text : freeVariable("$right", left.text);
  const operand: Operand = rightName === undefined ? { constant: value } : { text: rightName };
  const relation = takesPath ? operator.slice(0, -"Path".length) : operator;

  const body = printComparison(relation, leftName, operand);
  const names = rightName === undefined ? [leftName] : [leftName, rightName];
  const reads = names.filter((_, index) => [left, right][index]?.isReference === true);
  if (relation === "IsPresent") {
    const proved = value === true ? { whenTrue: reads, whenFalse: [] } : { whenTrue: [], whenFalse: reads };
    return { ...bound(body, left, right, leftName, rightName), always: [], ...proved };
  }
  // A name is the compiler's own: what is told is what the author wrote.
  const read = names.map((name, index) => ({ name, text: [left, right][index]?.text ?? name }));
  const guarded = guard(
    body,
    read.filter(({ name }) => !present.has(name)),
  );
  return { ...bound(guarded, left, right, leftName, rightName), always: reads, whenTrue: [], whenFalse: [] };
}

interface Body {
  readonly text: string;
  readonly isLoose: boolean;
}

/** What is not there ends the state with an error, as a choice rule of JSONPath does. */
function guard(body: Body, unproved: readonly { readonly name: string; readonly text: string }[]): Body {
  if (unproved.length === 0) return body;
  const exist = unproved.map(({ name }) => `$exists(${name})`).join(" and ");
  const message = quoteInJsonata(`not in the data: ${unproved.map(({ text }) => text).join(" or ")}`);
  return { text: `${exist} ? ${body.text} : $error(${message})`, isLoose: true };
}

function bound(
  body: Body,
  left: Evaluated,
  right: Evaluated | undefined,
  leftName: string,
  rightName: string | undefined,
): Body {
  const named = [
    ...(left.isReference ? [] : [[leftName, left.text] as const]),
    ...(right === undefined || right.isReference ? [] : [[rightName, right.text] as const]),
  ];
  if (named.length === 0) return body;
  const parameters = named.map(([name]) => name).join(", ");
  const values = named.map(([, text]) => text).join(", ");
  return { text: `(function(${parameters}) { ${body.text} })(${values})`, isLoose: false };
}

function evaluated(variable: unknown, place: ConditionPlace, path: Path): Evaluated | undefined {
  const expression = typeof variable === "string" ? parsed(variable, place, path) : expressionOf(variable);
  const text = expression === undefined ? undefined : place.print(expression, path);
  return text === undefined ? undefined : { text, isReference: expression?.kind === "reference" };
}

function parsed(text: string, place: ConditionPlace, path: Path): Expression | undefined {
  const reference = parseJsonPath(text);
  if (!isPathProblem(reference)) return reference;
  const message = `${shown(text)} is no reference path and cannot be written in JSONata: ${reference.message}`;
  place.issues.push(issue("unsupported_in_jsonata", path.keys, message, "give a placeholder or jsonata`...`"));
  return undefined;
}
