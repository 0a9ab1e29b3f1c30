import fc from "fast-check";
import jsonata from "jsonata";
import { expect, test } from "vitest";
import { evaluateDocument } from "../../src/interpreter/jsonata/evaluate.js";
import { isExpressionProblem, planText } from "../../src/interpreter/jsonata/expression.js";
import { builtInFunctions } from "../../src/interpreter/jsonata/functions/built-in.js";
import { QueryError } from "../../src/interpreter/jsonata/query-error.js";
import { Random } from "../../src/interpreter/random.js";
import type { Json } from "../../src/language/json.js";
import { documents, expressions } from "./jsonata-expressions.js";

function ours(text: string, document: Json): string {
  const planned = planText(text);
  if (isExpressionProblem(planned)) return `problem: ${planned.message}`;
  const lookup = (name: string): unknown => (name === "$" ? document : builtInFunctions.get(name));
  try {
    return shown(evaluateDocument(planned, { random: new Random("seed"), now: 0, lookup }, document));
  } catch (error) {
    return error instanceof QueryError ? `${error.code}: ${error.text}` : String(error);
  }
}

async function theirs(text: string, document: Json): Promise<string> {
  try {
    return shown(await jsonata(text).evaluate(document));
  } catch (error) {
    const { code, message } = error as jsonata.JsonataError;
    return code === undefined ? `fault: ${message}` : `${code}: ${message}`;
  }
}

function shown(value: unknown): string {
  if (typeof value === "function") return "function";
  return JSON.stringify(value, (_key, inner: unknown) => (isFunction(inner) ? "function" : inner)) ?? "nothing";
}

function isFunction(value: unknown): boolean {
  if (typeof value === "function") return true;
  return (
    typeof value === "object" &&
    value !== null &&
    ("_jsonata_lambda" in value || "_jsonata_function" in value || "arity" in value)
  );
}

/**
 * Where the package is known to differ:
 * - it remembers the name by which a function was called last, and gives it to errors of later calls;
 * - which of several errors of a list or an object comes first depends on how its promises interleave;
 * - to group an empty list it puts one item into it, also into that of the document.
 */
function comparable(result: string, text: string): string {
  if (/^[DT]\d{4}:/.test(result) && /[[{]/.test(text)) return "error";
  return result.replace(/ of function \S+/, "").replaceAll("[null]", "[]");
}

test("expressions give what the jsonata package gives, and leave the document as it is", async () => {
  const property = fc.asyncProperty(expressions, documents, async (text, document) => {
    const before = JSON.stringify(document);
    const result = ours(text, document);
    expect(JSON.stringify(document)).toBe(before);
    const copy = JSON.parse(before) as Json;
    const expected = await theirs(text, copy);
    // What it does not parse, where it fails by a fault of its own or changes the document, and where our bounds are met.
    if (/^S\d|^fault/.test(expected) || result.startsWith("undefined: ") || !isUnchanged(copy, before)) return;
    expect(comparable(result, text)).toBe(comparable(expected, text));
  });
  await fc.assert(property, { numRuns: Number(process.env["RUNS"] ?? 1_000) });
});

function isUnchanged(document: Json, before: string): boolean {
  try {
    return JSON.stringify(document) === before;
  } catch {
    return false;
  }
}
