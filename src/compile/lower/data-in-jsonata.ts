import { expressionInText, printLiteralInJsonata, quoteInJsonata } from "../../expression/jsonata-literal.js";
import { printItem } from "../../expression/jsonata-operand.js";
import type { Json } from "../../language/json.js";

/**
 * Prints data in which texts of the form `{% … %}` are expressions as one expression.
 * Recursion is bounded: the depth was checked when the data was lowered.
 *
 * @example
 * printDataInJsonata({ a: "{% $x %}", b: 1 }); // {'a': $x, 'b': 1}
 */
export function printDataInJsonata(value: Json): string {
  if (typeof value === "string") return expressionInText(value) ?? quoteInJsonata(value);
  if (value === null || typeof value !== "object") return printLiteralInJsonata(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => printListItem(item)).join(", ")}]`;
  const members = Object.entries(value).map(
    ([key, member]) => `${quoteInJsonata(key)}: ${printDataInJsonata(member as Json)}`,
  );
  return `{${members.join(", ")}}`;
}

function printListItem(item: Json): string {
  const isExpression = typeof item === "string" && expressionInText(item) !== undefined;
  return printItem({
    text: printDataInJsonata(item),
    isLoose: isExpression,
    isList: Array.isArray(item),
    ...(isExpression || Array.isArray(item) ? {} : { type: "text" }),
  });
}
