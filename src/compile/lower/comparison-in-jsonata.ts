import { escapeInRegex, printLiteralInJsonata, quoteInJsonata } from "../../expression/jsonata-literal.js";
import type { Json } from "../../language/json.js";

/** What a value is compared with: a constant, or the text of another value. */
export type Operand = { readonly constant: unknown } | { readonly text: string };

interface Comparison {
  readonly text: string;
  /** Whether it needs brackets beside `and`, `or` and `not`. */
  readonly isLoose: boolean;
}

const symbols: { readonly [relation: string]: string } = {
  Equals: "=",
  LessThan: "<",
  GreaterThan: ">",
  LessThanEquals: "<=",
  GreaterThanEquals: ">=",
};

const types: { readonly [family: string]: string } = { String: "string", Numeric: "number", Boolean: "boolean" };

/**
 * Prints one comparison; values of another type compare as false.
 *
 * @param operator - ASL's name, without `Path`
 * @param left - the text of a value that is there
 */
export function printComparison(operator: string, left: string, right: Operand): Comparison {
  const [, family = "", relation = ""] = /^(Is|String|Numeric|Boolean|Timestamp)(.+)$/.exec(operator) ?? [];
  if (family === "Is") return typeTest(relation, left, "constant" in right && right.constant === true);
  if (relation === "Matches") return matches(left, "constant" in right ? String(right.constant) : "");
  const symbol = symbols[relation] ?? "=";
  if (family === "Timestamp") return compareTimes(left, symbol, right);
  const type = types[family] ?? "string";
  if ("constant" in right) {
    const comparison = `${left} ${symbol} ${printLiteralInJsonata(right.constant as Json)}`;
    // Values of different types are never equal.
    return symbol === "=" ? single(comparison) : every(isOfType(left, type), comparison);
  }
  const comparison = `${left} ${symbol} ${right.text}`;
  if (symbol === "=") return every(isOfType(left, type), comparison);
  return every(isOfType(left, type), isOfType(right.text, type), comparison);
}

function single(text: string): Comparison {
  return { text, isLoose: false };
}

/** `and` evaluates the right side only where the left one is true: a type is tested before it is relied on. */
function every(...texts: readonly string[]): Comparison {
  return { text: texts.join(" and "), isLoose: texts.length > 1 };
}

function isOfType(text: string, type: string): string {
  return `$type(${text}) = '${type}'`;
}

/** RFC 3339 with an upper-case `T`, and `Z` or an offset. A day that its month does not have passes: `$toMillis` counts on. */
const timestamp =
  "/^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)$/";

function isTimestamp(text: string): readonly string[] {
  return [isOfType(text, "string"), `$contains(${text}, ${timestamp})`];
}

function compareTimes(left: string, symbol: string, right: Operand): Comparison {
  const constant = "constant" in right;
  const other = constant ? quoteInJsonata(String(right.constant)) : right.text;
  const comparison = `$toMillis(${left}) ${symbol} $toMillis(${other})`;
  return every(...isTimestamp(left), ...(constant ? [] : isTimestamp(other)), comparison);
}

const typeNames: { readonly [test: string]: string } = {
  Null: "null",
  Numeric: "number",
  String: "string",
  Boolean: "boolean",
};

function typeTest(test: string, left: string, expected: boolean): Comparison {
  if (test === "Present") return single(expected ? `$exists(${left})` : `$not($exists(${left}))`);
  if (test === "Timestamp") {
    const all = every(...isTimestamp(left));
    return expected ? all : single(`$not(${all.text})`);
  }
  return single(`$type(${left}) ${expected ? "=" : "!="} '${typeNames[test]}'`);
}

/** `*` stands for any run of characters. A regular expression must not match nothing, which JSONata refuses. */
function matches(left: string, pattern: string): Comparison {
  const parts = partsOf(pattern);
  if (parts.length === 1) return single(`${left} = ${quoteInJsonata(parts[0] ?? "")}`);
  if (parts.every((part) => part === "")) return single(isOfType(left, "string"));
  const regex = `/^${parts.map(escapeInRegex).join("[\\s\\S]*")}$/`;
  return every(isOfType(left, "string"), `$contains(${left}, ${regex})`);
}

/** The texts between the stars; `\*` and `\\` stand for themselves, stars in a row for one. */
function partsOf(pattern: string): readonly string[] {
  const parts: string[] = [];
  let part = "";
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index] ?? "";
    if (character === "\\" && index + 1 < pattern.length) part += pattern[++index];
    else if (character !== "*") part += character;
    else if (parts.length === 0 || part !== "") {
      parts.push(part);
      part = "";
    }
  }
  return [...parts, part];
}
